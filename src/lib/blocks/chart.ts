/** Where points on a scale lie in their picture. Pure: the picture is drawn from it (Curve.svelte). */
export interface Point {
	id: string;
	value: number;
	/** What is written below it: its day. */
	label: string;
	/** Its place, where some of those that are meant to be are still missing; without it, the order. */
	place?: number;
}

export interface Frame {
	width: number;
	height: number;
	/** Space around what is drawn, for the numbers. */
	left: number;
	right: number;
	top: number;
	bottom: number;
}

interface Dot {
	point: Point;
	x: number;
	y: number;
	/** Whether there is room for its day below. */
	labelled: boolean;
}

interface Chart {
	dots: Dot[];
	/** `points` of a polyline. */
	line: string;
	/** From the last point to where the target is wanted: still to come. */
	ahead: string | null;
	target: number | null;
}

/** A day below a point takes so many px. */
const LABEL = 52;

/** Points stand one step apart in their order; the days are written below. `places`: so many there are meant to be. */
export function chart(
	points: readonly Point[],
	scale: { from: number; to: number },
	target: number | null,
	frame: Frame,
	places = 0
): Chart {
	const y = (value: number) =>
		frame.top + ((scale.to - value) / (scale.to - scale.from)) * (frame.height - frame.top - frame.bottom);
	const [first = 0, end = 0] = [points[0]?.value, points.at(-1)?.value];
	const wanted = target !== null && (target >= first ? end < target : end > target);
	const steps = Math.max(1, places - 1, points.length - 1 + (wanted ? 1 : 0));
	const step = (frame.width - frame.left - frame.right) / steps;
	const every = Math.max(1, Math.ceil(LABEL / step));
	const last = points.length - 1;
	const dots = points.map((point, index) => ({
		point,
		x: Math.round((frame.left + (point.place ?? index) * step) * 10) / 10,
		y: Math.round(y(point.value) * 10) / 10,
		// Counted from the end: the last one always has its day.
		labelled: (last - index) % every === 0
	}));
	const lastDot = dots.at(-1);
	return {
		dots,
		line: dots.map(({ x, y }) => `${x},${y}`).join(' '),
		ahead:
			wanted && lastDot && target !== null
				? `${lastDot.x},${lastDot.y} ${frame.width - frame.right},${Math.round(y(target) * 10) / 10}`
				: null,
		target: target === null ? null : Math.round(y(target) * 10) / 10
	};
}
