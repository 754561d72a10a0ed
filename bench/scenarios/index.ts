import type { Options, Section } from '../report.ts';
import { largeAudience } from './audience.ts';
import { boardFrames } from './board-frames.ts';
import { coldOpen } from './cold-open.ts';
import { fanOut } from './fan-out.ts';
import { joinStorm } from './join-storm.ts';
import { loneWriter } from './lone-writer.ts';
import { memory } from './memory.ts';
import { presenceStorm } from './presence-storm.ts';
import { roomOpen } from './room-open.ts';
import { slowReader } from './slow-reader.ts';
import { startAndRest } from './start-and-rest.ts';
import { tenThousandRooms } from './ten-thousand-rooms.ts';
import { underAttack } from './under-attack.ts';
import { voteStorm } from './vote-storm.ts';

const full: Options = { quick: false, servers: ['relay', 'yWebsocket', 'hocuspocus', 'peerloom'] };
const options = (quick: boolean): Options => ({ ...full, quick });

/** Every one of them bounded, and none needs another. `quick`: small and short. */
export const scenarios: Readonly<Record<string, (quick: boolean) => Promise<Section>>> = {
	'fan-out': (quick) =>
		fanOut(
			quick
				? { readers: 30, writers: 5, perSecond: 10, seconds: 2, probes: 3, goals: { relay: 0.3, p99: 40 } }
				: {
						readers: 400,
						writers: 20,
						perSecond: 10,
						seconds: 10,
						probes: 5,
						goals: { relay: 0.3, p99: 40 }
					},
			options(quick)
		),
	'thousand-readers': (quick) =>
		fanOut(
			quick
				? { readers: 60, writers: 5, perSecond: 10, seconds: 2, probes: 3, goals: { p99: 50 } }
				: { readers: 1000, writers: 10, perSecond: 10, seconds: 10, probes: 5, goals: { p99: 50 } },
			options(quick)
		),
	'lone-writer': (quick) => loneWriter(quick ? 2 : 10, options(quick)),
	'vote-storm': (quick) => voteStorm({ people: quick ? 50 : 2000, seconds: quick ? 1 : 5, probes: 5 }),
	audience: (quick) =>
		largeAudience({
			people: quick ? 50 : 2000,
			seconds: quick ? 4 : 15,
			questions: 2,
			votes: quick ? 10 : 100
		}),
	'board-frames': (quick) => boardFrames({ notes: quick ? 150 : 500, seconds: quick ? 1 : 4 }),
	'room-open': (quick) => roomOpen(quick ? 1 : 5),
	'presence-storm': (quick) => presenceStorm(quick ? 2 : 8, quick ? [20] : [60, 200]),
	'slow-reader': (quick) => slowReader(quick ? 2 : 8),
	'under-attack': (quick) => underAttack(quick ? 30 : 150),
	'join-storm': (quick) => joinStorm(quick ? 20 : 150, options(quick)),
	memory: (quick) => memory(quick ? 50 : 500, options(quick)),
	'cold-open': (quick) => coldOpen(quick ? 5_000 : 100_000),
	'ten-thousand-rooms': (quick) => tenThousandRooms(quick ? 500 : 10_000),
	'start-and-rest': (quick) => startAndRest(quick ? 2 : 5)
};
