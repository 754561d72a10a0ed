import type { App as Peerloom } from '../server/app.ts';
import type { Person } from '../server/identity/person.ts';

declare global {
	namespace App {
		interface Locals {
			app: Peerloom;
			person: Person | null;
		}
		interface Error {
			message: string;
			code?: string;
		}
	}
}

export {};
