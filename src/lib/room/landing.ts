/** Where a link ends, in the browser: loaded by whoever came by one. */
import { m } from '#lib/paraglide/messages.js';
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

/** The target in the address, which is taken out of it. */
export function takeTarget(): Target | null {
	const target = targetOf(location.hash);
	history.replaceState(history.state, '', location.pathname + location.search);
	return target;
}

/** Leads to the target; where that is not on the page, it says so. `name`: the part's. */
export async function land(target: Target, name: string): Promise<void> {
	const found = await find(target);
	if (found !== 'item' && target.item !== null) toast.show(m.room_landing_missing({ name }));
}

/**
 * Brings the item into view and gives it the focus, as soon as it is there; otherwise, in the end, the part of the room
 * that it belongs to. Resolves with what was found.
 */
function find(target: Target): Promise<'item' | 'part' | 'nothing'> {
	const root = document;
	const part = () =>
		root.querySelector<HTMLElement>(`[data-instance="${CSS.escape(target.instance)}"]`) ?? null;
	const item = () =>
		target.item === null
			? null
			: ([...root.querySelectorAll<HTMLElement>(`[data-item="${CSS.escape(target.item)}"]`)].find(isSeen) ??
				null);
	return new Promise((resolve) => {
		const done = (found: HTMLElement | null, what: 'item' | 'part' | 'nothing') => {
			observer.disconnect();
			clearTimeout(timer);
			if (found) arrive(found);
			resolve(what);
		};
		const look = () => {
			if (target.item !== null && askToShow(target.instance, target.item)) return done(null, 'item');
			const found = item();
			if (found) done(found, 'item');
			else if (target.item === null && part()) done(inside(part()), 'part');
		};
		const observer = new MutationObserver(look);
		const timer = setTimeout(() => {
			const found = part();
			done(inside(found), found ? 'part' : 'nothing');
		}, PATIENCE);
		observer.observe(root, { childList: true, subtree: true });
		look();
	});
}

const isSeen = (element: HTMLElement) => element.getClientRects().length > 0;

/** Of a whole part its heading: a ring around half a room tells nothing. */
function inside(part: HTMLElement | null): HTMLElement | null {
	if (part === null) return null;
	const headings = [...part.querySelectorAll<HTMLElement>('h2, h3, p, button')];
	return headings.find(isSeen) ?? part;
}

function arrive(element: HTMLElement): void {
	const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
	element.scrollIntoView({ block: 'center', behavior: still ? 'instant' : 'smooth' });
	if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) element.tabIndex = -1;
	element.focus({ preventScroll: true });
	element.classList.add('landed');
	element.addEventListener('blur', () => element.classList.remove('landed'), { once: true });
}
