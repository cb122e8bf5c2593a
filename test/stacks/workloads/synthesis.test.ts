import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../../environments/schema';
import { synthesize, type SynthesizedTier } from '../../../stacks/synthesize';
import { teardown } from '../../../stacks/workloads/teardown';
import { sampleEnvironment } from '../../support/environments';
import { scratch } from '../../support/scratch';

const environments: Readonly<Record<string, Environment>> = {
  digitalocean: sampleEnvironment({ tier: 'tier5', region: 'tor1', regions: ['ams3'], load: { dailyUsers: 100_000 } }),
  aws: sampleEnvironment({ tier: 'tier5', platform: 'aws', region: 'eu-central-1', regions: ['us-east-1'], load: { dailyUsers: 100_000 } }),
};

describe.each(Object.keys(environments))('tier 5 on %s', (platform) => {
  let tier: SynthesizedTier;
  beforeAll(() => {
    tier = synthesize(environments[platform] as Environment, { project: scratch(), recordedOnly: true }).recorded;
  });

  test('has a second layer beside it', () => {
    expect(tier.layers[0]?.id).toBe('tier5-workloads');
    expect(existsSync(join(tier.layers[0]?.directory ?? '', 'cdk.tf.json'))).toBe(true);
  });

  test('tells the second layer everything that it asks for', () => {
    const asked = new Set(
      [...JSON.stringify(tier.layers[0]?.json).matchAll(/terraform_remote_state\.platform\.outputs\.([a-z_]+)/g)].map(([, name]) => name),
    );
    expect([...asked].filter((name) => !Object.keys((tier.json['output'] ?? {}) as object).includes(String(name)))).toEqual([]);
    expect([...asked]).toEqual(expect.arrayContaining(['clusters', 'shards', 'cache']));
  });

  test('tells it under the same names: regions and shards', () => {
    const { clusters, shards } = tier.json['output'] as Record<string, { value: Record<string, object> }>;
    expect(Object.keys(clusters?.value ?? {})).toEqual(
      [String(environments[platform]?.region), ...(environments[platform]?.regions ?? [])].sort((one, other) => one.localeCompare(other)),
    );
    expect(Object.keys(clusters?.value[environments[platform]?.region ?? ''] ?? {})).toEqual(
      expect.arrayContaining(['id', 'name', 'endpoint', 'ca_certificate']),
    );
    expect(Object.keys(shards?.value ?? {})).toEqual(['shard-1', 'shard-2', 'shard-3', 'shard-4']);
  });

  test('keeps passwords out of the plain outputs', () => {
    const plain = Object.entries(tier.json['output'] as Record<string, { sensitive?: boolean }>).filter(
      ([, { sensitive }]) => sensitive !== true,
    );
    expect(JSON.stringify(plain)).not.toMatch(/\.password|secret_key|secret_access_key/);
  });

  test('says how it is taken down: what runs in the clusters first', () => {
    const written = JSON.parse(readFileSync(join(tier.directory, 'teardown.json'), 'utf8')) as { stacks: { stack: string }[] };
    expect(written).toEqual(teardown(tier as never));
    expect(written.stacks.map(({ stack }) => stack)).toEqual(['tier5-workloads', 'tier5']);
  });
});

describe('tier 6 on AWS and Google', () => {
  let tier: SynthesizedTier;
  beforeAll(() => {
    tier = synthesize(
      sampleEnvironment({ tier: 'tier6', platform: 'aws', region: 'us-east-1', regions: ['us-west-2'], load: { dailyUsers: 1_000_000 } }),
      { project: scratch() },
    ).recorded;
  });

  test('has three layers', () => {
    expect([tier.id, ...tier.layers.map(({ id }) => id)]).toEqual(['tier6', 'tier6-google', 'tier6-workloads']);
    expect(tier.layers.map(({ json }) => Object.keys(json['provider'] as object).sort((one, other) => one.localeCompare(other)))).toEqual([
      ['aws', 'google'],
      ['cloudflare', 'helm', 'kubernetes'],
    ]);
  });

  test('tells the last layer everything that it asks for, each cloud its own', () => {
    const asked = (state: string): string[] => [
      ...new Set(
        [...JSON.stringify(tier.layers[1]?.json).matchAll(new RegExp(`terraform_remote_state\\.${state}\\.outputs\\.([a-z_]+)`, 'g'))].map(
          ([, name]) => String(name),
        ),
      ),
    ];
    const told = (json: Readonly<Record<string, unknown>> | undefined): string[] => Object.keys((json?.['output'] ?? {}) as object);
    expect(asked('platform').filter((name) => !told(tier.json).includes(name))).toEqual([]);
    expect(asked('google')).toEqual(['clusters']);
    expect(told(tier.layers[0]?.json)).toEqual(['clusters']);
  });
});
