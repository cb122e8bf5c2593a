import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from '../../environments/schema';
import { digitalocean } from '../../stacks/platforms/digitalocean';
import { tier as tierOf } from '../../tiers';
import { synthesize } from '../../stacks/synthesize';
import { resources, synthesized } from '../support/project';
import { keptEnvironment, sandbox, secretsOf, summary, type Sandbox } from '../support/sandbox';
import { sampleEnvironment } from '../support/environments';
import { scratch } from '../support/scratch';
import { fifths, quarters } from '../support/shards';

jest.setTimeout(300_000);

/** Types whose objects hold data or the cluster that holds volumes. */
const stateful = /^digitalocean_(database_(cluster|db|replica)|volume|spaces_bucket|kubernetes_cluster)\./;

/** On the stand-in: no account, no cloud. */
describe.each(['tier4', 'tier5'] as const)('%s on DigitalOcean, by real Terraform on the stand-in', (tier) => {
  const before = keptEnvironment({ tier });
  const placed = { ...before, ...placeOf(tier) };
  let standing: Environment = placed;
  let place: Sandbox;

  beforeAll(async () => {
    place = await sandbox();
    await place.apply(placed);
  });
  afterAll(() => place.stop());

  test('is applied, and a plan after that has nothing to do', async () => {
    expect(summary(await place.plan(placed))).toEqual({});
  });

  test('another image of the app touches nothing that holds data', async () => {
    const changes = summary(await place.plan({ ...placed, app: { ...placed.app, image: 'ghcr.io/example/app:2.0.0' } }));
    expect(changes).toEqual(tier === 'tier4' ? { update: ['digitalocean_spaces_bucket_object.configuration_app'] } : {});
  });

  test('what holds data is protected', () => {
    const found = resources(synthesize(placed, { project: scratch(), recordedOnly: true }));
    const unprotected = Object.entries(found).filter(
      ([address, { lifecycle }]) =>
        /^digitalocean_(database_db|spaces_bucket|domain)\./.test(address) &&
        (lifecycle as { prevent_destroy?: boolean } | undefined)?.prevent_destroy !== true,
    );
    // Nothing in these two is data: what servers read, and their turns.
    expect(unprotected.map(([address]) => address).filter((address) => !/configuration(_turns_app)?$/.test(address))).toEqual([]);
  });

  if (tier === 'tier5')
    test('a fifth shard adds that shard and touches nothing else; its buckets come by the map alone', async () => {
      const five = { ...placed, database: { engine: 'shards', shards: { ...quarters, 'shard-5': [] } } } as const;
      expect(summary(await place.plan(five))).toEqual({
        create: [
          'digitalocean_database_cluster.database_g1_shard-5',
          'digitalocean_database_db.database_g1_shard-5_app',
          'digitalocean_database_firewall.database_g1_shard-5_firewall',
          'digitalocean_database_firewall.database_g1_shard-5_replica_1_firewall',
          'digitalocean_database_replica.database_g1_shard-5_replica_1',
          'digitalocean_monitor_alert.monitoring_database_g1_shard-5_cpu',
          'digitalocean_monitor_alert.monitoring_database_g1_shard-5_disk',
          'terraform_data.recorded_shards["shard-5"]',
        ],
      });
      await place.apply(five);
      standing = five;
      expect(summary(await place.plan({ ...placed, database: { engine: 'shards', shards: fifths } }))).toEqual({
        update: ['digitalocean_spaces_bucket_object.configuration_shards'],
      });
    });

  test('once it is disposable, it is destroyed to the last object', async () => {
    await place.apply({ ...standing, disposable: standing.name });
    await promisify(execFile)('terraform', ['destroy', '-auto-approve', '-input=false', '-no-color'], {
      cwd: join(place.project, 'cdktf.out', 'stacks', tier),
      env: {
        ...process.env,
        ...secretsOf(placed),
        CHECKPOINT_DISABLE: '1',
        TF_CLI_CONFIG_FILE: '/dev/null',
        TF_REATTACH_PROVIDERS: place.standin.reattach,
      },
    });
    const { objects } = JSON.parse(readFileSync(place.standin.state, 'utf8')) as { objects: Record<string, Record<string, unknown>> };
    expect(Object.values(objects).flatMap((each) => Object.keys(each))).toEqual([]);
  });
});

function placeOf(tier: 'tier4' | 'tier5') {
  const { region, regions } = sampleEnvironment({ tier });
  return { region, ...(regions === undefined ? {} : { regions }) };
}

test('the map says which bucket is in which shard, and names every one once', () => {
  const published = resources(synthesized({ tier: 'tier5' }))['digitalocean_spaces_bucket_object.configuration_shards'];
  expect(published).toMatchObject({ key: 'shards.json' });
  const ranges = [...String(published?.['content']).matchAll(/"name":"(shard-\d)","from":(\d+),"to":(\d+)/g)].map(([, name, from, to]) => [
    name,
    Number(from),
    Number(to),
  ]);
  expect(ranges).toEqual([
    ['shard-1', 0, 255],
    ['shard-2', 256, 511],
    ['shard-3', 512, 767],
    ['shard-4', 768, 1023],
  ]);
  expect(String(published?.['content'])).toContain('"buckets":1024');
  expect(String(published?.['content'])).not.toContain('password');
});

test('the stateful types that the tests above watch are in both tiers', () => {
  for (const tier of ['tier4', 'tier5'] as const)
    expect(Object.keys(resources(synthesized({ tier }))).filter((address) => stateful.test(address)).length).toBeGreaterThan(5);
});

describe('GPU servers that cannot be had', () => {
  const problems = (overrides: Parameters<typeof sampleEnvironment>[0]) =>
    (digitalocean.problems?.(sampleEnvironment(overrides), tierOf(overrides?.tier ?? 'tier4')) ?? []).map(
      ({ code, where }) => `${code} ${where}`,
    );

  test('are told all at once, with the sizes that do not exist or are too small', () => {
    expect(problems({ tier: 'tier4', region: 'fra1' })).toEqual(['GPU_NOT_SOLD gpu']);
    expect(
      problems({ tier: 'tier4', region: 'fra1', gpu: { sizes: ['gpu-h100x1', 's-1vcpu-1gb'], spot: false, otherwise: 'refuse' } }),
    ).toEqual(['GPU_SIZE_UNKNOWN gpu.sizes[0]', 'GPU_SIZE_UNKNOWN gpu.sizes[1]']);
    expect(problems({ tier: 'tier5', region: 'fra1', regions: ['lon1'] })).toEqual(['GPU_NOT_SOLD gpu', 'GPU_NOT_SOLD gpu']);
    expect(problems({ tier: 'tier5', gpu: { sizes: ['gpu-4000adax1-20gb'], spot: false, otherwise: 'refuse' } })).toEqual([
      'GPU_SIZE_TOO_SMALL gpu.sizes[0]',
    ]);
  });

  test('are done without where the environment says so', () => {
    const onCpus = synthesized({ tier: 'tier4', region: 'fra1', gpu: { spot: false, otherwise: 'cpu' } });
    expect(resources(onCpus)['digitalocean_droplet.inference_g1_1']).toMatchObject({ size: 'c-32', image: 'ubuntu-24-04-x64' });
    expect(onCpus.warnings).toContainEqual(expect.stringMatching(/^inference answers on CPUs \(c-32\)/) as string);
    const byApi = synthesized({ tier: 'tier4', region: 'fra1', gpu: { spot: false, otherwise: 'api' } });
    expect(Object.keys(resources(byApi)).filter((address) => address.includes('inference'))).toEqual([]);
    expect(String(resources(byApi)['digitalocean_spaces_bucket_object.configuration_app']?.['content'])).not.toContain('INFERENCE_URL');
  });
});

describe('spot servers with GPUs on DigitalOcean', () => {
  const [onDemand, spot] = ['gpu-6000adax1-48gb', 'gpu-mi350x1-288gb-spot'];
  const at = (gpu: { readonly sizes?: string[]; readonly spot: boolean }) =>
    ({ tier: 'tier4', region: 'tor1', gpu: { otherwise: 'refuse', ...gpu } }) as const;
  const sizeOf = (synthesis: ReturnType<typeof synthesized>) => resources(synthesis)['digitalocean_droplet.inference_g1_1']?.['size'];
  const told = ({ warnings }: ReturnType<typeof synthesized>) => warnings.filter((line) => line.startsWith('inference: '));
  const sentence = (which: string) =>
    `gpu.spot asks for spot, and no spot size ${which} known to be sold in tor1 on 2026-09-03: this one is on demand, at the full price. One that the account has is taken when gpu.sizes names it.`;

  test('come first where they are asked for and named', () => {
    const synthesis = synthesized(at({ sizes: [onDemand, spot], spot: true }));
    expect(sizeOf(synthesis)).toBe(spot);
    expect(told(synthesis)).toEqual([
      `inference: ${spot} is not placed in any region by what is known, so tor1 may not have it. GPU supply moves from month to month: look into the account before a deploy (GET /v2/sizes), and name others that will do in gpu.sizes. It can be taken back at any time.`,
    ]);
  });

  test('are said to be missing where none is known to be sold, and those at the full price stand there', () => {
    const [any, named] = [synthesized(at({ spot: true })), synthesized(at({ sizes: [onDemand], spot: true }))];
    expect([sizeOf(any), sizeOf(named)]).toEqual([onDemand, onDemand]);
    expect(told(any)[0]).toContain(sentence('that will do is'));
    expect(told(named)[0]).toContain(sentence('of gpu.sizes is'));
    expect(told(synthesized(at({ spot: false })))[0]).not.toContain('spot');
  });

  test.each(['tier4', 'tier5'] as const)(
    'are refused at %s where they are named and not asked for, with all else that is wrong',
    (tier) => {
      const problems = digitalocean.problems?.(
        sampleEnvironment({ ...at({ sizes: ['gpu-x', 'gpu-b300x1-288gb-spot', onDemand], spot: false }), tier }),
        tierOf(tier),
      );
      expect(problems?.map(({ code, where }) => `${code} ${where}`)).toEqual([
        'GPU_SIZE_UNKNOWN gpu.sizes[0]',
        'GPU_SIZE_SPOT gpu.sizes[1]',
      ]);
      expect(problems?.[1]?.message).toBe(
        'gpu.sizes[1] is "gpu-b300x1-288gb-spot", which DigitalOcean may take back at any time, and gpu.spot is false. Set it to true, or name another size.',
      );
    },
  );

  test('are warned of for nodes of a cluster as well', () => {
    const { warnings } = synthesized({ ...at({ spot: true }), tier: 'tier5', regions: ['nyc2'] });
    expect(warnings.filter((line) => line.includes('gpu.spot asks for spot'))).toHaveLength(2);
  });
});

test('the app of tier 4 knows one address of all GPU servers, and readers beside the writer', () => {
  const content = String(resources(synthesized({ tier: 'tier4' }))['digitalocean_spaces_bucket_object.configuration_app']?.['content']);
  expect(content).toMatch(/"INFERENCE_URL":"http:\/\/[^"]*digitalocean_loadbalancer\.inference_balancer\.ip/);
  expect(content).toMatch(/"readers":\{"hosts":\["[^\]]*replicas_g1_1\.private_host[^\]]*replicas_g1_2\.private_host/);
  expect(content).toContain('"atOnce":1');
});
