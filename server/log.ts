/** The log: one JSON object a line, without secrets and without anything that people wrote. */
import pino, { type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from './config.ts';
import type { Observer } from './storage/observer.ts';

/** Whoever knows a room's whole id may join it. This much tells rooms apart. */
const ID_SHOWN = 8;
/** Of one kind, at most one line in so many milliseconds: a flood must not fill the disk. */
const EVERY = 1000;
/** Milliseconds from a unit's arrival until it is durable that are worth a warning. */
const SLOW = 1000;

const shortened = (id: unknown) => (typeof id === 'string' ? id.slice(0, ID_SHOWN) : undefined);

export function createLog(level: LogLevel, destination?: DestinationStream): Logger {
	const options = {
		level,
		base: { pid: process.pid },
		redact: ['*.token', '*.cookie', '*.authorization', '*.password'],
		serializers: {
			room: shortened,
			// '<room>/m3/board'
			document: (name: unknown) =>
				typeof name === 'string' ? `${shortened(name)}${name.slice(name.indexOf('/'))}` : undefined,
			err: harmless,
			error: harmless
		}
	};
	return destination ? pino(options, destination) : pino(options);
}

/**
 * What happened and where, without the values: parsers and validators quote what they were given, and that is what
 * people wrote.
 */
function harmless(error: unknown): unknown {
	if (!(error instanceof Error)) return typeof error === 'string' ? withoutQuotes(error) : typeof error;
	const { name, message, stack = '', cause } = error;
	const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
	return {
		type: name,
		// valibot: "Expected … but received …"
		message: name === 'ValiError' ? 'a value does not fit its schema' : withoutQuotes(message),
		stack: stack
			.split('\n')
			.filter((line) => /^\s+at /.test(line))
			.join('\n'),
		...code,
		...(cause === undefined ? {} : { cause: harmless(cause) })
	};
}

/** Longer messages only repeat what they are about. */
const LONGEST = 2000;

function withoutQuotes(message: string): string {
	const text = message.slice(0, LONGEST);
	// what somebody wrote may hold such quotes itself: all from the first to the last goes
	const [from, to] = [text.indexOf('“'), text.lastIndexOf('”')];
	const rest = from < 0 ? text : `${text.slice(0, from)}"…"${to > from ? text.slice(to + 1) : ''}`;
	return rest.replaceAll(/"(?:[^"\\]|\\.)*"(\.\.\.)?/g, '"…"');
}

/** Joins, leaves and commands at debug, refusals at info, slow commits as a warning. */
export function createJournal(log: Logger, now: () => number): Observer {
	const said = new Map<string, { at: number; unsaid: number }>();

	/** How many of this kind there were since the last line; null: it is too early for another. */
	function times(kind: string): number | null {
		const last = said.get(kind);
		if (last !== undefined && Math.abs(now() - last.at) < EVERY) {
			last.unsaid++;
			return null;
		}
		said.set(kind, { at: now(), unsaid: 0 });
		return (last?.unsaid ?? 0) + 1;
	}

	return {
		flushed(arrived, durable, shown) {
			const waited = durable - (arrived[0] ?? durable);
			if (waited < SLOW) return;
			const count = times('slow');
			if (count !== null)
				log.warn({ waited, shown: shown - durable, units: arrived.length, count }, 'Slow commit');
		},
		refused(road, reason, about = {}) {
			const count = times(`${road} ${reason}`);
			if (count !== null) log.info({ road, reason, ...about, count }, 'Refused');
		},
		commanded: (outcome, about) => log.debug({ outcome, ...about }, 'Command'),
		came: (what, about) => log.debug(about, what === 'joined' ? 'Joined' : 'Left')
	};
}
