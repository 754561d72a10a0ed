/** The page to go on to after signing in: one of ours, never another host's. */
export function nextPage(wish: string | null | undefined): string {
	if (!wish?.startsWith('/')) return '/';
	const here = 'http://here.invalid';
	// The URL parser drops tabs and takes `\` for `/`, as browsers do: `/\evil.test` is another host.
	const url = URL.canParse(wish, here) ? new URL(wish, here) : null;
	return url?.origin === here && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : '/';
}
