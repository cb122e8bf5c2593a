import { readFileSync, writeFileSync } from 'node:fs';
import { soak } from '../support/soak';
import { Checkout, checkout, Ended } from './checkout';

jest.setTimeout(900_000);

let desk: Checkout;

/** A checkout for the tests of a group. */
function inOneCheckout(before: () => Promise<void> = () => Promise.resolve()): void {
  beforeAll(async () => {
    desk = await checkout();
    await before();
  });
  afterAll(() => desk.standin.stop());
}

const resourcesIn = (state: string): number => (JSON.parse(state) as { resources: readonly unknown[] }).resources.length;

/** Runs a command that must be refused without touching the state, and gives everything it printed. */
async function refused(run: Promise<Ended>, state: string): Promise<string> {
  const outcome = await run;
  expect(outcome.code).toBe(1);
  expect(desk.state('live')).toBe(state);
  return outcome.out + outcome.err;
}

describe('an environment that is kept, at tier3', () => {
  inOneCheckout(async () => {
    desk.environment('live', { tier: 'tier3', disposable: false });
    expect(await desk.as({ TERRACE_ENVIRONMENT: 'live' }).terrace('deploy', 'tier3', '--auto-approve')).toMatchObject({ code: 0 });
  });

  test('is refused to every other tier, to every edit by hand, and to destroy', async () => {
    const { terrace, cdktf } = desk.as({ TERRACE_ENVIRONMENT: 'live' });
    const state = desk.state('live');

    // Lock (a): the other tier's stack refuses, on deploy and on destroy.
    const ours = /live\s+is\s+at\s+tier3;\s+this\s+stack\s+is\s+tier2/;
    expect(plain(await refused(cdktf('deploy', 'tier2', '--auto-approve'), state))).toMatch(ours);
    if (soak) expect(plain(await refused(cdktf('destroy', 'tier2', '--auto-approve'), state))).toMatch(ours);
    expect(await refused(terrace('deploy', 'tier2', '--auto-approve'), state)).toContain(
      'live is at tier3 (environments/live.yaml), and you asked to deploy tier2.',
    );
    expect(await refused(terrace('destroy', 'tier2', '--auto-approve'), state)).toContain(
      'live is at tier3 (environments/live.yaml), and you asked to destroy tier2.',
    );

    // Destroying the tier that it is at: cdktf-cli cuts Terraform's reason off, so only its exit code is asked of it.
    if (soak) await refused(cdktf('destroy', 'tier3', '--auto-approve'), state);
    const destroyed = await refused(terrace('destroy', 'tier3', '--auto-approve'), state);
    expect(destroyed).toContain('This will be refused: live is not disposable.');
    expect(destroyed).toContain('Nothing was destroyed: live is not disposable');
    expect(destroyed).toContain('Instance cannot be destroyed');

    // Lock (b): the file was edited by hand.
    desk.environment('live', { tier: 'tier2', disposable: false });
    expect(plain(await refused(cdktf('deploy', 'tier2', '--auto-approve'), state))).toContain('terraform_data.recorded_tier');
    if (soak) {
      expect(plain(await refused(cdktf('deploy', 'tier3', '--auto-approve'), state))).toMatch(
        /live\s+is\s+at\s+tier2;\s+this\s+stack\s+is\s+tier3/,
      );
      await refused(cdktf('destroy', 'tier2', '--auto-approve'), state);
    }
    for (const command of ['deploy', 'destroy']) {
      const said = await refused(terrace(command, 'tier2', '--auto-approve'), state);
      expect(said).toContain(
        'environments/live.yaml says that live is at tier2, but its state remembers tier3 (terraform_data.recorded_tier).',
      );
      expect(said).toContain('Put "tier: tier3" back into environments/live.yaml.');
      expect(said).toContain('terraform_data.recorded_tier  Instance cannot be destroyed');
    }
  });

  test('made disposable later: destroy says that a deploy is needed first, and works after it', async () => {
    const { terrace } = desk.as({ TERRACE_ENVIRONMENT: 'live' });
    const bucket = fillBucket(desk, 'backups');

    desk.environment('live', { tier: 'tier3', disposable: true });
    const said = await refused(terrace('destroy', 'tier3', '--auto-approve'), desk.state('live'));
    expect(said).toContain('Error: Nothing was destroyed. live has given up its protections in the file, but not yet in the state');
    expect(said).toContain(
      'digitalocean_spaces_bucket.backup: force_destroy is not yet applied, and a bucket with anything in it is not deleted',
    );
    expect(said).toContain('Deploy once, which applies the change and destroys nothing: terrace deploy tier3');

    const deployed = await terrace('deploy', 'tier3', '--auto-approve', '--json');
    expect(JSON.parse(deployed.out)).toMatchObject({ applied: true, counts: { create: 0, replace: 0, destroy: 0 } });
    expect(readFileSync(desk.standin.state, 'utf8')).toContain(bucket);
    expect(await terrace('destroy', 'tier3', '--auto-approve')).toMatchObject({ code: 0 });
    expect(resourcesIn(desk.state('live'))).toBe(0);
  });
});

describe('two environments in one checkout', () => {
  inOneCheckout();

  test('production, staging, production: nothing is planned for the other', async () => {
    desk.environment('production', { tier: 'tier1', disposable: true });
    desk.environment('staging', { tier: 'tier1', disposable: true });
    const production = desk.as({ TERRACE_ENVIRONMENT: 'production' });
    const staging = desk.as({ TERRACE_ENVIRONMENT: 'staging' });
    expect(await production.terrace('deploy', 'tier1', '--auto-approve')).toMatchObject({ code: 0 });
    const kept = desk.state('production');
    const deployed = await staging.cdktf('deploy', 'tier1', '--auto-approve');
    expect([deployed.code, deployed.code === 0 ? '' : deployed.out + deployed.err]).toEqual([0, '']);
    expect(desk.state('production')).toBe(kept);
    const back = await production.cdktf('diff', 'tier1');
    expect(back).toMatchObject({ code: 0, out: expect.stringContaining('No changes.') as string });
    expect(await staging.terrace('diff', 'tier1', '--detailed-exitcode')).toMatchObject({
      code: 0,
      out: 'No changes. What runs is what the configuration says.\n',
    });
    expect(await production.terrace('destroy', 'tier1', '--auto-approve')).toMatchObject({ code: 0 });
    expect(resourcesIn(desk.state('production'))).toBe(0);
    expect(resourcesIn(desk.state('staging'))).toBeGreaterThan(10);
  });
});

/** Puts an object that Terraform does not know of into a bucket, as a database's backups would be. */
function fillBucket(place: Checkout, purpose: string): string {
  const account = JSON.parse(readFileSync(place.standin.state, 'utf8')) as {
    contents?: Record<string, string[]>;
    objects: Record<string, Record<string, { name: string }>>;
  };
  const name = Object.values(account.objects['digitalocean_spaces_bucket'] ?? {})
    .map((bucket) => bucket.name)
    .find((each) => each.includes(purpose));
  if (name === undefined) throw new Error(`no bucket for ${purpose}`);
  writeFileSync(
    place.standin.state,
    JSON.stringify({ ...account, contents: { ...account.contents, [name]: ['wal/000000010000000000000001'] } }),
  );
  return name;
}

/** Terraform's boxes and cdktf-cli's prefixes taken away, so that a sentence can be found across line breaks. */
function plain(text: string): string {
  return text
    .replace(/\u001b\[[0-9;]*m/g, '')
    .replace(/^live\S*\s+|^tier\d\s+|[│╷╵]/gm, ' ')
    .replace(/\s+/g, ' ');
}
