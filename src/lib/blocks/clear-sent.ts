/** What was sent has arrived: a line for one after the other begins anew, with what was typed meanwhile if anything was. */
export function clearSent(draft: { value: string }, sent: string): void {
	if (draft.value === sent) draft.value = '';
}
