import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../../cli/project';
import { scratch } from '../../support/scratch';
import { project } from '../../support/project';
import { type } from '../desk';

const example = readFileSync(join(__dirname, '..', '..', '..', 'environments', 'examples', 'digitalocean-tier1.yaml'), 'utf8');

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
  expect(promoting.err).toContain('are not built on google yet');
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

test('wrong facts, numbers and files are told at once', async () => {
  const folder = folderWith();
  writeFileSync(join(folder, 'facts.yaml'), 'databaseGB: 4\n');
  const { code, err } = await plan(folder, 'digitalocean-tier1', '--to', 'tier2', '--facts', 'facts.yaml', '--users', 'many');
  expect(code).toBe(2);
  expect(err).toContain('There is no fact "databaseGB".');
  expect(err).toContain('Did you mean databaseGb?');
  expect(err).toContain('many');
  expect((await plan(scratch(), 'nowhere', '--to', 'tier2')).code).toBe(2);
});
