/**
 * Loaded into a server under test, by --import and never by the server itself: its clock can be put forward, so that
 * an hour's meeting takes seconds, and its disk can be made to fail.
 */
import { DatabaseSync } from 'node:sqlite';

const real = Date.now.bind(Date);
let ahead = Number(process.env.AHEAD ?? 0);
let failing = false;

Date.now = () => real() + ahead;

const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function (sql) {
	if (failing && sql.startsWith('begin')) throw new Error('The disk fails, as this test wants it.');
	exec.call(this, sql);
};

process.on('message', (message: { ahead?: number; failing?: boolean }) => {
	ahead = message.ahead ?? ahead;
	failing = message.failing ?? failing;
	process.send?.({ heard: true });
});
// The channel alone must not keep a server alive that has stopped.
process.channel?.unref();
