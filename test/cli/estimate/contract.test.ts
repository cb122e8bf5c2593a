import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { EstimateDocument } from '../../../analysis/pricing';
import { estimateCompilers } from '../../../tools/compile-estimate';
import { packageFile } from '../../../terraform/package-root';
import { scratch } from '../../support/scratch';
import { configurationJson, fileOf, planJson, stateJson, terrace } from './documents';

const published = (name: string): z.ZodType =>
  z.fromJSONSchema(JSON.parse(readFileSync(packageFile('docs', name), 'utf8')) as Parameters<typeof z.fromJSONSchema>[0]);

function checkout(): string {
  const folder = scratch();
  for (const part of ['cdktf.json', 'environments']) cpSync(packageFile(part), join(folder, part), { recursive: true });
  return folder;
}

/** A checkout whose production environment has this budget. */
function withBudget(monthly: string): string {
  const folder = checkout();
  const file = join(folder, 'environments/production.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/monthly: .*/, `monthly: ${monthly}`));
  return folder;
}

const droplets = {
  'digitalocean_droplet.a': { size: 's-4vcpu-8gb' },
  'digitalocean_droplet.b': { size: 's-4vcpu-8gb' },
  'digitalocean_vpc.net': { region: 'fra1' },
  'acme_widget.x': {},
};

const parsed = (out: string): EstimateDocument => JSON.parse(out) as EstimateDocument;

test.each(estimateCompilers)('$target is what `npm run compile` writes', ({ source, target, compile }) => {
  expect(readFileSync(packageFile(target), 'utf8')).toBe(compile(readFileSync(packageFile(source), 'utf8')));
});

describe('the document of terrace estimate --json', () => {
  test('of an environment: in the published schema, with stated, cost per daily user and budget', async () => {
    const outcome = await terrace(['estimate', '--json'], { cwd: checkout() });
    expect(outcome).toMatchObject({ code: 0, err: '' });
    const document = parsed(outcome.out);
    expect(published('estimate.schema.json').safeParse(document).error).toBeUndefined();
    expect(document).toMatchObject({
      environment: 'production',
      tier: 'tier3',
      platform: 'digitalocean',
      input: null,
      currency: 'USD',
      stated: '424.00',
      dailyUsers: '1000',
      budget: { monthly: '900.00', state: 'within' },
    });
    expect(Number(document.perDailyUser)).toBeCloseTo(Number(document.monthly.typical) / 1000, 4);
    expect(document.lines.find((line) => line.component === 'inference')).toEqual({
      address: 'digitalocean_droplet.inference_g1_1',
      type: 'digitalocean_droplet',
      component: 'inference',
      name: 'droplet c-16',
      service: 'digitalocean/droplet',
      product: 'digitalocean/droplet/c-16',
      quantity: { low: '1', typical: '1', high: '1' },
      unit: 'month',
      price: '336',
      monthly: { low: '336.00', typical: '336.00', high: '336.00' },
      assumption: null,
      source: expect.any(String) as string,
      asOf: expect.stringMatching(/^20\d\d/) as string,
      confidence: 'verified',
      committed: null,
    });
  });

  test.each<[string, (file: string) => readonly string[], unknown]>([
    ['a plan', (file) => ['--plan', file], planJson(droplets)],
    ['a state', (file) => ['--plan', file], stateJson(droplets)],
    ['a configuration', (file) => ['--synth', file], configurationJson(droplets)],
  ])('of %s: no load, no default environment', async (_, flags, content) => {
    const cwd = scratch();
    const outcome = await terrace(['estimate', ...flags(fileOf(content)), '--json'], { cwd });
    expect(outcome).toMatchObject({ code: 0, err: '' });
    const document = parsed(outcome.out);
    expect(published('estimate.schema.json').safeParse(document).error).toBeUndefined();
    expect(document).toMatchObject({
      environment: null,
      stated: null,
      perDailyUser: null,
      dailyUsers: null,
      budget: null,
      monthly: { low: '96.00', typical: '96.00', high: '96.00' },
      committed: { typical: '96.00' },
    });
    expect(document.free.map(({ address, why }) => [address, why.length > 10])).toEqual([['digitalocean_vpc.net', true]]);
    expect(document.unpriced).toMatchObject([{ address: 'acme_widget.x', why: 'there is no mapping for acme_widget yet' }]);
  });

  test('a folder with cdk.tf.json, and the folder that cdktf writes around one stack', async () => {
    const cwd = scratch();
    mkdirSync(join(cwd, 'out/stacks/web'), { recursive: true });
    writeFileSync(join(cwd, 'out/stacks/web/cdk.tf.json'), JSON.stringify(configurationJson(droplets)));
    for (const folder of ['out', 'out/stacks', 'out/stacks/web', 'out/stacks/web/cdk.tf.json'])
      expect(parsed((await terrace(['estimate', '--synth', folder, '--json'], { cwd })).out).monthly.typical).toBe('96.00');
    mkdirSync(join(cwd, 'out/stacks/api'));
    writeFileSync(join(cwd, 'out/stacks/api/cdk.tf.json'), '{"resource":{}}');
    const several = await terrace(['estimate', '--synth', 'out'], { cwd });
    expect(several.code).toBe(2);
    expect(several.err).toMatch(/holds several stacks. Name one: .*api, .*web\./);
  });

  test('the same input gives the same bytes', async () => {
    const file = fileOf(planJson(droplets));
    const [one, other] = [await terrace(['estimate', '--plan', file, '--json']), await terrace(['estimate', '--plan', file, '--json'])];
    expect(one.out).toBe(other.out);
  });

  test('nulls and what a plan holds twice make no difference', async () => {
    const plain = parsed((await terrace(['estimate', '--plan', fileOf(planJson(droplets)), '--json'])).out);
    const rich = planJson(
      { ...droplets, 'digitalocean_droplet.a': { size: 's-4vcpu-8gb', ipv6: null, tags: null, backups: null } },
      { prior_state: { values: {} }, resource_drift: [{}], output_changes: { x: {} }, checks: [] },
    );
    expect(parsed((await terrace(['estimate', '--plan', fileOf(rich), '--json'])).out).lines).toEqual(plain.lines);
  });
});

describe('budget', () => {
  test.each([
    ['708.19', 3, 'budget of 708.19: the budget is exceeded.'],
    ['708.20', 0, 'which is 100 % of its budget'],
    ['750', 0, 'which is 94.4 % of its budget of 750.00.'],
  ])('%s: exit code %i', async (budget, code, warning) => {
    const cwd = withBudget(budget);
    const typical = parsed((await terrace(['estimate', '--json'], { cwd })).out).monthly.typical;
    expect(typical).toBe('708.20');
    const text = await terrace(['estimate'], { cwd });
    expect(text.code).toBe(code);
    expect(text.err).toContain(warning);
    const json = await terrace(['estimate', '--json'], { cwd });
    expect(json).toMatchObject({ code, err: '' });
    expect(parsed(json.out).warnings.some((one) => one.includes('budget'))).toBe(true);
  });

  test('far below it says nothing', async () => {
    expect((await terrace(['estimate'], { cwd: withBudget('5000') })).err).not.toContain('budget');
  });
});

describe('formats', () => {
  const plan = fileOf(
    planJson(
      { 'aws_instance.web': { instance_type: 'c7g.large', ami: 'ami-1' }, 'digitalocean_droplet.a|b': { size: 's-4vcpu-8gb' } },
      {
        configuration: {
          provider_config: { aws: { name: 'aws', expressions: { region: { constant_value: 'us-east-1' } } } },
          root_module: {},
        },
      },
    ),
  );

  test('the table has its sections and conventions', async () => {
    const { out } = await terrace(['estimate', '--plan', plan]);
    for (const part of [
      'List prices\n',
      'Under a commitment of one year\n',
      'Spot, in no total',
      'In all\n',
      'How far to trust this\n',
      'Conventions\n',
      'A month has 730 hours',
    ])
      expect(out).toContain(part);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('Markdown escapes what Terraform calls things', async () => {
    const { out } = await terrace(['estimate', '--plan', plan, '--format', 'markdown', '--by', 'resource']);
    expect(out).toContain('| digitalocean\\_droplet.a\\|b | 1 | 48.00 | 48.00 | 48.00 | 48.00 |');
    expect(out.startsWith('# ')).toBe(true);
  });

  test('CSV: the rows that say priced add up to the total', async () => {
    const { out } = await terrace(['estimate', '--plan', plan, '--format', 'csv']);
    const [head = '', ...rows] = out.trimEnd().split('\r\n');
    const column = head.split(',').indexOf('monthly_typical');
    const cents = rows
      .filter((row) => row.startsWith('priced,'))
      .map((row) => Math.round(Number((row.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? [])[column]?.replace(',', '')) * 100));
    const document = parsed((await terrace(['estimate', '--plan', plan, '--json'])).out);
    expect(cents.reduce((sum, one) => sum + one, 0) / 100).toBe(Number(document.monthly.typical));
    expect(rows.some((row) => row.startsWith('spot,'))).toBe(true);
  });

  test.each([
    ['component', 'a|b'],
    ['resource', 'aws_instance.web'],
    ['service', 'aws/ec2'],
  ])('--by %s sums to the same total', async (by, expected) => {
    const { out } = await terrace(['estimate', '--plan', plan, '--by', by, '--format', 'csv']);
    const rows = out
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(','));
    expect(rows.map(([name]) => name)).toContain(expected);
    const document = parsed((await terrace(['estimate', '--plan', plan, '--json'])).out);
    expect(rows.reduce((sum, row) => sum + Math.round(Number(row[3]) * 100), 0) / 100).toBe(Number(document.monthly.typical));
  });

  test('committed and spot are told for what is sold so', async () => {
    const document = parsed((await terrace(['estimate', '--plan', plan, '--json'])).out);
    const server = document.lines.find((line) => line.product === 'aws/ec2/c7g.large@us-east-1');
    expect(server?.committed?.product).toMatch(/^aws\/ec2-reserved\/c7g\.large\/standard-1yr-/);
    expect(Number(document.committed.typical)).toBeLessThan(Number(document.monthly.typical));
    expect(document.spot.map((one) => one.product)).toEqual(['aws/ec2-spot/c7g.large@us-east-1']);
  });

  test('an API of a language model is a section of its own, and in the total', async () => {
    const cwd = checkout();
    const [without, withApi] = await Promise.all([
      terrace(['estimate', '--json'], { cwd }),
      terrace(['estimate', '--llm', 'openai/gpt-5-mini', '--json'], { cwd }),
    ]);
    const [plain, paid] = [parsed(without.out), parsed(withApi.out)];
    // 1,000 users x 2 answers x 365 / 12 days = 60,833.33 answers; x 1,500 tokens read = 91.25 million at 0.25, x 500 written = 30.4167 million at 2.
    expect(paid.llm.typical).toBe('83.64');
    expect((Number(paid.monthly.typical) - Number(plain.monthly.typical)).toFixed(2)).toBe('83.64');
    expect((await terrace(['estimate', '--llm', 'openai/gpt-5-mini'], { cwd })).out).toContain(
      'APIs of language models, which are in the total',
    );
    const unknown = parsed((await terrace(['estimate', '--llm', 'openai/gpt-5-minni', '--json'], { cwd })).out);
    expect(unknown.unpriced).toMatchObject([
      {
        address: '(openai/gpt-5-minni)',
        part: 'input tokens',
        why: expect.stringContaining('the nearest it has is openai/gpt-5-mini') as string,
      },
      { part: 'output tokens' },
    ]);
  });

  test.each([
    [['--format', 'pdf'], '--format is "pdf". Allowed: table, markdown, csv, json.'],
    [['--by', 'componnt'], 'Did you mean component?'],
    [['--by', 'component', '--json'], '--by and JSON cannot be given together'],
  ])('%s is refused', async (flags, message) => {
    const outcome = await terrace(['estimate', '--plan', plan, ...flags]);
    expect(outcome.code).toBe(2);
    expect(outcome.err).toContain(message);
  });

  test.each([
    [['--plan', plan, '--synth', 'x'], '--synth and --plan cannot be given together'],
    [['-e', 'production', '--plan', plan], '--environment and --plan cannot be given together'],
    [['tier2', '--plan', plan], 'the tier tier2 and --plan cannot be given together'],
    [['--llm', 'openai/gpt-5-mini', '--plan', plan], '--llm and --plan cannot be given together: a file has no load.'],
  ])('%s is refused', async (flags, message) => {
    const outcome = await terrace(['estimate', ...flags]);
    expect(outcome.code).toBe(2);
    expect(outcome.err).toContain(message);
  });
});

describe('terrace estimate diff', () => {
  const before = { 'digitalocean_droplet.a': { size: 's-4vcpu-8gb' }, 'digitalocean_volume.v': { size: 100 } };
  const after = { 'digitalocean_droplet.b': { size: 's-2vcpu-4gb' }, 'digitalocean_volume.v': { size: 150 } };

  test('inputs of every kind', async () => {
    const outcome = await terrace(['estimate', 'diff', fileOf(stateJson(before)), fileOf(planJson(after)), '--json']);
    expect(outcome).toMatchObject({ code: 0, err: '' });
    const document = JSON.parse(outcome.out) as Record<string, unknown>;
    expect(published('estimate-diff.schema.json').safeParse(document).error).toBeUndefined();
    expect(document).toMatchObject({
      before: { monthly: '58.00' },
      after: { monthly: '39.00' },
      difference: '-19.00',
      byPrice: '0.00',
      byChange: '-19.00',
      added: [{ address: 'digitalocean_droplet.b', after: '24.00' }, { after: '0.00' }],
      removed: [{ address: 'digitalocean_droplet.a', before: '48.00' }, { before: '0.00' }],
      changed: [{ address: 'digitalocean_volume.v', before: '10.00', after: '15.00', byPrice: '0.00', byChange: '5.00' }],
    });
  });

  test('two documents, of which one has another price: 100 GB x 0.02 more is the price, 50 GB x 0.10 is you', async () => {
    const old = parsed((await terrace(['estimate', '--plan', fileOf(planJson({ 'digitalocean_volume.v': { size: 100 } })), '--json'])).out);
    const cheap = {
      ...old,
      monthly: { low: '8.00', typical: '8.00', high: '8.00' },
      lines: old.lines.map((line) => ({ ...line, price: '0.08', monthly: { low: '8.00', typical: '8.00', high: '8.00' } })),
    };
    const now = await terrace(['estimate', '--plan', fileOf(planJson({ 'digitalocean_volume.v': { size: 150 } })), '--json']);
    const { out } = await terrace(['estimate', 'diff', fileOf(cheap), fileOf(now.out), '--json']);
    expect(JSON.parse(out)).toMatchObject({ difference: '7.00', byPrice: '2.00', byChange: '5.00', added: [], removed: [] });
    const text = await terrace(['estimate', 'diff', fileOf(cheap), fileOf(now.out)]);
    expect(text.out).toMatch(/you changed it +\+5\.00\n +the price changed +\+2\.00/);
    expect((await terrace(['estimate', 'diff', fileOf(cheap), fileOf(now.out), '--format', 'markdown'])).out).toContain(
      '| digitalocean\\_volume.v | block storage | 8.00 | 15.00 | +5.00 | +2.00 |',
    );
  });

  test('a document compared with itself, read back from JSON', async () => {
    const file = fileOf((await terrace(['estimate', '--json'], { cwd: checkout() })).out);
    expect(JSON.parse((await terrace(['estimate', 'diff', file, file, '--json'])).out)).toMatchObject({
      difference: '0.00',
      added: [],
      removed: [],
      changed: [],
    });
  });

  test('a document that was edited is refused', async () => {
    const document = parsed((await terrace(['estimate', '--plan', fileOf(planJson(before)), '--json'])).out);
    const wrong = await terrace([
      'estimate',
      'diff',
      fileOf({ ...document, monthly: { ...document.monthly, typical: '57.00' } }),
      fileOf(document),
    ]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('monthly.typical  it is 57.00, but the lines add up to 58.00.');
    const odd = await terrace(['estimate', 'diff', fileOf({ currency: 'EUR', lines: [{ price: -1 }] }), fileOf(document)]);
    expect(odd.code).toBe(2);
    expect(odd.err).toContain('currency  Invalid input: expected "USD".');
  });
});
