/** Keeps a meeting's `record` and `desk` in step with its projections. */
import type { Entry } from '../storage/store.ts';
import type { Hub } from '../sync/hub.ts';
import { project } from './projection.ts';
import { Publication } from './publication.ts';
import type { World } from './world.ts';

interface Open {
	meeting: number;
	record: Publication;
	desk: Publication;
}

export class Publisher {
	readonly #room: string;
	readonly #hub: Hub;
	#open: Open | null = null;

	constructor(room: string, hub: Hub) {
		this.#room = room;
		this.#hub = hub;
	}

	/** Entries that bring the documents to this world. Whoever cannot make them durable calls `forget`. */
	async entries(world: World, at: number): Promise<Entry[]> {
		const { record, desk } = project(world);
		const open = await this.#of(world.row.meeting);
		return [open.record.write(record), open.desk.write(desk)].flatMap((update, index) => {
			const { name } = index === 0 ? open.record : open.desk;
			return update
				? [{ document: `${this.#room}/${name}`, update, person: null, at, cause: 'publish' }]
				: [];
		});
	}

	/** What is held here is not what the log holds: it is read again. */
	forget(): void {
		this.#open = null;
	}

	async #of(meeting: number): Promise<Open> {
		if (this.#open?.meeting === meeting) return this.#open;
		const load = async (name: string) => new Publication(name, await this.#hub.read(`${this.#room}/${name}`));
		const [record, desk] = await Promise.all([load(`m${meeting}/record`), load(`m${meeting}/desk`)]);
		return (this.#open = { meeting, record, desk });
	}
}
