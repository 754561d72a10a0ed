import { m } from '#lib/paraglide/messages.js';
import type { Report, ReportEntry } from '../report.ts';
import type { ShownSlot, SlotsRecord } from './model.ts';
import { seats, share, turnout, when } from './view.ts';

const talkFields = ({ talk }: ShownSlot): { label: string; value: string }[] => {
	if (!talk) return [];
	const labels = [m.slots_takeaway_first(), m.slots_takeaway_second(), m.slots_takeaway_third()];
	return [
		...talk.takeaways.map((value, index) => ({ label: labels[index] ?? '', value })),
		...(talk.exercise === '' ? [] : [{ label: m.slots_exercise(), value: talk.exercise }]),
		...(talk.links === '' ? [] : [{ label: m.slots_links(), value: talk.links }])
	];
};

function entry(slot: ShownSlot, seated: boolean): ReportEntry {
	const { talk, attended } = slot;
	return {
		item: slot.id,
		said: talk?.title ?? when(slot),
		by: talk?.speaker ? { name: talk.speaker.name } : null,
		about: [
			...(talk ? [when(slot)] : []),
			...(slot.place === '' ? [] : [slot.place]),
			...(talk?.recorded ? [m.slots_may_be_recorded()] : []),
			...(talk?.first ? [m.slots_first_talk()] : []),
			...(attended ? [turnout(attended)] : seated ? [seats(slot)] : [])
		],
		fields: talkFields(slot),
		at: slot.starts
	};
}

/** The talk of the meeting, and how the series goes. */
export const report: Report = (tables, context) => {
	const { slots = {}, figures = {} } = tables as Partial<SlotsRecord>;
	const all = Object.values(slots).sort((a, b) => a.starts - b.starts);
	const held = all.filter(({ attended }) => attended !== null);
	const coming = all.filter(({ is }) => is === 'open');
	const seated = all.some(({ taken }) => taken > 0);
	const now = figures.now;
	const list = (name: string, heading: string, entries: readonly ShownSlot[]) =>
		entries.length === 0
			? []
			: [{ name, heading, kind: 'list' as const, entries: entries.map((slot) => entry(slot, seated)) }];
	return [
		...list(context.instance, context.title, held),
		...list(`${context.instance}-next`, m.slots_report_next(), coming),
		...(now && now.held > 0
			? [
					{
						name: `${context.instance}-figures`,
						heading: m.slots_report_figures(),
						kind: 'figures' as const,
						entries: [
							{ said: m.slots_show_rate(), by: null, about: [turnout(now)] },
							...(now.talks === 0
								? []
								: [
										{
											said: m.slots_first_share(),
											by: null,
											about: [
												m.slots_of({ part: now.first, of: now.talks, share: share(now.first, now.talks) })
											]
										}
									])
						]
					}
				]
			: [])
	];
};
