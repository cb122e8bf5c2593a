import { type JsonObject, type JsonValue, graphFromSynthesis } from '../../../analysis/graph';
import { estimate, listBook } from '../../../analysis/pricing';
import { charts } from '../../../constructs/kubernetes/charts';

const ours = { terraform_data: { recorded_tier: { input: 'tier5' } } };

function priced(resource: JsonObject): readonly string[] {
  const { lines, free, unpriced } = estimate(graphFromSynthesis({ resource: { ...ours, ...resource } }), listBook());
  return [
    ...lines.map(({ name, quantity, product, monthly }) => `${name}: ${quantity.toFixed()} of ${product} = ${monthly.toFixed(2)}`),
    ...free
      .filter(({ type }) => type !== 'terraform_data' && !type.startsWith('kubernetes_storage'))
      .map(({ reason }) => `free: ${reason}`),
    ...unpriced.map(({ part, reason }) => `unpriced: ${part ?? 'all of it'}: ${reason}`),
  ];
}

const inRegion = (region: string): string => `kubernetes.${region}`;

function claim(storage: string, storageClass: string | undefined, provider = inRegion('us-east4')): JsonObject {
  const spec = { resources: { requests: { storage } }, ...(storageClass === undefined ? {} : { storage_class_name: storageClass }) };
  return { kubernetes_persistent_volume_claim_v1: { x: { provider, spec } } };
}

function release(chart: keyof typeof charts | 'foreign', values: JsonValue, provider = 'helm.ams3', own: JsonObject = {}): JsonObject {
  const { name, repository } = chart === 'foreign' ? { name: 'postgresql', repository: 'https://charts.example.com' } : charts[chart];
  return { helm_release: { x: { provider, chart: name, repository, values: [JSON.stringify(values)], ...own } } };
}

describe('what a cluster makes for a claim', () => {
  const gp3 = {
    kubernetes_storage_class_v1: {
      fast: {
        provider: inRegion('us-west-2'),
        metadata: { name: 'fast' },
        storage_provisioner: 'ebs.csi.aws.com',
        parameters: { type: 'gp3' },
      },
    },
  };

  test.each<readonly [string, JsonObject, string]>([
    ['a disk at Google', claim('50Gi', 'premium-rwo'), 'volume of 50 GiB, pd-ssd: 50 of google/persistent-disk/pd-ssd@us-east4 = 9.35'],
    [
      'the default disk there',
      claim('1Ti', 'standard-rwo'),
      'volume of 1024 GiB, pd-balanced: 1024 of google/persistent-disk/pd-balanced@us-east4 = 112.64',
    ],
    [
      'a volume of DigitalOcean',
      claim('30Gi', 'do-block-storage', inRegion('ams3')),
      'volume of 30 GiB, block storage: 30 of digitalocean/volume/block-storage = 3.00',
    ],
    [
      'one of a class by its name',
      { ...gp3, ...claim('100Gi', 'fast', inRegion('us-west-2')) },
      'volume of 100 GiB, gp3: 100 of aws/ebs/gp3/storage@us-west-2 = 8.00',
    ],
    [
      'one of a class by reference',
      { ...gp3, ...claim('100Gi', '${kubernetes_storage_class_v1.fast.metadata[0].name}', inRegion('us-east-1')) },
      'volume of 100 GiB, gp3: 100 of aws/ebs/gp3/storage@us-east-1 = 8.00',
    ],
    [
      'a class of another cluster is none of this one',
      { ...gp3, ...claim('100Gi', 'fast', inRegion('us-east-1')) },
      'unpriced: volume of 100 GiB: the cluster makes a volume for it of the class "fast", of a kind that this resource does not state',
    ],
    [
      'no class',
      claim('8Gi', undefined),
      'unpriced: volume of 8 GiB: the cluster makes a volume for it, of a kind that this resource does not state',
    ],
    [
      'a cluster in no known region',
      claim('8Gi', 'premium-rwo', 'kubernetes'),
      'unpriced: volume of 8 GiB: the region of its cluster is not known: the provider configuration "kubernetes" is not called after one',
    ],
  ])('%s', (_, resource, expected) => expect(priced(resource)).toEqual([expected]));

  test('is listed with its size where the book has no price in its region', () => {
    expect(priced(claim('50Gi', 'premium-rwo', inRegion('europe-west9')))).toEqual([
      expect.stringMatching(
        /^unpriced: volume of 50 GiB, pd-ssd: the price book has no price for google\/persistent-disk\/pd-ssd in europe-west9/,
      ),
    ]);
  });
});

describe('a stateful set', () => {
  const set = (spec: JsonObject): JsonObject => ({ kubernetes_stateful_set_v1: { x: { provider: inRegion('ams3'), spec } } });
  const template = { spec: { resources: { requests: { storage: '20Gi' } }, storage_class_name: 'do-block-storage' } };

  test('has as many volumes as pods', () => {
    expect(priced(set({ replicas: '4', volume_claim_template: [template] }))).toEqual([
      '4 volumes of 20 GiB, block storage: 80 of digitalocean/volume/block-storage = 8.00',
    ]);
  });

  test('costs nothing of its own without a template', () => {
    expect(priced(set({ replicas: 2 }))).toEqual(['free: it runs on nodes of its cluster, which are priced themselves']);
  });
});

describe('a chart', () => {
  const persistence = { enabled: true, size: '50Gi', storageClass: 'do-block-storage' };
  const fifty = 'volume of 50 GiB, block storage: 50 of digitalocean/volume/block-storage = 5.00';

  test('asks for the volumes that its values name', () => {
    expect(priced(release('loki', { singleBinary: { replicas: 1, persistence } }))).toEqual([fifty]);
    expect(priced(release('loki', { singleBinary: { replicas: 3, persistence } }))).toEqual([
      '3 volumes of 50 GiB, block storage: 150 of digitalocean/volume/block-storage = 15.00',
    ]);
  });

  test('asks for none that are switched off, and what it then does is not known', () => {
    expect(priced(release('loki', { singleBinary: { persistence: { ...persistence, enabled: false } } }))).toEqual([
      'unpriced: all of it: what a chart makes is not in Terraform; what runs on nodes is priced with them, volumes and load balancers are not',
    ]);
  });

  test('of which nothing is known has a rest that is not priced', () => {
    expect(priced(release('foreign', { primary: { persistence } }))).toEqual([
      fifty,
      'unpriced: what else the chart makes: it is not in Terraform',
    ]);
    expect(priced(release('loki', { persistence }, 'helm.ams3', { set: [{ name: 'a', value: 'b' }] }))).toHaveLength(2);
  });

  test('with values of which an expression is a part is read all the same', () => {
    const own = { values: ['{"name":"${jsonencode(var.a["b"])}","persistence":{"size":"20Gi","storageClass":"do-block-storage"}}'] };
    expect(priced(release('tempo', {}, 'helm.ams3', own))).toEqual([
      'volume of 20 GiB, block storage: 20 of digitalocean/volume/block-storage = 2.00',
    ]);
  });

  test('that leads requests in costs nothing on ports of nodes, and a balancer otherwise', () => {
    expect(priced(release('traefik', { service: { type: 'NodePort' } }))).toEqual([
      'free: it runs on nodes of its cluster, which are priced themselves',
    ]);
    expect(priced(release('traefik', {}))).toEqual([
      'unpriced: load balancer: the cluster makes one for its service, of a kind that the chart does not state',
    ]);
  });

  test.each(Object.keys(charts) as (keyof typeof charts)[])('%s, which Terrace installs, is known', (chart) => {
    const [answer] = priced(release(chart, { persistence, service: { type: 'ClusterIP' } }));
    expect(answer).toBe(fifty);
    expect(priced(release(chart, { persistence, service: { type: 'ClusterIP' } }))).toHaveLength(1);
  });
});

test('servers of a sharded database in our own chart have a volume each: 2 of the coordinator, 8 x 2 of the shards', () => {
  const servers = { pods: { persistentVolume: { size: '2000Gi', storageClass: 'premium-rwo' } } };
  const spec = { coordinator: { instances: 2, ...servers }, shards: { clusters: 8, instancesPerCluster: 2, ...servers } };
  const own = { chart: 'assets/objects_chart/81A6', values: [JSON.stringify({ objects: [{ kind: 'SGShardedCluster', spec }] })] };
  expect(priced({ helm_release: { x: { provider: 'helm.us-east4', ...own } } })).toEqual([
    '16 volumes of 2000 GiB, pd-ssd: 32000 of google/persistent-disk/pd-ssd@us-east4 = 5984.00',
    '2 volumes of 2000 GiB, pd-ssd: 4000 of google/persistent-disk/pd-ssd@us-east4 = 748.00',
  ]);
});
