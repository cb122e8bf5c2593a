import { distributedLimits } from '../../../analysis/capacity/limits-distributed';
import { loadOf } from '../../../analysis/capacity/load';
import { tierOf } from '../../../tiers/choices';
import type { DistributedEngine } from '../../../components/distributed-database';
import { component } from '../../../stacks/platforms/naming';

const load = loadOf({ users: { daily: 1_000_000 } });

/** What bounds an engine at the size that tier 6 gives it: used, of how much. */
function bounds(engine: DistributedEngine): readonly (readonly [string, number, number | undefined])[] {
  const database = component(tierOf('tier6', { database: { engine } }), 'distributed-database');
  if (database === undefined) throw new Error(`tier 6 has no ${engine}`);
  return distributedLimits(database, ({ constants }) => 1 - constants.cacheHitShare).map(
    ({ name, used, capacity }) => [name, Number(used(load).toPrecision(4)), capacity] as const,
  );
}

test.each<[DistributedEngine, ReturnType<typeof bounds>]>([
  [
    'citus',
    [
      ['vCPU of the workers', 237.2, 48],
      ['connections in use', 4236, undefined],
      ['storage, after a year', 73_000, 17_179.869184000003],
    ],
  ],
  [
    'alloydb',
    [
      ['vCPU of the primary', 169.4, 128],
      ['vCPU of the readers', 237.2, 256],
      ['storage, after a year', 73_000, undefined],
    ],
  ],
  [
    'spanner',
    [
      ['reads and writes, in nodes', 6.046, 13],
      ['storage, after a year', 73_000, 80_000],
    ],
  ],
])('what bounds %s', (engine, expected) => expect(bounds(engine)).toEqual(expected));
