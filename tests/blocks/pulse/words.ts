import { m } from '#lib/paraglide/messages.js';
import { region } from '#lib/ui/region.ts';

export function inWords({ average, of }: { average: number; of: number }): string {
	const number = new Intl.NumberFormat(region(), { maximumFractionDigits: 1 });
	return m.pulse_average({ average: number.format(average), of: number.format(of) });
}
