import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Io } from '../../../cli/io';
import { openProject, readEnvironment } from '../../../cli/project';
import { movesTo } from '../../../cli/promote/moving';
import { packageFile } from '../../../terraform/package-root';
import { type } from '../../cli/desk';
import { project } from '../../support/project';
import { inputOf, planOf } from '../../../promotion/plan-of';
import { identitySql } from '../../../promotion/plan/identity';
import { factsFor, type GivenFacts, readFacts, renderPlan } from '../../../promotion/plan';
import { promotionPhases, type PromotionPlan } from '../../../promotion/types';
import { loadOf } from '../../../analysis/capacity';
import type { Environment } from '../../../environments/schema';
import { resizedForGood } from '../../../components/change';
import { pairOf, type Target } from '../../../stacks/transition';
import { TerraceError } from '../../../values/errors';
import { expectGolden } from '../../support/golden';
import { keptEnvironment } from '../../support/sandbox';
import { scratch } from '../../support/scratch';

function plan(environment: Environment, target: Target, facts: GivenFacts = {}): PromotionPlan {
  return planOf(environment, { target, facts, load: { users: environment.load.dailyUsers, basis: 'daily' }, outdir: scratch() });
}

const at = (tier: Environment['tier'], dailyUsers: number) => keptEnvironment({ tier, load: { dailyUsers }, budget: { monthly: '900' } });

function stepsOf(found: PromotionPlan, phase: string) {
  return found.phases.find(({ name }) => name === phase)?.steps ?? [];
}

function problemsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof TerraceError) return error.problems.map(({ code }) => code);
    throw error;
  }
  return [];
}

describe('a database on a server becomes a managed one', () => {
  const found = plan(at('tier1', 10), { to: 'tier2' }, { databaseGb: 2, writesPerSecond: 400 });

  test('its data are moved online, with a pause under a second', () => {
    expect(found.pause).toEqual({
      typicalMs: 380,
      worstMs: 722,
      note: 'Writes to database stand still between fence and open; nobody sees an error where a pooler stands before it.',
    });
    expect(stepsOf(found, 'migrate').map(({ id, method, estimate }) => [id, method, estimate.seconds, estimate.bytes])).toEqual([
      ['migrate/database-schema', 'logical-replication', 1, 0],
      // 26.9 s and 6.8 s for 1.049 GB, twice as much here.
      ['migrate/database-copy', 'logical-replication', 51, 2e9],
      ['migrate/database-indexes', 'logical-replication', 13, 2e9],
      // 51 s x 400 transactions a second, of which 21,000 are applied in a second.
      ['migrate/database-catch-up', 'logical-replication', 1, 0],
      ['migrate/run', 'person', null, 0],
    ]);
  });

  test('it costs the sum of both while they stand, less what they share', () => {
    // 24 USD server, 1 USD volume, 5 USD buckets; 48 server, 30.45 database, 5 buckets; the buckets once.
    expect(found.cost).toEqual({ before: '30.00', during: '108.45', after: '83.45' });
  });

  test('every phase is there in order, and only what gives something up has no way back', () => {
    expect(found.phases.map(({ name }) => name)).toEqual(promotionPhases.filter((name) => name !== 'rollback'));
    expect(
      found.phases
        .flatMap(({ steps }) => steps)
        .filter(({ reversible }) => !reversible)
        .map(({ id }) => id),
    ).toEqual(['contract/apply']);
    expect(found.irreversible.map(({ from }) => from)).toEqual(['contract']);
  });

  test('app and database take the next generation', () => {
    expect(found.generations).toEqual({ app: 2, database: 2 });
  });

  test('the target must carry a quarter more than the load', () => {
    expect(found.capacity).toMatchObject({ dailyUsers: 10, required: 1.25, carries: true });
    expect(found.prerequisites.find(({ id }) => id === 'capacity')?.state).toBe('met');
    const crowded = plan(at('tier1', 120), { to: 'tier2' });
    expect(crowded.capacity.carries).toBe(false);
    expect(crowded.prerequisites.find(({ id }) => id === 'capacity')?.state).toBe('unmet');
  });

  test('what only the database knows is to be checked, and what was said is judged', () => {
    const states = (given: PromotionPlan) =>
      Object.fromEntries(given.prerequisites.filter(({ id }) => id.startsWith('database/')).map(({ id, state }) => [id, state]));
    expect(new Set(Object.values(states(found)))).toEqual(new Set(['check']));
    expect(states(plan(at('tier1', 10), { to: 'tier2' }, { tablesWithoutKey: 2, extensions: [] }))).toMatchObject({
      'database/keys': 'unmet',
      'database/extensions': 'met',
    });
  });
});

describe('a managed database grows', () => {
  test("in place, the pause is the provider's and the way back ends with it", () => {
    const found = plan(at('tier2', 100), { to: 'tier3' });
    expect(found.pause).toMatchObject({ typicalMs: null, worstMs: null });
    expect(found.irreversible.map(({ what, from }) => [what, from])).toEqual([
      ['database is resized by the provider', 'migrate'],
      ['the old servers go', 'contract'],
    ]);
    expect(stepsOf(found, 'migrate').map(({ id, reversible }) => [id, reversible])).toEqual([
      ['migrate/deploy', true],
      ['migrate/database-resize', false],
    ]);
    expect(found.generations).toEqual({ app: 2 });
  });

  test('with --reversible its data are moved instead', () => {
    const found = plan(at('tier2', 100), { to: 'tier3', reversible: true });
    expect(found.pause).toMatchObject({ typicalMs: 380, worstMs: 722 });
    expect(found.irreversible.map(({ from }) => from)).toEqual(['contract']);
    expect(found.components.find(({ id }) => id === 'database')?.verdict).toBe('move');
    expect(found.generations).toEqual({ app: 2, database: 2 });
  });
});

describe('a cache grows in place, and nothing else', () => {
  const given = { shardKey: 'user_id', databaseGb: 20 };
  const upper = { ...at('tier4', 2000), region: 'tor1', regions: ['ams3'] };
  const to = { to: 'tier5' } as const;

  test('its page, its steps and the engine say the same: no way back from migrate on', () => {
    const found = plan(upper, to, given);
    expect(found.components.find(({ id }) => id === 'cache')?.why).toContain('it cannot shrink back');
    expect(stepsOf(found, 'migrate').find(({ id }) => id === 'migrate/cache-resize')).toMatchObject({ reversible: false });
    expect(found.irreversible[0]).toMatchObject({ what: 'cache is resized by the provider', from: 'migrate' });
    expect(resizedForGood(pairOf(upper, to).changes).map(({ id }) => id)).toEqual(['cache']);
  });

  test('with --reversible another one is filled beside it', () => {
    const found = plan(upper, { ...to, reversible: true }, given);
    expect(found.components.find(({ id }) => id === 'cache')?.verdict).toBe('move');
    expect(stepsOf(found, 'migrate').find(({ id }) => id === 'migrate/cache')).toMatchObject({ method: 'rewarm', reversible: true });
    expect(found.irreversible.map(({ from }) => from)).not.toContain('migrate');
    expect(found.generations).toMatchObject({ cache: 2 });
  });
});

test('large objects are moved by a dump, with the window stated', () => {
  const found = plan(at('tier1', 10), { to: 'tier2' }, { databaseGb: 1.049, largeObjects: true });
  // 24.8 s for 1.049 GB, and 3 s to analyze.
  expect(found.pause).toMatchObject({ typicalMs: 27_800, worstMs: null });
  expect(stepsOf(found, 'cutover').find(({ id }) => id === 'cutover/database')).toMatchObject({
    method: 'dump',
    reversible: false,
    estimate: { seconds: 28 },
  });
  expect(found.irreversible[0]).toMatchObject({ from: 'cutover' });
});

test('a database moves by dump where a fact says so, and run keeps that in the file and goes by it', async () => {
  const found = plan(at('tier1', 10), { to: 'tier2' }, { databaseGb: 1.049, databaseMove: 'dump' });
  expect(found.pause).toMatchObject({ typicalMs: 27_800, worstMs: null, note: expect.stringContaining('A maintenance window') });
  expect(stepsOf(found, 'cutover').find(({ id }) => id === 'cutover/database')).toMatchObject({ method: 'dump', reversible: false });
  expect(problemsOf(() => readFacts({ databaseMove: 'copy' }))).toEqual(['PROMOTION_FACT']);
  const folder = project({
    shop: readFileSync(packageFile('environments', 'examples', 'digitalocean-tier1.yaml'), 'utf8').replaceAll('digitalocean-tier1', 'shop'),
  });
  writeFileSync(join(folder, 'cdktf.json'), '{}');
  writeFileSync(join(folder, 'facts.yaml'), 'databaseMove: dump\n');
  const { code } = await type(['promote', 'phase', 'expand', 'shop', '--to', 'tier2', '--facts', 'facts.yaml', '--write'], openProject, {
    cwd: folder,
  });
  expect(code).toBe(0);
  const { environment } = await readEnvironment('shop', folder, { env: {}, cwd: folder } as Io);
  expect(environment.promotion).toEqual({ to: 'tier2', phase: 'expand', databaseMove: 'dump' });
  const moving = { project: { environment, folder }, state: () => Promise.resolve([]), env: {} };
  expect(movesTo(moving).map(({ change, method }) => [change.id, method])).toEqual([['database', 'dump']]);
});

test('to another cloud thirty round trips are added to the pause, objects are copied, and the name servers are changed by a person', () => {
  const found = plan(at('tier2', 100), { to: 'tier2', platform: 'aws', region: 'eu-central-1' }, { roundTripMs: 20, objectsGb: 3 });
  expect(found.pause).toMatchObject({ typicalMs: 980, worstMs: 1322 });
  expect(found.fromPlatform).toBe('digitalocean');
  expect(stepsOf(found, 'migrate').map(({ id }) => id)).toContain('migrate/storage');
  // It is among what cannot be undone, and closes no way back.
  expect(stepsOf(found, 'cutover').at(-1)).toMatchObject({ id: 'cutover/domain', method: 'person', reversible: false });
  expect(renderPlan(found)).toMatch(/the way back is open +\| +closed/);
  expect(found.irreversible.map(({ what }) => what)).toContain('the name servers of the domain change');
});

describe('the way down', () => {
  test('is planned where the data fit', () => {
    const found = plan(at('tier3', 50), { to: 'tier2' }, { databaseGb: 1 });
    expect(found.components.filter(({ verdict }) => verdict === 'retire').map(({ id }) => id)).toEqual(['load-balancer', 'cache']);
    expect(found.components.find(({ id }) => id === 'database')?.verdict).toBe('move');
  });

  test('is refused with everything that does not fit', () => {
    expect(problemsOf(() => plan(at('tier3', 1000), { to: 'tier1' }, { databaseGb: 20 }))).toEqual([
      'PROMOTION_LOAD_DOES_NOT_FIT',
      'PROMOTION_DATA_DOES_NOT_FIT',
    ]);
    // 7 GB take 10.5 GB while they arrive; the volume has 10 GiB, 10.7 GB.
    expect(problemsOf(() => plan(at('tier2', 5), { to: 'tier1' }, { databaseGb: 7.1 }))).toEqual([]);
    expect(problemsOf(() => plan(at('tier2', 5), { to: 'tier1' }, { databaseGb: 7.2 }))).toEqual(['PROMOTION_DATA_DOES_NOT_FIT']);
  });
});

test('a person is told which servers to ask, and what is refused without a key', () => {
  const servers = (found: PromotionPlan) => stepsOf(found, 'verify').find(({ id }) => id === 'verify/servers')?.commands?.[0];
  const found = plan(at('tier1', 10), { to: 'tier2' });
  expect(servers(found)).toBe('doctl compute droplet list --tag-name environment:sample --format Name,PublicIPv4');
  expect(servers(plan(at('tier2', 100), { to: 'tier2', platform: 'aws', region: 'eu-central-1' }))).toContain(
    'aws ec2 describe-instances --region eu-central-1 --filters Name=tag:environment,Values=sample',
  );
  expect(found.prerequisites.find(({ id }) => id === 'database/keys')).toMatchObject({
    remedy: expect.stringContaining('Nothing is copied while one has neither.'),
    commands: [expect.stringContaining("c.relreplident = 'n' or c.relreplident = 'd' and not exists")],
  });
});

describe('the room of a database', () => {
  const rooms = ({ prerequisites }: PromotionPlan) =>
    prerequisites.filter(({ id }) => id.endsWith('/room')).map(({ id, state, what }) => [id, state, what]);

  test('is judged for what is resized in place too, where nothing is copied and so once is enough', () => {
    const grown = { ...at('tier2', 100), platform: 'aws', region: 'us-east-1' } as const;
    const needs = (databaseGb: number) => problemsOf(() => plan(grown, { to: 'tier3' }, { databaseGb }));
    // 1,000 GiB, up to which RDS grows it by itself.
    expect(needs(1073)).toEqual([]);
    expect(needs(1074)).toEqual(['PROMOTION_DATA_DOES_NOT_FIT']);
    expect(needs(90_000)).toEqual(['PROMOTION_DATA_DOES_NOT_FIT']);
  });

  test('is to be looked up where the catalog does not know what a size holds', () => {
    expect(rooms(plan(at('tier3', 10), { to: 'tier2' }, { databaseGb: 5000 }))).toEqual([
      ['database/room', 'check', 'A db-s-1vcpu-2gb has room for 7500 GB: what that size includes is not in the catalog.'],
    ]);
    expect(rooms(plan(at('tier2', 10), { to: 'tier3' }, { databaseGb: 5000 }))).toEqual([
      ['database/room', 'check', 'A db-s-4vcpu-8gb has room for 5000 GB: what that size includes is not in the catalog.'],
    ]);
    expect(rooms(plan(at('tier2', 5), { to: 'tier1' }, { databaseGb: 1 }))).toEqual([]);
  });
});

describe('shards', () => {
  test('ask a person for the identity of the tables before anything is made, and the engine makes none', () => {
    const four = { ...at('tier4', 2000), region: 'tor1', regions: ['ams3'] };
    const found = plan(four, { to: 'tier5' }, { shardKey: 'user_id', databaseGb: 20 });
    expect(stepsOf(found, 'expand')[0]).toEqual({
      id: 'expand/database-identity',
      what: 'Before anything is made: a unique index on the key and user_id becomes the replica identity of every table that lacks it there, made concurrently.',
      method: 'person',
      estimate: { seconds: 73, bytes: 20e9 },
      reversible: true,
      commands: [`psql "$SOURCE" -Atc "${identitySql('user_id')}" > identity.sql`, 'psql "$SOURCE" -f identity.sql     # once it was read'],
    });
    expect(stepsOf(found, 'migrate').map(({ id }) => id)).not.toContain('migrate/database-identity');
    // Within a shell's double quotes.
    expect(identitySql('user_id')).not.toMatch(/["$`\\!]/);
  });

  const five = (more: Partial<Environment> = {}) =>
    keptEnvironment({
      tier: 'tier5',
      platform: 'aws',
      region: 'us-east-1',
      regions: ['us-west-2', 'eu-west-1'],
      gpu: { spot: false, otherwise: 'refuse' },
      load: { dailyUsers: 2000 },
      ...more,
    });

  test('are kept on the way to tier 6, unless distributed SQL is asked for by name: then a dump, with its window stated', () => {
    const kept = plan(five(), { to: 'tier6' }, { databaseGb: 100 });
    expect(kept.components.find(({ id }) => id === 'database')).toMatchObject({ verdict: 'keep' });
    expect(kept.pause).toMatchObject({ typicalMs: 0 });
    expect(
      kept.phases
        .flatMap(({ steps }) => steps.map(({ id }) => id))
        .filter((id) => /workloads|second|route|soak.domain|contract.apply/.test(id)),
    ).toEqual([
      'expand/second-cloud',
      'expand/workloads',
      'cutover/workloads',
      'cutover/route',
      'soak/domain',
      'contract/workloads',
      'contract/apply',
    ]);
    expect(kept.prerequisites.find(({ id }) => id === 'second-cloud')?.state).toBe('check');
    expect(kept.irreversible.map(({ what }) => what)).toContain('metrics, logs and traces of the old clusters go');
    const asked = plan(five({ database: { engine: 'aurora-dsql' } }), { to: 'tier6' }, { databaseGb: 104.9 });
    // 24.8 s for 1.049 GB, a hundred times, and 3 s to analyze.
    expect(asked.pause).toMatchObject({
      typicalMs: 2_483_000,
      worstMs: null,
      note: expect.stringContaining('A maintenance window: database is dumped and restored'),
    });
    // run refuses it, so that no page names it; each phase is a command of its own.
    expect(asked.prerequisites.find(({ id }) => id === 'database/dump')).toMatchObject({
      state: 'check',
      what: 'Somebody dumps and restores it: "run" does not drive this, and refuses.',
    });
    expect(JSON.stringify(asked)).not.toContain('promote run');
    expect(stepsOf(asked, 'expand').at(-1)?.commands).toEqual([
      'terrace promote phase expand sample --to tier6 --write',
      'terrace deploy tier5 -e sample',
    ]);
    for (const phase of ['migrate', 'verify', 'cutover', 'soak'])
      expect(stepsOf(asked, phase).flatMap(({ commands = [] }) => commands)).toContain(`terrace promote phase ${phase} sample --write`);
    expect(JSON.stringify(kept)).not.toContain('promote phase');
  });

  test('become one database by a dump with its window stated, where the data fit', () => {
    const found = plan(five(), { to: 'tier4' }, { databaseGb: 104.9 });
    expect(found.pause).toMatchObject({ typicalMs: 2_483_000, worstMs: null });
    expect(found.irreversible[0]).toMatchObject({ what: 'database is dumped and restored', from: 'cutover' });
    expect(problemsOf(() => plan(five(), { to: 'tier4' }, { databaseGb: 20_000 }))).toEqual(['PROMOTION_DATA_DOES_NOT_FIT']);
  });
});

describe('what stands in a second cloud', () => {
  const upper = (tier: 'tier5' | 'tier6') =>
    keptEnvironment({ tier, platform: 'aws', region: 'us-east-1', regions: ['us-west-2'], load: { dailyUsers: 1000 } });
  const google = (environment: Environment, to: Environment['tier']) => {
    const load = { users: 1000, basis: 'daily' } as const;
    const { before, during, after } = inputOf(environment, { target: { to }, load, outdir: scratch() }).resources;
    return [before, during, after].map(({ resources }) => resources.filter(({ type }) => type === 'google_container_cluster').length);
  };

  test('is paid for as long as it stands, and counts for the limits of the account', () => {
    expect(google(upper('tier5'), 'tier6')).toEqual([0, 1, 1]);
    expect(google(upper('tier6'), 'tier5')).toEqual([1, 1, 0]);
  });

  test('and so is what its workloads have a cloud make: volumes in each cluster, and the balancer over both clouds', () => {
    const { before, during, after } = inputOf(upper('tier5'), {
      target: { to: 'tier6' },
      load: { users: 1000, basis: 'daily' },
      outdir: scratch(),
    }).resources;
    const count = (type: string): readonly number[] => [before, during, after].map((graph) => graph.ofType(type).length);
    // Three charts with a volume in each of two clusters, then of three, where the controller at Google has a balancer too.
    expect(count('helm_release')).toEqual([6, 10, 10]);
    expect(count('cloudflare_load_balancer')).toEqual([0, 1, 1]);
  });

  test('does not stop the way down to a tier of one cloud where the file names it', () => {
    const spread = { ...upper('tier6'), placements: { cluster: ['aws', 'google'] } } as const;
    expect(google(spread, 'tier5')).toEqual([1, 1, 0]);
    expect(pairOf(spread, { to: 'tier5' }).target.placements).toBeUndefined();
    const wrong = { ...spread, placements: { cluster: ['google'] } } as const;
    expect(pairOf(wrong, { to: 'tier5' }).target.placements).toEqual({ cluster: ['google'] });
  });
});

test('the same input gives the same page', () => {
  const page = () => renderPlan(plan(at('tier1', 10), { to: 'tier2' }, { databaseGb: 2, tablesWithoutKey: 0 }));
  expect(page()).toBe(page());
  expectGolden('promotion/tier1-tier2.txt', page());
  expectGolden('promotion/tier2-tier3.txt', renderPlan(plan(at('tier2', 100), { to: 'tier3' })));
});

describe('facts', () => {
  test('come from the load where nobody gives them, and say so', () => {
    const facts = factsFor({ databaseGb: 5 }, loadOf({ users: 100, basis: 'daily' }));
    // 100 users x 200 KB x 365 days; 80 % of the transactions only read.
    expect(facts).toMatchObject({ databaseGb: 5, cacheUse: 'cache', objectsGb: 9 });
    expect(facts.sources[0]).toBe('databaseGb 5: given');
    expect(factsFor({}, loadOf({ users: 100, basis: 'daily' })).databaseGb).toBeCloseTo(7.3, 10);
  });

  test('that are none are refused, all at once', () => {
    expect(problemsOf(() => readFacts({ databaseGB: 3, writesPerSecond: -1, cacheUse: 'both', shardKey: 'user id' }))).toEqual([
      'PROMOTION_FACT',
      'PROMOTION_FACT',
      'PROMOTION_FACT',
      'PROMOTION_FACT',
    ]);
    expect(() => readFacts([])).toThrow('The facts about the data are not valid');
  });
});
