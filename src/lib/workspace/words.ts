import { m } from '#lib/paraglide/messages.js';
import type { Problem } from '../../../server/workspace/problem.ts';

/** What is wrong and what to do, in the reader's language. */
export function problemWords({ field, code, detail = '' }: Problem): string {
	switch (code) {
		case 'missing':
			return m.workspace_problem_missing();
		case 'invalid':
			if (field === 'email') return m.workspace_problem_email({ detail });
			if (field === 'name') return m.workspace_problem_name();
			if (field === 'days') return m.workspace_invite_problem_days();
			if (field === 'people') return m.workspace_invite_problem_people();
			return m.workspace_problem_invalid({ detail });
		case 'too-long':
			return m.workspace_problem_too_long({ detail });
		case 'too-many':
			return m.workspace_problem_too_many({ detail });
		case 'language-unknown':
			return m.workspace_problem_language({ detail });
		case 'time-zone-unknown':
			return m.workspace_problem_zone({ detail });
		case 'hours-unreadable':
			return m.workspace_problem_hours({ detail });
		case 'yes-or-no':
			return m.workspace_problem_yes_no({ detail });
		case 'capacity':
			return m.workspace_problem_capacity();
		case 'manager-unknown':
			return m.workspace_problem_manager_unknown({ detail });
		case 'manager-self':
			return m.workspace_problem_manager_self();
		case 'manager-loop':
			return m.workspace_problem_manager_loop({ detail });
		case 'duplicate':
			return m.workspace_problem_duplicate({ detail });
		case 'cells':
			return m.workspace_problem_cells();
	}
}

/** The first problem of each field, in words. */
export function wordsByField(problems: readonly Problem[]): Record<string, string> {
	const words: Record<string, string> = {};
	for (const problem of problems) words[problem.field] ??= problemWords(problem);
	return words;
}

/** What a column or a field is called. */
export function columnName(column: string): string {
	const names: Record<string, () => string> = {
		name: m.account_name,
		email: m.account_email,
		job: m.workspace_person_job,
		team: m.workspace_people_team,
		manager: m.workspace_profile_manager,
		place: m.workspace_person_place,
		languages: m.workspace_person_languages,
		timeZone: m.workspace_person_zone,
		hours: m.workspace_person_hours,
		interests: m.workspace_person_interests,
		offers: m.workspace_person_offers,
		wants: m.workspace_person_wants,
		mentoring: m.workspace_person_mentoring,
		capacity: m.workspace_profile_capacity
	};
	return names[column]?.() ?? column;
}
