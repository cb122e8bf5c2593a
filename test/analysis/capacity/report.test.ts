import fc from 'fast-check';
import { requiredHeadroom, type Plant } from '../../../analysis/capacity';
import { usableConnections } from '../../../catalog/digitalocean';
import { tier } from '../../../tiers';
import { builtTiers, plantFor, report, uses } from './support';

const seed = { seed: 20261121, numRuns: 200 };
const plants = Object.fromEntries(builtTiers.map((id) => [id, plantFor(id)])) as Record<(typeof builtTiers)[number], Plant>;

describe.each(builtTiers)('%s as deployed on DigitalOcean', (id) => {
  const { dailyUsers } = tier(id);
  const found = report(plants[id], { users: dailyUsers });

  test(`carries its ${dailyUsers} users with room to spare`, () => {
    expect(found.headroom).toBeGreaterThanOrEqual(requiredHeadroom);
    expect(found.carries).toBe(true);
  });

  test('the binding limit is the first of all', () => {
    const all = found.components.flatMap(({ limits }) => limits.flatMap(({ at }) => at ?? []));
    expect(found.binding?.at).toBe(Math.min(...all));
    expect(report(plants[id], { users: (found.binding?.at ?? 0) + 1 }).headroom).toBeLessThan(1);
    expect(report(plants[id], { users: found.binding?.at ?? 1 }).headroom).toBeGreaterThanOrEqual(1);
  });

  test('every limit says where its figures come from, and what would lift it', () => {
    for (const limit of found.components.flatMap(({ limits }) => limits)) {
      expect(limit.source).not.toBe('');
      expect(limit.lift).not.toBe('');
    }
  });
});

test('what binds in each tier, and at how many daily users', () => {
  const bound = builtTiers
    .map((id) => report(plants[id], { users: tier(id).dailyUsers }))
    .map(({ binding, actAt }) => `${binding?.component}: ${binding?.limit} at ${binding?.at}, act at ${actAt}`);
  expect(bound).toEqual([
    'database: volume, after a year at 147, act at 110',
    'app: vCPU at 141, act at 106',
    'inference: vCPU at 2296, act at 1722',
    'cache: memory at 32212, act at 24159',
    'cache: memory at 128849, act at 96636',
  ]);
});

test('every limit of tier 3', () => {
  expect(uses(report(plants.tier3, { users: 1000 }))).toEqual([
    'load-balancer: requests 41.67/10000 requests/s',
    'load-balancer: connections 250/10000 connections',
    'load-balancer: new TLS connections 4.167/250 handshakes/s',
    'app: vCPU 0.4167/8 vCPU',
    'app: network 16.67/4000 Mbit/s',
    'app: memory of a server 0.75/8 GiB',
    'app: clients of the pooler 8.333/2000 connections',
    'database: vCPU 0.2372/4 vCPU',
    'database: connections in use 4.236/64 connections',
    "database: servers' pools within the platform's pool 64/80 connections",
    "database: platform's pools within the database 80/197 connections",
    'database: storage, after a year 73/? GB',
    'cache: memory 0.05/0.8053 GB',
    'cache: connections 8.333/10000 connections',
    'cache: operations, in nodes 0.002189/1 nodes',
    'inference: memory of the model 2.618/24 GiB',
    'inference: vCPU 6.966/16 vCPU',
    'storage: operations 0.06944/800 uploads/s',
  ]);
});

// seeds.md, section 2: the tier as it was first deployed, one server of 8 vCPUs with a 14B model, carried 249 of its 1,000 users.
test('finding: inference on CPUs bounds tier 3, and a 7B model would not do on its server', () => {
  const with14 = withModel(plants.tier3, 'qwen2.5-14b-instruct-q4', 8);
  const with7 = withModel(plants.tier3, 'qwen2.5-7b-instruct-q4', 16);
  expect([with14, with7].map((plant) => report(plant, { users: 1000 }).binding?.at)).toEqual([249, 967]);
});

function withModel(plant: Plant, model: string, vcpus: number): Plant {
  const components = plant.tier.components.map((component) => (component.kind === 'inference' ? { ...component, model } : component));
  const inference = plant.servers['inference'];
  return {
    ...plant,
    tier: { ...plant.tier, components },
    servers: { ...plant.servers, ...(inference === undefined ? {} : { inference: { ...inference, vcpus } }) },
  };
}

test('connections of a database are what the vendor publishes', () => {
  // DigitalOcean, PostgreSQL Limits, 2025-11-05.
  expect([1, 2, 4, 8, 16, 32, 64, 256].map(usableConnections)).toEqual([22, 47, 97, 197, 397, 797, 997, 997]);
});

test('a model that does not fit is an error, not a footnote', () => {
  const tooLarge = withModel(plants.tier1, 'llama-3.3-70b-instruct-q4', 2);
  const { headroom, carries, binding } = report(tooLarge, { users: 1 });
  expect({ headroom, carries, binding: binding?.limit }).toEqual({ headroom: 0, carries: false, binding: 'memory of the model' });
});

describe('properties', () => {
  const users = fc.integer({ min: 1, max: 1e8 });
  const anyPlant = fc.constantFrom(...builtTiers);
  const demands = fc.constantFrom(
    'requestsPerUser',
    'requestsPerMinute',
    'peakFactor',
    'responseKilobytes',
    'queriesPerRequest',
    'workflowsPerUser',
    'queriesPerWorkflow',
    'completionsPerUser',
    'tokensPerCompletion',
    'storageKilobytesPerUser',
    'cacheKilobytesPerUser',
    'uploadsPerUser',
    'heldConnections',
    'transactionSeconds',
    'responseSeconds' as const,
  );

  test('more users never leave more headroom, and the headroom says how many fit', () => {
    fc.assert(
      fc.property(anyPlant, users, fc.integer({ min: 1, max: 1e8 }), (id, few, more) => {
        const plant = plants[id];
        const [small, large] = [report(plant, { users: few }), report(plant, { users: few + more })];
        expect(large.headroom).toBeLessThanOrEqual(small.headroom * (1 + 1e-9));
        expect(large.headroom * (few + more)).toBeCloseTo(small.headroom * few, -2);
      }),
      seed,
    );
  });

  test('more of any demand never leaves more headroom', () => {
    fc.assert(
      fc.property(
        anyPlant,
        demands,
        fc.double({ min: 1, max: 25, noNaN: true }),
        fc.double({ min: 0, max: 25, noNaN: true }),
        (id, name, value, more) => {
          const plant = plants[id];
          const at = (given: number): number => report(plant, { users: 100, overrides: { [name]: given } }).headroom;
          expect(at(value + more)).toBeLessThanOrEqual(at(value) * (1 + 1e-9));
        },
      ),
      seed,
    );
  });

  test('a larger machine never carries less', () => {
    const grown = fc.record({ vcpus: fc.integer({ min: 0, max: 64 }), memoryGib: fc.integer({ min: 0, max: 256 }) });
    fc.assert(
      fc.property(anyPlant, grown, fc.constantFrom('app', 'inference', 'database', 'cache'), (tierId, more, id) => {
        const plant = plants[tierId];
        const [server, nodes] = [plant.servers[id], plant.managed[id]];
        const larger: Plant = {
          ...plant,
          servers: {
            ...plant.servers,
            ...(server === undefined
              ? {}
              : { [id]: { ...server, vcpus: server.vcpus + more.vcpus, memoryGib: server.memoryGib + more.memoryGib } }),
          },
          managed: {
            ...plant.managed,
            ...(nodes === undefined
              ? {}
              : { [id]: { ...nodes, vcpus: nodes.vcpus + more.vcpus, memoryGib: nodes.memoryGib + more.memoryGib } }),
          },
        };
        expect(report(larger, { users: 100 }).headroom).toBeGreaterThanOrEqual(report(plant, { users: 100 }).headroom);
      }),
      seed,
    );
  });

  test('the same input gives the same report', () => {
    expect(report(plants.tier2, { users: 321 })).toEqual(report(plants.tier2, { users: 321 }));
  });
});

describe('availability', () => {
  const availability = builtTiers.map((id) => report(plants[id], { users: 1 }).availability);

  test('is printed as a person checks it', () => {
    expect(availability.map(({ arithmetic }) => arithmetic[0])).toEqual([
      'requests are answered: app 0.9989 x database 0.9999 = 0.9988',
      'requests are answered: app 0.9989 x database 0.995 = 0.993906',
      'requests are answered: load-balancer 0.9999 x app 0.999999 x database 0.9995 = 0.999399',
      'requests are answered: load-balancer 0.9999 x app 1 x database 0.9995 = 0.9994',
      'requests are answered: load-balancer 0.9999 x app 1 x database 0.9995 = 0.9994',
    ]);
    expect(availability[2]?.parts.find(({ component }) => component === 'app')?.arithmetic).toBe('1 - (1 - 0.9989)^2 = 0.99999879');
    // A pool that follows the load is counted at its smallest: three of up to six.
    expect(availability[3]?.parts.find(({ component }) => component === 'app')?.arithmetic).toBe('1 - (1 - 0.9989)^3 = 1');
  });

  // The platform promises 99.5 % for one database node (recalled), which leaves nothing for the server before it: tier 2 promises less than tier 1.
  test('every tier reaches what it promises, but for the fifth, which DigitalOcean promises too little for', () => {
    expect(availability.map(({ meets, percent, objectivePercent }) => [meets, percent, objectivePercent])).toEqual([
      [true, 99.88, 99.5],
      [true, 99.3906, 99.3],
      [true, 99.9399, 99.9],
      [true, 99.94, 99.9],
      [false, 99.94, 99.95],
    ]);
  });

  test('single points of failure', () => {
    expect(
      builtTiers.map((id) =>
        report(plants[id], { users: 1 }).singlePointsOfFailure.map(({ component, effect }) => `${component}: ${effect}`),
      ),
    ).toEqual([
      ['app: everything', 'database: everything', 'inference: a part'],
      ['app: everything', 'database: everything', 'inference: a part'],
      ['cache: a part', 'inference: a part'],
      [],
      [],
    ]);
  });
});
