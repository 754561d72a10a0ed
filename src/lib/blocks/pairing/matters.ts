/** For whoever runs it: proposals to confirm, pairs that do not fit. For those who are looked for: to opt in. */
import { told, type Matter, type MatterScene } from '../matter.ts';
import type { Text } from '../refusal.ts';
import { countsOf, factsOf } from './seen.ts';
import type { PairingState } from './model.ts';
import type { Settings } from './settings.ts';

export function matters(state: PairingState, scene: MatterScene<Settings>): Matter[] {
	const nothing = { kind: 'answer' as const, said: null, when: null, item: null };
	const counted = (id: string, verb: string, count: number, text: Text): Matter[] =>
		count === 0
			? []
			: scene.whoMay(verb).map((one) => ({ ...nothing, id, person: one.id, text: told(text, { count }) }));
	const { seekers, givers } = scene.settings;
	const unsaid = scene
		.whoMay('join')
		.filter(({ id, role }) => (role === seekers || role === givers) && !state.cards[id])
		.map(({ id }): Matter => ({
			...nothing,
			id: 'join',
			person: id,
			text: {
				en: 'Say when you can be met, and take part',
				de: 'Sagen, wann man dich treffen kann, und mitmachen'
			}
		}));
	return [
		...unsaid,
		...counted('confirm', 'confirm', countsOf(state).proposed, {
			en: 'Pairs that are proposed and not confirmed: {count}',
			de: 'Vorgeschlagene Paare ohne Bestätigung: {count}'
		}),
		...counted('unfit', 'release', Number(factsOf(state).unfit), {
			en: 'Pairs that do not fit: {count}',
			de: 'Paare, die nicht passen: {count}'
		})
	];
}
