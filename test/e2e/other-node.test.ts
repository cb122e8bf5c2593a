import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../../terraform/package-root';
import { needsGiven } from '../support/needs';
import { checkout, type Checkout, type Ended } from './checkout';

jest.setTimeout(600_000);

/** Another Node than the one that runs the tests: `.ci/run` brings Node 22 and says where it lies. */
const other = process.env['TERRACE_OTHER_NODE'];
const onOther = needsGiven('TERRACE_OTHER_NODE', other);

let desk: Checkout;
beforeEach(async () => {
  desk = await checkout();
  desk.environment('preview', { tier: 'tier3', disposable: true });
  desk = desk.as({ TERRACE_ENVIRONMENT: 'preview' });
});
afterEach(() => desk.standin.stop());

const terrace = (node: string, ...args: readonly string[]): Promise<Ended> => desk.run(node, packageFile('bin', 'terrace.js'), ...args);
const stack = (): string => readFileSync(join(desk.folder, 'cdktf.out/stacks/tier3/cdk.tf.json'), 'utf8');

onOther('another Node synthesizes and prices the same, byte for byte', async () => {
  const [here, there] = [process.execPath, other ?? ''];
  expect(execFileSync(there, ['--version'], { encoding: 'utf8' })).not.toBe(`${process.version}\n`);
  for (const command of [
    ['start', '--json'],
    ['estimate', '--json'],
    ['tiers', '--json'],
  ]) {
    const [first, second] = [await terrace(here, ...command), await terrace(there, ...command)];
    expect([second.code, second.err, second.out]).toEqual([0, first.err, first.out]);
  }
  await terrace(here, 'synth');
  const written = stack();
  await terrace(there, 'synth');
  expect(stack()).toBe(written);
});

onOther('another Node says no more of outputs that are lists and maps', async () => {
  desk.environment('clusters', { tier: 'tier5', disposable: true });
  desk = desk.as({ TERRACE_ENVIRONMENT: 'clusters' });
  const [first, second] = [await terrace(process.execPath, 'synth'), await terrace(other ?? '', 'synth')];
  expect([second.code, second.err]).toEqual([0, first.err]);
});

onOther('another Node deploys and destroys, with terrace and with cdktf-cli', async () => {
  const node = other ?? '';
  const cdktf = (...args: readonly string[]): Promise<Ended> =>
    desk.run(node, packageFile('node_modules', 'cdktf-cli', 'bundle', 'bin', 'cdktf.js'), ...args);
  const cdktfJson = JSON.parse(readFileSync(join(desk.folder, 'cdktf.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(join(desk.folder, 'cdktf.json'), JSON.stringify({ ...cdktfJson, app: `"${node}" "${packageFile('dist', 'main.js')}"` }));
  expect(await terrace(node, 'deploy', 'tier3', '--auto-approve')).toMatchObject({ code: 0 });
  const diff = await cdktf('diff', 'tier3');
  expect([diff.code, diff.out]).toEqual([0, expect.stringContaining('No changes. Your infrastructure matches the configuration.')]);
  const destroyed = await cdktf('destroy', 'tier3', '--auto-approve');
  expect([destroyed.code, destroyed.code === 0 ? '' : destroyed.out + destroyed.err]).toEqual([0, '']);
});
