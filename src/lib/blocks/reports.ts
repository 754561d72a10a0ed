/** Every block's report, by its folder's name. */
import { report as actions } from './actions/report.ts';
import { report as board } from './board/report.ts';
import { report as cycle } from './cycle/report.ts';
import { report as evidence } from './evidence/report.ts';
import { report as form } from './form/report.ts';
import { report as groups } from './groups/report.ts';
import { report as goals } from './goals/report.ts';
import { report as list } from './list/report.ts';
import { report as floor } from './floor/report.ts';
import { report as options } from './options/report.ts';
import { report as poll } from './poll/report.ts';
import { report as contacts } from './contacts/report.ts';
import { report as meetings } from './meetings/report.ts';
import { report as pairing } from './pairing/report.ts';
import { report as plan } from './plan/report.ts';
import { report as programme } from './programme/report.ts';
import { report as reviews } from './reviews/report.ts';
import { report as seal } from './seal/report.ts';
import { report as slots } from './slots/report.ts';
import type { Report } from './report.ts';

export const reports: Readonly<Record<string, Report>> = {
	actions,
	goals,
	options,
	board,
	cycle,
	evidence,
	form,
	groups,
	seal,
	list,
	floor,
	poll,
	contacts,
	meetings,
	pairing,
	plan,
	programme,
	reviews,
	slots
};
