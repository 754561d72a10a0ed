/** Why an operator's command did nothing: one clear sentence, without a stack. */
export class Trouble extends Error {
	override readonly name = 'Trouble';
}
