/** Three who are new and three who know the ropes: the best pair is not part of the best whole. */
import type { Json } from '#lib/blocks/block.ts';
import type { Demo, DemoStep } from '../demo.ts';

/** An hour on each morning of the week. */
const hours = [1, 2, 3, 4, 5].map((day) => ({ day, from: 9 * 60, to: 10 * 60 }));

interface Card {
	job: string;
	team: string;
	place: string;
	knows: string[];
	skills: string[];
	interests: string[];
}

const joins = (by: string, card: Card): DemoStep => ({
	by,
	run: 'pairing.join',
	with: () => ({ hours, timeZone: 'Europe/London', languages: ['en'], ...card }) satisfies Json
});

/** Points: Nia 90, 80, 30; Jon 85, 40, 35; Eva 60, 70, 65, of Mei, Omar and Sofia. */
export const peerMentorCohortDemo: Demo = {
	title: 'New in spring',
	preset: 'cohort',
	people: [
		{ key: 'ada', name: 'Ada', role: 'administrator', team: 'People' },
		{ key: 'nia', name: 'Nia', role: 'mentee', team: 'Fraud' },
		{ key: 'jon', name: 'Jon', role: 'mentee', team: 'Cards' },
		{ key: 'eva', name: 'Eva', role: 'mentee', team: 'Finance' },
		{ key: 'mei', name: 'Mei', role: 'mentor', team: 'Data' },
		{ key: 'omar', name: 'Omar', role: 'mentor', team: 'Fraud' },
		{ key: 'sofia', name: 'Sofia', role: 'mentor', team: 'Treasury' }
	],
	me: 'ada',
	steps: [
		joins('nia', {
			...{ job: 'Fraud analyst', team: 'Fraud', place: 'Leeds' },
			...{ knows: ['case tool'], skills: ['SQL'], interests: ['hill walking'] }
		}),
		joins('jon', {
			...{ job: 'Case handler', team: 'Cards', place: 'London' },
			...{ knows: ['card disputes'], skills: ['Python'] },
			interests: ['chess club', 'trail running', 'choir singing', 'home cooking']
		}),
		joins('eva', {
			...{ job: 'Controller', team: 'Finance', place: 'Lisbon' },
			...{ knows: ['month end close'], skills: ['forecasting'], interests: ['chess club', 'trail running'] }
		}),
		joins('mei', {
			...{ job: 'Data engineer', team: 'Data', place: 'Leeds' },
			knows: ['case tool', 'card disputes', 'month end close'],
			...{ skills: ['SQL', 'Python'], interests: ['rose gardens'] }
		}),
		joins('omar', {
			...{ job: 'Senior investigator', team: 'Fraud', place: 'London' },
			...{
				knows: ['case tool', 'month end close'],
				skills: ['SQL'],
				interests: ['chess club', 'trail running']
			}
		}),
		joins('sofia', {
			...{ job: 'Cash manager', team: 'Treasury', place: 'Lisbon' },
			...{
				knows: ['month end close'],
				skills: ['negotiating'],
				interests: ['choir singing', 'home cooking', 'hill walking']
			}
		}),
		{ wait: 24 * 60 },
		{ by: 'ada', run: 'pairing.propose' },
		{ opens: true },
		{ wait: 30 },
		{ by: 'ada', run: 'pairing.confirm' },
		{ by: 'ada', run: 'agenda.start', with: ({ run }) => ({ expects: run }) }
	]
};
