import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The value below which a share `p` (0 … 1) of the values lies. */
export function quantile(values: readonly number[], p: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? NaN;
}

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** CPU time of a process so far, user and system, in µs. */
export function cpu(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The name in parentheses may hold spaces; what follows it does not.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1e6;
}

/** Resident memory of a process now, in MB. */
export function resident(pid: number): number {
	const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
	return Number(line?.[1]) / 1024;
}

export function wait(ms: number): Promise<void> {
	return new Promise((done) => setTimeout(done, ms));
}
