import type { Tier } from '../../tiers/tier';
import { noRehearsal } from '../engine/errors';

/** Servers that hold the database of a tier: one, or one for each shard. */
function serversOf({ components }: Pick<Tier, 'components'>): number | undefined {
  for (const component of components) {
    if (component.kind === 'database') return 1;
    if (component.kind === 'sharded-database') return component.shards;
  }
  return undefined;
}

/**
 * How many servers the data moves to, when one tier becomes the other.
 * @throws `PROMOTION_NO_REHEARSAL` for a pair whose data does not move, or moves in a way that nobody has built
 */
export function shardsOf(from: Tier, to: Tier): number {
  if (from.id === to.id) throw noRehearsal(from.id, to.id, 'they are the same tier.');
  const [before, after] = [serversOf(from), serversOf(to)];
  if (before === undefined || after === undefined)
    throw noRehearsal(
      from.id,
      to.id,
      'distributed SQL is filled from a dump while nothing writes, and there is no such server to rehearse on. Between the tiers up to tier5 every move is rehearsed.',
    );
  if (before > 1)
    throw noRehearsal(
      from.id,
      to.id,
      before === after ? 'the shards are kept, so that no data moves.' : 'the way from shards back to one server is not built.',
    );
  return after;
}
