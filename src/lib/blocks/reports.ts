/** Every block's report, by its folder's name. */
import type { Report } from './report.ts';

export const reports: Readonly<Record<string, Report>> = {};
