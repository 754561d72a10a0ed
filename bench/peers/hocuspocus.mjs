/**
 * Hocuspocus with its SQLite extension. The extension's driver, better-sqlite3, is a native module that has to be
 * compiled for this Node; Node's own SQLite understands the same statements, so it stands in for the driver alone.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SQLite } from '@hocuspocus/extension-sqlite';
import { Server } from '@hocuspocus/server';

class OwnDriver extends SQLite {
	async onConfigure() {
		this.db = new DatabaseSync(this.configuration.database);
		this.db.exec(this.configuration.schema);
	}
}

const server = new Server({
	address: '127.0.0.1',
	port: Number(process.env.PORT),
	quiet: true,
	websocketOptions: { perMessageDeflate: false },
	extensions: [new OwnDriver({ database: join(process.env.DATA_DIR, 'hocuspocus.db') })]
});
await server.listen();
console.log('ready');
