/** Every block's report, by its folder's name. */
import { report as list } from './list/report.ts';
import { report as poll } from './poll/report.ts';
import type { Report } from './report.ts';

export const reports: Readonly<Record<string, Report>> = { list, poll };
