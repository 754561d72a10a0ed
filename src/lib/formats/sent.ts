/** A format as it is sent to somebody: without settings that are not theirs to read. Pure. */
import type { Format, Use } from './format.ts';
import { mayEver } from './permissions.ts';

/**
 * `role` null: to a projector. Whoever stands outside gets the settings of those instances that show them something;
 * and what people in other rooms wrote (`begins`), only those inside who may do something with it here.
 */
export function formatFor(format: Format, role: string | null): Format {
	const outside = role === null ? undefined : format.roles[role]?.outside;
	const begun = (format.begins ?? []).map(({ setting }) => setting.split('.') as [string, string]);
	const sent = (instance: string, use: Use): Use => {
		const { settings, ...rest } = use;
		if (outside && !outside.includes(instance)) return rest;
		const acts = role !== null && !outside && mayEver(format, role, instance);
		const hidden = acts ? [] : begun.flatMap(([of, key]) => (of === instance ? [key] : []));
		if (!settings || hidden.length === 0) return use;
		return {
			...rest,
			settings: Object.fromEntries(Object.entries(settings).filter(([key]) => !hidden.includes(key)))
		};
	};
	return {
		...format,
		blocks: Object.fromEntries(Object.entries(format.blocks).map(([name, use]) => [name, sent(name, use)]))
	};
}
