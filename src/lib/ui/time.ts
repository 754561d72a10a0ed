type TimerState = 'quiet' | 'low' | 'out' | 'paused';

/** How a timer looks: orange from 20 % left, red from 5 %; a pause goes before both. Seconds. */
export function timerState(left: number, total: number, paused: boolean): TimerState {
	if (paused) return 'paused';
	if (total <= 0) return 'quiet';
	if (left <= total * 0.05) return 'out';
	if (left <= total * 0.2) return 'low';
	return 'quiet';
}

/** 96 → "1:36", 3725 → "1:02:05". Time that is over reads as 0:00. */
export function clock(seconds: number): string {
	const whole = Math.max(0, Math.ceil(seconds));
	const hours = Math.floor(whole / 3600);
	const minutes = Math.floor(whole / 60) % 60;
	const rest = String(whole % 60).padStart(2, '0');
	return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
	['year', 31_557_600],
	['month', 2_629_800],
	['week', 604_800],
	['day', 86_400],
	['hour', 3600],
	['minute', 60]
];

/** The distance in the largest unit that fits, for Intl.RelativeTimeFormat; under a minute is `0 minute`. */
export function distance(then: number, now: number): { value: number; unit: Intl.RelativeTimeFormatUnit } {
	const seconds = (then - now) / 1000;
	for (const [unit, length] of STEPS) {
		if (Math.abs(seconds) >= length) return { value: Math.trunc(seconds / length), unit };
	}
	return { value: 0, unit: 'minute' };
}
