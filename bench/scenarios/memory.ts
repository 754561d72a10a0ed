import { startLoad } from '../load/start.ts';
import { atMost, type Options, type Section } from '../report.ts';
import { resident, wait } from '../figures.ts';
import { subjects } from '../subjects.ts';

const WARM = 100;
const NOTES = 20;

/** MB that are left once garbage is collected: twice, for finalisers let go of more. */
async function inUse(pid: number): Promise<number> {
	for (let n = 0; n < 2; n++) {
		process.kill(pid, 'SIGUSR2');
		await wait(1000);
	}
	return resident(pid);
}

/** What an open document costs. */
export async function memory(documents: number, options: Options): Promise<Section> {
	const found = [];
	for (const name of options.servers) {
		const subject = await subjects[name]();
		try {
			const targets = [];
			for (let n = 0; n < WARM + documents; n++) targets.push(await subject.document());
			const load = startLoad('manyDocuments', { targets, warm: WARM, notes: NOTES });
			try {
				await load.at('warm');
				const before = await inUse(subject.pid);
				load.go();
				await load.at('open');
				found.push({ name: subject.name, each: (((await inUse(subject.pid)) - before) * 1024) / documents });
				load.go();
			} finally {
				load.stop();
			}
		} finally {
			await subject.close();
		}
	}
	const own = found.find(({ name }) => name === 'Peerloom')!;
	return {
		title: 'Memory per open document',
		about:
			`${documents} documents of ${NOTES} notes with one connection each, after ${WARM} that warm the server up: how much ` +
			`more memory the process holds, by document, with garbage collected before and after.`,
		columns: ['server', 'kB / document'],
		rows: found.map((one) => [one.name, one.each.toFixed(0)]),
		says: [
			`Peerloom's ${own.each.toFixed(0)} kB ${atMost(own.each, 40, 'kB', 'the bare connection alone takes 26')} hold the socket, the document as bytes and its connection: no Y.Doc is held of a ` +
				`document that the server itself never reads. Each is in a room of its own, which was open before it was measured.`
		]
	};
}
