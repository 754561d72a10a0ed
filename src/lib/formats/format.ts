/** What a format is: data. Roles, phases, which blocks are open to whom, what is carried over. */
import type { Json, Text } from '#lib/blocks/block.ts';

/** Roles by name, or '*' for everybody in the room. */
export type Who = readonly string[] | '*';

/** By command type, `<instance>.<verb>`. `<instance>.*` stands for all verbs of an instance. */
export type Permissions = Readonly<Record<string, Who>>;

export interface Role {
	name: Text;
	about: Text;
	/** Runs the agenda. */
	facilitates?: boolean;
	/** Reads the desk: what waits, flags, who has not spoken. */
	moderates?: boolean;
	/** Many people: the record shows how many, not who; they get a count instead of cursors. */
	crowd?: boolean;
	/**
	 * Who holds it, and how many, nobody is told: they stand in neither record nor desk and count among nobody's
	 * numbers. It stands outside (`outside`).
	 */
	unseen?: boolean;
	/**
	 * The room is about whoever holds it: what others wrote in it is data about this person. When they are erased the
	 * room is deleted.
	 */
	subject?: boolean;
	/** Watches and takes no part: is not among those whom the room should have `least` and `most` of. */
	watches?: boolean;
	/** How many people may hold it at once. */
	most?: number;
	/** May be chosen by whoever joins. */
	open?: boolean;
	/** Somebody can be asked to take it (`roster.offer`), and has it once they say yes. */
	offered?: boolean;
	/** Is found on the page of whoever offers something: a room is opened with them in mind (`roster.keepInMind`). */
	sought?: boolean;
	/** Reads neither record nor desk: only what these instances show to this person alone. */
	outside?: readonly string[];
}

export interface Use {
	/** A block's folder name. */
	block: string;
	/** 'meeting': begins anew with each meeting (but for what it carries over); 'room': one state for all meetings. */
	scope: 'meeting' | 'room';
	name: Text;
	settings?: { [key: string]: Json | undefined };
	/** The co-written document it shows, by its short name in `documents`. */
	document?: string;
	/** Only in a room that no programme opened: where there is one, it is looked after there. */
	alone?: boolean;
}

export interface DocumentUse {
	/**
	 * 'person': each of those who may write it has one of their own (`own/<person>`), which nobody else can open.
	 * There is one of these for each person and room; two names for it are two names of the same.
	 */
	scope: 'meeting' | 'room' | 'person';
	/** Who may see it, and who may change it. */
	read: Who;
	write: Who;
	/** Phases in which writers may write; without it, in all. */
	open?: readonly string[];
	/** From this phase on everybody may read it. */
	reveal?: string;
	/** The block whose `seed` writes its first content, and the template's name. */
	seed?: { block: string; template: string };
	/**
	 * `<instance>.<verb>` that the server runs with `{meeting, written}`, characters of what stands by person, when
	 * that has changed: counted from the log, so that nobody can say they wrote more or less.
	 */
	credit?: string;
}

/** A phase opens only when this fact of a block has this value; `because` tells whoever tries. */
export interface Gate {
	/** `<instance>.<fact>` */
	fact: string;
	is?: number | boolean | string;
	atLeast?: number;
	/** Asked of whoever opens this very phase, and not of a meeting that leaves it out and goes on to a later one. */
	skippable?: boolean;
	because: Text;
}

export interface Step {
	/** `<instance>.<verb>`, run by the server itself. */
	run: string;
	payload?: Json;
}

export interface Phase {
	/** 'P3'. */
	id: string;
	name: Text;
	/** One line under the phase's name: what we do here. */
	about: Text;
	/** 'ahead': before the meeting, 'live': in it, 'after': until somebody ends the meeting. */
	when: 'ahead' | 'live' | 'after';
	/** Null: no clock. */
	minutes: number | null;
	/** Instances shown in the middle, from top to bottom. */
	stage: readonly string[];
	/** Instances shown at the side; without it, the format's `panel`. */
	panel?: readonly string[];
	/** The instance that the projector shows. */
	projector?: string;
	may: Permissions;
	/** What must hold before it opens. */
	gate?: readonly Gate[];
	/** What the server does when it opens, and when it is left. */
	enter?: readonly Step[];
	leave?: readonly Step[];
	/** Cannot be skipped or shortened. */
	fixed?: boolean;
	/** Only the room's last meeting goes on to it; the others end before it. It is the last phase. */
	closing?: boolean;
}

/** When a block emits `on` (`<instance>.<event>`), the server runs `run` with these fields of the event's data. */
export interface Wire {
	on: string;
	run: string;
	/** Field of the payload ← field of the event; a value in `set` is given as it stands. */
	take?: Readonly<Record<string, string>>;
	set?: { [key: string]: Json };
}

/**
 * A fact that a room lets its programme know, as a number or a word of the program ('written'), with the fact that
 * says of how many. Nothing else leaves the room but its phase, its state and how many meetings it held.
 */
export interface Reported {
	/** `<instance>.<fact>` */
	fact: string;
	of?: string;
	name: Text;
	/** What its words are called: { written: { en: 'written' } }. */
	words?: Readonly<Record<string, Text>>;
	/** What to do about it, said beside it as long as the number is above 0. */
	warn?: Text;
}

/** `<instance>.<setting>`, which gets the option's value; or with `as`, what stands there for that value. */
export type Setting = string | { setting: string; as: Readonly<Record<string, Json>> };

/** A switch that whoever opens the room may set; it sets settings of instances. */
export interface Option {
	name: string;
	text: Text;
	about: Text;
	/** What it sets, in every one of them. */
	sets: readonly Setting[];
	/** A boolean, or one of these. */
	values?: readonly { value: string; text: Text }[];
	default: boolean | string;
}

/**
 * What is held back: who sees the words of a command besides whoever gave it, and from when on others do. What no row
 * names is open to everybody in the room at once. `tests/server/sealed.test.ts` plays the demo and holds the format
 * to it, in both directions; documents need no row, they say it themselves.
 */
export interface Sealed {
	/** `<instance>.<verb>`: the command that takes the words. */
	what: string;
	/** Only where the payload says so: `{ anonymous: true }`, `{ 'entry.for': 'self' }`. */
	if?: Readonly<Record<string, Json>>;
	/** Roles that see it from the beginning; without it, none. */
	sees?: Who;
	/**
	 * From when on `then` see it: a phase that opens ('P2'), a command about this very entry ('questions.approve'),
	 * or a fact that comes to hold ('problem.revealed'). Without it, never.
	 */
	opens?: string;
	/** Opens only what these roles have written. */
	of?: Who;
	/** Who sees it then; without it, everybody who reads the record. */
	then?: Who;
	/** Whoever gave what it is about sees it too: the reason why a question came back. */
	back?: boolean;
	/** Whose it is, nobody is told: not before, not then, and not those who moderate. */
	unnamed?: boolean;
}

/**
 * What goes to the whole workspace, and by whose word: nothing else does. The same test holds the format to it, in
 * both directions.
 */
export interface Shared {
	/** `<instance>.<verb>`: the command that takes the words. */
	what: string;
	/** Its author has chosen so: `{ 'entry.for': 'org' }`. */
	if?: Readonly<Record<string, Json>>;
	/** The command by which somebody who may says so of this very entry ('questions.publish'). */
	by?: string;
	/** Nobody is told whose it was. */
	unnamed?: boolean;
}

/**
 * Words that a room gives to whoever runs its programme, once a meeting of it has ended: nothing else that was said
 * in it reaches them. By their author's own choice, which the form names. Without the names; in `reports` go numbers.
 */
export interface Handed {
	/** `<instance>.<verb>`: the command that takes the words. Of the room, not of one meeting: they can be taken back. */
	what: string;
	/** Their author has chosen so: `{ 'entry.for': 'programme' }`. */
	if: Readonly<Record<string, Json>>;
}

/**
 * A setting that a new room has of its own: what an instance of another room of this format left (`Block.leaves`).
 * Of its programme's own room, where one opens it; else of the last room that was its maker's and left something.
 */
export interface Begin {
	/** `<instance>.<setting>` */
	setting: string;
	/** An instance of that other room. */
	from: string;
}

/** A variant of the method: what it names replaces the format's own. */
export interface Preset {
	text: Text;
	about: Text;
	phases: readonly Phase[];
	roles?: Readonly<Record<string, Role>>;
	blocks?: Readonly<Record<string, Use>>;
	documents?: Readonly<Record<string, DocumentUse>>;
	always?: Permissions;
	wires?: readonly Wire[];
	reports?: readonly Reported[];
	panel?: readonly string[];
	sealed?: readonly Sealed[];
	shared?: readonly Shared[];
	handed?: readonly Handed[];
	/** Where whoever opens the room, or joins it, is somebody else than in the format. */
	host?: string;
	guest?: string;
	/** How many people at least and at most before the room warns, where they are others than in the format. */
	least?: number;
	most?: number;
	/** Opens other rooms; found under "Programmes" and not among the methods of a room. */
	programme?: boolean;
}

/** Whoever is in the room is told so many days before. */
export const NOTICE_DAYS = 14;

/**
 * What is deleted for good after some time, out of the history too. Whoever is in the room is told of it two weeks
 * before, with the way to export; the dates stand in the room's settings and on its records.
 */
export interface Retention {
	/**
	 * From when on the days count: each meeting's end, for what belongs to it (of the whole room: its last meeting's);
	 * the day that the room was archived; or a fact that says when, in ms since the epoch, as `<instance>.<fact>`.
	 */
	after: 'ended' | 'archived' | { fact: string };
	days: number;
	what: 'room' | { instances?: readonly string[]; documents?: readonly string[] };
	/** What is deleted, as the notice calls it: "The raw comments". The whole room needs no words. */
	text?: Text;
}

export interface Format {
	/** Its name in the API. */
	name: string;
	text: Text;
	/** What it is for: the sentence on its card. */
	about: Text;
	/** How many people, in words, and how many at least and at most before the room warns. */
	people: Text;
	least: number;
	most: number;
	length: Text;
	roles: Readonly<Record<string, Role>>;
	/** The role of whoever opens the room, and of whoever joins without choosing. */
	host: string;
	guest: string;
	blocks: Readonly<Record<string, Use>>;
	documents: Readonly<Record<string, DocumentUse>>;
	phases: readonly Phase[];
	/** Open in every phase. */
	always: Permissions;
	/** Instances at the side unless a phase says otherwise. */
	panel: readonly string[];
	/**
	 * What a meeting is about, as long as the projector shows something else: a text of the record,
	 * `<instance>.<collection>.<key>.<field>`.
	 */
	headline?: string;
	wires?: readonly Wire[];
	sealed?: readonly Sealed[];
	shared?: readonly Shared[];
	/** What a room lets its programme know, where it has one; of a series, what whoever runs it sees of its dates. */
	reports?: readonly Reported[];
	/**
	 * A room of this format is a programme by itself: a series of dates that belong together, in one room. It is found
	 * under "Programmes" as what this says.
	 */
	series?: { text: Text; about: Text };
	/** What of a room whoever runs its programme may read. */
	handed?: readonly Handed[];
	/** What a new room takes over from others of its kind. */
	begins?: readonly Begin[];
	options?: readonly Option[];
	presets?: Readonly<Record<string, Preset>>;
	retention?: readonly Retention[];
	/**
	 * `<instance>.<verb>` that the server runs with `{meeting, people}` while a meeting is on, for members who are
	 * connected to the room: each is named once.
	 */
	present?: string;
}

/** In English and German; `{ en, de }` for short. */
export const text = (en: string, de?: string): Text => (de === undefined ? { en } : { en, de });

/** What every room has, under these names; spread into `blocks`. */
export const everyRoom = {
	agenda: { block: 'agenda', scope: 'meeting', name: text('Phases', 'Phasen') },
	roster: { block: 'roster', scope: 'room', name: text('People', 'Personen') }
} satisfies Record<string, Use>;

/** Gives several verbs of an instance to the same roles; spread into `may` or `always`. */
export function allow(instance: string, verbs: readonly string[], who: Who): Permissions {
	return Object.fromEntries(verbs.map((verb) => [`${instance}.${verb}`, who]));
}

/** The same commands, given to others. */
export const givenTo = (who: Who, permissions: Permissions): Permissions =>
	Object.fromEntries(Object.keys(permissions).map((type) => [type, who]));

/**
 * After `facilitation`, where roles are asked for and accepted (`offered`): nobody takes one or another's place, and
 * `host` lets people in and shows them out.
 */
export const askedForRoles = (host: Who): Permissions => ({
	...allow('roster', ['assign', 'take', 'handOver', 'takeOver'], []),
	...allow('roster', ['remove', 'admit', 'pardon'], host)
});

/** What everybody who facilitates may do with the agenda and the roster; spread into `always`. */
export function facilitation(roles: readonly string[]): Permissions {
	return {
		...allow(
			'agenda',
			['start', 'pause', 'resume', 'extend', 'advance', 'back', 'close', 'end', 'ask'],
			roles
		),
		...allow('roster', ['assign', 'remove', 'admit', 'pardon', 'handOver'], roles),
		...allow('roster', ['describe', 'take', 'stand', 'leave', 'takeOver', 'answer'], '*'),
		'agenda.ready': '*'
	};
}
