import type { Mover, MoveStanding } from '../../promotion/types';
import { TerraceError } from '../../values/errors';

/** Where a move stands, or why nobody can say. */
export type ToldMove = Pick<Mover, 'id' | 'method'> & ({ readonly standing: MoveStanding } | { readonly unanswered: string });

/** Databases that follow each other are told by the engine, with much more. */
const byEngine: ReadonlySet<Mover['method']> = new Set(['logical-replication', 'logical-replication-shards']);

/** Where the data stand that move beside the database: a cache, buckets, a dump. Who does not answer keeps nobody from hearing of the rest. */
export async function moveStandings(movers: readonly Mover[]): Promise<readonly ToldMove[]> {
  return Promise.all(movers.filter(({ method }) => !byEngine.has(method)).map(toldOf));
}

async function toldOf(mover: Mover): Promise<ToldMove> {
  const { id, method } = mover;
  try {
    return { id, method, standing: await mover.standing() };
  } catch (error) {
    if (!(error instanceof TerraceError)) throw error;
    return { id, method, unanswered: error.message };
  }
}

/** The same as a sentence. */
export function moveLine({ id, method, ...told }: ToldMove): string {
  if ('unanswered' in told) return `${id} (${method}): nobody can say where it stands. ${told.unanswered}`;
  const { state, open, reversible } = told.standing;
  return `${id} (${method}): ${state}. Writes belong to the ${open === 'source' ? 'old' : 'new'} side. The way back is open: ${reversible.yes ? 'yes' : 'no'}, ${reversible.because}.`;
}
