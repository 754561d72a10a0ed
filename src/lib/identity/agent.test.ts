import { expect, it } from 'vitest';
import { agentName } from './agent.ts';

const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

it.each([
	[`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Edg/140.0.0.0`, 'Edge · Windows'],
	[`Mozilla/5.0 (X11; Linux x86_64) ${chrome}`, 'Chrome · Linux'],
	[`Mozilla/5.0 (Linux; Android 15) ${chrome}`, 'Chrome · Android'],
	['Mozilla/5.0 (Macintosh; Intel Mac OS X 15.0; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox · macOS'],
	[
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1',
		'Safari · iOS'
	],
	['curl/8.0', null],
	[null, null]
])('names the browser %s', (agent, name) => {
	expect(agentName(agent)).toBe(name);
});
