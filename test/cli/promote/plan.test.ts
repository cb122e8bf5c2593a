import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../../cli/project';
import { namedTarget } from '../../../cli/promote/target';
import type { Environment } from '../../../environments/schema';
import { keptEnvironment } from '../../support/sandbox';
import { scratch } from '../../support/scratch';
import { project } from '../../support/project';
import { type } from '../desk';

const examples = join(__dirname, '..', '..', '..', 'environments', 'examples');
const example = readFileSync(join(examples, 'digitalocean-tier1.yaml'), 'utf8');

/** A project with the example of tier 1, and perhaps more in its file. */
function folderWith(more = ''): string {
  const folder = project({ 'digitalocean-tier1': `${example}${more}` });
  writeFileSync(join(folder, 'cdktf.json'), '{}');
  return folder;
}

const plan = (cwd: string, ...args: readonly string[]) => type(['promote', 'plan', ...args], openProject, { cwd });

test('the document has what scripts rely on, and nothing else is printed', async () => {
  const { code, out, err } = await plan(folderWith(), 'digitalocean-tier1', '--to', 'tier2', '--json');
  const document = JSON.parse(out) as Record<string, unknown>;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(document).toMatchObject({
    from: 'tier1',
    to: 'tier2',
    platform: 'digitalocean',
    prerequisites: expect.any(Array),
    components: expect.arrayContaining([{ id: 'database', verdict: 'move', why: expect.any(String) }]),
    phases: expect.arrayContaining([
      {
        name: 'expand',
        steps: expect.arrayContaining([
          { id: 'expand/app', what: expect.any(String), method: 'terraform', estimate: { seconds: null, bytes: 0 }, reversible: true },
        ]),
      },
    ]),
    pause: { typicalMs: 380, worstMs: 722 },
    cost: { before: '30.00', during: '108.45', after: '83.45' },
    irreversible: expect.any(Array),
  });
});

test('afterwards costs what the estimate of the target says, and before what that of the tier does, second cloud and all', async () => {
  const folder = project({ 'aws-tier5': readFileSync(join(examples, 'aws-tier5.yaml'), 'utf8') });
  writeFileSync(join(folder, 'cdktf.json'), '{}');
  const priced = async (...tier: readonly string[]) => {
    const { out } = await type(['estimate', ...tier, '-e', 'aws-tier5', '--json'], openProject, { cwd: folder });
    return (JSON.parse(out) as { readonly monthly: { readonly typical: string } }).monthly.typical;
  };
  const { cost } = JSON.parse((await plan(folder, 'aws-tier5', '--to', 'tier6', '--json')).out) as { readonly cost: object };
  expect(cost).toMatchObject({ before: await priced(), after: await priced('tier6') });
});

test('what the file says of a second cloud does not stop the way down to one', async () => {
  const folder = project({ 'aws-tier6': readFileSync(join(examples, 'aws-tier6.yaml'), 'utf8') });
  writeFileSync(join(folder, 'cdktf.json'), '{}');
  expect(await plan(folder, 'aws-tier6', '--to', 'tier5', '--users', '1000', '--database-gb', '100')).toMatchObject({ code: 0 });
});

test('an environment is a name or a path', async () => {
  const folder = folderWith();
  const byName = await plan(folder, 'digitalocean-tier1', '--to', 'tier2', '--json');
  const byPath = await plan(folder, 'environments/digitalocean-tier1.yaml', '--to', 'tier2', '--json');
  expect(byPath.out).toBe(byName.out);
});

test('facts come from a file, and those of the command line count before them', async () => {
  const folder = folderWith();
  writeFileSync(join(folder, 'facts.yaml'), 'databaseGb: 4\ntablesWithoutKey: 0\n');
  const { out } = await plan(folder, 'digitalocean-tier1', '--to', 'tier2', '--facts', 'facts.yaml', '--database-gb', '2');
  expect(out).toContain('databaseGb 2: given');
  expect(out).toContain('met   Every table has a primary key, or a replica identity.');
});

test('everything that is in the way is told at once, and nothing is touched', async () => {
  const promoting = await plan(
    folderWith('\npromotion:\n  to: tier2\n  phase: migrate\n'),
    'digitalocean-tier1',
    '--to',
    'tier1',
    '--platform',
    'google',
  );
  expect(promoting).toMatchObject({ code: 2, out: '' });
  expect(promoting.err).toContain('It is being promoted to tier2 already, in phase migrate.');
  expect(promoting.err).toContain('are not built on google as');
  expect(promoting.err).toContain('google has regions of its own. Name one with --region.');
  expect(await plan(folderWith(), 'digitalocean-tier1', '--to', 'tier1')).toMatchObject({
    code: 2,
    err: expect.stringContaining('It is at tier1 already. Name another tier (tier2, tier3, tier4, tier5, tier6)'),
  });
});

test('what a command line alone shows to be wrong, run says too, before it plans anything', async () => {
  const run = (...args: readonly string[]) => type(['promote', 'run', 'digitalocean-tier1', ...args], openProject, { cwd: folderWith() });
  for (const [args, why] of [
    [['--to', 'tier2', '--source', 'nonsense'], 'nonsense'],
    [['--to', 'tier2', '--platform', 'aws'], 'aws has regions of its own. Name one with --region.'],
  ] as const) {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(why);
    expect(err).not.toContain('Terraform');
    expect(err).not.toMatch(/fra1|No other tier/);
  }
});

describe('what does not fit is refused by whatever begins a promotion', () => {
  const shopAt = (tier: string, users: number, more = ''): string => {
    const text = example
      .replaceAll('digitalocean-tier1', 'shop')
      .replace('tier: tier1', `tier: ${tier}`)
      .replace(/dailyUsers: \d+/, `dailyUsers: ${users}`);
    const folder = project({ shop: `${text}${more}` });
    writeFileSync(join(folder, 'cdktf.json'), '{}');
    return folder;
  };
  const file = (cwd: string): string => readFileSync(join(cwd, 'environments', 'shop.yaml'), 'utf8');
  const begun = async (cwd: string, words: readonly string[]) => {
    const before = file(cwd);
    const { code, err } = await type(['promote', ...words], openProject, { cwd });
    return { code, err, written: file(cwd) !== before };
  };
  const run = ['run', 'shop', '--to'];
  const expand = ['phase', 'expand', 'shop', '--write', '--to'];
  const refused = { code: 2, written: false };

  test.each([[run], [expand]])('%j: a load that is carried, but not a quarter more', async (words) => {
    const outcome = await begun(shopAt('tier1', 120), [...words, 'tier2']);
    expect(outcome).toMatchObject(refused);
    expect(outcome.err).toContain(
      'It carries 1.18 times the load, of 1.25 that it must; app: vCPU binds first. Promote to a tier that carries it, or correct the load in the environment file. To go there all the same: --accept-short-capacity.',
    );
  });

  test.each([[run], [expand]])('%j: a load and data that do not fit, and all else, at once and whatever is accepted', async (words) => {
    const more = ['--accept-short-capacity', '--database-gb', '20', '--region', 'nyc3'];
    const outcome = await begun(shopAt('tier2', 1000), [...words, 'tier1', ...more]);
    expect(outcome).toMatchObject(refused);
    expect(outcome.err).toMatch(/It carries 0\.\d+ times the load: database: volume, after a year would be over its limit/);
    expect(outcome.err).toContain('20 GB of data, which take 30 GB while they arrive, do not fit into the 10.7 GB that tier1 gives them.');
    expect(outcome.err).toContain('It is "nyc3", and the environment stays in fra1');
  });

  test('with what a person would have to move, at once', async () => {
    const folder = project({ shop: readFileSync(join(examples, 'aws-tier5.yaml'), 'utf8').replaceAll('aws-tier5', 'shop') });
    writeFileSync(join(folder, 'cdktf.json'), '{}');
    const { code, err, written } = await begun(folder, [...run, 'tier4', '--database-gb', '20000']);
    expect({ code, written }).toEqual(refused);
    const problems = err.split('\n').filter((line) => line.startsWith('  '));
    const file = join(folder, '.terrace', 'promotion', 'shop.access.yaml');
    expect(problems.map((line) => line.trim().split('  ')[0])).toEqual(['tier4', 'database', `${file}: moves.database`]);
  });

  test('somebody may take a short capacity upon themselves, and what is under way goes on', async () => {
    const cwd = shopAt('tier1', 120);
    expect(await begun(cwd, [...expand, 'tier2', '--accept-short-capacity'])).toMatchObject({ code: 0, written: true });
    expect(await begun(cwd, ['phase', 'migrate', 'shop', '--write'])).toMatchObject({ code: 0, written: true });
  });

  test('the plan is shown, says that it is not met, and ends with 1', async () => {
    const { code, out } = await plan(shopAt('tier1', 120), 'shop', '--to', 'tier2');
    expect(code).toBe(1);
    expect(out).toMatch(/UNMET The target carries 1\.18 times the load of 120 daily users, of 1\.25 that it\s+must/);
    const run = 'terrace promote run shop --to tier2 --accept-short-capacity';
    expect(await commandsOf(shopAt('tier1', 120), 'shop', '--to', 'tier2', '--accept-short-capacity')).toEqual([
      run,
      run,
      `${run} --go`,
      `${run} --go`,
    ]);
  });
});

test('wrong facts, numbers and files are told at once', async () => {
  const folder = folderWith();
  writeFileSync(join(folder, 'facts.yaml'), 'databaseGB: 4\n');
  const { code, err } = await plan(folder, 'digitalocean-tier1', '--to', 'tier2', '--facts', 'facts.yaml', '--users', 'many');
  expect(code).toBe(2);
  expect(err).toContain('facts.yaml: databaseGB  There is no fact "databaseGB".');
  expect(err).toContain('Did you mean databaseGb?');
  expect(err).toContain('many');
  expect((await plan(scratch(), 'nowhere', '--to', 'tier2')).code).toBe(2);
});

/** Commands of all steps, in the order of the page. */
async function commandsOf(cwd: string, ...args: readonly string[]): Promise<readonly string[]> {
  const { code, out, err } = await plan(cwd, ...args, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { phases } = JSON.parse(out) as {
    readonly phases: readonly { readonly steps: readonly { readonly commands?: readonly string[] }[] }[];
  };
  return phases
    .flatMap(({ steps }) => steps.flatMap(({ commands = [] }) => commands))
    .filter((each) => /promote (run|phase expand)/.test(each));
}

test('its commands carry everything that it was planned with', async () => {
  const folder = project({
    'digitalocean-tier4': readFileSync(join(examples, 'digitalocean-tier4.yaml'), 'utf8').replace(/dailyUsers: \d+/, 'dailyUsers: 1000'),
  });
  writeFileSync(join(folder, 'cdktf.json'), '{}');
  writeFileSync(join(folder, 'my facts.yaml'), 'tablesWithoutKey: 0\n');
  const given = ['--regions', 'ams3', '--reversible', '--facts', 'my facts.yaml', '--database-gb', '20'];
  const words = "--to tier5 --regions ams3 --reversible --facts 'my facts.yaml' --database-gb 20";
  const run = `terrace promote run digitalocean-tier4 ${words}`;
  expect(await commandsOf(folder, 'digitalocean-tier4', '--to', 'tier5', ...given)).toEqual([run, run, `${run} --go`, `${run} --go`]);
  expect(await plan(folder, 'digitalocean-tier4', '--to', 'tier5')).toMatchObject({
    code: 2,
    err: expect.stringContaining('the environment names 1: tor1. Add the others under regions.'),
  });
});

test('regions in which the target would not stand are refused', async () => {
  const there = ['--platform', 'aws', '--region', 'us-east-1', '--regions', 'us-west-2, eu-west-1'];
  const folder = folderWith();
  const low = await plan(folder, 'digitalocean-tier1', '--to', 'tier2', ...there);
  expect(low.code).toBe(2);
  expect(low.err).toContain('It names us-west-2, eu-west-1, and tier2 stands in us-east-1 alone. Leave them out.');
  const high = await plan(folder, 'digitalocean-tier1', '--to', 'tier5', ...there);
  expect(high.err).toContain('It names eu-west-1, and tier5 stands in us-east-1, us-west-2 alone. Leave it out.');
});

test('of clusters that the file keeps on one platform each region is one in which the target stands', async () => {
  const environment = keptEnvironment({ tier: 'tier5', platform: 'aws', region: 'us-east-1', regions: ['us-west-2'] });
  const about = async (placements?: Environment['placements']): Promise<readonly string[]> => {
    const placed = { ...environment, ...(placements === undefined ? {} : { placements }) };
    const { problems } = await namedTarget(placed, { to: 'tier6', regions: 'us-west-2,eu-central-1' });
    return problems.filter(({ where }) => where === '--regions').map(({ message }) => message);
  };
  expect(await about()).toEqual(['It names eu-central-1, and tier6 stands in us-east-1, us-west-2 alone. Leave it out.']);
  expect(await about({ cluster: ['aws'] })).toEqual([]);
});
