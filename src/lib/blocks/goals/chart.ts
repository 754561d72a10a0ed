/** Where the points of a goal lie in its picture. Pure: the picture is drawn from it. */
import type { Valued } from './model.ts';

export interface Frame {
	width: number;
	height: number;
	/** Space around what is drawn, for the numbers. */
	left: number;
	right: number;
	top: number;
	bottom: number;
}

export interface Dot {
	point: Valued;
	x: number;
	y: number;
	/** Whether there is room for its day below. */
	labelled: boolean;
}

export interface Chart {
	dots: Dot[];
	/** `points` of a polyline. */
	line: string;
	/** From the last point to where the target is wanted: still to come. */
	ahead: string | null;
	target: number | null;
}

/** A day below a point takes so many px. */
const LABEL = 52;

/** Points stand one step apart in their order; the days are written below. */
export function chart(
	points: readonly Valued[],
	scale: { from: number; to: number },
	target: number | null,
	frame: Frame
): Chart {
	const y = (value: number) =>
		frame.top + ((scale.to - value) / (scale.to - scale.from)) * (frame.height - frame.top - frame.bottom);
	const wanted = target !== null && points.at(-1)?.value !== target;
	const steps = Math.max(1, points.length - 1 + (wanted ? 1 : 0));
	const step = (frame.width - frame.left - frame.right) / steps;
	const every = Math.max(1, Math.ceil(LABEL / step));
	const last = points.length - 1;
	const dots = points.map((point, index) => ({
		point,
		x: Math.round((frame.left + index * step) * 10) / 10,
		y: Math.round(y(point.value) * 10) / 10,
		// Counted from the end: the last one always has its day.
		labelled: (last - index) % every === 0
	}));
	const end = dots.at(-1);
	return {
		dots,
		line: dots.map(({ x, y }) => `${x},${y}`).join(' '),
		ahead:
			wanted && end && target !== null
				? `${end.x},${end.y} ${frame.width - frame.right},${Math.round(y(target) * 10) / 10}`
				: null,
		target: target === null ? null : Math.round(y(target) * 10) / 10
	};
}
