import type { Report } from './report.ts';
import { byFolder } from './found.ts';

/** What a block says of a meeting afterwards. */
export const reports = byFolder(import.meta.glob<Report>('./*/report.ts', { eager: true, import: 'report' }));
