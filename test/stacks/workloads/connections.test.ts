import { shardRanges } from '../../../components/shard-map';
import { connectionPlan, connectionProblems } from '../../../stacks/workloads/connections';
import { siteProblems } from '../../../stacks/workloads/sites';
import { chosen } from '../../../tiers/choices';
import { tier5 } from '../../../tiers/deadlock-coach/tier5';
import { tier6 } from '../../../tiers/deadlock-coach/tier6';
import type { Tier } from '../../../tiers/tier';
import { twoRegions } from './fixture';

describe('connections', () => {
  const withDatabase = (change: object, app: object = {}): Tier => ({
    ...tier5,
    components: tier5.components.map((each) =>
      each.kind === 'sharded-database' ? { ...each, ...change } : each.kind === 'app-servers' ? { ...each, ...app } : each,
    ),
  });

  test('add up from pods to shards', () => {
    // 20 pods, 4 workers each, 5 connections each; 197 connections on 8 GiB, four fifths for 4 poolers.
    expect(connectionPlan(withDatabase({ memoryGib: 8 }), 'digitalocean', 2)).toEqual({
      clients: 400,
      poolers: 2,
      poolSize: 39,
      backends: 156,
      allowed: 197,
    });
    expect(connectionPlan(withDatabase({ memoryGib: 8 }), 'aws', 2)).toMatchObject({ poolSize: 180, backends: 720, allowed: 901 });
  });

  test('that cannot add up are all refused at once', () => {
    const wrong = withDatabase(
      {
        shards: 3,
        map: [
          { name: 'shard-1', from: 0, to: 511 },
          { name: 'shard-2', from: 500, to: 600 },
        ],
        memoryGib: 1,
      },
      { count: { min: 10, max: 60 } },
    );
    expect(connectionProblems(wrong, 'digitalocean', 2).map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'SHARDS_UNEVEN: The shard map is wrong: 423 buckets, 601 the first, are in no shard; 12 buckets, 500 the first, are in more than one shard; shards hold 512 (shard-1), 101 (shard-2) buckets, which differ by more than one. Give each bucket to one shard, and each shard as many as the others or one more; a shard that has just come may have none.',
      'WORKLOADS_TOO_MANY_CONNECTIONS: A shard allows 22 connections, of which 6 poolers would have fewer than 5 each. Give the shards more memory, or the tier fewer clusters or app pods.',
    ]);
    expect(connectionProblems(tier5, 'digitalocean', 2)).toEqual([]);
    // 280 pods of tier 6 open 5,600 connections: six poolers take them, and one more may go.
    expect(connectionPlan(chosen(tier6, {}), 'aws', 2)).toEqual({
      clients: 5600,
      poolers: 7,
      poolSize: 102,
      backends: 1428,
      allowed: 1802,
    });
  });

  test('buckets are dealt out evenly, each to one shard', () => {
    expect(shardRanges({ shards: 4, buckets: 1024 })).toEqual([
      { name: 'shard-1', from: 0, to: 255 },
      { name: 'shard-2', from: 256, to: 511 },
      { name: 'shard-3', from: 512, to: 767 },
      { name: 'shard-4', from: 768, to: 1023 },
    ]);
  });

  test('a region that is missing is named', () => {
    expect(siteProblems({ platform: 'digitalocean', region: 'fra1', regions: undefined }, tier5).map(({ message }) => message)).toEqual([
      'tier5 has clusters in 2 regions, and the environment names 1: fra1. Add the others under regions.',
    ]);
    expect(siteProblems(twoRegions('digitalocean'), tier5)).toEqual([]);
  });
});
