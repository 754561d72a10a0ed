/** What the poll's views share: its handle, and words and numbers in the reader's language. */
import { m } from '#lib/paraglide/messages.js';
import { region } from '#lib/ui/region.ts';
import type { Handle } from '../block.ts';
import type { Option, Poll, PollOwn, PollRecord, Result, Round, Turnout } from './model.ts';
import type { Settings } from './settings.ts';

/** Settings as the format gives them: what it leaves out is not there. */
export type PollHandle = Handle<PollRecord, null, PollOwn, Partial<Settings>>;

export function currentPoll({ record }: PollHandle): Poll | null {
	const id = record.current.poll as string | undefined;
	return id === undefined ? null : (record.polls[id] ?? null);
}

export function votes(handle: PollHandle): boolean {
	const voters = handle.settings.voters ?? [];
	return handle.may('vote') && (voters.length === 0 || voters.includes(handle.me.role));
}

export function optionText(option: Option, handle: PollHandle): string {
	return handle.text(option.text);
}

export function textOf(id: string, poll: Poll, handle: PollHandle): string {
	const option = poll.options.find((one) => one.id === id);
	return option ? optionText(option, handle) : id;
}

export function roundOf(poll: Poll): Round {
	return poll.stage.is === 'revealed' ? (poll.paired ? 'after' : 'once') : poll.stage.round;
}

export function roundName(round: Round): string {
	if (round === 'before') return m.poll_vote_before();
	return round === 'after' ? m.poll_vote_after() : m.poll_vote();
}

export function turnoutOf(poll: Poll, record: PollRecord): Turnout {
	const counted = poll.turnout[roundOf(poll)];
	return (poll.stage.is === 'open' ? record.turnout[poll.id] : counted) ?? counted ?? { voted: 0, of: 0 };
}

/** Why a result is not shown. */
export function fewWords({ ballots, least }: Extract<Result, { is: 'few' }>, { paired }: Poll): string {
	if (paired) return m.poll_result_few_pairs({ count: ballots, least });
	return ballots === 0 ? m.poll_result_none() : m.poll_result_few({ count: ballots, least });
}

export function sealedWords(poll: Poll, handle: PollHandle): string {
	const turnout = turnoutOf(poll, handle.record);
	const phase = handle.settings.revealIn;
	if (phase) return m.poll_sealed_until({ ...turnout, phase });
	return roundOf(poll) === 'before' ? m.poll_sealed_both(turnout) : m.poll_sealed(turnout);
}

export function number(value: number): string {
	return new Intl.NumberFormat(region(), { maximumFractionDigits: 2 }).format(value);
}

/** "+25", "−25", "0", with a real minus. */
export function signed(value: number): string {
	const text = new Intl.NumberFormat(region(), {
		signDisplay: 'exceptZero',
		maximumFractionDigits: 1
	}).format(value);
	return text.replace('-', '−');
}

export function percent(count: number, of: number): number {
	return of === 0 ? 0 : Math.round((count / of) * 100);
}
