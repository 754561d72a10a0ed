type Theme = 'light' | 'dark';

const YEAR = 31_536_000;

/** Turns the page over and remembers it in the cookie `theme`, which the server puts on <html>. */
export function toggleTheme(): Theme {
	const root = document.documentElement;
	const system: Theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
	const current = root.dataset.theme || system;
	const next: Theme = current === 'dark' ? 'light' : 'dark';
	root.dataset.theme = next;
	document.cookie = `theme=${next}; path=/; max-age=${YEAR}; samesite=lax`;
	return next;
}
