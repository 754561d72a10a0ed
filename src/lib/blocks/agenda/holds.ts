import type { Holds } from '../testing.ts';
import type { AgendaPhase, AgendaState } from './model.ts';

export const holds: Holds<AgendaState> = (state, { record, scene }) => {
	const wrong: string[] = [];
	const { phases } = scene.settings as { phases: AgendaPhase[] };
	const now = state.now.current;
	if (Object.keys(state.now).length > 1) wrong.push('there are two phases at once');
	if (!now) return ['there is no phase'];
	const phase = phases.find(({ id }) => id === now.phase);
	if (!phase) return [`there is no phase ${now.phase}`];
	// some formats have nothing ahead of their meetings: these wait in their first phase
	if (now.status !== phase.when && !(now.status === 'ahead' && phase === phases[0]))
		wrong.push(`${now.phase} is ${phase.when}, and the meeting ${now.status}`);
	if (state.visits[now.run]) wrong.push('the phase that is open is behind us');
	for (const visit of Object.values(state.visits)) {
		if (!phases.some(({ id }) => id === visit.phase))
			wrong.push(`${visit.phase} was visited and does not exist`);
		if (visit.closed < visit.opened) wrong.push(`${visit.phase} was closed before it was opened`);
	}
	if (now.clock.is === 'paused' && now.clock.total < 0) wrong.push('a clock of less than nothing');
	const { ready = 0, of = 0 } = (record.check?.count as { ready: number; of: number } | undefined) ?? {};
	if (ready > of) wrong.push(`${ready} of ${of} are ready`);
	return wrong;
};
