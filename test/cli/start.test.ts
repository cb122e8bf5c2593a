import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../cli/project';
import type { StartReport } from '../../cli/start-report';
import { packageFile } from '../../terraform/package-root';
import { scratch } from '../support/scratch';
import { type } from './desk';

/** The project as someone has it who has just cloned it. */
function checkout(): string {
  const folder = scratch();
  for (const part of ['cdktf.json', 'environments']) cpSync(packageFile(part), join(folder, part), { recursive: true });
  return folder;
}

const cents = (amount: string): bigint => BigInt(amount.replace('.', ''));
const total = (amounts: readonly string[]): bigint => amounts.reduce((sum, amount) => sum + cents(amount), 0n);

describe('npm start, as a document', () => {
  let report: StartReport;
  let raw = '';
  beforeAll(async () => {
    const outcome = await type(['start', '--json'], openProject, {
      cwd: checkout(),
      env: { TERRACE_ENVIRONMENT: undefined, CDKTF_OUTDIR: undefined },
    });
    expect(outcome).toMatchObject({ code: 0, err: '' });
    raw = outcome.out;
    report = JSON.parse(raw) as StartReport;
  });

  test('is one JSON document and nothing else', () => {
    expect(raw.startsWith('{\n')).toBe(true);
    expect(raw.endsWith('}\n')).toBe(true);
  });

  test('names the environment, its tier and its platform', () => {
    expect(report).toMatchObject({
      environment: 'production',
      tier: 'tier3',
      platform: 'digitalocean',
      region: 'fra1',
      file: 'environments/production.yaml',
    });
  });

  test('every component has an id, a kind, a title and the addresses of its resources', () => {
    expect(report.components.map(({ id, kind }) => [id, kind])).toEqual([
      ['network', 'network'],
      ['configuration', 'configuration'],
      ['load-balancer', 'load-balancer'],
      ['app', 'app-servers'],
      ['database', 'database'],
      ['cache', 'cache'],
      ['inference', 'inference'],
      ['frontend', 'frontend'],
      ['storage', 'object-storage'],
      ['backup', 'backup'],
      ['monitoring', 'monitoring'],
      ['dns', 'dns'],
    ]);
    const database = report.components.find(({ id }) => id === 'database');
    expect(database?.title).toBe('managed PostgreSQL 17, 2 nodes, 8 GB');
    expect(database?.resources).toContain('digitalocean_database_cluster.database_g1');
    for (const { id, resources } of report.components) expect([id, resources.length > 0]).toEqual([id, true]);
  });

  test('counts resources by type, and every resource belongs to a component or is one of the locks', () => {
    const counted = Object.values(report.resources).reduce((sum, count) => sum + count, 0);
    const listed = report.components.flatMap(({ resources }) => resources);
    expect(new Set(listed).size).toBe(listed.length);
    expect(counted).toBe(listed.length + 3);
    expect(report.resources['terraform_data']).toBe(3);
    expect(report.resources['digitalocean_database_cluster']).toBe(2);
  });

  test('money is decimal texts that add up', () => {
    const { cost } = report;
    expect(cost.currency).toBe('USD');
    for (const amount of [cost.monthly, cost.low, cost.high, cost.stated, ...cost.lines.map(({ monthly }) => monthly)])
      expect(amount).toMatch(/^\d+\.\d\d$/);
    expect(total(cost.lines.map(({ monthly }) => monthly))).toBe(cents(cost.monthly));
    expect(total(cost.components.map(({ list }) => list))).toBe(cents(cost.monthly));
    expect(total(cost.components.map(({ stated }) => stated))).toBe(cents(cost.stated));
    expect(cost.stated).toBe('424.00');
    expect(cost.oldestPrice).toMatch(/^\d{4}(-\d\d-\d\d)?$/);
    expect(cost.unpriced).toEqual([]);
    const known = new Set(report.components.map(({ id }) => id));
    for (const line of cost.lines) {
      expect(Object.keys(line)).toEqual(expect.arrayContaining(['component', 'address', 'name', 'quantity', 'unit', 'price', 'monthly']));
      expect(known.has(line.component)).toBe(true);
    }
  });

  test('every difference between list and stated is explained', () => {
    for (const { component, difference, why } of report.cost.components)
      expect([component, difference === '0.00' || why !== '']).toEqual([component, true]);
  });

  test('the budget is above the typical cost', () => {
    expect(report.budget).toEqual({ monthly: '900.00', exceeded: false });
  });

  test('two runs in two folders are the same bytes', async () => {
    const again = await type(['start', '--json'], openProject, {
      cwd: checkout(),
      env: { TERRACE_ENVIRONMENT: 'production', CDKTF_OUTDIR: undefined },
    });
    expect(again.out).toBe(raw);
  });
});

describe('npm start, for a person', () => {
  test('is found from a folder below, and stays within 100 columns', async () => {
    const folder = checkout();
    const outcome = await type(['start'], openProject, {
      cwd: join(folder, 'environments'),
      env: { TERRACE_ENVIRONMENT: undefined, CDKTF_OUTDIR: undefined },
    });
    expect(outcome).toMatchObject({ code: 0, err: '' });
    expect(outcome.out).toContain('production: tier3 (Product-market fit) on digitalocean, fra1\nenvironments/production.yaml;');
    expect(outcome.out).toMatch(/^ {2}database +managed PostgreSQL 17, 2 nodes, 8 GB +\d+ resources$/m);
    expect(outcome.out).toMatch(/^ {2}total +\d+\.\d\d +424\.00 +\+\d+\.\d\d$/m);
    expect(outcome.out).toMatch(/^ {2}List prices before tax; the oldest is of \d{4}/m);
    expect(outcome.out).toMatch(/^ {2}npx cdktf deploy tier3 /m);
    for (const line of outcome.out.split('\n')) expect(line.length).toBeLessThanOrEqual(102);
  });

  test.each(['tier1', 'tier2', 'tier3', 'tier4'])('the example of %s', async (tier) => {
    const outcome = await type(['start', '-e', `environments/examples/digitalocean-${tier}.yaml`], openProject, {
      cwd: checkout(),
      env: { CDKTF_OUTDIR: undefined },
    });
    expect(outcome).toMatchObject({ code: 0, err: '' });
    expect(outcome.out).toContain(`: ${tier} (`);
    expect(outcome.out).not.toContain('not explained');
  });

  test('an environment that is not there is wrong input', async () => {
    expect(await type(['start', '-e', 'prodction'], openProject, { cwd: checkout() })).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('Did you mean production?') as string,
    });
  });
});

test('terrace estimate prints every line, and --json the same with the stated total', async () => {
  const cwd = checkout();
  const text = await type(['estimate'], openProject, { cwd, env: { TERRACE_ENVIRONMENT: undefined, CDKTF_OUTDIR: undefined } });
  expect(text).toMatchObject({ code: 0 });
  expect(text.out).toContain('production at tier3 on digitalocean, in USD a month');
  const json = await type(['estimate', 'tier2', '--json'], openProject, {
    cwd,
    env: { TERRACE_ENVIRONMENT: undefined, CDKTF_OUTDIR: undefined },
  });
  expect(JSON.parse(json.out)).toMatchObject({
    environment: 'production',
    tier: 'tier2',
    platform: 'digitalocean',
    currency: 'USD',
    stated: '75.00',
  });
});
