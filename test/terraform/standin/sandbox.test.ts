import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sandboxEnvironment, sandboxObjects } from '../../../terraform/standin/sandbox';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';
import { Workspace } from './harness';

const terraform = needs('terraform');
const resources = { digitalocean_tag: { a: { name: 'app' } }, digitalocean_reserved_ip: { a: { region: 'fra1' } } };

test('a sandbox keeps its objects below the project, and makes no file before the first', async () => {
  const project = scratch('sandbox-');
  const sandbox = await sandboxEnvironment(project);
  await sandbox.stop();
  expect(sandbox.state).toBe(join(project, '.terrace', 'sandbox.json'));
  expect(existsSync(sandbox.state)).toBe(false);
  expect(sandboxObjects(sandbox.state)).toEqual([]);
});

test('it gives Terraform a provider, and no credential of a real account', async () => {
  const sandbox = await sandboxEnvironment(scratch('sandbox-'));
  await sandbox.stop();
  expect(Object.keys(sandbox.environment).sort()).toEqual([
    'CDKTF_DISABLE_PLUGIN_CACHE_ENV',
    'CHECKPOINT_DISABLE',
    'DIGITALOCEAN_TOKEN',
    'SPACES_ACCESS_KEY_ID',
    'SPACES_SECRET_ACCESS_KEY',
    'TERRACE_SANDBOX_STATE',
    'TF_REATTACH_PROVIDERS',
  ]);
  expect(sandbox.environment['DIGITALOCEAN_TOKEN']).toBe('sandbox');
});

terraform('what one sandbox made, the next one finds', async () => {
  const project = scratch('sandbox-');
  const first = await sandboxEnvironment(project);
  await (await new Workspace(join(project, 'stack'), first.environment).write(resources).init()).apply();
  await first.stop();
  expect(sandboxObjects(first.state).map(({ type, name }) => `${type} ${name}`)).toEqual([
    expect.stringMatching(/^digitalocean_reserved_ip 198\.1[89]\.\d+\.\d+$/),
    'digitalocean_tag app',
  ]);
  const second = await sandboxEnvironment(project);
  const workspace = new Workspace(join(project, 'stack'), second.environment);
  expect(await workspace.must('plan', '-detailed-exitcode', '-no-color')).toContain('No changes.');
  await workspace.must('destroy', '-auto-approve', '-no-color');
  await second.stop();
  expect(sandboxObjects(second.state)).toEqual([]);
});
