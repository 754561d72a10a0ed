import type { DatabaseSync } from 'node:sqlite';
import { weekly, type DigestStore, type MeetingTakeaways } from './digest-store.ts';
import { rowsOf } from './rows-of.ts';
import type { LedgerEntry, RoomRow } from './store.ts';

type Row = Pick<RoomRow, 'code' | 'title' | 'format' | 'preset'> &
	Pick<LedgerEntry, 'room' | 'meeting' | 'instance' | 'id' | 'text' | 'person'> & {
		demo: number;
		role: string;
		ended: number;
		data: string;
	};

const hasTakeaways = `exists (select 1 from ledger where ledger.room = meeting.room
	and ledger.meeting = meeting.number and ledger.kind = 'takeaway')`;

export function createSqliteDigest(db: DatabaseSync): DigestStore {
	const of = db.prepare(
		`select room.code, room.title, room.format, room.preset, room.demo, met.role, met.ended,
			ledger.room, ledger.meeting, ledger.instance, ledger.id, ledger.text, ledger.person, ledger.data
		from (
			select meeting.room, meeting.number, meeting.ended, member.role
			from member join meeting on meeting.room = member.room
			where member.person = :person and meeting.ended >= :from and meeting.ended < :to and ${hasTakeaways}
			order by meeting.ended desc, meeting.room, meeting.number desc limit :meetings
		) met
		join room on room.id = met.room
		join ledger on ledger.room = met.room and ledger.meeting = met.number and ledger.kind = 'takeaway'
		order by met.ended desc, met.room, met.number desc, ledger.updated, ledger.instance, ledger.id`
	);
	const readers = db.prepare(
		`select distinct member.person from meeting
		join room on room.id = meeting.room and room.demo = 0
		join member on member.room = meeting.room
		where meeting.ended >= :from and meeting.ended < :to and ${hasTakeaways}
			and not exists (select 1 from reminder r where r.person = member.person and r.room = :room
				and r.instance = :instance and r.matter = :matter)
		order by member.person limit :limit offset :offset`
	);
	return {
		async of(person, { from, to }, meetings) {
			const all: MeetingTakeaways[] = [];
			for (const row of rowsOf<Row>(of, { person, from, to, meetings })) {
				const { room: id, code, title, format, preset, demo, role, meeting, ended } = row;
				let last = all.at(-1);
				if (last?.room.id !== id || last.meeting !== meeting) {
					last = {
						room: { id, code, title, format, preset, demo: demo === 1 },
						...{ role, meeting, ended, takeaways: [] }
					};
					all.push(last);
				}
				const { instance, id: item, text, person: by, data } = row;
				last.takeaways.push({
					...{ instance, id: item, text, person: by },
					data: JSON.parse(data) as LedgerEntry['data']
				});
			}
			return all;
		},
		async readers({ from, to, reminder, limit, offset }) {
			const rows = rowsOf<{ person: string }>(readers, { from, to, ...weekly(reminder), limit, offset });
			return rows.map(({ person }) => person);
		}
	};
}
