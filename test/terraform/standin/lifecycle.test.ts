import { join } from 'node:path';
import { startStandin, type Standin } from '../../../terraform/standin/server';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';
import { everyType } from './fixture';
import { Workspace } from './harness';

const terraform = needs('terraform');
let standin: Standin;
let workspace: Workspace;

beforeAll(async () => {
  const room = scratch('standin-');
  standin = await startStandin({ state: join(room, 'sandbox.json') });
  workspace = new Workspace(join(room, 'stack'), { TF_REATTACH_PROVIDERS: standin.reattach });
});

afterAll(() => standin.stop());

describe('a configuration with every type that tiers use', () => {
  terraform('is initialized and valid', async () => {
    await workspace.write(everyType()).init();
    expect(await workspace.must('validate', '-no-color')).toContain('The configuration is valid.');
  });

  terraform('is applied, and then nothing is left to do', async () => {
    expect(await workspace.apply()).toContain('Apply complete! Resources: 33 added, 0 changed, 0 destroyed.');
    expect(await workspace.must('plan', '-detailed-exitcode', '-no-color')).toContain('No changes.');
  });

  terraform('is destroyed, and nothing is left of it', async () => {
    const out = await workspace.must('destroy', '-auto-approve', '-no-color');
    expect(out).toContain('Destroy complete! Resources: 33 destroyed.');
  });
});
