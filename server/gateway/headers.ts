/** What every answer says to browsers, whether a page, a file, an error or data. */
import type { ServerResponse } from 'node:http';

/** Of the style in src/error.html, the page that stands by itself. */
export const ERROR_PAGE_STYLE = 'sha256-6mGd4/iwsxJNBQ2LbBgtb35zyC504I8QzNAQfpBS74g=';

/** For what is no page. SvelteKit's pages bring a policy of their own, see svelte.config.js, which takes its place. */
const NO_PAGE = [
	"default-src 'none'",
	`style-src '${ERROR_PAGE_STYLE}'`,
	"img-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'"
].join('; ');

const ALWAYS = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'same-origin',
	'permissions-policy': 'camera=(), microphone=(), geolocation=()',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin'
};

/** Before anything is answered. `policed`: false in development, where Vite has pages of its own. */
export function guardHeaders(
	response: ServerResponse,
	{ https, policed }: { https: boolean; policed: boolean }
): void {
	for (const [name, value] of Object.entries(ALWAYS)) response.setHeader(name, value);
	if (policed) response.setHeader('content-security-policy', NO_PAGE);
	if (https) response.setHeader('strict-transport-security', 'max-age=31536000');
}
