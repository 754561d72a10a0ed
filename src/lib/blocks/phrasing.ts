/** What a composer warns about while somebody writes. It warns and never refuses: people know better than a list. */

/** Advice in a question's clothes, and reasons that argue instead of asking. */
const ADVICE: readonly RegExp[] = [
	/\bhave you (?:ever )?(?:tried|considered|thought of)\b/i,
	/\bdon[’']?t you think\b/i,
	/\byou (?:should|could|must|need to|ought to)\b/i,
	/\bwhy (?:don[’']?t|not just)\b/i,
	/\bif i were you\b/i,
	/\bbecause\b/i,
	/\b(?:hast du|haben sie|habt ihr) (?:schon |schon mal |es schon )?(?:mal |einmal )?(?:versucht|probiert|überlegt)\b/i,
	/\b(?:findest du|finden sie|findet ihr) nicht\b/i,
	/\b(?:du solltest|sie sollten|ihr solltet|man sollte|solltest du|sollten sie|du könntest|sie könnten|du musst|sie müssen)\b/i,
	/\b(?:warum nicht einfach|an deiner stelle|an ihrer stelle)\b/i,
	/\bweil\b/i
];

/** Words for what somebody is, where what somebody did would help more. */
const TRAITS =
	/(?<![\p{L}])(?:abrasive|aggressive|arrogant|bossy|brilliant|cold|difficult|emotional|great|lazy|likeable|nice|passive|pushy|rude|sensitive|smart|sweet|unprofessional|anstrengend|arrogant|aggressiv|bestimmend|dominant|emotional|empfindlich|faul|freundlich|kalt|lieb|nett|ruppig|schroff|schwierig|sympathisch|toll|unfreundlich|unhöflich|unprofessionell|zickig)(?:e[mnrs]?)?(?![\p{L}])/iu;

/** The words in it that give advice, as they stand there; null where there are none. */
export function adviceIn(text: string): string | null {
	for (const pattern of ADVICE) {
		const found = pattern.exec(text);
		if (found) return found[0];
	}
	return null;
}

/** The first word for a trait, as it stands there. */
export function traitIn(text: string): string | null {
	return TRAITS.exec(text)?.[0] ?? null;
}

export function isQuestion(text: string): boolean {
	return /\?["”“’»«)\s]*$/.test(text);
}
