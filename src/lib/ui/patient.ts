/**
 * What SvelteKit fetches to show a page, or to show it anew. Where nobody answers it would put an error page in place of
 * the one that is there, with all that was typed; so it is told nothing until somebody does.
 */
/** Milliseconds until the server is asked again whether it is there. */
const ASK_AGAIN = 3000;
/** Said by what stands between a browser and a server that is not there. */
const NOBODY = [502, 503, 504];

type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

interface Options {
	/** Whether somebody waits for it; a page that may be opened next is fetched beforehand. */
	wanted(address: URL): boolean;
	/** Something that is wanted has to wait; answers what is to be done once it does no more. */
	wait(): () => void;
}

const isOfPage = ({ pathname }: URL) => pathname.endsWith('/__data.json');

/** With all of its body: one that breaks off is no answer. */
async function whole(asked: Promise<Response>): Promise<Response> {
	const answer = await asked;
	return answer.ok ? new Response(await answer.arrayBuffer(), answer) : answer;
}

/** Asks as `ask` does, and for what belongs to a page until the server has answered. */
export function patient(ask: Fetch, { wanted, wait }: Options): Fetch {
	/** However much waits, it is asked once whether the server is back. */
	let back: Promise<void> | null = null;
	async function untilBack(): Promise<void> {
		for (let there = false; !there;) {
			await new Promise((again) => setTimeout(again, ASK_AGAIN));
			there = await ask('/healthz').then(
				({ ok }) => ok,
				() => false
			);
		}
		back = null;
	}

	return async (input, init) => {
		const address = new URL(input instanceof Request ? input.url : input, location.href);
		if (!isOfPage(address)) return ask(input, init);
		for (let over: (() => void) | null = null; ; await (back ??= untilBack())) {
			const answer = await whole(ask(input, init)).catch((error: unknown) => ({ error }));
			if (answer instanceof Response && !NOBODY.includes(answer.status)) {
				over?.();
				return answer;
			}
			if (over === null && !wanted(address)) {
				if (answer instanceof Response) return answer;
				throw answer.error;
			}
			over ??= wait();
		}
	};
}
