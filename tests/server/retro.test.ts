/**
 * "A new format is one file; a new block is one folder": those of docs/add-a-format.md and docs/add-a-block.md, handed
 * to a server next to all the others.
 */
import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { declared } from '../../server/declared.ts';
import type { Demo } from '#lib/formats/demo.ts';
import { holds } from '../blocks/pulse/holds.ts';
import { pulse } from '../blocks/pulse/rules.ts';
import { retroDemo } from '../formats/retro-demo.ts';
import { retroPulse } from '../formats/retro-pulse.ts';
import { retro } from '../formats/retro.ts';
import { ask, command, createRoom, demand, guest, must } from '../support/api.ts';
import { perform } from '../support/perform.ts';
import { newTally, RandomRoom } from '../support/random-room.ts';
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
		const { problems } = await watch({ ...declared, formats: { retro } }, 'retro', retroDemo);
		expect(problems).toEqual([]);
	}, 120_000);
});

describe('a block of one folder', () => {
	const [begin, ...rest] = retroDemo.steps;
	const tap = (by: string, value: number) => ({ by, run: 'pulse.tap', with: () => ({ value }) });
	const demo: Demo = { ...retroDemo, steps: [begin!, tap('jon', 2), tap('mia', 5), tap('sol', 4), ...rest] };
	const registry = { formats: { 'retro-pulse': retroPulse }, blocks: { ...declared.blocks, pulse } };

	it('is the one that the walk-through shows: every piece of code in it stands in a file of the folder', () => {
		const bare = (text: string) => text.replaceAll(/^\s+/gm, '').trim();
		const files = globSync(['tests/blocks/pulse/*', 'tests/blocks/*.ts']).map((file) =>
			bare(readFileSync(file, 'utf8').replaceAll('#lib/blocks/', '../'))
		);
		const shown = [
			...readFileSync('docs/add-a-block.md', 'utf8').matchAll(/^ *```(?:ts|svelte|json)\n(.*?)^ *```/gms)
		].map(([, code]) => bare(code!));
		expect(shown.length).toBeGreaterThan(5);
		expect(shown.filter((code) => !files.some((file) => file.includes(code)))).toEqual([]);
		// and what decides, what it looks like and what holds of it is shown whole
		for (const name of ['model.ts', 'rules.ts', 'Stage.svelte', 'report.ts', 'holds.ts'])
			expect(shown, name).toContain(
				bare(readFileSync(`tests/blocks/pulse/${name}`, 'utf8').replaceAll('#lib/blocks/', '../'))
			);
	});

	it('is no part of what we ship', () => {
		expect(Object.keys(declared.blocks)).not.toContain('pulse');
	});

	it('is used in a meeting: tapped in its phase, refused off the scale, shown to all without a name', async () => {
		const figures = () =>
			published<{ average: number; of: number }>(on.host, on.room.id, 'm1/record', 'pulse', 'figures');
		const shown: (object | undefined)[] = [];
		const on = await perform(server, 'retro-pulse', demo, {
			async after(step, _, { host, room, people }) {
				if (!('run' in step)) return;
				if (step.run === 'actions.add')
					expect(await command(people.mia!, room.id, 'pulse.tap', { value: 1 })).toMatchObject({
						error: { code: 'not_open' }
					});
				if (step.run !== 'pulse.tap') return;
				const record = sync(host.origin, room.id, 'm1/record', host.token);
				await record.ready();
				shown.push(record.doc.getMap('pulse').get('figures/now') as object | undefined);
				expect(JSON.stringify(record.doc.getMap('pulse'))).not.toContain(people.jon!.person.id);
				record.close();
				const off = await command(people.sol!, room.id, 'pulse.tap', { value: 6 });
				expect(off).toMatchObject({
					error: { code: 'off_scale', message: 'Tap a number from 1 to 5.', field: 'value' }
				});
			}
		});
		expect(shown.slice(0, 2)).toEqual([undefined, undefined]);
		expect(await figures()).toEqual({ now: { average: 11 / 3, of: 3 } });
		// the next meeting begins with nobody's tap
		const next = sync(on.host.origin, on.room.id, 'm2/record', on.host.token);
		await next.ready();
		expect(next.doc.getMap('pulse').toJSON()).toEqual({});
		next.close();
	}, 60_000);

	it('holds what it promises under random commands, and keeps what it holds back', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
		const pass = (ms: number) => void vi.advanceTimersByTime(ms);
		const parts = {
			registry,
			demos: { 'retro-pulse': demo },
			holds: { pulse: holds },
			tally: newTally(),
			pass
		};
		for (const seed of [1, 2]) {
			const room = await RandomRoom.open({ format: 'retro-pulse', demo: 'retro-pulse' }, { ...parts, seed });
			await room.play(150);
			await room.close();
		}
		vi.useRealTimers();
		expect([...parts.tally.verbs.keys()]).toContain('pulse.tap');
		const { problems } = await watch(registry, 'retro-pulse', demo);
		expect(problems).toEqual([]);
	}, 120_000);
});
