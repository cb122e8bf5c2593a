import { findPooler } from '../promotion/rehearse/pooler';
import { rehearse } from '../promotion/rehearse/rehearse';
import { serverFolders } from '../promotion/rehearse/servers';
import { spread } from './measure';
import type { Row } from './report';

/** How long writes may stand still, in milliseconds by the clock: the median without kills, the worst with kills of the engine. */
const limits = { median: 500, worst: 3000 } as const;

/** Always the same choices, so that two runs can be compared. */
const SEED = 8;

/** The writer's silences in rehearsals on real servers, through PgBouncer. No rows where one of them is missing: there is nothing to measure. */
export async function rehearsals(): Promise<Row[]> {
  if (serverFolders().length === 0 || findPooler() === undefined) return [];
  const calm = await rehearse({ rows: 2000, cutovers: 3, kills: 0, seed: SEED });
  const killed = await rehearse({ rows: 2000, cutovers: 3, kills: 5, seed: SEED });
  const wrong = [...calm.wrong, ...killed.wrong];
  if (wrong.length > 0) throw new Error(`the rehearsal went wrong: ${wrong.join('; ')}`);
  return [
    pauseRow('write pause of a cutover through PgBouncer, median', limits.median, calm.report.pauseMs.median, calm.facts.pauses),
    pauseRow('the same with kills, the worst', limits.worst, killed.report.pauseMs.worst, killed.facts.pauses),
  ];
}

function pauseRow(what: string, limit: number, ours: number, pauses: readonly number[]): Row {
  return { what, unit: 'ms', ours, floor: null, ratio: null, limit, ok: ours <= limit, spread: { ours: spread(pauses), floor: null } };
}
