import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rarely, soak } from '../support/soak';
import { Checkout, checkout } from './checkout';

jest.setTimeout(600_000);

let desk: Checkout;
beforeEach(async () => {
  desk = await checkout();
});
afterEach(() => desk.standin.stop());

const resourcesIn = (state: string): number => (JSON.parse(state) as { resources: readonly unknown[] }).resources.length;

/** Tier 1 goes through the provider file below; `npm run soak` tries all of them both ways. */
const tiers = soak ? (['tier1', 'tier2', 'tier3', 'tier4'] as const) : (['tier3'] as const);

describe.each(tiers)('a disposable environment at %s', (tier) => {
  test('cdktf deploy, cdktf diff shows no change, cdktf destroy', async () => {
    desk.environment('preview', { tier, disposable: true });
    const person = desk.as({ TERRACE_ENVIRONMENT: 'preview' });
    const deployed = await person.cdktf('deploy', tier, '--auto-approve');
    expect([deployed.code, deployed.code === 0 ? '' : deployed.out + deployed.err]).toEqual([0, '']);
    expect(resourcesIn(desk.state('preview'))).toBeGreaterThan(10);
    const diff = await person.cdktf('diff', tier);
    expect(diff.code).toBe(0);
    expect(diff.out).toContain('No changes. Your infrastructure matches the configuration.');
    const destroyed = await person.cdktf('destroy', tier, '--auto-approve');
    expect([destroyed.code, destroyed.code === 0 ? '' : destroyed.out + destroyed.err]).toEqual([0, '']);
    expect(resourcesIn(desk.state('preview'))).toBe(0);
  });

  // Done for every change too, to see that environments stand apart: locks.test.ts.
  rarely(test)('terrace deploy, terrace diff shows no change, terrace destroy', async () => {
    desk.environment('preview', { tier, disposable: true });
    const person = desk.as({ TERRACE_ENVIRONMENT: 'preview' });
    expect(await person.terrace('deploy', tier, '--auto-approve')).toMatchObject({
      code: 0,
      out: expect.stringMatching(new RegExp(`preview is deployed at ${tier}\\.\\n$`)) as string,
    });
    expect(await person.terrace('diff', tier, '--detailed-exitcode')).toMatchObject({
      code: 0,
      out: 'No changes. What runs is what the configuration says.\n',
    });
    expect(await person.terrace('destroy', tier, '--auto-approve')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/preview is destroyed\.\n$/) as string,
    });
    expect(resourcesIn(desk.state('preview'))).toBe(0);
  });
});

test('the stand-in as an ordinary provider file: cdktf and plain terraform use it with nothing running', async () => {
  desk.environment('preview', { tier: 'tier1', disposable: true });
  const printed = await desk.as({ TERRACE_ENVIRONMENT: 'preview' }).terrace('sandbox', 'env', '--json');
  const { TF_REATTACH_PROVIDERS: _running, ...plain } = desk.env;
  const person = desk.as({ ...(JSON.parse(printed.out) as Record<string, string>) }, plain);
  const deployed = await person.cdktf('deploy', 'tier1', '--auto-approve');
  expect([deployed.code, deployed.code === 0 ? '' : deployed.out + deployed.err]).toEqual([0, '']);
  expect(readFileSync(join(desk.folder, '.terrace', 'sandbox.json'), 'utf8')).toContain('digitalocean_droplet');
  const plan = await person.run(
    'terraform',
    `-chdir=${join(desk.folder, 'cdktf.out', 'stacks', 'tier1')}`,
    'plan',
    '-detailed-exitcode',
    '-no-color',
  );
  expect([plan.code, plan.code === 0 ? '' : plan.out + plan.err]).toEqual([0, '']);
  expect(await person.terrace('destroy', 'tier1', '--auto-approve')).toMatchObject({ code: 0 });
  expect(resourcesIn(desk.state('preview'))).toBe(0);
});
