import fc from 'fast-check';
import { changesBetween, generationsAfter, resizedForGood, retiredAfter, type Verdict } from '../../components/change';
import { carriesGeneration, type Component, holdsData } from '../../components/component';
import { ladder, tier } from '../../tiers';

function verdicts(from: string, to: string, options: Parameters<typeof changesBetween>[2] = {}): Record<string, Verdict> {
  return Object.fromEntries(changesBetween(tier(from).components, tier(to).components, options).map(({ id, verdict }) => [id, verdict]));
}

const same = { network: 'keep', configuration: 'keep', storage: 'keep', backup: 'keep', monitoring: 'keep', dns: 'keep' };

test.each([
  ['tier1', 'tier2', {}, { ...same, app: 'move', database: 'move', inference: 'move', frontend: 'new' }],
  [
    'tier2',
    'tier3',
    {},
    { ...same, frontend: 'keep', 'load-balancer': 'new', app: 'move', database: 'in-place', cache: 'new', inference: 'move' },
  ],
  [
    'tier2',
    'tier3',
    { reversible: true },
    { ...same, frontend: 'keep', 'load-balancer': 'new', app: 'move', database: 'move', cache: 'new', inference: 'move' },
  ],
  [
    'tier3',
    'tier4',
    {},
    {
      ...same,
      frontend: 'keep',
      'load-balancer': 'in-place',
      app: 'move',
      database: 'in-place',
      replicas: 'new',
      cache: 'in-place',
      inference: 'move',
    },
  ],
  [
    'tier4',
    'tier5',
    {},
    {
      ...same,
      frontend: 'keep',
      'load-balancer': 'move',
      cluster: 'new',
      app: 'move',
      database: 'move',
      cache: 'in-place',
      inference: 'move',
      replicas: 'retire',
    },
  ],
  [
    'tier5',
    'tier6',
    {},
    {
      ...same,
      frontend: 'keep',
      'load-balancer': 'keep',
      cluster: 'move',
      app: 'move',
      database: 'keep',
      cache: 'move',
      inference: 'move',
      events: 'new',
      edge: 'new',
      ml: 'new',
      audit: 'new',
    },
  ],
  [
    'tier3',
    'tier2',
    {},
    { ...same, frontend: 'keep', app: 'move', database: 'move', inference: 'move', 'load-balancer': 'retire', cache: 'retire' },
  ],
] as const)('%s to %s %j', (from, to, options, expected) => {
  expect(verdicts(from, to, options)).toEqual(expected);
});

test('shards become distributed SQL only where somebody asks for it', () => {
  expect(verdicts('tier5', 'tier6', { distributedSql: true })['database']).toBe('move');
  expect(changesBetween(tier('tier5').components, tier('tier6').components).find(({ id }) => id === 'database')?.why).toMatch(
    /^PostgreSQL 17 in 4 shards .* is kept: distributed SQL \(.*\) in 1 region would take a dump with a window, and is asked for by name only\.$/,
  );
});

test('on another platform everything is made anew, and only what holds data is moved with data', () => {
  const changes = changesBetween(tier('tier2').components, tier('tier2').components, { toPlatform: 'aws' });
  expect(new Set(changes.map(({ verdict }) => verdict))).toEqual(new Set(['move']));
  const told = Object.fromEntries(changes.map(({ id, why }) => [id, why.slice(why.indexOf('on aws: ') + 8)]));
  expect(told).toMatchObject({
    database: 'its data are moved.',
    frontend: 'its files are published there by the next release.',
    storage: 'its objects are copied.',
    backup: 'new backups are made there; the old ones stay until they are purged.',
    dns: 'its records are made anew, and the name servers change.',
    app: 'it holds no data, so that nothing is copied.',
  });
});

test('replicas follow a database that moves', () => {
  expect(verdicts('tier4', 'tier4', { reversible: true })['replicas']).toBe('keep');
  const bigger = tier('tier4').components.map((each) =>
    each.kind === 'database' && each.hosting.hosting === 'managed' ? { ...each, hosting: { ...each.hosting, memoryGib: 32 } } : each,
  );
  const changes = changesBetween(tier('tier4').components, bigger, { reversible: true });
  expect(changes.filter(({ verdict }) => verdict === 'move').map(({ id }) => id)).toEqual(['database', 'replicas']);
});

describe('generations', () => {
  const after = (from: string, to: string, generations: Record<string, number>) =>
    generationsAfter(changesBetween(tier(from).components, tier(to).components), generations);

  test('what moves takes the next one, and what runs beside another component has none', () => {
    expect(after('tier1', 'tier2', {})).toEqual({ app: 2, database: 2 });
    expect(after('tier2', 'tier3', { app: 2, database: 2 })).toEqual({ app: 3, database: 2 });
  });

  test('a name that was given up is not used again', () => {
    expect(after('tier3', 'tier2', {})).toEqual({ app: 2, database: 2, inference: 2, cache: 2 });
  });

  test('what was let go of is not made again: the next attempt takes the generation after it, of a kind that carries none too', () => {
    const [tier1, tier2] = [tier('tier1').components, tier('tier2').components];
    const changes = changesBetween(tier1, tier2);
    expect(generationsAfter(changes, {}, { app: 2, database: 2, frontend: 1, storage: 7 })).toEqual({ app: 3, database: 3, frontend: 2 });
    expect(generationsAfter(changes, { database: 5 }, { database: 2 })).toEqual({ app: 2, database: 6 });
  });

  test('however often it is led back, no attempt makes what an earlier one made', () => {
    const pairs = ladder.flatMap((from) => ladder.filter((to) => to !== from).map((to) => [from, to] as const));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pairs), { minLength: 1, maxLength: 6 }), fc.boolean(), (attempts, elsewhere) => {
        const made = new Set<string>();
        let retired = {};
        for (const [from, to] of attempts) {
          const changes = changesBetween(from.components, to.components, elsewhere ? { toPlatform: 'aws' } : {});
          const generations = generationsAfter(changes, {}, retired);
          for (const { id, verdict, after } of changes) {
            const lasting = after !== undefined && (elsewhere || holdsData[after.kind] || carriesGeneration[after.kind]);
            if ((verdict !== 'new' && verdict !== 'move') || !lasting || isGuest(after)) continue;
            const one = `${id} ${generations[id] ?? 1}`;
            expect(made).not.toContain(one);
            made.add(one);
          }
          retired = retiredAfter(changes, 'after', generations, elsewhere, retired);
        }
      }),
      { seed: 8, numRuns: 200 },
    );
  });

  test('for every pair: a component that stays in place keeps its generation, and no generation goes down', () => {
    const pairs = ladder.flatMap((from) => ladder.map((to) => [from, to] as const));
    fc.assert(
      fc.property(
        fc.constantFrom(...pairs),
        fc.boolean(),
        fc.dictionary(fc.constantFrom('database', 'app', 'cache', 'inference'), fc.integer({ min: 1, max: 99 }), { noNullPrototype: true }),
        ([from, to], reversible, generations) => {
          const changes = changesBetween(from.components, to.components, { reversible });
          const next = generationsAfter(changes, generations);
          for (const { id, verdict, before } of changes) {
            const [was, is] = [generations[id] ?? 1, next[id] ?? 1];
            expect(is).toBeGreaterThanOrEqual(was);
            if (verdict === 'keep' || verdict === 'in-place' || verdict === 'new') expect(is).toBe(was);
            if (is > was) expect(before !== undefined && carriesGeneration[before.kind]).toBe(true);
            if (reversible && before !== undefined && holdsData[before.kind]) expect(verdict).not.toBe('in-place');
            if (reversible) expect(resizedForGood(changes)).toEqual([]);
          }
        },
      ),
      { seed: 8, numRuns: 200 },
    );
  });
});

function isGuest(component: Component): boolean {
  return component.kind === 'inference' && component.host.placement === 'shared';
}
