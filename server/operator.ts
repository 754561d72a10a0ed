/**
 * What an operator runs beside the server: `node server/operator.ts <command> …`, in package.json by name. Each command
 * loads what it needs and no more: a backup shall not wait for what an erasure takes.
 */
import { dataDirOf } from './config.ts';
import { Trouble } from './operator/trouble.ts';
import { Locked } from './storage/lock.ts';
import { settleDataDir } from './storage/replace.ts';

/** As sysexits.h names them. */
const EXIT = { ok: 0, failed: 1, usage: 64 } as const;

interface Command {
	usage: string;
	/** The process's exit code; null: it was asked for in the wrong way. */
	run(dataDir: string, args: readonly string[]): Promise<number | null>;
}

const commands: Record<string, Command> = {
	backup: {
		usage: 'npm run backup -- <folder>',
		async run(dataDir, [target, ...more]) {
			if (target === undefined || more.length > 0) return null;
			const { backUp } = await import('./operator/backup.ts');
			const { folder, manifest } = await backUp(dataDir, target, Date.now());
			const { rooms, people, entries } = manifest.counts;
			console.log(`Backup in ${folder}: ${rooms} rooms, ${people} people, ${entries} entries of the log.`);
			if (!manifest.files.secret)
				console.log('SECRET is not in it, for it is set in the environment: keep it as well.');
			return EXIT.ok;
		}
	},
	restore: {
		usage: 'npm run restore -- <folder of the backup>',
		async run(dataDir, [from, ...more]) {
			if (from === undefined || more.length > 0) return null;
			const { restore } = await import('./operator/restore.ts');
			const { manifest, aside } = await restore(dataDir, from, Date.now());
			const { rooms, people, entries } = manifest.counts;
			console.log(
				`Restored into ${dataDir}: ${rooms} rooms, ${people} people, ${entries} entries of the log,`
			);
			console.log(`as of ${manifest.at}, by version ${manifest.version}.`);
			if (aside !== null) console.log(`What was there before is in ${aside}; delete it once all is well.`);
			return EXIT.ok;
		}
	},
	'check-store': {
		usage: 'npm run check-store [-- --repair]',
		async run(dataDir, args) {
			if (args.some((arg) => arg !== '--repair')) return null;
			const { checkStore } = await import('./operator/check-store.ts');
			const { declared } = await import('./declared.ts');
			const { findings, counts, repaired } = checkStore(dataDir, declared, { repair: args.length > 0 });
			for (const { is, where, what, repair } of findings)
				console.log(`${is}: ${where}: ${what}${repair ? ` [--repair ${repair.how}]` : ''}`);
			if (repaired > 0) console.log(`Repaired: ${repaired}.`);
			const { documents, entries, rooms } = counts;
			const errors = findings.filter(({ is }) => is === 'error').length;
			console.log(
				`${rooms} rooms, ${documents} documents, ${entries} entries of the log: ` +
					(findings.length === 0 ? 'all is well.' : `${errors} errors, ${findings.length - errors} warnings.`)
			);
			return errors > 0 ? EXIT.failed : EXIT.ok;
		}
	},
	person: {
		usage:
			'npm run person -- export <e-mail|id> <folder>\n       npm run person -- erase <e-mail|id> [--yes]',
		async run(dataDir, [verb, who, last, ...more]) {
			if (who === undefined || more.length > 0) return null;
			const { erasePerson, exportTo, whatErasingMeans } = await import('./operator/person.ts');
			if (verb === 'export' && last !== undefined) {
				for (const path of await exportTo(dataDir, who, last, Date.now())) console.log(path);
				return EXIT.ok;
			}
			if (verb !== 'erase' || (last !== undefined && last !== '--yes')) return null;
			const { person, deleted, handedOver } = await whatErasingMeans(dataDir, who);
			console.log(
				`Erases ${person.name} (${person.email ?? 'guest'}, ${person.id}) from every room, for good.`
			);
			for (const { title } of deleted) console.log(`Deletes the room "${title}": nobody else is in it.`);
			for (const { title, to } of handedOver) console.log(`Gives the room "${title}" to ${to}.`);
			if (last === undefined) {
				console.log('Nothing has been done. Add --yes to do it.');
				return EXIT.usage;
			}
			await erasePerson(dataDir, who);
			console.log('Done. Backups made before still hold it.');
			return EXIT.ok;
		}
	}
};

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
const usage = () => {
	console.error(
		`Usage: ${
			command?.usage ??
			Object.values(commands)
				.map((one) => one.usage)
				.join('\n       ')
		}`
	);
	return EXIT.usage;
};

async function run(): Promise<number> {
	if (!command) return usage();
	const dataDir = dataDirOf(process.env);
	try {
		settleDataDir(dataDir);
		return (await command.run(dataDir, args)) ?? usage();
	} catch (error) {
		if (!(error instanceof Trouble || error instanceof Locked)) throw error;
		console.error(error.message);
		return EXIT.failed;
	}
}

process.exitCode = await run();
