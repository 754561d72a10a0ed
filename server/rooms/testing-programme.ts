/** The smallest programme: a season of tandems. Two formats, and a block that draws pairs. For tests. */
import * as v from 'valibot';
import { agenda } from '#lib/blocks/agenda/rules.ts';
import { command, defineBlock, type Context } from '#lib/blocks/block.ts';
import { programme } from '#lib/blocks/programme/rules.ts';
import { roster } from '#lib/blocks/roster/rules.ts';
import { facilitation, type Format, type Phase } from '#lib/formats/format.ts';
import { pad } from './testing.ts';
import type { Registry } from './world.ts';

type Lots = { pairs: Record<string, { one: string; other: string }> };

/** Draws pairs; says of each that it was drawn, and knows nothing of rooms. */
const lots = defineBlock<Lots, object>({
	name: 'lots',
	settings: v.object({}),
	initial: () => ({ pairs: {} }),
	commands: {
		draw: command(v.object({}), (state: Lots, _, ctx: Context<object>) => {
			const people = Object.values(ctx.people).filter(({ role }) => role === 'partner');
			for (let at = 0; at + 1 < people.length; at += 2) {
				const [one, other] = [people[at]!.id, people[at + 1]!.id];
				const pair = `${one}+${other}`;
				state.pairs[pair] = { one, other };
				ctx.emit('drawn', { pair, one, other });
			}
		}),
		/** A third joins a pair. */
		add: command(
			v.object({ pair: v.string(), person: v.string() }),
			(_: Lots, { pair, person }, ctx: Context<object>) => ctx.emit('drawn', { pair, other: person })
		)
	},
	publish: (state) => ({ record: { pairs: { count: Object.keys(state.pairs).length } } })
});

const name = (en: string) => ({ en });
const phase = (id: string, when: Phase['when'], may: Phase['may']): Phase => ({
	id,
	name: name(`Phase ${id}`),
	about: name(''),
	when,
	minutes: null,
	stage: [],
	may
});

const common = { about: name(''), people: name(''), least: 1, most: 100, length: name(''), panel: [] };
const always = { agenda: { block: 'agenda', scope: 'meeting', name: name('Phases') } } as const;
const people = { roster: { block: 'roster', scope: 'room', name: name('People') } } as const;

/** A room of two. Its notes are its own; that there are some, and how many were planned, its season may know. */
export const tandem: Format = {
	...common,
	name: 'tandem',
	text: name('Tandem'),
	roles: {
		guide: { name: name('Guide'), about: name(''), facilitates: true, moderates: true, most: 1 },
		partner: { name: name('Partner'), about: name(''), open: true }
	},
	host: 'guide',
	guest: 'partner',
	blocks: {
		...always,
		...people,
		notes: { block: 'pad', scope: 'meeting', name: name('Notes') }
	},
	documents: {},
	phases: [
		phase('P0', 'ahead', {}),
		phase('P1', 'live', { 'notes.add': '*' }),
		{
			...phase('P2', 'live', { 'notes.add': '*' }),
			gate: [{ fact: 'notes.notes', atLeast: 1, because: name('Write something first.') }]
		}
	],
	always: facilitation(['guide']),
	reports: [{ fact: 'notes.notes', of: 'roster.people', name: name('Notes') }],
	presets: {
		/** The season: its own room is of the same format, and opens one for every pair that is drawn. */
		season: {
			text: name('Season'),
			about: name(''),
			programme: true,
			phases: [phase('S0', 'ahead', {}), phase('S1', 'live', {})],
			blocks: {
				lots: { block: 'lots', scope: 'room', name: name('Pairs') },
				rooms: {
					block: 'programme',
					scope: 'room',
					name: name('Rooms'),
					settings: {
						title: '{one} & {other} · {programme}',
						roles: { guide: 'one', partner: 'other' },
						owner: 'guide',
						orders: {
							begin: { text: { en: 'Begin' }, run: 'agenda.lead', payload: { to: 'P1' }, later: true },
							second: { text: { en: 'Second half' }, run: 'agenda.lead', payload: { to: 'P2' } },
							note: { text: { en: 'Note' }, run: 'notes.add' }
						}
					}
				}
			},
			always: { 'lots.*': ['guide'], 'rooms.send': ['guide'], 'rooms.again': ['guide'] },
			wires: [{ on: 'lots.drawn', run: 'rooms.open', take: { key: 'pair', one: 'one', other: 'other' } }]
		}
	}
};

export const seasons: Registry = {
	formats: { tandem },
	blocks: { agenda, roster, programme, lots, pad }
};
