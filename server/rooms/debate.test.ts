import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { heldUp } from '#lib/blocks/evidence/figures.ts';
import type { EvidenceRecord } from '#lib/blocks/evidence/model.ts';
import type { ListRecord } from '#lib/blocks/list/model.ts';
import type { PollRecord } from '#lib/blocks/poll/model.ts';
import { blocks } from '#lib/blocks/rules.ts';
import { member } from '#lib/blocks/testing.ts';
import { debate } from '#lib/formats/debate.ts';
import { advance } from '#lib/formats/demo.ts';
import { demos } from '#lib/formats/demos/index.ts';
import { may } from '#lib/formats/permissions.ts';
import { resolve, roomSettings } from '#lib/formats/resolve.ts';
import { recordOf, rehearse } from '../../tests/support/rehearse.ts';
import { access } from './access.ts';
import { sceneOf } from './world.ts';

const demo = demos.debate!;

describe('the debate of the demo', () => {
	const room = rehearse(debate, demo);
	const evidence = recordOf<EvidenceRecord>(room, 'evidence');
	const poll = recordOf<PollRecord>(room, 'poll');
	const list = (name: string) => recordOf<ListRecord>(room, name);

	it('counts those who voted twice: 6/3/3 become 6/6/0, and the side against wins by 25 points', () => {
		const [asked] = Object.values(poll.polls);
		expect(asked?.turnout).toEqual({ before: { voted: 13, of: 13 }, after: { voted: 12, of: 12 } });
		expect(Object.values(poll.results)).toEqual([
			expect.objectContaining({
				is: 'paired',
				pairs: 12,
				before: { for: 6, against: 3, undecided: 3 },
				after: { for: 6, against: 6, undecided: 0 },
				shift: { for: 0, against: 25, undecided: -25 },
				verdict: { is: 'won', option: 'against', margin: expect.any(Number) }
			})
		]);
	});

	it('shows no result of fewer than three', () => {
		expect(debate.blocks.poll!.settings).toMatchObject({ least: 3 });
	});

	it('keeps no ballot once it is counted', () => {
		expect(room.world.states.get('poll')).toMatchObject({ ballots: {} });
	});

	it('states the case for fairly at the second try, and the case against at the first', () => {
		const fair = Object.values(evidence.statements).filter(({ verdict }) => verdict?.fair);
		expect(fair.map((one) => [one.case, one.by, one.try])).toEqual([
			['for', room.people.mo, 2],
			['against', room.people.hana, 1]
		]);
	});

	it('opens the second vote once each side has called the other’s statement fair, unless the room says otherwise', () => {
		const fair = demo.steps.findLastIndex((step) => 'run' in step && step.run === 'evidence.fair');
		const early = { ...demo, steps: [...demo.steps.slice(0, fair), advance('ingrid')] };
		expect(() => rehearse(debate, early)).toThrow(/Both sides’ cases have to be stated fairly first/);
		const free = { ...early, settings: { options: { fairness: false } } };
		expect(() => rehearse(debate, free)).not.toThrow();
	});

	it('asks most of all who signs the letter, with 9 votes', () => {
		const { items, tally } = list('floorq');
		const top = Object.values(items).sort((a, b) => (tally[b.id] ?? 0) - (tally[a.id] ?? 0))[0]!;
		expect([top.text, tally[top.id]]).toEqual(['Who signs the letter?', 9]);
	});

	it('has two cards that survived their challenge, one of them reworded, and both sides’ blind ratings', () => {
		expect(heldUp(evidence)).toMatchObject({ survived: 2, fell: 0, unsupported: 1, fairFirst: 1, stated: 2 });
		expect(evidence.cards['for/pilot']?.quote).toMatch(/complaints excluded/);
		expect(evidence.strengths.pilot).toMatchObject({ for: { mean: 3.5 }, against: { mean: 1.5 } });
		expect(evidence.strengths.memo).toMatchObject({ for: { mean: 2.5 }, against: { mean: 4 } });
	});

	it('ends with a synthesis, open questions, an action for 3 June and four cards in the library', () => {
		const synthesis = room.published('synthesis').record as { entries: Record<string, { entry: object }> };
		expect(Object.values(synthesis.entries)[0]?.entry).toMatchObject({
			agreed: 'Drafting yes, rates and complaints no.'
		});
		const actions = room.published('actions').record as { actions: Record<string, object> };
		expect(Object.values(actions.actions)).toEqual([
			expect.objectContaining({ owner: room.people.dev, due: '2026-06-03' })
		]);
		expect(Object.values(list('openq').items).map(({ text }) => text)).toContain(
			'Would you draft without rates?'
		);
		expect(Object.keys(evidence.library)).toEqual(['pilot', 'calls', 'memo', 'customer']);
	});
});

describe('a debate that is prepared over days', () => {
	it('has a date, which those who hold it have in their calendars and My week', () => {
		const room = rehearse(debate, {
			...demo,
			steps: [
				{
					by: 'ingrid',
					run: 'dates.open',
					with: ({ now }) => ({ at: now + 5 * 86_400_000, place: 'Hall 2' })
				}
			]
		});
		const dates = room.world.instances.get('dates')!;
		const scene = sceneOf(room.world, dates);
		const [date] = dates.block.appointments!(room.world.states.get('dates')!, scene);
		expect(date).toMatchObject({ place: 'Hall 2', cancelled: false });
		const { ingrid, dev, hana, luis, mo, yusuf, amara } = room.people;
		expect(date!.people!.taking.sort()).toEqual([ingrid, dev, hana, luis, mo, yusuf].sort());
		expect(date!.people!.taking).not.toContain(amara);
	});
});

describe('what a side prepares', () => {
	const asked = (role: string, phase: string, reached: readonly string[]) => {
		const scene = { format: debate, meeting: 1, phase, archived: false, reached: () => new Set(reached) };
		return access(scene, { is: 'member', member: member('somebody', role) }, 'm1/side/for');
	};

	it('is its own until the openings', () => {
		expect(asked('speaker-for', 'P0', ['P0'])).toBe('write');
		for (const role of ['chair', 'speaker-against', 'fact-checker', 'audience'])
			for (const phase of ['P0', 'P1']) expect(asked(role, phase, ['P0', phase])).toBe('none');
	});

	it('is everybody’s to read from then on, and its own to write until the second vote', () => {
		for (const role of ['chair', 'speaker-against', 'audience'])
			expect(asked(role, 'P2', ['P0', 'P1', 'P2'])).toBe('read');
		expect(asked('speaker-for', 'P6', ['P0', 'P2', 'P6'])).toBe('write');
		expect(asked('speaker-for', 'P7', ['P0', 'P2', 'P7'])).toBe('read');
	});

	it('cannot be read by walking over: whoever speaks for a side takes no other role by hand', () => {
		for (const role of ['speaker-for', 'speaker-against'])
			expect(may(debate, 'P0', role, 'roster.take')).toBe(false);
		expect(may(debate, 'P0', 'audience', 'roster.take')).toBe(true);
	});
});

describe('the debate’s presets', () => {
	const plans = { 'lincoln-douglas': [6, 3, 7, 3, 4, 6, 3], 'karl-popper': [6, 3, 6, 3, 5, 3, 5, 3, 5, 5] };
	const furnished = (preset: string | null) => resolve(debate, preset, v.parse(roomSettings, {}));

	it.each(Object.entries(plans))('%s plans its speeches', (preset, minutes) => {
		const phase = furnished(preset).phases.find(({ id }) => id === 'P2')!;
		const { speeches } = phase.enter![0]!.payload as { speeches: { seconds: number }[] };
		expect(speeches.map(({ seconds }) => seconds / 60)).toEqual(minutes);
	});

	it('take as long as they say', () => {
		const length = (preset: string | null) =>
			furnished(preset).phases.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0);
		expect(length(null)).toBe(60);
		expect(length('quick')).toBe(30);
	});

	it.each([null, ...Object.keys(debate.presets!)])('%s names only what there is', (preset) => {
		const format = furnished(preset);
		const exists = (type: string) => {
			const [instance, verb] = type.split('.') as [string, string];
			const use = format.blocks[instance];
			return use !== undefined && blocks[use.block]?.commands[verb] !== undefined;
		};
		const named = [
			...Object.keys(format.always),
			...(format.wires ?? []).map(({ run }) => run),
			...format.phases.flatMap((phase) => [
				...Object.keys(phase.may),
				...[...(phase.enter ?? []), ...(phase.leave ?? [])].map(({ run }) => run)
			])
		];
		expect(named.filter((type) => !exists(type))).toEqual([]);
		const shown = format.phases.flatMap(({ stage, panel, projector }) => [
			...stage,
			...(panel ?? []),
			...(projector ? [projector] : [])
		]);
		expect(shown.filter((instance) => format.blocks[instance] === undefined)).toEqual([]);
	});
});
