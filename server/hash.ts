import { createHash } from 'node:crypto';

/** What is kept of a secret, or of a text that has to be the same later. */
export const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');
