import { createTransport } from 'nodemailer';
import type { Config } from '../config.ts';

export interface Letter {
	to: string;
	subject: string;
	text: string;
}

export interface Mail {
	/** Resolves once the mail server has taken the letter over. */
	send(letter: Letter): Promise<void>;
}

/** Null where no mail server is configured: what needs mail is not offered then. */
export function createMail(config: Pick<Config, 'smtp'>): Mail | null {
	if (!config.smtp) return null;
	const { url, from } = config.smtp;
	const transport = createTransport(url, { from });
	return {
		async send(letter) {
			await transport.sendMail(letter);
		}
	};
}
