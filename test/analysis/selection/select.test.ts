import fc from 'fast-check';
import { checkLoad, requiredHeadroom, type LoadInput } from '../../../analysis/capacity';
import { listBook, money } from '../../../analysis/pricing';
import {
  offerOf,
  renderSelection,
  select,
  type Selection,
  type SelectionRequest,
  selectionToJson,
  storedTiers,
} from '../../../analysis/selection';
import { tier } from '../../../tiers';
import { renderError, TerraceError } from '../../../values/errors';
import { soak } from '../../support/soak';

const seed = { seed: 20261121, numRuns: soak ? 100 : 12 };
const book = listBook();

function answer(users: number, constraints: Omit<SelectionRequest, 'load'> = {}): Selection {
  return select({ load: { users }, ...constraints }, book);
}

/** What is said of a tier of which so many parts have no price. */
function noPrice(parts: number): string {
  return `${parts} parts have no price, the first of them aws_cloudwatch_log_group.cluster_g1_us_west_2_logs: the price book has no price for aws/cloudwatch/logs-storage in us-west-2; it has one in us-east-1`;
}

function taken({ chosen }: Selection): string {
  return chosen === undefined ? 'none' : `${chosen.stored.tier.id} ${money(chosen.monthly)}`;
}

describe('the cheapest tier that carries a load', () => {
  test.each([
    [1, 'tier1 30.00'],
    [10, 'tier1 30.00'],
    [117, 'tier1 30.00'],
    [118, 'tier3 708.20'],
    [1000, 'tier3 708.20'],
    [1837, 'tier3 708.20'],
    [1838, 'tier4 4099.74'],
    [10_000, 'tier4 4283.90'],
    [11_767, 'tier4 4323.79'],
    [11_768, 'tier4 5018.58'],
    [1_000_000, 'none'],
  ])('%i daily users: %s', (users, expected) => expect(taken(answer(users))).toBe(expected));

  test('every built tier carries the users that its roadmap gives it', () => {
    for (const {
      tier: { id, dailyUsers },
      platform,
    } of storedTiers) {
      const offer = storedTiers
        .filter((one) => one.tier.id === id && one.platform === platform)
        .map((one) => offerOf(one, { checked: checkLoad({ users: dailyUsers }) }, book));
      expect([id, platform, ...offer.map(({ reasons }) => reasons)]).toEqual([id, platform, found[`${id} ${platform}`] ?? []]);
    }
  });

  const found: Readonly<Record<string, readonly string[]>> = {
    // Their second region has prices for a part of what stands there.
    'tier5 aws': [noPrice(13)],
    // AWS raises the storage of Aurora DSQL on request, which no file can show.
    'tier6 aws': [
      'database, storage, after a year: full at 150,618 daily users, which is 0.151 times the load; 1.25 times is required',
      noPrice(15),
    ],
  };

  // A 7B model on tier 2's four shared vCPUs writes no more tokens than a 3B model on tier 1's two.
  test('finding: tier 2 carries no more users than tier 1, so that load alone never chooses it', () => {
    const carries = storedTiers
      .map((stored) => offerOf(stored, { checked: checkLoad({ users: 1 }) }, book))
      .map(({ stored, carries: users }) => [stored.tier.id, users]);
    expect(carries).toEqual([
      ['tier1', 117],
      ['tier1', 117],
      ['tier2', 113],
      ['tier2', 113],
      ['tier3', 1837],
      ['tier3', 1837],
      ['tier4', 25_769],
      ['tier4', 11_767],
      ['tier5', 103_079],
      ['tier5', 115_200],
      ['tier6', 120_494],
    ]);
    expect(taken(answer(100, { inference: 'api' }))).toBe('tier1 30.00');
  });

  test('the tier that comes next, and when', () => {
    expect([answer(10).next, answer(500).next]).toEqual([
      { tier: 'tier3', at: 117 },
      { tier: 'tier4', at: 1837 },
    ]);
  });

  test('what is not taken says why', () => {
    const why = Object.fromEntries(answer(300).rejected.map((one) => [`${one.tier} ${one.platform}`, one.why]));
    expect(why).toEqual({
      'tier1 digitalocean': 'database, volume, after a year: full at 147 daily users, which is 0.49 times the load; 1.25 times is required',
      'tier2 digitalocean': 'app, vCPU: full at 141 daily users, which is 0.472 times the load; 1.25 times is required',
      'tier1 aws': 'database, volume, after a year: full at 147 daily users, which is 0.49 times the load; 1.25 times is required',
      'tier2 aws': 'app, vCPU: full at 141 daily users, which is 0.472 times the load; 1.25 times is required',
      'tier3 aws': 'would do, and costs 307.58 USD a month more',
      'tier4 digitalocean': 'would do, and costs 4294.20 USD a month more',
      'tier5 digitalocean': 'would do, and costs 9989.50 USD a month more',
      'tier4 aws': 'would do, and costs 3356.88 USD a month more',
      'tier5 aws': noPrice(13),
      'tier6 aws': noPrice(15),
    });
    expect(answer(10).rejected.slice(0, 2)).toMatchObject([
      { tier: 'tier1', platform: 'aws', why: 'would do, and costs 8.83 USD a month more' },
      { tier: 'tier2', platform: 'digitalocean', why: 'would do, and costs 53.45 USD a month more' },
    ]);
  });

  test('a larger component instead of the next tier, where that is cheaper', () => {
    const { alternative } = answer(200);
    expect(alternative && { ...alternative, monthly: money(alternative.monthly) }).toEqual({
      tier: 'tier1',
      platform: 'digitalocean',
      monthly: '55.00',
      changes: [
        { component: 'app', from: '1 x s-2vcpu-4gb', to: '1 x s-4vcpu-8gb' },
        { component: 'database', from: '10 GiB', to: '20 GiB' },
      ],
    });
    expect(answer(100).alternative).toBeUndefined();
  });
});

describe('constraints', () => {
  test.each<[Omit<SelectionRequest, 'load'>, string]>([
    [{ budget: '29.99' }, 'none'],
    [{ budget: '30' }, 'tier1 30.00'],
    [{ availabilityPercent: 99.9 }, 'tier3 708.20'],
    [{ availabilityPercent: 99.99 }, 'none'],
    [{ survives: 'server' }, 'tier3 708.20'],
    [{ survives: 'zone' }, 'tier3 1009.23'],
    [{ platform: 'aws' }, 'tier1 38.83'],
    [{ region: 'us-east-1' }, 'tier1 38.83'],
    [{ survives: 'region' }, 'none'],
    [{ residency: 'EU' }, 'tier1 30.00'],
    [{ residency: 'EU', region: 'fra1' }, 'tier1 30.00'],
    [{ region: 'nyc2' }, 'none'],
    [{ inference: 'api', survives: 'server' }, 'tier3 372.20'],
  ])('%j: %s', (constraints, expected) => expect(taken(answer(10, constraints))).toBe(expected));

  // 91.25 x 0.05 + 30.4166... x 0.08 USD, each line rounded to cents; a low month is half of it, a high one twice.
  test('of an API, the tokens are priced beside the tier', () => {
    const { notes, languageModel, chosen } = answer(1000, { inference: 'api', survives: 'server' });
    expect(notes).toEqual([
      'The language model answers elsewhere: 91.3 million tokens in and 30.4 million out a month are 6.99 USD (3.50 to 14.00) with groq/llama-3.1-8b-instant at list prices. Its provider bills them, beside the price of the tier; a budget must cover both.',
    ]);
    expect([chosen?.monthly, languageModel?.monthly].map((amount) => amount && money(amount))).toEqual(['372.20', '6.99']);
    expect(selectionToJson(answer(1000, { inference: 'api', model: 'openai/gpt-4o' })).languageModel).toEqual({
      model: 'openai/gpt-4o',
      low: '266.14',
      monthly: '532.30',
      high: '1064.58',
    });
    expect(answer(1000).languageModel).toBeUndefined();
  });

  test('a budget covers the tier and the API', () => {
    expect(['379.18', '379.19'].map((budget) => taken(answer(1000, { inference: 'api', survives: 'server', budget })))).toEqual([
      'none',
      'tier3 372.20',
    ]);
    expect(answer(1000, { inference: 'api', budget: '300' }).rejected.map(({ why }) => why)).toContainEqual(
      expect.stringContaining('costs 379.19 USD a month with 6.99 for the language model, 79.19 above the budget of 300.00'),
    );
  });

  test('a model without a price, or that nobody asks, is a mistake', () => {
    const whys = (constraints: Omit<SelectionRequest, 'load'>): readonly string[] => {
      try {
        answer(1, constraints);
        return [];
      } catch (error) {
        return error instanceof TerraceError ? error.problems.map(({ message }) => message) : [];
      }
    };
    expect(whys({ inference: 'api', model: 'openai/gpt-4p' })).toEqual([expect.stringContaining('Did you mean openai/gpt-4')]);
    expect(whys({ model: 'openai/gpt-4o' })).toEqual([
      'model is "openai/gpt-4o", and the language model is self-hosted. Leave it out, or choose inference api.',
    ]);
  });

  test('everything that is wrong, at once', () => {
    const request = {
      load: { users: 0, basis: 'weekly' },
      platform: 'digitalocan',
      budget: '-1',
      availabilityPercent: 100,
      region: 'fra9',
      residency: 'DE',
      inference: 'gpu',
      survives: 'everything',
    };
    let text = '';
    try {
      select(request as unknown as SelectionRequest, book);
    } catch (error) {
      text = error instanceof TerraceError ? renderError(error) : String(error);
    }
    expect(text.split('\n').map((line) => line.trim().split(/ {2}/)[0])).toEqual([
      'The question cannot be answered:',
      'basis',
      'users (weekly)',
      'platform',
      'residency',
      'inference',
      'survives',
      'budget',
      'availability',
      'region',
    ]);
    expect(text).toContain('Did you mean digitalocean?');
  });

  test('a region that is not in the jurisdiction is a contradiction', () => {
    expect(() => answer(10, { region: 'nyc3', residency: 'EU' })).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ message: 'region nyc3 does not keep data in EU. Regions that do: ams3, fra1.' })],
      }) as Error,
    );
  });
});

describe('properties', () => {
  const users = fc.integer({ min: 1, max: 4000 });
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
    'uploadsPerUser',
    'uploadMegabytes',
    'uploadsKeptDays',
    'frontendMegabytesPerUser',
    'heldConnections',
  );
  const constraints: fc.Arbitrary<Omit<SelectionRequest, 'load'>> = fc.record(
    {
      budget: fc.constantFrom('20', '50', '400', '800', '5000'),
      availabilityPercent: fc.constantFrom(99, 99.5, 99.9, 99.99),
      platform: fc.constantFrom('digitalocean' as const, 'aws' as const),
      residency: fc.constantFrom('EU' as const, 'US' as const),
      survives: fc.constantFrom('server' as const, 'zone' as const),
      inference: fc.constantFrom('self-hosted' as const, 'api' as const),
    },
    { requiredKeys: [] },
  );

  /** What the answer costs; nothing that fits is dearer than anything. */
  const cost = (load: LoadInput, more: Omit<SelectionRequest, 'load'> = {}): number =>
    select({ load, ...more }, book).chosen?.monthly.toNumber() ?? Number.POSITIVE_INFINITY;

  test('more users never choose a cheaper tier', () => {
    fc.assert(
      fc.property(users, fc.nat(4000), constraints, (few, more, kept) =>
        expect(cost({ users: few + more }, kept)).toBeGreaterThanOrEqual(cost({ users: few }, kept)),
      ),
      seed,
    );
  });

  test('more of any demand never chooses a cheaper tier', () => {
    fc.assert(
      fc.property(
        users,
        demands,
        fc.double({ min: 1, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (given, name, value, more) => {
          expect(cost({ users: given, overrides: { [name]: value + more } })).toBeGreaterThanOrEqual(
            cost({ users: given, overrides: { [name]: value } }),
          );
        },
      ),
      seed,
    );
  });

  test('removing a constraint never raises the cost', () => {
    fc.assert(
      fc.property(users, constraints, (given, kept) => {
        for (const name of Object.keys(kept)) {
          const { [name as keyof typeof kept]: _removed, ...fewer } = kept;
          if (name !== 'inference') expect(cost({ users: given }, fewer)).toBeLessThanOrEqual(cost({ users: given }, kept));
        }
      }),
      seed,
    );
  });

  test('the chosen tier is the cheapest of all that meet the request', () => {
    fc.assert(
      fc.property(users, constraints, (given, kept) => {
        const { chosen, rejected } = select({ load: { users: given }, ...kept }, book);
        const fitting = rejected.filter(({ why }) => why.startsWith('would do')).map(({ monthly }) => monthly?.toNumber() ?? 0);
        expect(fitting.every((monthly) => monthly >= (chosen?.monthly.toNumber() ?? Number.POSITIVE_INFINITY))).toBe(true);
        expect(chosen === undefined || chosen.report.headroom >= requiredHeadroom).toBe(true);
      }),
      seed,
    );
  });
});

test('as a person reads it', () => {
  expect(renderSelection(answer(500)).split('\n')).toEqual([
    '500 daily users are 125 at a time and 20.8 requests/s at the peak (deadlock-coach).',
    '',
    'Take tier3 (Product-market fit) on digitalocean: 708.20 USD a month.',
    'It carries 4.59 times the load. Binds first: inference, vCPU, at 2,296 daily users.',
    'Availability by its parts: 99.9399 %.',
    'Next: tier4, due at 1,837 daily users.',
    '',
    'A variation would do for 109.00 USD a month, 599.20 less: tier1 with app 1 x s-2vcpu-4gb -> 1 x',
    "s-8vcpu-16gb, database 10 GiB -> 80 GiB. It is a change of the tier's data (tiers/), not of an",
    'environment file.',
    '',
    'not taken  platform      USD/month  why',
    '---------  ------------  ---------  ---',
    'tier1      digitalocean      30.00  database, volume, after a year: full at 147 daily users, which',
    '                                    is 0.294 times the load; 1.25 times is required',
    'tier1      aws               48.97  database, volume, after a year: full at 147 daily users, which',
    '                                    is 0.294 times the load; 1.25 times is required',
    'tier2      digitalocean      83.45  app, vCPU: full at 141 daily users, which is 0.283 times the',
    '                                    load; 1.25 times is required',
    'tier2      aws              156.33  app, vCPU: full at 141 daily users, which is 0.283 times the',
    '                                    load; 1.25 times is required',
    'tier3      aws             1020.26  would do, and costs 312.06 USD a month more',
    'tier4      aws             4069.56  would do, and costs 3361.36 USD a month more',
    'tier4      digitalocean    5002.40  would do, and costs 4294.20 USD a month more',
    'tier5      aws            10327.97  13 parts have no price, the first of them',
    '                                    aws_cloudwatch_log_group.cluster_g1_us_west_2_logs: the price',
    '                                    book has no price for aws/cloudwatch/logs-storage in us-west-2;',
    '                                    it has one in us-east-1',
    'tier5      digitalocean   10697.70  would do, and costs 9989.50 USD a month more',
    'tier6      aws            38592.70  15 parts have no price, the first of them',
    '                                    aws_cloudwatch_log_group.cluster_g1_us_west_2_logs: the price',
    '                                    book has no price for aws/cloudwatch/logs-storage in us-west-2;',
    '                                    it has one in us-east-1',
  ]);
});

test('as JSON it is the contract', () => {
  expect(selectionToJson(answer(10))).toMatchObject({
    tier: 'tier1',
    platform: 'digitalocean',
    monthly: '30.00',
    headroom: 14.7088,
    binding: { component: 'database', limit: 'volume, after a year', at: 147 },
    next: { tier: 'tier3', at: 117 },
  });
  expect(tier('tier1').dailyUsers).toBe(10);
});
