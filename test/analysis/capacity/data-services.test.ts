import fc from 'fast-check';
import { loadOf, type Load, type Plant } from '../../../analysis/capacity';
import type { ComponentLimit } from '../../../analysis/capacity/limit';
import {
  cardsNeeded,
  orderedQueueLimits,
  poolChainLimits,
  readReplicaLimits,
  shardsNeeded,
  streamLimits,
  vectorLimits,
} from '../../../analysis/capacity/limits-data';
import { readDigitalOcean } from '../../../analysis/capacity/read-digitalocean';
import { resourceGraph, type ResourceNode } from '../../../analysis/graph';
import { rdsConnections } from '../../../catalog/aws/database-connections';
import { databaseSize, usableConnections } from '../../../catalog/digitalocean';
import * as facts from '../../../catalog/data-services';
import { gpuCards } from '../../../catalog/models/gpu-throughput';
import { tier } from '../../../tiers';
import { report, uses } from './support';

const seed = { seed: 20261121, numRuns: 100 };

function used(limits: readonly ComponentLimit[], load: Load): readonly string[] {
  return limits.map(
    (one) =>
      `${one.name} ${Number(one.used(load).toPrecision(4))}/${one.capacity === undefined ? '?' : Number(one.capacity.toPrecision(4))} ${one.unit}`,
  );
}

test('every fact has a source and a date', () => {
  const all = [facts.vectorNodeLimits, facts.queueLimits, facts.eventStreamLimits, facts.replicaLimits, facts.applicationPools].flatMap(
    (group) => Object.values(group),
  );
  expect(all.filter(({ source, asOf }) => source.length < 10 || !/^20\d\d-\d\d-\d\d$/.test(asOf))).toEqual([]);
  expect(all).toHaveLength(16);
});

describe('a vector database (rows 18 and 19)', () => {
  test('8 GB are full at the 2,000 users of venture-qdrant, which ask for 10 queries/s', () => {
    const limits = vectorLimits({ nodes: 1, memoryGib: 8 / 1.073741824 });
    expect(used(limits, loadOf({ users: 2000, roadmap: 'venture-qdrant' }))).toEqual([
      'memory of the index 7.999/8 GB',
      'queries 10/100 queries/s',
    ]);
  });

  test('each copy takes the memory again, each node answers more', () => {
    const load = loadOf({ users: 2000, roadmap: 'venture-qdrant' });
    expect(used(vectorLimits({ nodes: 3, memoryGib: 8, copies: 2 }), load)).toEqual([
      'memory of the index 16/25.77 GB',
      'queries 10/300 queries/s',
    ]);
  });
});

describe('queues and event streams', () => {
  test('an ordered queue of the 13.9 pieces of work a second of agent-squad', () => {
    expect(used(orderedQueueLimits(60), loadOf({ users: 1_000_000, roadmap: 'agent-squad' }))).toEqual([
      'messages 13.89/300 messages/s',
      'messages in flight 833.3/120000 messages',
    ]);
  });

  test('the three brokers of tier 6 take an event for each request of a million daily users', () => {
    const load = loadOf({ users: 1_000_000 });
    expect(used(streamLimits({ brokers: 3, retentionHours: 72 }), load)).toEqual(['events written 41.67/15 MB/s', 'events kept 900/? GB']);
    expect(used(streamLimits({ brokers: 9, retentionHours: 72, diskGb: 200 }), load)).toEqual([
      'events written 41.67/45 MB/s',
      'events kept 900/1800 GB',
    ]);
  });

  test('shards by number and by bytes', () => {
    expect([1, 4].map((eventKilobytes) => shardsNeeded(loadOf({ users: 1_000_000, overrides: { eventKilobytes } })))).toEqual([42, 167]);
    expect(shardsNeeded(loadOf({ users: 1 }))).toBe(1);
  });
});

describe('read replicas', () => {
  const { slug, vcpus, memoryGib, usableConnections } = databaseSize('db-s-6vcpu-16gb');
  const nodes = { size: slug, nodes: 2, vcpus, memoryGib, usableConnections, pools: [] };

  test('share the reads, repeat every write, and have connections of their own', () => {
    const load = loadOf({ users: 10_000 });
    expect([load.reads.peak.value, load.writes.peak.value].map((one) => Number(one.toFixed(2)))).toEqual([677.78, 169.44]);
    // 677.78 x 0.4 / 400 + 2 x 0.5 x 169.44 / 100
    expect(
      used(
        readReplicaLimits(nodes, () => 0.4),
        load,
      ),
    ).toEqual(['vCPU 2.372/12 vCPU', 'connections in use 33.89/794 connections']);
  });

  test('one more replica never carries fewer reads', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 1e6 }), (count, users) => {
        const share = (replicas: number): number => {
          const [cpu] = readReplicaLimits({ ...nodes, nodes: replicas }, () => 1);
          return (cpu?.used(loadOf({ users })) ?? 0) / (cpu?.capacity ?? 1);
        };
        expect(share(count + 1)).toBeLessThanOrEqual(share(count) + 1e-12);
      }),
      seed,
    );
  });

  test('a tier with replicas sends its reads there; they are read from the resources', () => {
    const four = tier('tier4');
    const node = (type: string, component: string, name: string, values: ResourceNode['values']): ResourceNode => ({
      ...sample,
      address: `${type}.${name}`,
      type,
      name,
      component,
      values,
    });
    const sample = { mode: 'managed', references: {}, unknown: [], values: {} } as unknown as ResourceNode;
    const graph = resourceGraph([
      node('digitalocean_database_cluster', 'database', 'database_g1', { size: 'db-s-6vcpu-16gb', node_count: 2 }),
      node('digitalocean_database_replica', 'replicas', 'replicas_1', { size: 'db-s-6vcpu-16gb' }),
      node('digitalocean_database_replica', 'replicas', 'replicas_2', { size: 'db-s-6vcpu-16gb' }),
    ]);
    const plant: Plant = {
      platform: 'digitalocean',
      tier: { ...four, components: four.components.filter(({ kind }) => kind === 'database' || kind === 'read-replicas') },
      ...readDigitalOcean(graph),
    };
    const shown = uses(report(plant, { users: 10_000 })).filter((one) => one.includes('vCPU'));
    expect(shown).toEqual(['database: vCPU 1.694/6 vCPU', 'replicas: vCPU 3.389/12 vCPU']);
  });

  test('an event stream of a tier is held against the load', () => {
    const six = tier('tier6');
    const plant: Plant = {
      platform: 'aws',
      tier: { ...six, components: six.components.filter(({ kind }) => kind === 'event-stream') },
      servers: {},
      managed: {},
      volumes: {},
      balancers: {},
    };
    expect(report(plant, { users: 1_000_000 }).binding).toMatchObject({ component: 'events', limit: 'events written', at: 1_440_000 });
  });
});

describe('pods x workers x pool <= pooler <= max_connections (row 10)', () => {
  test("chat-100k's 3 pods open 180 connections and its 20 pods 1,200: more than the 100 of PostgreSQL", () => {
    const load = loadOf({ users: 1 });
    expect([3, 20].map((pods) => used(poolChainLimits({ pods, maxConnections: 100 }), load))).toEqual([
      ["pods' pools within the database 180/100 connections"],
      ["pods' pools within the database 1200/100 connections"],
    ]);
    expect(used(poolChainLimits({ pods: 20, maxConnections: 97, pooler: { clients: 1000, pool: 80 } }), load)).toEqual([
      "pods' pools within the pooler 1200/1000 connections",
      "pooler's pool within the database 80/97 connections",
    ]);
  });
});

describe('connections by memory, as vendors publish them', () => {
  test('DigitalOcean: 25 a GiB less 3, at most 997', () =>
    expect([1, 2, 4, 8, 16, 32, 64, 256].map(usableConnections)).toEqual([22, 47, 97, 197, 397, 797, 997, 997]));
  test('AWS: bytes of memory by 9,531,392, at most 5,000', () =>
    expect([1, 2, 4, 8, 16, 32, 64].map(rdsConnections)).toEqual([112, 225, 450, 901, 1802, 3604, 5000]));
});

describe('cards for the tokens of a load (row 24)', () => {
  test('350 tokens/s are two T4, 3,500 two L40S, 35,000 six H100 or eighteen L40S', () => {
    const needed = (users: number, card: string): number => cardsNeeded(loadOf({ users }), card);
    expect([needed(10_000, 'T4'), needed(100_000, 'L40S'), needed(1_000_000, 'H100'), needed(1_000_000, 'L40S')]).toEqual([2, 2, 6, 18]);
  });

  test('a larger model needs more, a better card fewer', () => {
    const load = loadOf({ users: 1_000_000 });
    expect([8, 16].map((size) => cardsNeeded(load, 'H100', size))).toEqual([6, 12]);
    expect(gpuCards.map(({ card }) => cardsNeeded(load, card))).toEqual([116, 50, 18, 6]);
    expect(() => cardsNeeded(load, 'L40')).toThrow(/L40/);
  });
});
