import * as v from 'valibot';
import { command, defineBlock, isRefusal, refuse, type Refusal } from '../block.ts';
import { DAY, dayAt, dayIn, daysFrom, isZone, startOf } from '../days.ts';
import { day, id } from '../schemas.ts';
import { appointments, appoint, calledOff, callOff, dateOf } from './appointed.ts';
import { matters } from './matters.ts';
import type { Meeting, MeetingsOwn, MeetingsState } from './model.ts';
import { settings, type Ctx, type Settings } from './settings.ts';
import { held, nextNudge } from './silence.ts';

const MOST = 200;
const FARTHEST = 366;

const topics = v.pipe(
	v.string('Say in a few words what you talked about.'),
	v.trim(),
	v.minLength(1, 'Say in a few words what you talked about.'),
	v.maxLength(500)
);
const next = v.pipe(v.string(), v.trim(), v.maxLength(280));
const LENGTH = 'Between 5 minutes and 8 hours.';
const minutes = v.pipe(v.number(LENGTH), v.integer(LENGTH), v.minValue(5, LENGTH), v.maxValue(480, LENGTH));

const today = ({ now }: Ctx): string => dayAt(now);

/** Where it is still yesterday or already tomorrow, today is another day. */
function tooFar(day: string, ctx: Ctx): Refusal | null {
	if (daysFrom(today(ctx), day) > 1)
		return refuse('ahead', 'Write a meeting down once it has taken place.', 'day');
	return null;
}

function standing(state: MeetingsState, which: string): Meeting | Refusal {
	const meeting = state.meetings[which];
	return meeting && !meeting.dropped ? meeting : refuse('gone', 'This meeting is not here any more.', 'id');
}

/** Somebody was heard of: nobody needs a nudge now. */
function heard(state: MeetingsState, ctx: Ctx): void {
	if (!state.watch.now) return;
	state.watch.now = { since: Math.max(state.watch.now.since, ctx.now) };
	if (Object.keys(state.nudges).length === 0) return;
	state.nudges = {};
	tell(ctx);
}

function tell(ctx: Ctx): void {
	const { told, keeper, above } = ctx.settings;
	for (const { id, role } of Object.values(ctx.people))
		if (told.includes(role) || role === keeper || role === above) ctx.touch(id);
}

export const meetings = defineBlock<MeetingsState, Settings>({
	name: 'meetings',
	settings,
	finds: { published: { meetings: { texts: ['topics', 'next'] } } },
	initial: () => ({ meetings: {}, coming: {}, dates: {}, watch: {}, nudges: {} }),
	commands: {
		/** Writes down one that took place. */
		add: command(
			v.object({ day, topics, next: v.optional(next, '') }),
			(state: MeetingsState, { day, topics, next }, ctx: Ctx) => {
				const wrong = tooFar(day, ctx);
				if (wrong) return wrong;
				if (held(state) >= MOST)
					return refuse('full', 'There are {most} meetings here; no more fit in.', undefined, { most: MOST });
				const key = ctx.id();
				state.meetings[key] = { id: key, day, topics, next, by: ctx.by.id, at: ctx.now, dropped: false };
				if (state.coming.now && state.coming.now.day <= day) {
					// met before the hour that was agreed: it is in nobody's way any more
					callOff(state, ctx);
					delete state.coming.now;
				}
				heard(state, ctx);
				tell(ctx);
				ctx.emit('held', { id: key, count: held(state) });
				return { id: key };
			}
		),
		edit: command(
			v.object({ id, day: v.optional(day), topics: v.optional(topics), next: v.optional(next) }),
			(state: MeetingsState, { id, day, topics, next }, ctx: Ctx) => {
				const meeting = standing(state, id);
				if (isRefusal(meeting)) return meeting;
				const wrong = day === undefined ? null : tooFar(day, ctx);
				if (wrong) return wrong;
				if (day !== undefined) meeting.day = day;
				if (topics !== undefined) meeting.topics = topics;
				if (next !== undefined) meeting.next = next;
			}
		),
		drop: command(v.object({ id }), (state: MeetingsState, payload, ctx: Ctx) => {
			const meeting = standing(state, payload.id);
			if (isRefusal(meeting)) return meeting;
			meeting.dropped = true;
			tell(ctx);
		}),
		restore: command(v.object({ id }), (state: MeetingsState, payload, ctx: Ctx) => {
			const meeting = state.meetings[payload.id];
			if (!meeting?.dropped) return refuse('gone', 'There is nothing to bring back.', 'id');
			meeting.dropped = false;
			tell(ctx);
		}),
		/**
		 * Sets the next one: its day, or a moment, which is a day in the zone of whoever sets it and comes into calendars;
		 * a day that is null: it is open again.
		 */
		set: command(
			v.object({
				day: v.optional(v.nullable(day)),
				at: v.optional(v.pipe(v.number('Choose a day and a time.'), v.finite('Choose a day and a time.'))),
				minutes: v.optional(minutes),
				place: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(140)), ''),
				zone: v.optional(v.pipe(v.string(), v.maxLength(64)), 'UTC')
			}),
			(state: MeetingsState, { day, at, zone, ...what }, ctx: Ctx) => {
				if (day === null) {
					callOff(state, ctx);
					delete state.coming.now;
					return;
				}
				if (at !== undefined) {
					if (at <= ctx.now) return refuse('past', 'This time has passed. Choose a later one.', 'at');
					if (at > ctx.now + FARTHEST * DAY)
						return refuse('past', 'Choose a day from today on, within a year.', 'at');
					if (!isZone(zone)) return refuse('zone', 'There is no such time zone.', 'zone');
					const date = appoint(state, { at, ...what }, ctx);
					state.coming.now = { day: dayIn(at, zone), at: ctx.now, date };
				} else {
					if (day === undefined) return refuse('invalid', 'Choose a day, such as 2026-05-14.', 'day');
					const days = daysFrom(today(ctx), day);
					if (days < -1 || days > FARTHEST)
						return refuse('past', 'Choose a day from today on, within a year.', 'day');
					callOff(state, ctx);
					const before = calledOff(state);
					state.coming.now = { day, at: ctx.now, ...(before !== null && { date: before }) };
				}
				heard(state, ctx);
			}
		),
		/** Run by the server when something begins: from that day on silence counts. */
		begin: command(v.object({ day }), (state: MeetingsState, { day }, ctx: Ctx) => {
			state.watch.now = { since: Math.max(startOf(day), ctx.now) };
			state.nudges = {};
			tell(ctx);
		}),
		/** Run by the server: a sign of life elsewhere, where it is of the one who keeps this going. */
		sign: command(
			v.object({ person: v.optional(v.pipe(v.string(), v.maxLength(64))) }),
			(state: MeetingsState, { person }, ctx: Ctx) => {
				if (person !== undefined && ctx.people[person]?.role !== ctx.settings.keeper) return;
				heard(state, ctx);
			}
		),
		/** Run by the server when it has been quiet for too long. */
		nudge: command(v.object({}), (state: MeetingsState, _, ctx: Ctx) => {
			const due = nextNudge(state, ctx.settings);
			if (!due || due.at > ctx.now) return refuse('not_yet', 'Nobody has been silent for that long.');
			const { role, days, since } = due;
			state.nudges[role] = { role, since, days, at: ctx.now };
			tell(ctx);
			ctx.emit('silent', { role, days });
		}),
		/** Run by the server: it is over, and nobody has to be heard of any more. */
		stop: command(v.object({}), (state: MeetingsState, _, ctx: Ctx) => {
			callOff(state, ctx);
			delete state.watch.now;
			delete state.coming.now;
			state.nudges = {};
			tell(ctx);
		})
	},
	publish(state, { settings: { keeper } }) {
		const meetings = Object.entries(state.meetings).filter(([, { dropped }]) => !dropped);
		const nudge = keeper === null ? undefined : state.nudges[keeper];
		const date = dateOf(state);
		return {
			record: {
				meetings: Object.fromEntries(meetings),
				coming: state.coming,
				dates: date ? { [date.id]: date } : {},
				nudges: nudge ? { [nudge.role]: nudge } : {}
			}
		};
	},
	own(state, person, { people, settings: { told, planned } }): MeetingsOwn {
		const role = people[person]?.role ?? '';
		return {
			told: told.includes(role) ? { held: held(state), planned } : null,
			nudge: state.nudges[role] ?? null
		};
	},
	/** `silent`: days after which somebody was nudged last; 0 while nobody had to be. */
	facts: (state, { settings: { planned } }) => ({
		held: held(state),
		planned,
		silent: Math.max(0, ...Object.values(state.nudges).map(({ days }) => days)),
		complete: planned !== null && held(state) >= planned
	}),
	matters,
	appointments,
	due(state, { settings, phase }) {
		const next = nextNudge(state, settings);
		return next && phase ? { at: next.at, verb: 'nudge', payload: {} } : null;
	},
	forget(state, person) {
		for (const meeting of Object.values(state.meetings)) if (meeting.by === person) meeting.by = '';
	}
});
