import type { Json, Tables } from '../block.ts';
import type { Report, ReportContext, ReportEntry, Section } from '../report.ts';
import { m } from '#lib/paraglide/messages.js';
import { heldUp } from './figures.ts';
import { cardsOf, fateOf, laidCase, marksOf, type Marks } from './marks.ts';
import { SIDES, type Card, type Case, type Challenge, type EvidenceRecord, type Side } from './model.ts';
import {
	challengeName,
	inMarks,
	kindName,
	rulingName,
	sideName,
	sourceDate,
	strengthFigure
} from './words.ts';

type Entries<T> = Record<string, T>;

/** The record as it was published; what an older meeting lacks is empty. */
function recordOf(tables: Tables): EvidenceRecord {
	// The tables are this block's own projection; only their emptiness is in question.
	const of = <T>(name: keyof EvidenceRecord): Entries<T> =>
		(tables[name] ?? {}) as Entries<Json> as Entries<T>;
	return {
		motion: of('motion'),
		claims: of('claims'),
		cards: of('cards'),
		challenges: of('challenges'),
		strengths: of('strengths'),
		statements: of('statements'),
		library: of('library'),
		progress: of('progress')
	};
}

function challengeEntry(challenge: Challenge, { name }: ReportContext): string {
	const ruling = challenge.ruling ? `: ${rulingName(challenge.ruling.is)}` : '';
	return `${m.evidence_challenged({ kind: challengeName(challenge.kind) })}${ruling}. ${name(challenge.by)}: ${challenge.text}`;
}

function cardState(card: Card, challenges: readonly Challenge[]): ReportEntry['state'] {
	const fate = fateOf(card, challenges);
	switch (fate) {
		case 'unchallenged':
			return undefined;
		case 'challenged':
			return { is: 'warn', word: m.evidence_challenge() };
		case 'falls':
			return { is: 'bad', word: rulingName(fate) };
		case 'stands':
		case 'stands-reworded':
			return { is: 'good', word: rulingName(fate) };
	}
}

function cardEntry(
	card: Card,
	side: Case,
	marks: Marks,
	record: EvidenceRecord,
	context: ReportContext
): ReportEntry {
	const challenges = Object.values(record.challenges);
	const own = challenges.filter((one) => one.card.id === card.id && one.card.side === card.side);
	const strength = record.strengths[card.id];
	const claim = side.claims.find((one) => one.id === card.claim);
	const state = cardState(card, challenges);
	const about = [
		marks.refs.get(`${card.side}/${card.id}`) ?? '',
		kindName(card.kind),
		sourceDate(card.date),
		strength
			? m.evidence_strength({
					for: strengthFigure(strength.for.mean),
					against: strengthFigure(strength.against.mean)
				})
			: '',
		...own.map((challenge) => challengeEntry(challenge, context))
	];
	return {
		item: card.id,
		said: inMarks(card.quote),
		by: card.author,
		...(state && { state }),
		about: about.filter(Boolean),
		fields: [
			{ label: m.evidence_report_claim(), value: claim?.text ?? '' },
			{
				label: m.evidence_report_source(),
				value: [card.source, card.standing, card.link].filter(Boolean).join(' · ')
			}
		]
	};
}

function sideSection(
	side: Side,
	cases: Record<Side, Case>,
	marks: Marks,
	record: EvidenceRecord,
	context: ReportContext
): Section {
	const own = cases[side];
	const cards = (claim: string | null) =>
		cardsOf(own.cards, claim).map((card) => cardEntry(card, own, marks, record, context));
	const entries: ReportEntry[] = own.claims.flatMap((claim) => {
		const path = `${side}/${claim.id}`;
		const marked = marks.claims.get(path);
		const entry: ReportEntry = {
			item: claim.id,
			said: claim.text,
			by: claim.author,
			...(marked?.supported === false && { state: { is: 'warn', word: m.evidence_unsupported() } })
		};
		return [entry, ...cards(claim.id)];
	});
	return {
		name: `evidence-${side}`,
		heading: m.evidence_report_claims({ side: sideName(side) }),
		kind: 'list',
		note: `${m.evidence_claims({ count: own.claims.length })}, ${m.evidence_cards({ count: own.cards.length })}`,
		entries: [...entries, ...cards(null)]
	};
}

function figures(record: EvidenceRecord): ReportEntry[] {
	const held = heldUp(record);
	const figure = (said: string, value: string): ReportEntry => ({
		said,
		by: null,
		about: [value],
		fields: [{ label: said, value }]
	});
	return [
		figure(m.evidence_report_survived(), m.evidence_report_of({ count: held.survived, of: held.ruled })),
		figure(m.evidence_report_unsupported(), String(held.unsupported)),
		figure(m.evidence_report_fair(), m.evidence_report_of({ count: held.fairFirst, of: held.stated }))
	];
}

export const report: Report = (tables, context) => {
	const record = recordOf(tables);
	const cases = { for: laidCase(record, 'for'), against: laidCase(record, 'against') };
	const marks = marksOf(cases, Object.values(record.challenges));
	const motion = record.motion.current;
	const statements = Object.values(record.statements).sort((a, b) => a.at - b.at);
	const sections: Section[] = [
		{
			name: 'motion',
			heading: m.evidence_motion(),
			kind: 'decision',
			entries: motion
				? [
						{
							item: 'current',
							said: motion.text,
							by: motion.by,
							at: motion.at,
							about: [motion.definitions].filter(Boolean)
						}
					]
				: []
		},
		...SIDES.map((side) => sideSection(side, cases, marks, record, context)),
		{
			name: 'cases',
			heading: m.evidence_report_cases(),
			kind: 'list',
			entries: statements.map(({ id, text, by, at, try: nth, verdict, case: side }) => ({
				item: id,
				said: text,
				by,
				at,
				about: [sideName(side), m.evidence_try({ count: nth })],
				...(verdict && {
					state: verdict.fair
						? { is: 'good' as const, word: m.evidence_fair_at({ count: nth }) }
						: { is: 'warn' as const, word: m.evidence_fair_not() },
					...(verdict.note && { reply: { said: verdict.note, by: verdict.by } })
				})
			}))
		},
		{
			name: 'evidence-figures',
			heading: m.evidence_report_figures(),
			kind: 'figures',
			mirror: true,
			entries: cases.for.cards.length + cases.against.cards.length > 0 ? figures(record) : []
		}
	];
	return sections.filter((section) => section.entries.length > 0);
};
