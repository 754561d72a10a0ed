/** Codes with which the server closes a document, up to 4499 for good; see server/sync/close.ts. */
export const UNAUTHENTICATED = 4401;
export const FORBIDDEN = 4403;
export const REPLACED = 4410;
export const TOO_LARGE = 4413;
export const TOO_FAST = 4429;
export const CROWDED = 4529;
