import { json } from '@sveltejs/kit';

/** The server's clock, for timers on devices whose own is wrong. */
export const GET = () => json({ now: Date.now() }, { headers: { 'cache-control': 'no-store' } });
