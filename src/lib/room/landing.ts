/** Where a link ends, in the browser: loaded by whoever came by one. */
import { tick } from 'svelte';
import { toast } from '#lib/ui/toast.ts';
import { askToShow } from '#lib/ui/show-event.ts';

export interface Target {
	instance: string;
	item: string | null;
}

/** Null for what is no such link; a hash may hold anything. */
export function targetOf(hash: string): Target | null {
	const match = /^#at=([^/]{1,400})(?:\/(.{1,900}))?$/.exec(hash);
	if (!match) return null;
	try {
		return {
			instance: decodeURIComponent(match[1]!),
			item: match[2] === undefined ? null : decodeURIComponent(match[2])
		};
	} catch {
		return null;
	}
}

/** How long a part may take to be there: its view and its document are loaded first. */
const PATIENCE = 8000;
/** How long a short view that is there already may take to show the item, before the whole one is asked for. */
const BRIEF = 1500;
/** How often it is looked whether what was landed on is still in sight. */
const AGAIN = 400;
/** What somebody does who goes on from there. */
const DOES = ['pointerdown', 'keydown', 'wheel', 'touchstart'];

/** Lets go of what was landed on last. */
let letGo = () => {};

/** The target in the address, which is taken out of it. */
export function takeTarget(): Target | null {
	const target = targetOf(location.hash);
	history.replaceState(history.state, '', location.pathname + location.search);
	return target;
}

/**
 * Leads to the target; where that is not on the page, it says `missing`. `whole` shows all of the part, where what stands
 * at the side is a short form of it; null: it is shown as it is.
 */
export async function land(target: Target, missing: string, whole: (() => void) | null): Promise<void> {
	letGo();
	if (target.item !== null && whole !== null) {
		if (await found(target, BRIEF)) return;
		whole();
		// what stood there until now is taken away first
		await tick();
	}
	if (await found(target, PATIENCE)) return;
	arriveAtPart(target.instance);
	if (target.item !== null) toast.show(missing);
}

/** Brings what is sought into view and gives it the focus, as soon as it is there; false: it is not, in that time. */
function found({ instance, item }: Target, patience: number): Promise<boolean> {
	return new Promise((resolve) => {
		const done = (is: boolean) => {
			observer.disconnect();
			clearTimeout(timer);
			resolve(is);
		};
		const look = () => {
			if (item === null) {
				if (arriveAtPart(instance)) done(true);
				return;
			}
			if (askToShow(instance, item)) return done(true);
			const element = shown(instance, item);
			if (!element) return;
			arrive(element);
			hold(instance, item);
			done(true);
		};
		const observer = new MutationObserver(look);
		const timer = setTimeout(() => done(false), patience);
		// what is there already may only have to be turned to
		const attributeFilter = ['class', 'data-current', 'data-tab', 'hidden', 'open'];
		observer.observe(document, { childList: true, subtree: true, attributeFilter });
		look();
	});
}

/** What is folded away has a place on the page, too. */
const isSeen = (element: HTMLElement) => element.getClientRects().length > 0 && element.checkVisibility();

const partsOf = (instance: string) => [
	...document.querySelectorAll<HTMLElement>(`[data-instance="${CSS.escape(instance)}"]`)
];

/** In the part that it belongs to; what is folded away there is unfolded. */
function shown(instance: string, item: string): HTMLElement | null {
	const all = partsOf(instance).flatMap((part) => [
		...part.querySelectorAll<HTMLElement>(`[data-item="${CSS.escape(item)}"]`)
	]);
	const seen = all.find(isSeen);
	if (seen) return seen;
	for (const one of all) {
		const folds = foldsAround(one);
		for (const fold of folds) fold.open = true;
		if (isSeen(one)) return one;
	}
	return null;
}

function foldsAround(element: HTMLElement): HTMLDetailsElement[] {
	const fold = element.parentElement?.closest<HTMLDetailsElement>('details:not([open])');
	return fold ? [fold, ...foldsAround(fold)] : [];
}

/** Of a whole part its heading: a ring around half a room tells nothing. False: it is not there. */
function arriveAtPart(instance: string): boolean {
	const part = partsOf(instance)[0];
	if (!part) return false;
	const headings = [...part.querySelectorAll<HTMLElement>('h2, h3, p, button')];
	arrive(headings.find(isSeen) ?? part);
	return true;
}

function arrive(element: HTMLElement): void {
	const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
	element.scrollIntoView({ block: 'center', behavior: still ? 'instant' : 'smooth' });
	if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) element.tabIndex = -1;
	element.focus({ preventScroll: true });
	element.classList.add('landed');
	element.addEventListener('blur', () => element.classList.remove('landed'), { once: true });
}

/**
 * What comes into the room afterwards, which may be late on a slow line, moves the thing out of sight or makes its part
 * anew: it is landed on again, for a while and until somebody does something.
 */
function hold(instance: string, item: string): void {
	const over = new AbortController();
	const looking = setInterval(() => stay(instance, item), AGAIN);
	const end = () => {
		over.abort();
		clearInterval(looking);
		clearTimeout(timer);
	};
	const timer = setTimeout(end, PATIENCE);
	for (const what of DOES) addEventListener(what, end, { capture: true, passive: true, signal: over.signal });
	letGo = end;
}

function stay(instance: string, item: string): void {
	const left = document.activeElement !== document.body && !document.activeElement?.matches('.landed');
	const element = left ? null : shown(instance, item);
	if (!element) return;
	const { top, bottom } = element.getBoundingClientRect();
	if (document.activeElement !== element || bottom < 0 || top > innerHeight) arrive(element);
}
