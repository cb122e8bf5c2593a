import { digitalocean } from '../../stacks/platforms/digitalocean';
import { tierProblems } from '../../stacks/problems';
import { tier as tierOf } from '../../tiers';
import { sampleEnvironment } from '../support/environments';
import { resources, synthesized } from '../support/project';
import { scratch } from '../support/scratch';
import { layers } from './workloads/fixture';

/** The second region sells no card of NVIDIA's with the memory that tier 5 needs. */
const halfSold = (otherwise: 'refuse' | 'cpu' | 'api') =>
  ({ tier: 'tier5', region: 'tor1', regions: ['fra1'], gpu: { spot: false, otherwise } }) as const;

const pools = (found: ReturnType<typeof resources>): readonly string[] =>
  Object.keys(found).filter((address) => address.startsWith('digitalocean_kubernetes_node_pool.inference'));

const serving = (otherwise: 'cpu' | 'api') => {
  const { resource } = layers(scratch(), sampleEnvironment(halfSold(otherwise))).json;
  return Object.entries(resource['kubernetes_stateful_set_v1'] ?? {}).map(([name, { spec }]) => {
    const { container, toleration } = (spec as { template: { spec: { container: { resources: unknown }[]; toleration?: unknown } } })
      .template.spec;
    return [name, JSON.stringify(container[0]?.resources).includes('nvidia.com/gpu'), toleration !== undefined];
  });
};

describe('nodes with cards that one region of DigitalOcean does not sell', () => {
  test('are refused, with what else there is', () => {
    const [problem, ...others] = tierProblems(sampleEnvironment(halfSold('refuse')), tierOf('tier5'));
    expect([problem?.code, others]).toEqual(['GPU_NOT_SOLD', []]);
    expect(problem?.message).toMatch(
      /none is known to be sold in fra1\..* Take such a region or size, or set gpu\.otherwise to cpu or api\.$/,
    );
  });

  test('are CPUs of the nodes there where the environment says so, and cards in the other region', () => {
    const synthesis = synthesized(halfSold('cpu'));
    expect(pools(resources(synthesis))).toEqual(['digitalocean_kubernetes_node_pool.inference_g1_tor1']);
    expect(synthesis.warnings).toContainEqual(
      "inference answers on CPUs of the app's nodes in fra1, because no GPU server that will do is known to be sold there: expect a tenth of a card's speed. `terrace capacity` does not count it.",
    );
    expect(serving('cpu')).toEqual([
      ['inference_fra1_pods_stateful_set', false, false],
      ['inference_tor1_pods_stateful_set', true, true],
    ]);
  });

  test('are nothing there where an API answers', () => {
    const synthesis = synthesized(halfSold('api'));
    expect(pools(resources(synthesis))).toEqual(['digitalocean_kubernetes_node_pool.inference_g1_tor1']);
    expect(synthesis.warnings).toContainEqual(
      expect.stringMatching(/^inference is not built in fra1, .* gets no INFERENCE_URL\.$/) as string,
    );
    expect(serving('api').map(([name]) => name)).toEqual(['inference_tor1_pods_stateful_set']);
  });
});

test('a size that does not exist is told once, however many regions there are', () => {
  const gpu = { sizes: ['gpu-l40sx1-48g'], spot: false, otherwise: 'refuse' as const };
  const onDigitalocean = digitalocean.problems?.(sampleEnvironment({ tier: 'tier5', gpu }), tierOf('tier5')) ?? [];
  expect(onDigitalocean.map(({ code }) => code)).toEqual(['GPU_SIZE_UNKNOWN']);
  const places = { platform: 'aws', region: 'us-east-1', regions: ['us-west-2'] } as const;
  const onAws = tierProblems(sampleEnvironment({ tier: 'tier5', ...places, gpu: { ...gpu, sizes: ['g6e.xlarg'] } }), tierOf('tier5'));
  expect(onAws.map(({ code }) => code)).toEqual(['GPU_SIZE_UNKNOWN']);
});

test('a card of AMD is no size for nodes of a cluster, and is told once', () => {
  const gpu = { sizes: ['gpu-mi300x1-192gb', 'gpu-h100x1-80gb'], spot: false, otherwise: 'refuse' as const };
  const [problem, ...others] = tierProblems(sampleEnvironment({ tier: 'tier5', gpu }), tierOf('tier5'));
  expect([problem?.code, problem?.where, others]).toEqual(['GPU_SIZE_VENDOR', 'gpu.sizes[0]', []]);
  expect(tierProblems(sampleEnvironment({ tier: 'tier4', region: 'ams3', gpu }), tierOf('tier4'))).toEqual([]);
});
