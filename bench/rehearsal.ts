import { findPooler } from '../promotion/rehearse/pooler';
import type { PlannedKill } from '../promotion/rehearse/kills';
import { rehearse } from '../promotion/rehearse/rehearse';
import { serverFolders } from '../promotion/rehearse/servers';
import { spread } from './measure';
import type { Row } from './report';

/** How long writes may stand still, in milliseconds by the clock: the median without kills, the worst with kills of the engine. */
const limits = { median: 500, worst: 3000 } as const;

/** Always the same choices, so that two runs can be compared. */
const SEED = 8;

/** Steps of the window, at the beginning of which the engine is killed, one in each change of sides: while it fences, when it has fenced, has drained, opens, and has opened. */
const MOMENTS = ['fenced', 'drained', 'sequenced', 'opened', 'routed'] as const;

function inWindow(step: (typeof MOMENTS)[number], index: number): PlannedKill {
  return { phase: index + 1, victim: 'engine', step, after: 0, away: 0, which: 0 };
}

function missed(landed: number): readonly string[] {
  return landed === MOMENTS.length ? [] : [`${landed} of ${MOMENTS.length} kills met the engine`];
}

/** The writer's silences in rehearsals on real servers, through PgBouncer. No rows where one of them is missing: there is nothing to measure. */
export async function rehearsals(): Promise<Row[]> {
  if (serverFolders().length === 0 || findPooler() === undefined) return [];
  const calm = await rehearse({ rows: 2000, cutovers: 3, kills: 0, seed: SEED });
  const killed = await rehearse({ rows: 2000, cutovers: 3, kills: MOMENTS.length, seed: SEED, planned: MOMENTS.map(inWindow) });
  const wrong = [...calm.wrong, ...killed.wrong, ...missed(killed.report.killed.engine)];
  if (wrong.length > 0) throw new Error(`the rehearsal went wrong: ${wrong.join('; ')}`);
  return [
    pauseRow('write pause of a cutover through PgBouncer, median', limits.median, calm.report.pauseMs.median, calm.facts.pauses),
    pauseRow('the same, the engine killed in the window, worst', limits.worst, killed.report.pauseMs.worst, killed.facts.pauses),
  ];
}

function pauseRow(what: string, limit: number, ours: number, pauses: readonly number[]): Row {
  return { what, unit: 'ms', ours, floor: null, ratio: null, limit, ok: ours <= limit, spread: { ours: spread(pauses), floor: null } };
}
