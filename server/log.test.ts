import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createJournal, createLog } from './log.ts';

const CANARY = 'Kanarienvogel';

function lines() {
	const written: string[] = [];
	const log = createLog('trace', { write: (line) => void written.push(line) });
	return { log, said: () => written.map((line) => JSON.parse(line) as Record<string, unknown>), written };
}

function thrown(work: () => unknown): unknown {
	try {
		return work();
	} catch (error) {
		return error;
	}
}

describe('the log', () => {
	it.each([
		['a parser', () => JSON.parse(`{"a": ${CANARY}}`)],
		['a validator', () => v.parse(v.object({ a: v.number() }), { a: CANARY })],
		['a cause', () => thrownWithCause()]
	])('says what failed and where, without the words that %s quotes', (_, work) => {
		const { log, said, written } = lines();
		log.error({ err: thrown(work) }, 'It failed');
		log.error({ error: thrown(work) }, 'It failed');
		expect(written.join('')).not.toContain(CANARY);
		expect(said()[0]).toMatchObject({
			msg: 'It failed',
			err: { stack: expect.stringContaining('log.test.ts') }
		});
	});

	it('shows of a room enough to tell it from others, and too little to join it', () => {
		const { log, said } = lines();
		log.info({ room: '0123456789abcdef', document: '0123456789abcdef/m3/board' }, 'x');
		expect(said()[0]).toMatchObject({ room: '01234567', document: '01234567/m3/board' });
	});
});

function thrownWithCause() {
	throw new Error('Outside', { cause: new Error(`Inside "${CANARY}"`) });
}

describe('the journal', () => {
	it('says once a second how often something was refused, however often it was', () => {
		const { log, said } = lines();
		let now = 1000;
		const journal = createJournal(log, () => now);
		for (let i = 0; i < 10_000; i++) journal.refused?.('sync', 'rate');
		journal.refused?.('sync', 'origin');
		now += 1000;
		journal.refused?.('sync', 'rate', { person: 'ana' });
		expect(said().map(({ reason, count, person }) => [reason, count, person])).toEqual([
			['rate', 1, undefined],
			['origin', 1, undefined],
			['rate', 10_000, 'ana']
		]);
	});

	it('warns of a commit for which somebody waited long', () => {
		const { log, said } = lines();
		const journal = createJournal(log, () => 0);
		journal.flushed?.([100, 900], 950, 960);
		journal.flushed?.([100, 900], 1100, 1110);
		expect(said()).toMatchObject([{ level: 40, waited: 1000, shown: 10, units: 2 }]);
	});
});
