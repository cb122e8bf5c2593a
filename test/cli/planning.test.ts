import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notBuilt, storedTiers } from '../../analysis/selection';
import { openProject } from '../../cli/project';
import { loadEnvironment } from '../../environments/load';
import { scratch } from '../support/scratch';
import { type, type Desk, type Outcome } from './desk';

const root = join(__dirname, '..', '..');
const example = (tier: number): string => join(root, `environments/examples/digitalocean-tier${tier}.yaml`);

/** A folder of a user: nothing in it but what marks it. */
function home(): string {
  const folder = scratch();
  writeFileSync(join(folder, 'cdktf.json'), '{}');
  return folder;
}

function terrace(args: readonly string[], desk: Desk = {}): Promise<Outcome> {
  return type(args, openProject, { cwd: home(), ...desk });
}

async function json(args: readonly string[], desk: Desk = {}): Promise<Record<string, unknown>> {
  return JSON.parse((await terrace([...args, '--json'], desk)).out) as Record<string, unknown>;
}

describe('terrace capacity', () => {
  test('as JSON, it is the contract', async () => {
    const document = await json(['capacity', '-e', example(3)]);
    expect(Object.keys(document)).toEqual([
      'environment',
      'tier',
      'platform',
      'load',
      'components',
      'binding',
      'actAt',
      'headroom',
      'carries',
      'singlePointsOfFailure',
      'availability',
      'uncounted',
      'growth',
      'fit',
      'quotas',
      'warnings',
    ]);
    const [limit] =
      (document['components'] as { id: string; limits: Record<string, unknown>[] }[]).find(({ id }) => id === 'load-balancer')?.limits ??
      [];
    expect(limit).toMatchObject({
      name: 'requests',
      unit: 'requests/s',
      capacity: 10_000,
      used: 41.6667,
      share: 0.00416667,
      source: expect.stringContaining('Load Balancer pricing') as string,
    });
    expect(document).toMatchObject({ tier: 'tier3', carries: true, growth: null });
  });

  test('as text, with a date for each limit', async () => {
    const { code, out, err } = await terrace(['capacity', '-e', example(2), '--growth', '0.1', '--today', '2026-11-21']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const line of [
      'Binds first: app, vCPU: 71 % used now, full at 141 daily users.',
      'Act at 106 daily users. What lifts it: more or larger app servers.',
      '  2027-03-10  app, vCPU, at 141 daily users; begin the promotion by 2027-02-24 (14 days)',
    ])
      expect(out.split('\n')).toContain(line);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(101);
  });

  test('another number of users, and another tier', async () => {
    expect((await json(['capacity', 'tier1', '-e', example(3), '--users', '400', '--basis', 'concurrent']))['binding']).toMatchObject({
      component: 'database',
      at: 36,
    });
  });

  test('load and growth fitted to measurements', async () => {
    const folder = home();
    const rows = Array.from(
      { length: 60 },
      (_, day) => `${new Date(Date.UTC(2026, 8, 1 + day)).toISOString()},daily_users,${100 * 1.2 ** (day / (365 / 12))}`,
    );
    writeFileSync(join(folder, 'users.csv'), ['time,metric,value', ...rows].join('\n'));
    const document = await json(['capacity', '-e', example(2), '--metrics', 'users.csv', '--today', '2026-11-21'], { cwd: folder });
    expect(document).toMatchObject({
      fit: { users: 142, basis: 'daily', growthPerMonth: { typical: 0.2 }, lastDay: '2026-10-30', outliers: 0 },
      carries: false,
    });
    expect((document['growth'] as object[])[0]).toMatchObject({ component: 'app', date: '2026-11-21', beginBy: '2026-11-21' });
    expect((await terrace(['capacity', '-e', example(2), '--metrics', 'users.csv'], { cwd: folder })).out).toContain(
      'Fitted to 60 days up to 2026-10-30: 142 daily users, growing 20.0 % a month',
    );
    expect(await terrace(['capacity', '-e', example(2), '--metrics', 'none.csv'], { cwd: folder })).toMatchObject({
      code: 2,
      err: expect.stringContaining('--metrics none.csv cannot be read: it is not there.') as string,
    });
  });

  test('wrong options and a wrong file of metrics, all at once', async () => {
    const folder = home();
    writeFileSync(join(folder, 'users.csv'), 'metric,time,value\n');
    const options = await terrace(
      [
        'capacity',
        '-e',
        example(1),
        '--users',
        '0',
        '--basis',
        'weekly',
        '--growth',
        'fast',
        '--today',
        '2026-13-45',
        '--metrics',
        join(folder, 'users.csv'),
      ],
      { cwd: folder },
    );
    expect(options).toMatchObject({ code: 2, out: '' });
    for (const message of [
      'The columns are in another order',
      '"weekly" is no basis',
      '0 is no number of users',
      '--growth is "fast"',
      '--today is "2026-13-45"',
    ])
      expect(options.err).toContain(message);
    const rows = [
      '2026-11-01T00:00:00Z,daily_users,NaN',
      '2026-11-02T00:00:00+02:00,daily_usres,5',
      '2026-11-03T00:00:00Z,daily_users,0',
      '2026-11-04T00:00:00Z,daily_users,1',
      '2026-11-05T00:00:00+02:00,daily_users,1',
      'soon,daily_users,1',
    ];
    writeFileSync(join(folder, 'users.csv'), `time,metric,value\n${rows.join('\n')}\n`);
    const { code, err } = await terrace(['capacity', '-e', example(1), '--metrics', join(folder, 'users.csv')], { cwd: folder });
    expect(code).toBe(2);
    for (const message of [
      '"NaN" is no number of users',
      'Did you mean daily_users?',
      '"0" is no number of users',
      'has time zone +02:00',
      '"soon" is no time',
    ])
      expect(err).toContain(message);
  });

  test('metrics that contradict each other', async () => {
    const folder = home();
    const days = Array.from({ length: 8 }, (_, day) => `2026-11-0${day + 1}`);
    writeFileSync(
      join(folder, 'users.csv'),
      `time,metric,value\n${days.flatMap((day) => [`${day},daily_users,500`, `${day},total_users,100`]).join('\n')}\n`,
    );
    const { code, err } = await terrace(['capacity', '-e', example(1), '--metrics', join(folder, 'users.csv')], { cwd: folder });
    expect(code).toBe(2);
    expect(err).toContain(
      '2026-11-01  daily_users are more than total_users, on 8 of the days. Both cannot be: give one of the two, or correct it.',
    );
  });

  test('an exceeded quota exits with 1 and the sentence for support, an unknown one is a warning', async () => {
    const folder = home();
    writeFileSync(join(folder, 'quotas.yaml'), 'limits:\n  droplets: 2\nused:\n  databases: 1\n');
    const outcome = await terrace(['capacity', '-e', example(3), '--quotas', 'quotas.yaml'], { cwd: folder });
    expect(outcome.code).toBe(1);
    expect(outcome.out).toContain('Please raise our limit of droplets from 2 to 3: we use 0 and are about to create 3 more.');
    expect(outcome.out).toContain("Within the account's limits: databases 3 of 10, buckets 4 of 100.");
    expect(outcome.err).toContain("warning: 1 loadBalancers are needed; the account's limit is not known");
    writeFileSync(join(folder, 'quotas.yaml'), 'limits: [\n');
    expect((await terrace(['capacity', '-e', example(3), '--quotas', 'quotas.yaml'], { cwd: folder })).err).toContain(
      '--quotas names a file that is no YAML',
    );
  });

  test.each([
    [['--users', 'many'], '--users is "many". Allowed: a number, like 1000 or 0.1.'],
    [['--users', '1.5'], '1.5 is no number of users.'],
    [['--basis', 'weekly'], '"weekly" is no basis. Allowed: daily, total, concurrent.'],
    [['--growth', '11'], '--growth is 11. Allowed: a number from -0.9 to 10; 0.1 is a tenth more each month.'],
    [['--growth', '0.1', '--today', '2026-02-30'], '--today is "2026-02-30". Allowed: a day as YYYY-MM-DD.'],
  ])('%j exits with 2', async (args, message) => {
    const outcome = await terrace(['capacity', '-e', example(1), ...args]);
    expect(outcome).toMatchObject({ code: 2, out: '' });
    expect(outcome.err).toContain(message);
  });
});

describe('terrace select', () => {
  test('as JSON, it is the contract', async () => {
    const document = await json(['select', '--users', '10']);
    expect(document).toMatchObject({
      tier: 'tier1',
      platform: 'digitalocean',
      monthly: '30.00',
      binding: { component: 'database', limit: 'volume, after a year', at: 147 },
      next: { tier: 'tier3', at: 117 },
      written: null,
    });
    expect((document['rejected'] as object[]).slice(0, 2)).toEqual([
      { tier: 'tier1', platform: 'aws', monthly: '38.83', why: 'would do, and costs 8.83 USD a month more' },
      { tier: 'tier2', platform: 'digitalocean', monthly: '83.45', why: 'would do, and costs 53.45 USD a month more' },
    ]);
  });

  test('what fits nowhere exits with 3, and the reasons', async () => {
    const outcome = await terrace(['select', '--users', '1000', '--budget', '100']);
    expect(outcome.code).toBe(3);
    expect(outcome.out).toContain('No tier fits.');
    expect(outcome.out.replace(/\s+/g, ' ')).toContain('costs 708.20 USD a month, 608.20 above the budget of 100.00');
  });

  test('without users, the load, budget and platform of the environment', async () => {
    expect(await json(['select', '-e', example(3)])).toMatchObject({ tier: 'tier3', monthly: '708.20' });
    expect(await json(['select', '-e', example(3), '--set', 'completionsPerUser=0', 'storageKilobytesPerUser=10'])).toMatchObject({
      tier: 'tier1',
    });
  });

  test('wrong input, all at once', async () => {
    const outcome = await terrace(['select', '--users', '0', '--platform', 'aw', '--budget', 'much', '--set', 'peakFaktor=2']);
    expect(outcome).toMatchObject({ code: 2, out: '' });
    for (const message of ['0 is no number of users', 'Did you mean aws?', 'budget is "much"', 'Did you mean peakFactor?'])
      expect(outcome.err).toContain(message);
    expect((await terrace(['select', '--users', '1', '--set', 'peakFactor'])).err).toContain('--set is "peakFactor"');
  });

  test('what is no number is told with everything else', async () => {
    const outcome = await terrace([
      'select',
      '--users',
      'NaN',
      '--availability',
      'x',
      '--set',
      'foo',
      'readShare=2',
      'peakFactor=y',
      '--platform',
      'azure',
      '--budget',
      '-1',
    ]);
    expect(outcome).toMatchObject({ code: 2, out: '' });
    expect(
      outcome.err
        .trimEnd()
        .split('\n')
        .map((line) => line.trim().slice(0, 32)),
    ).toEqual([
      'Error: The options cannot be use',
      '--users is "NaN". Allowed: a num',
      '--set is "foo". Allowed: a const',
      '--set peakFactor is "y". Allowed',
      '--availability is "x". Allowed: ',
      'readShare  readShare is 2. Allow',
      'platform  platform is "azure". A',
      'budget  budget is "-1". Allowed:',
    ]);
  });

  test.each(['0', '-5', '1.5', '10000000000', '1e10'])('%s users are refused without a stack trace', async (users) => {
    for (const command of [
      ['select'],
      ['capacity', '-e', example(1)],
      ['init', '--domain', 'app.example.com', '--image', 'ghcr.io/example/app:1.0.0'],
    ]) {
      const outcome = await terrace([...command, '--users', users]);
      expect(outcome).toMatchObject({ code: 2, out: '' });
      expect(outcome.err).toMatch(/ is no number of users\. Allowed: a whole number from 1 to 1000000000\.\n$/);
      expect(outcome.err).not.toContain('    at ');
    }
  });

  test('with an API the tokens are priced, by the model that is named', async () => {
    expect(await json(['select', '--users', '1000', '--survives', 'server', '--inference', 'api'])).toMatchObject({
      monthly: '372.20',
      languageModel: { model: 'groq/llama-3.1-8b-instant', monthly: '6.99' },
    });
    expect(await json(['select', '--users', '1000', '--inference', 'api', '--model', 'openai/gpt-4o'])).toMatchObject({
      languageModel: { monthly: '532.30' },
    });
  });
});

describe('terrace select --write', () => {
  /** An environment at tier 3 whose load is small, with comments that must stay. */
  function small(users: number): string {
    const folder = home();
    mkdirSync(join(folder, 'environments'));
    const text = readFileSync(example(3), 'utf8')
      .replaceAll('digitalocean-tier3', 'small')
      .replace('dailyUsers: 1000', `dailyUsers: ${users}`)
      .replace('tier: tier3', 'tier:   "tier3"   # once');
    writeFileSync(join(folder, 'environments', 'small.yaml'), text);
    return folder;
  }
  const file = (folder: string): string => readFileSync(join(folder, 'environments', 'small.yaml'), 'utf8');

  test('changes the tier and nothing else', async () => {
    const folder = small(10);
    const before = file(folder);
    const outcome = await terrace(['select', '-e', 'small', '--write'], { cwd: folder });
    expect(outcome.code).toBe(0);
    expect(outcome.out).toContain('small.yaml: tier tier3 -> tier1.');
    expect(file(folder)).toBe(before.replace('"tier3"', 'tier1'));
    expect((await terrace(['select', '-e', 'small', '--write'], { cwd: folder })).out).toContain('says tier1 already.');
  });

  test('never of an environment that is deployed', async () => {
    const folder = small(10);
    const before = file(folder);
    mkdirSync(join(folder, '.terrace', 'state'), { recursive: true });
    writeFileSync(
      join(folder, '.terrace', 'state', 'small.tfstate'),
      JSON.stringify({ version: 4, resources: [{ type: 'terraform_data' }] }),
    );
    const outcome = await terrace(['select', '-e', 'small', '--write'], { cwd: folder });
    expect(outcome).toMatchObject({ code: 1, out: '' });
    expect(outcome.err).toContain('small is deployed at tier3: its state holds 1 resource. Nothing was written.');
    expect(file(folder)).toBe(before);
  });

  test('not when nothing fits, nor for another load', async () => {
    const folder = small(1_000_000);
    expect((await terrace(['select', '-e', 'small', '--write'], { cwd: folder })).err).toContain('Nothing was written: no tier fits.');
    expect((await terrace(['select', '-e', 'small', '--write', '--users', '5'], { cwd: folder })).code).toBe(2);
  });
});

describe('terrace tiers', () => {
  test('shows what is built and what is not', async () => {
    const { out } = await terrace(['tiers']);
    expect(
      out
        .split('\n')
        .slice(2, 8)
        .map((line) => line.replace(/ {2,}/g, ' | ')),
    ).toEqual([
      'tier1 | MVP | digitalocean | 10 | 117 | 30.00 | 3.00 | 14.7 x | database: volume, after a year',
      'tier1 | MVP | aws | 10 | 117 | 38.83 | 3.88 | 14.7 x | database: volume, after a year',
      'tier2 | Early growth | digitalocean | 100 | 113 | 83.45 | 0.83 | 1.42 x | app: vCPU',
      'tier2 | Early growth | aws | 100 | 113 | 148.55 | 1.49 | 1.42 x | app: vCPU',
      'tier3 | Product-market fit | digitalocean | 1,000 | 1,837 | 708.20 | 0.71 | 2.3 x | inference: vCPU',
      'tier3 | Product-market fit | aws | 1,000 | 1,837 | 1031.56 | 1.03 | 2.3 x | inference: vCPU',
    ]);
    const { tiers } = (await json(['tiers'])) as { tiers: { tier: string; built: boolean; recovery?: object }[] };
    const recovery = (of: string) => tiers.find((each) => each.tier === of)?.recovery;
    expect(recovery('tier3')).toEqual({ rpoMinutes: 5, rtoMinutes: 60 });
    expect(recovery('tier6')).toMatchObject({
      rpoMinutes: 120,
      regionRpoMinutes: 1500,
      rtoMinutes: null,
      byEngine: { shards: { rpoMinutes: 5 }, citus: { rpoMinutes: 1440, regionRpoMinutes: null } },
    });
    expect(tiers.map(({ built }) => built)).toEqual([...storedTiers.map(() => true), ...notBuilt.map(() => false)]);
  });
});

describe('terrace init', () => {
  const all = [
    'init',
    '--name',
    'staging',
    '--users',
    '500',
    '--domain',
    'staging.deadlock-coach.example',
    '--image',
    'ghcr.io/example/app:1.4.2',
  ];

  test('writes a file that is valid, with the tier that fits', async () => {
    const folder = home();
    const outcome = await terrace(all, { cwd: folder });
    expect(outcome).toMatchObject({ code: 0, err: expect.stringContaining('') as string });
    expect(outcome.out).toContain('Wrote environments/staging.yaml: tier3, 708.20 USD a month at list prices.');
    expect(loadEnvironment('staging', { cwd: folder }).environment).toMatchObject({
      tier: 'tier3',
      namePrefix: 'deadlock-coach',
      load: { dailyUsers: 500 },
      state: { backend: 'spaces', bucket: 'deadlock-coach-state', region: 'fra1' },
    });
  });

  test('never overwrites', async () => {
    const folder = home();
    await terrace(all, { cwd: folder });
    const before = readFileSync(join(folder, 'environments', 'staging.yaml'), 'utf8');
    const again = await terrace([...all, '--users', '5'], { cwd: folder });
    expect(again).toMatchObject({ code: 2, out: '' });
    expect(again.err).toContain('environments/staging.yaml is there already and is never overwritten.');
    expect(readFileSync(join(folder, 'environments', 'staging.yaml'), 'utf8')).toBe(before);
  });

  test('asks a person, with defaults', async () => {
    const folder = home();
    const outcome = await terrace(['init'], {
      cwd: folder,
      terminal: true,
      answers: ['', '12', 'app.example.com', 'ghcr.io/example/app:1.0.0', '', '', '', '60', ''],
    });
    expect(outcome.asked).toEqual([
      'Name of the environment [production]: ',
      'How many users on a day: ',
      'Domain of the app, like app.example.com: ',
      'Container image with its version, like ghcr.io/example/app:1.4.2: ',
      'Beginning of bucket and database names [example]: ',
      'Platform [digitalocean]: ',
      'Region [fra1]: ',
      'Budget in US dollars a month, or nothing: ',
      'State: local, spaces:BUCKET or s3:BUCKET:REGION, or nothing for what suits the tier: ',
    ]);
    expect(loadEnvironment('production', { cwd: folder }).environment).toMatchObject({
      tier: 'tier1',
      budget: { monthly: '60' },
      state: { backend: 'local' },
    });
  });

  test('says everything that is missing where nobody can be asked', async () => {
    const outcome = await terrace(['init']);
    expect(outcome).toMatchObject({ code: 2, out: '' });
    expect(outcome.err.split('\n').slice(1, 4)).toEqual([
      '  --users  How many users on a day',
      '  --domain  Domain of the app, like app.example.com',
      '  --image  Container image with its version, like ghcr.io/example/app:1.4.2',
    ]);
  });

  test('everything that is wrong, at once', async () => {
    const outcome = await terrace([
      'init',
      '--name',
      'Bad Name',
      '--users',
      '0',
      '--domain',
      'x',
      '--image',
      'y',
      '--budget',
      '-3',
      '--basis',
      'q',
      '--platform',
      'azure',
      '--region',
      'moon',
      '--state',
      'zzz',
    ]);
    expect(outcome).toMatchObject({ code: 2, out: '' });
    for (const message of [
      '"q" is no basis',
      '0 is no number of users',
      'budget is "-3"',
      'name is "Bad Name"',
      'domain is "x"',
      'platform is "azure"',
      '--state is "zzz"',
    ])
      expect(outcome.err).toContain(message);
  });

  test.each([
    [['--name', '../evil'], 'name is "../evil"'],
    [['--domain', 'no domain: at all'], 'domain is'],
    [['--image', 'x: {y: z}'], 'app.image is'],
    [['--state', 'ftp:there'], '--state is "ftp:there". Allowed: local, spaces:BUCKET, or s3:BUCKET:REGION.'],
    [['--region', 'mars1'], 'mars1'],
    [['--users', '90000000'], 'no tier that is built fits'],
    [['--budget', '5'], 'no tier that is built fits'],
  ])('%j writes nothing', async (args, message) => {
    const folder = home();
    const outcome = await terrace([...all, ...args], { cwd: folder });
    expect(outcome.code).not.toBe(0);
    expect(outcome.out).toBe('');
    expect(outcome.err).toContain(message);
    expect(existsSync(join(folder, 'environments'))).toBe(false);
  });
});
