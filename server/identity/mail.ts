import { createTransport } from 'nodemailer';
import type { Config } from '../config.ts';

export interface Letter {
	to: string;
	subject: string;
	text: string;
	/** Besides those that every letter has. */
	headers?: Readonly<Record<string, string>>;
}

/** Since when the mail server takes nothing, ms since the epoch, and what it says: a code, never an address. */
export interface MailTrouble {
	since: number;
	code: string;
}

export interface Mail {
	/** Resolves once the mail server has taken the letter over. */
	send(letter: Letter): Promise<void>;
	/** Null while the last letter was taken, or none was sent yet. */
	readonly trouble: MailTrouble | null;
}

/** Null where no mail server is configured: what needs mail is not offered then. */
export function createMail(config: Pick<Config, 'smtp'>, now: () => number = Date.now): Mail | null {
	if (!config.smtp) return null;
	const { url, from } = config.smtp;
	const transport = createTransport(url, { from });
	let trouble: MailTrouble | null = null;
	return {
		get trouble() {
			return trouble;
		},
		async send(letter) {
			try {
				await transport.sendMail({
					...letter,
					// no machine answers it
					headers: { 'Auto-Submitted': 'auto-generated', ...letter.headers }
				});
				trouble = null;
			} catch (error) {
				const code = codeOf(error);
				// one mailbox that is not there says nothing of the others
				if (!code.startsWith('EENVELOPE')) trouble = { since: trouble?.since ?? now(), code };
				throw error;
			}
		}
	};
}

/** 'ECONNREFUSED', 'EAUTH', 'EENVELOPE 550': the answer itself may hold an address. */
export function codeOf(error: unknown): string {
	if (!(error instanceof Error) || !('code' in error)) return 'unknown';
	const answered = 'responseCode' in error ? ` ${String(error.responseCode)}` : '';
	return `${String(error.code)}${answered}`;
}
