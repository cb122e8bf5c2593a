import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../../cli/project';
import type { Retired } from '../../../promotion/retired';
import { startStandin, type Standin } from '../../../terraform/standin/server';
import { needs } from '../../support/needs';
import { project } from '../../support/project';
import { type } from '../desk';

const terraform = needs('terraform');
const example = readFileSync(join(__dirname, '..', '..', '..', 'environments', 'examples', 'digitalocean-tier1.yaml'), 'utf8')
  .replace('name: digitalocean-tier1', 'name: shop')
  .replace(/\n# For a real environment[\s\S]*$/, '\n');

function folder(): string {
  const made = project({ shop: example });
  writeFileSync(join(made, 'cdktf.json'), '{}');
  return made;
}

const fileIn = (cwd: string): string => readFileSync(join(cwd, 'environments', 'shop.yaml'), 'utf8');
const phase = (cwd: string, ...args: readonly string[]) => type(['promote', 'phase', ...args], openProject, { cwd });

test('what a phase needs is shown, and written only when asked for', async () => {
  const cwd = folder();
  const before = fileIn(cwd);
  const shown = await phase(cwd, 'expand', 'shop', '--to', 'tier2');
  expect(shown).toMatchObject({ code: 0, out: expect.stringContaining('+ promotion: { to: tier2, phase: expand }') });
  expect(fileIn(cwd)).toBe(before);
  expect((await phase(cwd, 'expand', 'shop', '--to', 'tier2', '--write')).code).toBe(0);
  expect(fileIn(cwd)).toBe(`${before}promotion: { to: tier2, phase: expand }\n`);
});

test('what a promotion begins with holds every region of the target, whichever command begins it', async () => {
  const flags = ['--to', 'tier5', '--platform', 'aws', '--region', 'us-east-1', '--regions', 'us-west-2'];
  const shown = await phase(folder(), 'expand', 'shop', ...flags);
  expect(shown.out).toContain('promotion: { to: tier5, phase: expand, platform: aws, region: us-east-1, regions: [us-west-2] }');
  const opened = new Error('opened');
  expect(await type(['promote', 'run', 'shop', ...flags], () => Promise.reject(opened))).toMatchObject({
    err: expect.stringContaining('opened') as string,
  });
});

test('a phase that does not follow is refused, and so is a beginning without a target', async () => {
  const cwd = folder();
  expect(await phase(cwd, 'expand', 'shop')).toMatchObject({ code: 2, err: expect.stringContaining('Say where it goes: --to TIER.') });
  expect(await phase(cwd, 'contract', 'shop')).toMatchObject({
    code: 2,
    err: expect.stringContaining('shop is not being promoted. From there it goes to expand, not to contract.'),
  });
  await phase(cwd, 'expand', 'shop', '--to', 'tier2', '--write');
  expect(await phase(cwd, 'contract', 'shop')).toMatchObject({
    code: 2,
    err: expect.stringContaining('shop is in phase expand. From there it goes to migrate or rollback, not to contract.'),
  });
  expect(await phase(cwd, 'expnd', 'shop')).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean expand?') });
});

describe('by a person with nothing but these commands, on the stand-in', () => {
  let standin: Standin;
  const cwd = folder();
  const environment = () => ({
    TERRACE_ENVIRONMENT: 'shop',
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: '/dev/null',
    TF_REATTACH_PROVIDERS: standin.reattach,
    TF_VAR_secret_session_key: 'first',
  });
  const deploy = (tier: string) => type(['deploy', tier, '--auto-approve'], openProject, { cwd, env: environment() });

  beforeAll(async () => {
    standin = await startStandin({ state: join(cwd, 'sandbox.json') });
  });
  afterAll(() => standin.stop());

  terraform(
    'tier 1 becomes tier 2, and what was left standing is listed',
    async () => {
      expect(await deploy('tier1')).toMatchObject({ code: 0 });
      await phase(cwd, 'expand', 'shop', '--to', 'tier2', '--write');
      for (const next of ['migrate', 'verify', 'cutover', 'soak', 'contract'] as const) {
        expect([next, (await deploy('tier1')).code]).toEqual([next, 0]);
        await phase(cwd, next, 'shop', '--write');
      }
      expect((await deploy('tier2')).code).toBe(0);
      await phase(cwd, 'done', 'shop', '--write');
      expect(fileIn(cwd)).toContain('tier: tier2');
      expect(fileIn(cwd)).not.toContain('promotion');
      expect((await deploy('tier2')).out).toContain('No changes');

      const list = JSON.parse(readFileSync(join(cwd, 'environments', 'shop.retired.json'), 'utf8')) as readonly {
        readonly address: string;
        readonly id: string | null;
        readonly monthly: string | null;
      }[];
      expect(list.map(({ address, monthly }) => [address, monthly])).toEqual([
        ['digitalocean_droplet.app_g1_1', '24.00'],
        ['digitalocean_spaces_key.backup_writer', '0.00'],
        ['digitalocean_volume.database_g1', '1.00'],
        ['digitalocean_volume_attachment.database_g1_attachment', '0.00'],
      ]);
      expect(list.every(({ id }) => id !== null)).toBe(true);
    },
    600_000,
  );

  terraform(
    'what was left standing is paid for, kept until its day, and then deleted by Terraform, but for what it cannot take up',
    async () => {
      const listFile = join(cwd, 'environments', 'shop.retired.json');
      const listed = () => JSON.parse(readFileSync(listFile, 'utf8')) as readonly Retired[];
      const purge = (...args: readonly string[]) => type(['promote', 'purge', 'shop', ...args], openProject, { cwd, env: environment() });
      const standing = (): readonly string[] =>
        Object.values(
          (JSON.parse(readFileSync(join(cwd, 'sandbox.json'), 'utf8')) as { readonly objects: Record<string, object> }).objects,
        ).flatMap(Object.keys);
      const [droplet, key, volume] = listed().map(({ id }) => id ?? '');
      expect((await type(['estimate', '-e', 'shop'], openProject, { cwd })).err).toContain(
        'Besides, 4 resources of earlier promotions still stand and cost 25.00 USD a month, kept until 20',
      );
      expect((await type(['promote', 'status', 'shop'], openProject, { cwd, env: environment() })).out).toMatch(
        /^shop is at tier2 and not being promoted\.\nBesides, 4 resources of earlier promotions still stand and cost 25\.00 USD a month/,
      );

      const early = await purge('--confirm', 'shopp');
      expect(early).toMatchObject({ code: 2, err: expect.stringContaining('What is left standing is kept until 20') });
      expect(early.err).toContain('No backup was verified: no drill has been recorded.');
      expect(early.err).toContain('--confirm is "shopp". Allowed: the environment\'s name, shop.');

      writeFileSync(listFile, JSON.stringify(listed().map((each) => ({ ...each, keepUntil: '2026-01-01' }))));
      expect(await purge('--backup-verified')).toMatchObject({
        code: 2,
        err: expect.stringContaining('nobody can type the name. Give it: --confirm shop.'),
      });
      expect(standing()).toEqual(expect.arrayContaining([droplet, key, volume]));

      const done = await purge('--backup-verified', '--confirm', 'shop', '--json');
      expect({ code: done.code, ...(JSON.parse(done.out) as object) }).toEqual({
        code: 0,
        environment: 'shop',
        deleted: [
          { address: 'digitalocean_droplet.app_g1_1', id: droplet },
          { address: 'digitalocean_volume.database_g1', id: volume },
          { address: 'digitalocean_volume_attachment.database_g1_attachment', id: expect.any(String) },
        ],
        missing: [],
        byHand: [{ address: 'digitalocean_spaces_key.backup_writer', id: key }],
        monthly: '25.00',
      });
      expect(standing().filter((id) => [droplet, key, volume].includes(id))).toEqual([key]);
      expect(listed().map(({ address }) => address)).toEqual(['digitalocean_spaces_key.backup_writer']);
      expect((await deploy('tier2')).out).toContain('No changes');
    },
    600_000,
  );

  terraform(
    'a jump over phases by hand in the file is refused before anything is applied',
    async () => {
      writeFileSync(join(cwd, 'environments', 'shop.yaml'), `${fileIn(cwd)}promotion: { to: tier3, phase: contract }\n`);
      const outcome = await deploy('tier2');
      expect(outcome.code).toBe(1);
      expect(outcome.err).toContain('shop was not changed: the plan of phase contract does what that phase does not name.');
      expect(outcome.err).toContain(
        'digitalocean_loadbalancer.load-balancer  It would be made, which contract does not name: a phase before it was left out.',
      );
    },
    600_000,
  );
});
