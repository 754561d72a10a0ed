import { describe, expect, it } from 'vitest';
import { actions } from './+page.server.ts';

// kit's type says of no action that it is there
const demo = actions.demo!;

describe('opening a demo', () => {
	it('says how long to wait to whoever has opened many, and plays none', async () => {
		const asked: string[][] = [];
		const played: string[] = [];
		const form = new FormData();
		form.set('format', 'debate');
		const app = {
			demos: { nameIn: () => 'Hedda', open: async (name: string) => void played.push(name) },
			workspace: { settings: { opening: 'anyone' } },
			plays: {
				take: async (...about: string[]) => {
					asked.push(about);
					return 42;
				}
			}
		};
		// of the event the action takes these, of the app what stands above
		const answer = await demo({
			locals: { app, person: { id: 'eve' } },
			request: new Request('http://localhost/?/demo', { method: 'POST', body: form }),
			getClientAddress: () => '203.0.113.1'
		} as unknown as Parameters<typeof demo>[0]);
		expect(answer).toMatchObject({ status: 429, data: { demo: expect.stringContaining('42 s') } });
		expect(asked).toEqual([['eve', '203.0.113.1']]);
		expect(played).toEqual([]);
	});
});
