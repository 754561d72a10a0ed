/** Every block's server half, by its folder's name. A new block adds a line here. */
import type { Block } from './block.ts';
import { actions } from './actions/rules.ts';
import { agenda } from './agenda/rules.ts';
import { answers } from './answers/rules.ts';
import { board } from './board/rules.ts';
import { contacts } from './contacts/rules.ts';
import { cycle } from './cycle/rules.ts';
import { evidence } from './evidence/rules.ts';
import { followup } from './followup/rules.ts';
import { form } from './form/rules.ts';
import { groups } from './groups/rules.ts';
import { floor } from './floor/rules.ts';
import { poll } from './poll/rules.ts';
import { goals } from './goals/rules.ts';
import { list } from './list/rules.ts';
import { pairing } from './pairing/rules.ts';
import { meetings } from './meetings/rules.ts';
import { plan } from './plan/rules.ts';
import { programme } from './programme/rules.ts';
import { options } from './options/rules.ts';
import { reviews } from './reviews/rules.ts';
import { roster } from './roster/rules.ts';
import { seal } from './seal/rules.ts';
import { slots } from './slots/rules.ts';
import { template } from './template/rules.ts';

export const blocks: Readonly<Record<string, Block>> = {
	agenda,
	answers,
	board,
	cycle,
	floor,
	groups,
	poll,
	list,
	contacts,
	meetings,
	pairing,
	plan,
	programme,
	reviews,
	roster,
	evidence,
	actions,
	goals,
	options,
	followup,
	form,
	seal,
	slots,
	template
};
