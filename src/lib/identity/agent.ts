/** The more telling name goes first: Edge and Opera call themselves Chrome as well, and Chrome Safari. */
const browsers: readonly (readonly [RegExp, string])[] = [
	[/Edg(A|iOS)?\//, 'Edge'],
	[/OPR\//, 'Opera'],
	[/Firefox\/|FxiOS\//, 'Firefox'],
	[/Chrome\/|CriOS\//, 'Chrome'],
	[/Safari\//, 'Safari']
];
const systems: readonly (readonly [RegExp, string])[] = [
	[/iPhone|iPad/, 'iOS'],
	[/Android/, 'Android'],
	[/Windows/, 'Windows'],
	[/Mac OS X/, 'macOS'],
	[/CrOS/, 'ChromeOS'],
	[/Linux/, 'Linux']
];

/** "Firefox · Windows", or null for what is no browser that we know. */
export function agentName(agent: string | null): string | null {
	const find = (known: typeof browsers) => known.find(([pattern]) => pattern.test(agent ?? ''))?.[1];
	return [find(browsers), find(systems)].filter(Boolean).join(' · ') || null;
}
