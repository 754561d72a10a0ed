import { vi } from 'vitest';

/** A second, which is what `waitFor` gives, is short on a busy machine. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, 10_000);
