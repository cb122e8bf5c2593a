import { readFileSync, writeFileSync } from 'node:fs';
import type { Environment } from '../../environments/schema';
import { TerraceError } from '../../values/errors';
import { samplePublicKey } from '../support/environments';
import { keptEnvironment, sandbox, secretsOf, summary, type Sandbox } from '../support/sandbox';
import { soak } from '../support/soak';

/** The one with every kind of server; `npm run soak` takes those below it too. */
const tiers = soak ? (['tier1', 'tier2', 'tier3'] as const) : (['tier3'] as const);

/** On the stand-in, whose plans follow the provider's own schema; where the provider can be had the same plans are made with it. */
describe.each(tiers)('what changes in the life of %s, planned by real Terraform on the stand-in', (tier) => {
  const before = keptEnvironment({ tier });
  let place: Sandbox;

  beforeAll(async () => {
    place = await sandbox();
    await place.apply(before);
  });
  afterAll(() => place.stop());

  test('nothing, when nothing changed', async () => {
    expect(summary(await place.plan(before))).toEqual({});
  });

  const releases =
    tier === 'tier3'
      ? ['digitalocean_spaces_bucket_object.configuration_app', 'digitalocean_spaces_bucket_object.configuration_inference']
      : ['digitalocean_spaces_bucket_object.configuration_app'];
  const appRelease = ['digitalocean_spaces_bucket_object.configuration_app'];
  const firewalls =
    tier === 'tier3'
      ? ['digitalocean_firewall.app_firewall', 'digitalocean_firewall.inference_firewall']
      : ['digitalocean_firewall.app_firewall'];

  const changes: readonly (readonly [string, Partial<Environment>, Partial<Record<string, readonly string[]>>])[] = [
    ['a release', { app: { ...before.app, image: 'ghcr.io/example/app:2.0.0' } }, { update: appRelease }],
    ['a setting', { app: { ...before.app, settings: { LOG_LEVEL: 'debug' } } }, { update: appRelease }],
    ['an admin key', { access: { sshKeys: { ada: samplePublicKey }, allowedCidrs: [] } }, { update: releases }],
    ['an admin range', { access: { sshKeys: {}, allowedCidrs: ['203.0.113.7/32'] } }, { update: firewalls }],
    [
      'the first half of a key rotation',
      { channelKeys: [1, 2] },
      { create: ['digitalocean_spaces_key.configuration_key_2'], update: releases },
    ],
  ];

  test.each(changes)('%s changes in place', async (_what, change, expected) => {
    expect(summary(await place.plan({ ...before, ...change }))).toEqual(expected);
  });

  test('a secret changes in place', async () => {
    expect(summary(await place.plan(before, { variables: secretsOf(before, 'second') }))).toEqual({ update: appRelease });
  });

  test('a secret that is missing or empty stops Terraform before the first call', async () => {
    const objects = readFileSync(place.standin.state, 'utf8');
    // Reading any object would now be another error, so that the only one being ours proves that none was read.
    writeFileSync(place.standin.state, 'not JSON');
    const missing = await problemsOf(place.plan(before, { variables: {} }));
    const empty = await problemsOf(place.plan(before, { variables: secretsOf(before, '') }));
    writeFileSync(place.standin.state, objects);
    expect(missing).toEqual([expect.stringContaining('The root module input variable "secret_session_key" is not set')]);
    expect(empty).toEqual([
      expect.stringContaining('The secret SESSION_KEY is empty. Set TF_VAR_secret_session_key, or take SESSION_KEY out of app.secrets.'),
    ]);
  });

  test('a generation written by hand is refused, because it would destroy what runs', async () => {
    const refusals = await problemsOf(place.plan({ ...before, generations: { [tier === 'tier1' ? 'app' : 'database']: 2 } }));
    expect(refusals).toContainEqual(
      expect.stringContaining('Resource terraform_data.recorded_generations has lifecycle.prevent_destroy set'),
    );
  });

  test.each([
    ['that was never joined by another', [2], undefined],
    ['that no server is known to have left', [2, 3], { key: 1, servers: serversOf(tier) }],
    ['that one server has not left', [2], { key: 2, servers: serversOf(tier).slice(1) }],
  ])('a key of the channel %s is not retired', async (_what, channelKeys, channelAcknowledged) => {
    const refusals = await problemsOf(
      place.plan({ ...before, channelKeys, ...(channelAcknowledged === undefined ? {} : { channelAcknowledged }) }),
    );
    expect(refusals).toEqual([expect.stringContaining('Resource terraform_data.recorded_channel_keys has lifecycle.prevent_destroy set')]);
  });

  test('a key of the channel goes when every server has acknowledged the next', async () => {
    const acknowledged = { channelKeys: [2], channelAcknowledged: { key: 2, servers: serversOf(tier) } };
    expect(summary(await place.plan({ ...before, ...acknowledged }))).toEqual({
      create: ['digitalocean_spaces_key.configuration_key_2'],
      update: releases,
      replace: ['terraform_data.recorded_channel_keys'],
      destroy: ['digitalocean_spaces_key.configuration_key_1'],
    });
  });

  test("another bootstrap text, image or key list of Terrace's own touches no server", async () => {
    const patch = (json: string) =>
      json.replaceAll('#cloud-config', '#cloud-config\\n# of another version').replaceAll('ubuntu-24-04-x64', 'ubuntu-26-04-x64');
    expect(summary(await place.plan(before, { patch }))).toEqual({});
  });
});

test('a database that answers elsewhere reaches the servers by their release', async () => {
  const place = await sandbox();
  const environment = keptEnvironment({ tier: 'tier2' });
  await place.apply(environment);
  const objects = readFileSync(place.standin.state, 'utf8');
  const pool = /"private_host": *"([^"]*pool[^"]*|[^"]*database-g1[^"]*)"/.exec(objects)?.[1];
  expect(pool).toBeDefined();
  writeFileSync(place.standin.state, objects.replaceAll(pool ?? '', 'elsewhere.db.example'));
  expect(summary(await place.plan(environment))).toEqual({ update: ['digitalocean_spaces_bucket_object.configuration_app'] });
  await place.stop();
});

function serversOf(tier: 'tier1' | 'tier2' | 'tier3'): string[] {
  const counts = { tier1: { app: 1 }, tier2: { app: 1 }, tier3: { app: 2, inference: 1 } }[tier];
  return Object.entries(counts).flatMap(([group, count]) =>
    Array.from({ length: count }, (_, index) => `coach-sample-${group}-g1-${index + 1}`),
  );
}

async function problemsOf(running: Promise<unknown>): Promise<string[]> {
  const thrown = await running.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof TerraceError)) throw thrown;
  return thrown.problems.map(({ message }) => message);
}
