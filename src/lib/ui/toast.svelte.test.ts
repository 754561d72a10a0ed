/** How long a toast stays, and under which pointer. */
import { afterEach, expect, it, vi } from 'vitest';
import { toast } from './toast.ts';

afterEach(() => vi.useRealTimers());

const shown = () => document.querySelector('[data-sonner-toast]');
const come = () => vi.waitFor(() => expect(shown()).not.toBeNull(), { timeout: 5000, interval: 10 });
const list = () => document.querySelector('[data-sonner-toaster]')!;
const point = (kind: string, movementX: number) =>
	list().dispatchEvent(new MouseEvent(kind, { movementX, bubbles: kind === 'mousemove' }));

it('a toast stays while somebody points at it, and goes from under a pointer that only rests there', async () => {
	// what the first one loads takes real time
	await Promise.all([import('svelte-sonner'), import('./Toast.svelte'), import('./Toaster.svelte')]);
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
	toast.show('Come up under the pointer');
	await come();
	point('mouseenter', 0);
	point('mousemove', 0);
	await vi.advanceTimersByTimeAsync(10_000);
	expect(shown()).toBeNull();

	toast.show('Pointed at');
	await come();
	point('mouseenter', 3);
	await vi.advanceTimersByTimeAsync(20_000);
	point('mousemove', 0);
	await vi.advanceTimersByTimeAsync(20_000);
	expect(shown()).not.toBeNull();
	// it was moved away from there
	point('mouseleave', 0);
	await vi.advanceTimersByTimeAsync(10_000);
	expect(shown()).toBeNull();
});
