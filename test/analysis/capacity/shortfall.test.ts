import {
  capacityOf,
  capacityToJson,
  checkLoad,
  missingAvailability,
  renderCapacity,
  shortfallOf,
  type CapacityReport,
} from '../../../analysis/capacity';
import { storedTiers } from '../../../analysis/selection';
import type { TierId } from '../../../tiers/tier';

/** A tier of the ladder on AWS under its own users, or others. */
function found(id: TierId, users?: number): CapacityReport {
  const stored = storedTiers.find(({ tier, platform }) => tier.id === id && platform === 'aws');
  if (stored === undefined) throw new Error(`${id} is not stored`);
  return capacityOf(stored.plant, checkLoad({ users: users ?? stored.tier.dailyUsers }));
}

const quota = (tib: number): string =>
  `What lifts it: AWS's quota raised to ${tib} TiB, of which an account has 10 unasked: ask for it (Service Quotas, Aurora DSQL, storage of a cluster), then write database.storageTib: ${tib}.`;

test('tier 6 says that the quota of an account binds, which one, and how much of it carries the million', () => {
  const short = `It carries 120,494 of 1,000,000 daily users: database, storage, after a year, is full at 150,618. ${quota(83)} The limit behind it, inference, tokens, lets it carry 1,015,937.`;
  expect(shortfallOf(found('tier6'))).toBe(short);
  expect(renderCapacity(found('tier6')).split('component  limit')[0]?.replaceAll(/\s+/g, ' ').trim()).toBe(`NOT ENOUGH. ${short}`);
});

test('what is to be asked for follows the load, up to what AWS grants', () => {
  expect(shortfallOf(found('tier6', 500_000))).toContain(quota(42));
  expect(shortfallOf(found('tier6', 5_000_000))).toContain('nothing: 415 TiB are needed, and AWS grants 256 at most; shards.');
});

test('a tier that carries its users says nothing of it', () => {
  expect(shortfallOf(found('tier5'))).toBeUndefined();
  expect(renderCapacity(found('tier5'))).toMatch(/^component  limit/);
});

test.each<[TierId, string | undefined]>([
  ['tier3', undefined],
  ['tier5', 'Missing: 0.01 points. database would have to promise 99.96 %, and promises 99.95 %.'],
  [
    'tier6',
    'Missing: 0.01 points. No part alone makes up for it: load-balancer and database would have to promise 99.995 % each, and promise 99.99 % and 99.99 %; or a second of each would have to take over.',
  ],
])('what %s lacks of its availability', (id, said) => expect(missingAvailability(found(id).availability)).toBe(said));

test('tier 6 names the cluster that carries nothing in its report, in text and JSON; a tier in one cloud names none', () => {
  const part = 'the cluster at Google, 10 to 60 nodes of 8 vCPU and 32 GiB, and cards that stand there';
  const why = 'only machines on AWS are read; the pods of all clusters are held against the nodes there';
  expect(capacityToJson(found('tier6')).uncounted).toEqual([{ component: 'cluster', part, why }]);
  expect(renderCapacity(found('tier6')).replaceAll(/\s+/g, ' ')).toContain(`Not counted: cluster: ${part}; ${why}.`);
  expect(capacityToJson(found('tier5')).uncounted).toEqual([]);
  expect(renderCapacity(found('tier5'))).not.toContain('Not counted');
});
