import fc from 'fast-check';
import { loadOf, usageOf, type LoadInput } from '../../../analysis/capacity';
import { loadConstantNames, loadConstants, loadPresets } from '../../../catalog/load';
import { environmentSchema } from '../../../environments/schema';
import { roadmaps } from '../../../tiers/roadmaps';
import { renderError, TerraceError } from '../../../values/errors';
import { measure, shareOf, total } from '../../../values/measure';

const seed = { seed: 20261121, numRuns: 200 };

describe('the load of the default roadmap', () => {
  const load = loadOf({ users: 1000 });

  test('follows from its constants', () => {
    expect(load.users).toEqual({ total: measure(5000, 'users'), daily: measure(1000, 'users'), concurrent: measure(250, 'users') });
    expect(load.requests.average.value).toBeCloseTo(1.157, 3);
    expect(load.requests.peak.value).toBeCloseTo(41.667, 3);
    expect(load.reads.peak.value).toBeCloseTo(67.778, 3);
    expect(load.writes.peak.value).toBeCloseTo(16.944, 3);
    expect(load.bandwidth.peak.value).toBeCloseTo(16.667, 3);
    expect(load.connections.database.value).toBeCloseTo(4.236, 3);
    expect(load.storage.databasePerYear).toEqual(measure(73, 'GB'));
  });

  // seeds.md, section 2: "tokens/s needed .35 / 3.5 / 35 / 347 / 3.5K / 35K".
  test.each([
    [10, 0.347],
    [100, 3.472],
    [1000, 34.722],
    [10_000, 347.222],
    [100_000, 3472.222],
    [1_000_000, 34_722.222],
  ])('%i daily users need %f tokens/s', (users, tokens) => {
    expect(loadOf({ users }).outputTokens.peak.value).toBeCloseTo(tokens, 2);
  });

  test.each<[LoadInput, number, number, number]>([
    [{ users: 1000, basis: 'daily' }, 5000, 1000, 250],
    [{ users: 5000, basis: 'total' }, 5000, 1000, 250],
    [{ users: 250, basis: 'concurrent' }, 5000, 1000, 250],
    [{ users: { daily: 1000, concurrent: 40 } }, 5000, 1000, 40],
    [{ users: { total: 1500, daily: 1000 } }, 1500, 1000, 250],
    [{ users: { concurrent: 100 }, overrides: { concurrentShare: 1 } }, 500, 100, 100],
  ])('%j counts %i, %i a day, %i at the peak', (input, all, daily, concurrent) => {
    const { users } = loadOf(input);
    expect([users.total.value, users.daily.value, users.concurrent.value]).toEqual([all, daily, concurrent]);
  });
});

test('every figure is proportional to the users, and finite', () => {
  const roadmapIds = fc.constantFrom(...Object.keys(loadPresets));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5e8 }),
      roadmapIds,
      fc.constantFrom('daily', 'total', 'concurrent' as const),
      (users, roadmap, basis) => {
        const [one, two] = [figures({ users, roadmap, basis }), figures({ users: users * 2, roadmap, basis })];
        one.forEach((value, index) => expect(two[index]).toBeCloseTo(value * 2, -Math.floor(Math.log10(value + 1)) + 6));
        expect(one.every(Number.isFinite)).toBe(true);
      },
    ),
    seed,
  );
});

/** Every measure of a load, in one list. */
function figures(input: LoadInput): readonly number[] {
  const { constants: _, ...load } = loadOf(input);
  const values: number[] = [];
  JSON.stringify(load, (_key, value: unknown) => {
    if (typeof value === 'number') values.push(value);
    return value;
  });
  return values;
}

describe('constants', () => {
  test.each(loadConstantNames)('%s has a source, or is called an assumption, and its default is allowed', (name) => {
    const { source, value, min, max } = loadConstants[name];
    expect(source).toMatch(/\b(agent-squad|chat-100k|venture-qdrant|global-enterprise|deadlock-coach|seeds\.md|assumption|pooler)\b/);
    expect(value >= min && value <= max).toBe(true);
  });

  test('an environment file can override each', () => {
    expect(Object.keys(environmentSchema.shape.load.shape).sort()).toEqual(['dailyUsers', 'growthPerMonth', ...loadConstantNames].sort());
  });

  test('every roadmap has a preset, within bounds', () => {
    expect(Object.keys(loadPresets).sort()).toEqual(roadmaps.map(({ id }) => id).sort());
    for (const { values, otherReadings } of Object.values(loadPresets)) {
      const all = [...Object.entries(values), ...otherReadings.map((reading) => [reading.constant, reading] as const)];
      for (const [name, { value }] of all) {
        const { min, max } = loadConstants[name as keyof typeof loadConstants];
        expect(value >= min && value <= max).toBe(true);
      }
    }
  });
});

describe('what cannot be a load', () => {
  const complaint = (input: LoadInput): string => {
    try {
      loadOf(input);
    } catch (error) {
      return error instanceof TerraceError ? renderError(error) : String(error);
    }
    return 'it is fine';
  };

  test.each([0, -1, 1.5, 1e9 + 1, Number.NaN, Number.POSITIVE_INFINITY])('%p users', (users) => {
    expect(complaint({ users })).toBe(
      `The load cannot be computed:\n  users (daily)  ${users} is no number of users. Allowed: a whole number from 1 to 1000000000.`,
    );
  });

  test('everything at once', () => {
    const input = {
      users: { daily: 10, concurrent: 20 },
      roadmap: 'agentsquad',
      basis: 'weekly',
      overrides: { peakFaktor: 3, readShare: 2, activeShare: Number.NaN },
    } as unknown as LoadInput;
    expect(complaint(input)).toBe(
      [
        'The load cannot be computed:',
        '  roadmap  There is no roadmap "agentsquad". Allowed: deadlock-coach, agent-squad, chat-100k, venture-qdrant, global-enterprise. Did you mean agent-squad?',
        '  basis  "weekly" is no basis. Allowed: daily, total, concurrent.',
        '  users  20 concurrent users of 10 daily users cannot be. Give one of the two, or correct it.',
        '  peakFaktor  The load model has no constant "peakFaktor". Did you mean peakFactor?',
        '  readShare  readShare is 2. Allowed: a number from 0 to 1.',
        '  activeShare  activeShare is NaN. Allowed: a number from 0 to 1.',
      ].join('\n'),
    );
  });

  test('no users at all, and names of objects', () => {
    expect(complaint({ users: {} })).toContain('No number of users is given.');
    expect(complaint({ users: 1, roadmap: 'constructor' })).toContain('There is no roadmap "constructor".');
    expect(complaint({ users: 1, overrides: { toString: 1 } })).toContain('The load model has no constant "toString".');
  });
});

describe('usage that follows from the load', () => {
  const at = (users: number): readonly string[] => {
    const all = usageOf(loadOf({ users })).total ?? {};
    return [all.egressGb, all.objectEgressGb, all.objectStorageGb].map(
      (figure) =>
        `${figure?.low.toDecimalPlaces(3).toFixed()}/${figure?.typical.toDecimalPlaces(3).toFixed()}/${figure?.high.toDecimalPlaces(3).toFixed()}`,
    );
  };

  // 1,000 users x 365/12 days x 100 requests x 50 KB; x 1 MB; x 2 uploads x 0.5 MB x 90 days.
  test('1,000 daily users', () => expect(at(1000)).toEqual(['76.042/152.083/304.167', '15.208/30.417/60.833', '45/90/180']));

  test('goes to the components that are named', () => {
    const usage = usageOf(loadOf({ users: 10, overrides: { requestsPerUser: 1 } }), { servers: 'app', objects: 'storage' });
    expect(Object.entries(usage.components ?? {}).map(([component, figures_]) => [component, Object.keys(figures_)])).toEqual([
      ['app', ['egressGb']],
      ['storage', ['objectEgressGb', 'objectStorageGb']],
    ]);
    expect(usage.total).toEqual({});
    expect(usage.components?.['app']?.egressGb?.assumption).toBe('10 daily users x 1 requests x 50 KB');
  });
});

test('units are checked by the compiler', () => {
  const users = measure(2, 'users');
  const tokens = measure(4, 'tokens/s');
  // @ts-expect-error users are no tokens: this line must not compile
  expect(shareOf(users, tokens)).toBe(0.5);
  // @ts-expect-error nor can they be added
  expect(total(users, tokens).value).toBe(6);
  expect([shareOf(measure(0, 'users'), measure(0, 'users')), shareOf(users, measure(0, 'users'))]).toEqual([0, Number.POSITIVE_INFINITY]);
});
