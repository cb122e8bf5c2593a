import { graphFromSynthesis, type CdkTfJson } from '../../../analysis/graph';
import { estimate, listBook } from '../../../analysis/pricing';
import type { Environment } from '../../../environments/schema';
import { checkEnvironment } from '../../../environments/check';
import { layerWarnings } from '../../../stacks/layers';
import { choiceOf } from '../../../stacks/platforms/google/gpu';
import { tierProblems } from '../../../stacks/problems';
import { tier6 } from '../../../tiers/deadlock-coach/tier6';
import { sampleEnvironment } from '../../support/environments';
import { scratch } from '../../support/scratch';
import { overTwoClouds, synthesized } from './two-clouds';

type Gpu = NonNullable<Environment['gpu']>;
type AtGoogle = NonNullable<Gpu['google']>;

const home = { region: 'us-east-1', regions: ['us-west-2'] };
const asking = (own: Partial<AtGoogle> = {}): Gpu => ({
  spot: false,
  otherwise: 'refuse',
  google: { nodes: 2, spot: false, otherwise: 'refuse', ...own },
});

const made = (gpu?: Gpu, where = home) => synthesized(scratch(), { ...where, ...(gpu === undefined ? {} : { gpu }) });
const pools = (own: ReturnType<typeof made>) => own.json('tier6-google').resource['google_container_node_pool'] ?? {};
const models = (own: ReturnType<typeof made>) => own.json('tier6-workloads').resource['kubernetes_stateful_set_v1'] ?? {};
const told = (own: ReturnType<typeof made>, region: string): string =>
  (own.json('tier6-workloads') as unknown as { locals: Record<string, string> }).locals[`app_${region}_environment`] ?? '';

const problems = (gpu: Gpu, where = home) =>
  tierProblems(sampleEnvironment({ ...overTwoClouds, ...where, gpu }), tier6).map(({ code, message, where }) => ({
    code,
    message,
    where,
  }));

describe('nodes with cards at Google', () => {
  const [none, both] = [made(), made(asking())];

  test('are not there unless the file asks for them', () => {
    expect(Object.keys(pools(none))).toEqual(['cluster_us-east4_nodes_app']);
    expect(layerWarnings(sampleEnvironment({ ...overTwoClouds, ...home }), tier6)).toEqual([]);
  });

  test('have the cheapest type that will do, in the zones that sell its card', () => {
    expect(pools(both)['cluster_us-east4_nodes_gpu']).toMatchObject({
      node_locations: ['us-east4-c'],
      autoscaling: { total_min_node_count: 2, total_max_node_count: 2, location_policy: 'ANY' },
      node_config: {
        machine_type: 'a2-ultragpu-1g',
        spot: false,
        guest_accelerator: [{ type: 'nvidia-a100-80gb', count: 1, gpu_driver_installation_config: { gpu_driver_version: 'DEFAULT' } }],
        taint: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NO_SCHEDULE' }],
      },
    });
  });

  test('may be spot, of the type that the file names first', () => {
    const pool = { id: 'inference', gpuMemoryGb: 80 };
    expect(choiceOf(pool, { gpu: asking({ spot: true, sizes: ['a3-highgpu-1g', 'a2-ultragpu-1g'] }) }, 'us-east4')).toMatchObject({
      kind: 'gpu',
      type: { type: 'a3-highgpu-1g', accelerator: 'nvidia-h100-80gb' },
      zones: ['us-east4-a', 'us-east4-b', 'us-east4-c'],
    });
    expect(choiceOf(pool, {}, 'us-east4')).toBeUndefined();
  });

  test('serve the model by the same object as at home, one pod on each, and the app there is told', () => {
    const [own, there] = ['us-east-1', 'us-east4'].map((region) => JSON.stringify(models(both)[`inference_${region}_pods_stateful_set`]));
    const alike = (text: string | undefined, region: string) => (text ?? '').replaceAll(region, 'REGION');
    const plain = (text: string) => text.replace(/"replicas":"?\d+"?/, '').replace(/"storage_class_name":"[^"]*"/, '');
    expect(plain(alike(there, 'us-east4'))).toBe(plain(alike(own, 'us-east-1')));
    expect(models(both)['inference_us-east4_pods_stateful_set']).toMatchObject({ spec: { replicas: '2' } });
    expect(told(both, 'us-east4')).toContain('INFERENCE_URL');
    expect(told(none, 'us-east4')).not.toContain('INFERENCE_URL');
  });

  test('leave what serves at home as it is', () => {
    const alone = models(none);
    expect(Object.keys(alone)).toEqual(['inference_us-east-1_pods_stateful_set', 'inference_us-west-2_pods_stateful_set']);
    for (const [name, each] of Object.entries(alone)) expect(models(both)[name]).toEqual(each);
  });

  test('are priced: two machines with a card each, by the price book of us-east4', () => {
    const { lines } = estimate(graphFromSynthesis(both.json('tier6-google') as unknown as CdkTfJson), listBook(), {});
    const paid = lines.filter(({ address }) => address.endsWith('nodes_gpu')).map(({ name, monthly }) => `${name} = ${monthly.toFixed(2)}`);
    // 1,460 h x 1.23833 = 1,807.96; 1,460 h x 4.424197 = 6,459.33; 400 GB x 0.11 = 44.00.
    expect(paid).toEqual(['cards nvidia-a100-80gb = 6459.33', 'machine a2-ultragpu-1g = 1807.96', 'node disk pd-balanced = 44.00']);
  });

  test('are warned of: when the type was seen, that a quota has to be asked for, and that capacity leaves them out', () => {
    expect(layerWarnings(sampleEnvironment({ ...overTwoClouds, ...home, gpu: asking({ spot: true }) }), tier6)).toEqual([
      "inference: a2-ultragpu-1g at Google in us-east4-c, as known on 2026-02-24. What is free moves by the hour, and a new project's quota for GPUs is 0: ask for it before a deploy (IAM, Quotas, GPUs (all regions) and that of the card in us-east4). `terrace capacity` counts the cards at home only. Google may take spot nodes back at half a minute's notice.",
    ]);
  });
});

describe('where no card is sold, neither at home nor at Google', () => {
  const far = { region: 'eu-west-1', regions: ['us-east-1'] };
  const without = (otherwise: Gpu['otherwise']) => made({ ...asking({ otherwise }), otherwise }, far);
  const [region, second, google] = ['eu-west-1', 'us-east-1', 'europe-west1'];

  test('CPUs of the nodes of the app answer, in either cloud', () => {
    const own = without('cpu');
    expect(Object.keys(pools(own))).toEqual([`cluster_${google}_nodes_app`]);
    for (const each of [region, google]) {
      const pod = JSON.stringify(models(own)[`inference_${each}_pods_stateful_set`]);
      expect(pod).toContain('"requests":{"cpu":"6"');
      expect(pod).toContain('"ghcr.io/ggml-org/llama.cpp:server"');
      expect(pod).not.toMatch(/nvidia|n-gpu-layers/);
      const quota = own.json('tier6-workloads').resource['kubernetes_resource_quota_v1']?.[`inference_${each}_space_quota`];
      expect(JSON.stringify(quota)).not.toContain('gpu');
    }
    expect(JSON.stringify(models(own)[`inference_${second}_pods_stateful_set`])).toContain('nvidia');
  });

  test('or an API does, which the app asks by itself', () => {
    const own = without('api');
    expect(Object.keys(models(own))).toEqual([`inference_${second}_pods_stateful_set`]);
    expect([region, second, google].map((each) => told(own, each).includes('INFERENCE_URL'))).toEqual([false, true, false]);
  });

  test('or the tier is refused, with the places that have one', () => {
    const found = problems({ ...asking(), otherwise: 'api' }, far);
    expect(found).toEqual([
      {
        code: 'SECOND_CLOUD_GPU_NOT_SOLD',
        message:
          'inference needs 80 GB of GPU memory, and no zone of europe-west1, where the cluster at Google stands, is known to sell it. As spot there is a3-highgpu-1g: set gpu.google.spot. It is sold in asia-southeast1 and europe-west4 and us-central1 and us-east4 and us-east5 (a2-ultragpu-1g), asia-northeast1 and asia-southeast1 and australia-southeast1 and europe-west1 and europe-west3 and europe-west4 and northamerica-northeast2 and us-central1 and us-east4 and us-east5 and us-west1 and us-west4 (a3-highgpu-1g). Take gpu.google out, or set gpu.google.otherwise to cpu or api.',
        where: 'gpu.google',
      },
    ]);
    expect(problems({ ...asking({ spot: true }), otherwise: 'api' }, far)).toEqual([]);
    expect(problems(asking())).toEqual([]);
  });
});

test('mistakes are named all at once, those of both clouds', () => {
  const wrong = { ...asking({ sizes: ['a2-ultragpu-1', 'g2-standard-4', 'a3-highgpu-1g', 'a2-highgpu-1g'] }), sizes: ['g6.xlarg'] };
  expect(problems(wrong).map(({ code, where }) => `${code} ${where}`)).toEqual([
    'GPU_SIZE_UNKNOWN gpu.sizes[0]',
    'SECOND_CLOUD_GPU_UNKNOWN gpu.google.sizes[0]',
    'SECOND_CLOUD_GPU_TOO_SMALL gpu.google.sizes[1]',
    'SECOND_CLOUD_GPU_SPOT_ONLY gpu.google.sizes[2]',
    'SECOND_CLOUD_GPU_TOO_SMALL gpu.google.sizes[3]',
    'SECOND_CLOUD_GPU_NOT_IN_REGION gpu.google.sizes[3]',
  ]);
  expect(problems(wrong).map(({ message }) => message)[1]).toBe(
    'gpu.google.sizes[0] is "a2-ultragpu-1", which is no machine type of Google\'s with one GPU that the catalog knows. Did you mean a2-ultragpu-1g?',
  );
});

test('a file that asks for cards in a cluster that it does not have is refused', () => {
  const messages = (own: object): readonly string[] => {
    const checked = checkEnvironment({
      ...sampleEnvironment({ region: 'us-east-1' }),
      tier: 'tier6',
      gpu: { google: { nodes: 1 } },
      ...own,
    });
    return 'findings' in checked ? checked.findings.map(({ message }) => message) : [];
  };
  expect(messages({ platform: 'aws' })).toEqual([]);
  expect(messages({ platform: { default: 'aws', cluster: ['aws', 'google'] } })).toEqual([]);
  expect(messages({ platform: { default: 'aws', cluster: 'aws' } })).toEqual([
    'gpu.google is for the cluster at Google of an environment on AWS, and platform.cluster keeps all clusters elsewhere. Remove it.',
  ]);
  expect(messages({ platform: 'digitalocean', region: 'tor1' })).toEqual([
    'gpu.google is for the cluster at Google of an environment on AWS, and the environment stands on digitalocean. Remove it.',
  ]);
  expect(messages({ platform: 'aws', gpu: { google: { nodes: 0 } } })).toEqual([
    'gpu.google.nodes is 0. Allowed: a whole number from 1 to 50.',
  ]);
});
