/**
 * Why something was not done, said so that it can be told as exactly in another language: a sentence in English with
 * places in it, `{most}`, and what stands in them.
 */
/** A text in the languages that somebody wrote it in; English is always there. */
export type Text = {
	en: string;
	de?: string;
};

/** What stands in a place of a message; a text stands in it in the reader's language. */
type Param = string | number | Text;
export type Params = { [name: string]: Param };

/** As it is answered. */
export interface Failure {
	/** For programs. */
	code: string;
	/** In English: what happened, to what, and what to do. */
	message: string;
	/** The field of the payload that is to blame. */
	field?: string;
	/** The message as it was before `params` stood in its places; where there are none, the message itself. */
	template?: string;
	params?: Params;
}

/**
 * Why something was refused, as it is kept for those who ask later, in whatever language they read; older versions kept
 * the English message alone.
 */
export type Why = string | Pick<Failure, 'message' | 'template' | 'params'>;

export function whyOf({ message, template, params }: Failure): Why {
	return { message, ...(template !== undefined && { template }), ...(params && { params }) };
}

/** As a rule returns it. */
export interface Refusal extends Failure {
	refused: true;
}

type Places<Template> = Template extends `${string}{${infer Name}}${infer Rest}`
	? Name | Places<Rest>
	: never;

type Rewrite = { rewrite: 'Write the message as one literal, with {places} for what is only known later.' };

/** Only a literal can be looked up in another language: not `string`, nor what has a `${…}` in it. */
type Literal<Template extends string> = Record<never, never> extends Record<Template, 1> ? Rewrite : Template;

/**
 * `refuse('full', 'This room is full.')`, `refuse('too_long', 'Use at most {most} characters.', 'text', {most: 140})`.
 * How it reads in German stands in the folder's `refused.de.json`.
 */
export function refuse<const Template extends string>(
	code: string,
	template: Template & Literal<Template>,
	...[field, params]: [Places<Template>] extends [never]
		? [field?: string]
		: [field: string | undefined, params: Record<Places<Template>, Param>]
): Refusal {
	return refusal(code, template, field, params);
}

function refusal(code: string, template: string, field?: string, params?: Params): Refusal {
	return {
		refused: true,
		code,
		message: filled(template, params, 'en'),
		...(field === undefined ? {} : { field }),
		...(params === undefined ? {} : { template, params })
	};
}

export function isRefusal(value: unknown): value is Refusal {
	return typeof value === 'object' && value !== null && 'refused' in value && value.refused === true;
}

/** The answer that a refusal makes. */
export function failed({ refused: _, ...error }: Refusal): { ok: false; error: Failure } {
	return { ok: false, error };
}

/** The message with what stands in its places. */
export function filled(template: string, params: Params | undefined, language: keyof Text): string {
	if (!params) return template;
	return template.replaceAll(/\{(\w+)\}/g, (place, name: string) => {
		const param = Object.hasOwn(params, name) ? params[name] : undefined;
		if (param === undefined) return place;
		return typeof param === 'object' ? (param[language] ?? param.en) : String(param);
	});
}
