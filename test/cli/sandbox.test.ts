import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../cli/project';
import { packageFile } from '../../terraform/package-root';
import { scratch } from '../support/scratch';
import { Outcome, type } from './desk';

function checkout(): string {
  const folder = scratch();
  for (const part of ['cdktf.json', 'environments']) cpSync(packageFile(part), join(folder, part), { recursive: true });
  return folder;
}

// Real Terraform, many times over, on a machine that does other things too.
jest.setTimeout(240_000);

const disposable = ['-e', 'environments/examples/digitalocean-tier1.yaml'];

describe('terrace sandbox: real Terraform on the stand-in', () => {
  test('plan, apply, no change, show, destroy of a disposable environment', async () => {
    const cwd = checkout();
    const run = (...args: readonly string[]): Promise<Outcome> => type(['sandbox', ...args, ...disposable], openProject, { cwd });
    expect((await run('plan')).out).toMatch(/^Plan: \d+ to create\.\n/);
    const applied = await run('apply');
    expect(applied).toMatchObject({ code: 0, asked: [] });
    expect(applied.err).toMatch(/^On the stand-in: nothing of this exists in a cloud\.\n/);
    expect(applied.out).toMatch(/digitalocean-tier1 is deployed at tier1\.\n$/);
    expect((await run('plan')).out).toBe('No changes. What runs is what the configuration says.\n');
    expect((await run('show')).out).toMatch(/^digitalocean_droplet\.app_g1_1 +\d+$/m);
    const shown = JSON.parse((await run('show', '--json')).out) as { resources: readonly unknown[] };
    expect(shown.resources.length).toBeGreaterThan(10);
    expect(await run('destroy', 'tier1')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/digitalocean-tier1 is destroyed\.\n$/) as string,
    });
    expect((await run('show')).out).toBe('Nothing exists on the stand-in.\n');
    // Everything lies below .terrace/sandbox: the real environment's output and state were not touched.
    expect(readdirSync(cwd).sort()).toEqual(['.terrace', 'cdktf.json', 'environments']);
  });

  test('a protected environment is refused as it would be for real, and reset forgets it', async () => {
    const cwd = checkout();
    const run = (...args: readonly string[]): Promise<Outcome> =>
      type(['sandbox', ...args], openProject, { cwd, env: { TERRACE_ENVIRONMENT: undefined } });
    expect(await run('apply', 'tier3')).toMatchObject({ code: 0 });
    expect(await run('destroy', 'tier3')).toMatchObject({
      code: 1,
      // Whoever follows this stays on the stand-in.
      err: expect.stringMatching(
        /Nothing was destroyed: production is not disposable.*\n {2}terrace sandbox apply tier3 {4}gives up/s,
      ) as string,
    });
    expect(await run('apply', 'tier2')).toMatchObject({
      code: 1,
      err: expect.stringContaining('production is at tier3 (environments/production.yaml), and you asked to deploy tier2.') as string,
    });
    expect(await run('reset', '--json')).toEqual({
      code: 0,
      out: '{\n  "environment": "production",\n  "reset": true\n}\n',
      err: '',
      asked: [],
    });
    expect(existsSync(join(cwd, '.terrace', 'sandbox', 'production'))).toBe(false);
  });

  test('an action it does not know', async () => {
    expect(await type(['sandbox', 'aply'], openProject, { cwd: checkout() })).toMatchObject({
      code: 2,
      err: 'Error: "terrace sandbox" does plan, apply, destroy, show, reset, env, not "aply". Did you mean apply?\n',
    });
  });

  test('env prints what plain terraform and cdktf need, with no credential of a real account', async () => {
    const cwd = checkout();
    const outcome = await type(['sandbox', 'env', ...disposable], openProject, { cwd });
    expect(outcome).toMatchObject({ code: 0, err: '' });
    expect(outcome.out.split('\n')).toEqual([
      `export TERRACE_ENVIRONMENT='${cwd}/environments/examples/digitalocean-tier1.yaml'`,
      `export TF_CLI_CONFIG_FILE='${cwd}/.terrace/mirror/terraform.tfrc'`,
      `export TERRACE_SANDBOX_STATE='${cwd}/.terrace/sandbox.json'`,
      ...['CDKTF_DISABLE_PLUGIN_CACHE_ENV', 'CHECKPOINT_DISABLE'].map((name) => `export ${name}='1'`),
      ...['DIGITALOCEAN_TOKEN', 'SPACES_ACCESS_KEY_ID', 'SPACES_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map(
        (name) => `export ${name}='sandbox'`,
      ),
      "export TF_VAR_secret_session_key='made-up-for-the-stand-in'",
      '',
    ]);
  });

  test('env is refused where the state is a real one', async () => {
    const outcome = await type(['sandbox', 'env'], openProject, { cwd: checkout(), env: { TERRACE_ENVIRONMENT: undefined } });
    expect(outcome).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('Error: The state of production is kept in spaces.') as string,
    });
  });
});
