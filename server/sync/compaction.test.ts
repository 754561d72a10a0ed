import { afterEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Committer } from '../storage/committer.ts';
import { createSqliteStore } from '../storage/sqlite.ts';
import { crashingDatabase, found } from '../storage/testing/crashes.ts';
import { fakeClock } from '../storage/testing/clock.ts';
import { createHub } from './hub.ts';
import { TestClient } from './testing/client.ts';

let remove = () => {};
afterEach(() => remove());

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

it('L4, L8: of a document that is unloaded: at every statement the document and its history are whole', async () => {
	const crashing = crashingDatabase();
	remove = crashing.remove;
	const clock = fakeClock();
	const store = await createSqliteStore(crashing.database);
	const hub = createHub({
		store,
		committer: new Committer(store, { clock }),
		clock,
		limits: { grace: 1000 }
	});
	const client = new TestClient(hub, 'r/a');
	const move = async () => {
		for (let n = 0; n < 5; n++) {
			client.flushUp().flushDown();
			await turn();
			clock.advance(20);
		}
	};
	await move();
	for (let n = 0; n < 60; n++) {
		client.write(`${n} `);
		client.doc.getText('t').delete(0, 1);
		await move();
	}
	const text = client.text();
	const { length } = await store.history('r/a', 0, 1000);
	client.leave();
	crashing.control.watching = true;
	clock.advance(1000);
	await turn();
	crashing.control.watching = false;
	expect(crashing.database.prepare('select count(*) as n from snapshot').get()).toEqual({ n: 1 });
	await store.close();

	let compacted = 0;
	for (const { at, dir } of crashing.images) {
		const after = await createSqliteStore(found(dir));
		const next = createHub({ store: after, committer: new Committer(after) });
		const doc = new Y.Doc();
		Y.applyUpdate(doc, await next.read('r/a'));
		expect(doc.getText('t').toString(), at).toBe(text);
		expect(await after.history('r/a', 0, 1000), at).toHaveLength(length);
		if ((await after.load('r/a')).snapshot !== null) compacted++;
		await next.close();
		await after.close();
	}
	expect(compacted).toBeGreaterThan(0);
	expect(compacted).toBeLessThan(crashing.images.length);
});
