import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../../cli/project';
import { reviewDocumentSchema } from '../../../analysis/review/document/schema';
import { project } from '../../support/project';
import { type } from '../desk';

const example = readFileSync(join(__dirname, '..', '..', '..', 'environments', 'examples', 'digitalocean-tier1.yaml'), 'utf8').replace(
  'namePrefix: coach-example',
  'namePrefix: coach',
);
const name = 'digitalocean-tier1';
const file = (folder: string): string => join(folder, 'environments', `${name}.yaml`);

/** A project whose environment is at tier 1 on the base branch; `edit` is the pull request. */
async function changed(edit: (text: string) => string): Promise<string> {
  const folder = project({ [name]: example });
  writeFileSync(join(folder, 'cdktf.json'), '{}');
  for (const side of ['base', 'head']) {
    if (side === 'head') writeFileSync(file(folder), edit(example));
    await openProject(name, { env: {}, cwd: folder } as never);
    cpSync(join(folder, 'cdktf.out'), join(folder, side), { recursive: true });
  }
  return folder;
}

const reviewing = (cwd: string, ...more: readonly string[]) =>
  type(['review', '--base', 'base', '--head', 'head', '--today', '2026-11-21', ...more], openProject, { cwd });

let toTier2: string;
beforeAll(async () => void (toTier2 = await changed((text) => text.replace(/^tier: tier1$/m, 'tier: tier2'))));

test('an edited tier shows the plan of the promotion that it asks for', async () => {
  const { code, out } = await reviewing(toTier2, '-e', name, '--json');
  const { promotion, findings } = reviewDocumentSchema.parse(JSON.parse(out));
  expect([code, findings.map(({ id }) => id)]).toEqual([3, expect.arrayContaining(['guard/recorded-tier'])]);
  const plan = JSON.parse(
    (await type(['promote', 'plan', name, '--to', 'tier2', '--json'], openProject, { cwd: baseOf(toTier2) })).out,
  ) as { readonly components: unknown; readonly pause: unknown; readonly cost: unknown };
  expect(promotion).toMatchObject({
    from: 'tier1',
    to: 'tier2',
    command: `terrace promote plan ${name} --to tier2`,
    plan: { components: plan.components, pause: plan.pause, cost: plan.cost },
  });
});

/** The same project before the pull request. */
function baseOf(folder: string): string {
  const base = project({ [name]: example });
  cpSync(join(folder, 'cdktf.json'), join(base, 'cdktf.json'));
  return base;
}

test('each renderer shows it below what is dangerous', async () => {
  const [terminal = '', markdown = '', html = ''] = await Promise.all(
    ['terminal', 'markdown', 'html'].map(async (format) => (await reviewing(toTier2, '-e', name, '--format', format)).out),
  );
  for (const page of [terminal, markdown, html]) {
    expect(page).toContain('The way from tier1 to tier2');
    expect(page.indexOf('guard/recorded-tier')).toBeLessThan(page.indexOf('The way from tier1 to tier2'));
  }
  expect(markdown).toContain('- move: app, database and inference.');
  expect(markdown).toContain('380 ms typically, 722 ms at worst.');
  expect(terminal).toContain('the way back is open');
  expect(html).toContain('the way back is open');
});

test('without an environment it says how to see the plan', async () => {
  const { promotion } = reviewDocumentSchema.parse(JSON.parse((await reviewing(toTier2, '--json')).out));
  expect(promotion).toEqual({
    from: 'tier1',
    to: 'tier2',
    command: 'terrace promote plan ENVIRONMENT --to tier2',
    text: 'Which environment it is was not said: give --environment to see the plan here.',
  });
});

test('an edited platform shows the way to the other one', async () => {
  const folder = await changed((text) =>
    text.replace(/^platform: digitalocean$/m, 'platform: aws').replace(/^region: .*$/m, 'region: us-east-1'),
  );
  const { promotion } = reviewDocumentSchema.parse(JSON.parse((await reviewing(folder, '-e', name, '--json')).out));
  expect(promotion).toMatchObject({
    from: 'tier1 on digitalocean',
    to: 'tier1 on aws',
    command: `terrace promote plan ${name} --to tier1 --platform aws --region us-east-1`,
  });
  expect(promotion?.plan?.components.find(({ id }) => id === 'database')?.verdict).toBe('move');
});

test('where the target does not carry the load, it says so in place of a plan', async () => {
  const folder = await changed((text) => text.replace(/^tier: tier1$/m, 'tier: tier2').replace('dailyUsers: 10', 'dailyUsers: 100000'));
  const { promotion } = reviewDocumentSchema.parse(JSON.parse((await reviewing(folder, '-e', name, '--json')).out));
  expect([promotion?.plan, promotion?.text]).toEqual([
    undefined,
    expect.stringMatching(/cannot be promoted like this(?:.|\n)*tier2: It carries .* times the load/),
  ]);
});

test('a change that keeps the tier says nothing of it', async () => {
  const folder = await changed((text) => text.replace('region:', '# the same\nregion:'));
  const { promotion } = reviewDocumentSchema.parse(JSON.parse((await reviewing(folder, '-e', name, '--json')).out));
  expect(promotion).toBeUndefined();
});
