/** "A new format is one file": the one of docs/add-a-format.md, handed to a server next to all the others. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocks } from '#lib/blocks/rules.ts';
import { declared } from '../../server/declared.ts';
import { retroDemo } from '../formats/retro-demo.ts';
import { retro } from '../formats/retro.ts';
import { ask, command, createRoom, demand, guest, must } from '../support/api.ts';
import { perform } from '../support/perform.ts';
import { startServer, type Server } from '../support/server.ts';
import { published, sync } from '../support/sync.ts';
import { watch } from '../support/witness.ts';

let server: Server;
beforeAll(async () => {
	server = await startServer({ entry: 'tests/support/retro-server.ts', env: { LIMITS: 'off' } });
});
afterAll(() => server?.close());

describe('a format of one file', () => {
	it('is the one that the walk-through shows, to the letter', () => {
		const shown = /```ts\n(.*?)```/s.exec(readFileSync('docs/add-a-format.md', 'utf8'))?.[1];
		const file = readFileSync('tests/formats/retro.ts', 'utf8');
		expect(file.replace('#lib/formats/format.ts', './format.ts')).toBe(shown);
	});

	it('is no part of what we ship: only the server of this test has it', () => {
		expect(Object.keys(declared.formats)).not.toContain('retro');
	});

	it('holds a whole meeting: sealed until all open, nobody named, one action, a record, a next meeting', async () => {
		const notes = () => published<{ author: string | null }>(host, room.id, 'm1/record', 'notes', 'revealed');
		const { host, room } = await perform(server, 'retro', retroDemo, {
			async after(step, _, on) {
				if (!('run' in step)) return;
				if (step.run === 'actions.add') {
					const late = { entry: { text: 'Too late for this one' } };
					expect(await command(on.people.sol!, on.room.id, 'notes.submit', late)).toMatchObject({
						ok: false
					});
				}
				if (step.run !== 'notes.submit') return;
				const record = sync(on.host.origin, on.room.id, 'm1/record', on.host.token);
				await record.ready();
				expect(JSON.stringify(record.doc.getMap('notes'))).not.toMatch(/date|morning|sign-off/);
				record.close();
			}
		});
		const shown = Object.values(await notes());
		expect(shown).toHaveLength(3);
		expect(shown.map(({ author }) => author)).toEqual([null, null, null]);
		const markdown = await (
			await ask(server.origin, `/api/rooms/${room.id}/export?as=markdown&meeting=1`, { token: host.token })
		).text();
		expect(markdown).toContain('Ask for the sign\\-off a week ahead'.replaceAll('\\', ''));
		expect(markdown).toContain('What we noticed');

		const { meeting } = await demand<{ meeting: number }>(server.origin, `/api/rooms/${room.id}`, {
			token: host.token
		});
		expect(meeting).toBe(2);
		// an action is the room's, and comes along; what was noticed is the meeting's, and stays behind
		const actions = await published<{ text: string }>(host, room.id, 'm2/record', 'actions', 'actions');
		expect(Object.values(actions).map(({ text }) => text)).toEqual(['Ask for the sign-off a week ahead']);
		const record = sync(host.origin, room.id, 'm2/record', host.token);
		await record.ready();
		expect(JSON.stringify(record.doc.getMap('notes'))).not.toContain('morning');
		record.close();
	}, 60_000);

	it('asks who may and when, as it says', async () => {
		const host = await guest(server.origin, 'Hana');
		const { room, role } = await createRoom(host, { title: 'Ours', format: 'retro' });
		expect(role).toBe('host');
		const refused = (type: string, payload = {}) => command(host, room.id, type, payload);
		expect(await refused('actions.add', { text: 'Too early' })).toMatchObject({
			error: { code: 'not_open' }
		});
		expect(await refused('notes.reveal')).toMatchObject({ ok: false });
		await must(host, room.id, 'room.rename', { title: 'Still ours' });
	});

	it('keeps what it holds back from everybody, on every way, until it opens', async () => {
		const { problems } = await watch({ formats: { retro }, blocks }, 'retro', retroDemo);
		expect(problems).toEqual([]);
	}, 120_000);
});
