/** A thread for what takes long, started when there is something to do. */
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { Worker, type MessagePort } from 'node:worker_threads';

interface Question {
	id: number;
	packed: Uint8Array<ArrayBuffer>;
}

type Answered<Answer> = { id: number; answer: Answer } | { id: number; error: unknown };

export interface Thread<Answer> {
	/** `packed` moves to the thread. */
	ask(packed: Uint8Array<ArrayBuffer>): Promise<Answer>;
	/** Gives up what is under way. */
	close(): Promise<void>;
}

interface Options {
	/** Whoever waits is told one of these. */
	failed: string;
	late: string;
	/** How long one answer may take, ms. */
	patience: number;
}

/** How long it is kept when there is nothing to do, ms. */
const IDLE = 300_000;

/** `file` says what it answers, with `answering`. */
export function createThread<Answer>(file: URL, { failed, late, patience }: Options): Thread<Answer> {
	let thread: Worker | null = null;
	let lastId = 0;
	let closed = false;
	let timer: NodeJS.Timeout | undefined;
	const waiting = new Map<number, PromiseWithResolvers<Answer>>();

	/** Whoever waits for it is told; the next who asks gets a new one. */
	async function end(worker: Worker, why: Error): Promise<void> {
		if (thread !== worker) return;
		thread = null;
		clearTimeout(timer);
		for (const { reject } of waiting.values()) reject(why);
		waiting.clear();
		await worker.terminate();
	}

	function look(worker: Worker): void {
		clearTimeout(timer);
		timer = setTimeout(() => void end(worker, new Error(late)), waiting.size > 0 ? patience : IDLE).unref();
	}

	function start(): Worker {
		// its own flags: what the process was started with may be meant for its main thread alone
		const worker = new Worker(file, { execArgv: [] });
		worker.unref();
		worker.on('message', (said: Answered<Answer>) => {
			const asked = waiting.get(said.id);
			if ('answer' in said) asked?.resolve(said.answer);
			else asked?.reject(new Error(failed, { cause: said.error }));
			waiting.delete(said.id);
			look(worker);
		});
		worker.on('error', (error) => void end(worker, new Error(failed, { cause: error })));
		worker.on('exit', () => void end(worker, new Error(`${failed} The thread ended.`)));
		return worker;
	}

	return {
		async ask(packed) {
			if (closed) throw new Error(`${failed} The server is shutting down.`);
			thread ??= start();
			const id = ++lastId;
			const asked = Promise.withResolvers<Answer>();
			waiting.set(id, asked);
			const question: Question = { id, packed };
			thread.postMessage(question, [packed.buffer]);
			look(thread);
			return asked.promise;
		},
		async close() {
			closed = true;
			if (thread !== null) await end(thread, new Error(`${failed} The server is shutting down.`));
		}
	};
}

/** Where there are fewer processors than threads with something to do, those come first for whom people wait. */
const NICE = 10;

function giveWay(): void {
	try {
		// <process>/task/<thread>: Linux alone has a priority of each thread, and Node no other way to say which is meant
		const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
		if (Number.isInteger(thread)) setPriority(thread, NICE);
	} catch {
		// then all are equal
	}
}

/** The other side: what the thread does with a question. */
export function answering<Answer>(port: MessagePort | null, answer: (packed: Uint8Array) => Answer): void {
	const said = ({ id, packed }: Question): Answered<Answer> => {
		try {
			return { id, answer: answer(packed) };
		} catch (error) {
			return { id, error };
		}
	};
	if (port !== null) giveWay();
	port?.on('message', (question: Question) => port.postMessage(said(question)));
}
