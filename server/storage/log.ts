/** What of a logger (pino's, or a test's) the engine uses. */
export interface Log {
	warn(fields: object, message: string): void;
	error(fields: object, message: string): void;
}

export const silent: Log = { warn() {}, error() {} };
