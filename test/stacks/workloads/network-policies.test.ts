import { flavours, type ClusterCloud } from '../../../constructs/kubernetes/flavour';
import { scratch } from '../../support/scratch';
import { tierOf } from '../../../tiers/choices';
import { layers, twoRegions, twoServices, withPipeline, withServices, type Document } from './fixture';
import { synthesized as overClouds, withEngine } from './two-clouds';

/** Every workload of the library, on a cloud that enforces what is written here. */
const synthesized = (cloud: ClusterCloud): Document => layers(scratch(), twoRegions(cloud), { tier: withPipeline }).json;

interface Peer {
  readonly namespace_selector?: { readonly match_labels: Record<string, string> };
  readonly pod_selector?: { readonly match_labels: Record<string, string> };
  readonly ip_block?: { readonly cidr: string };
}

interface Way {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly port: string; readonly protocol: string }[];
}

interface Policy {
  readonly metadata: { readonly namespace: string };
  readonly spec: {
    readonly pod_selector: { readonly match_labels?: Record<string, string> };
    readonly ingress?: readonly Way[];
    readonly egress?: readonly Way[];
  };
}

/** A namespace by its name, or by that of the component that it is made for. */
const spaceOf = (name: string): string => /namespace_v1\.([^_]+)_/.exec(name)?.[1] ?? name;

/** A port as it stands, or the output of the platform that it is. */
const portOf = (port: string): string => /outputs\.([^}]+)\}/.exec(port)?.[1] ?? port;

function placeOf({ namespace_selector: space, pod_selector: pods, ip_block: range }: Peer): string {
  if (range !== undefined) return range.cidr;
  const [namespace] = Object.values(space?.match_labels ?? {}).map(spaceOf);
  return [namespace, ...Object.values(pods?.match_labels ?? {})].join('/');
}

const waysOf = (subject: string, sign: string, ways: readonly Way[] = []): string[] =>
  ways.map(({ from, to, ports }) => {
    const places = (from ?? to)?.map(placeOf).join(' ') ?? 'anywhere';
    return `${subject} ${sign} ${places} ${ports?.map(({ port, protocol }) => `${portOf(port)}/${protocol}`).join(' ') ?? 'all'}`;
  });

/** What the policies of one cluster let through, a line each. */
function open(document: Document, region: string): string[] {
  return Object.entries(document.resource['kubernetes_network_policy_v1'] ?? {})
    .filter(([id]) => id.includes(region))
    .flatMap(([, policy]) => {
      const { metadata, spec } = policy as unknown as Policy;
      const subject = [spaceOf(metadata.namespace), ...Object.values(spec.pod_selector.match_labels ?? {})].join('/');
      return [...waysOf(subject, '<-', spec.ingress), ...waysOf(subject, '->', spec.egress)];
    })
    .sort();
}

test('let each pod on AWS do what it needs, and nothing else', () => {
  expect(open(synthesized('aws'), 'eu-central-1')).toEqual([
    'app -> kube-system 53/UDP 53/TCP',
    'app/app -> anywhere 443/TCP',
    'app/app -> anywhere cache.port/TCP',
    'app/app -> app/pooler 6432/TCP',
    'app/app -> inference/inference 8081/TCP',
    'app/app -> monitoring 4318/TCP',
    // The ingress controller's.
    'app/app <- load-balancer 8080/TCP',
    ...[1, 2, 3, 4].map((shard) => `app/pooler -> anywhere shards["shard-${shard}"].port/TCP`),
    'app/pooler <- app/app 6432/TCP',
    'inference -> kube-system 53/UDP 53/TCP',
    // The agent of their node, which says who they are; both have rights of their own at AWS.
    'inference/inference -> 169.254.170.23/32 80/TCP',
    'inference/inference -> anywhere 443/TCP',
    'inference/inference <- app/app 8081/TCP',
    'ml -> kube-system 53/UDP 53/TCP',
    'ml/ml-pipeline -> 169.254.170.23/32 80/TCP',
    'ml/ml-pipeline -> anywhere 443/TCP',
  ]);
});

test('let the app of tier 6 sign in to Aurora DSQL with its own identity', () => {
  const found = open(overClouds(scratch(), { tier: withEngine('aurora-dsql') }).json('tier6-workloads'), 'us-east-1');
  expect(found.filter((way) => way.startsWith('app/app ->'))).toEqual([
    // Brokers, in the home network alone.
    'app/app -> 10.19.0.0/16 event_stream.port/TCP',
    'app/app -> 169.254.170.23/32 80/TCP',
    'app/app -> anywhere 443/TCP',
    'app/app -> anywhere cache.port/TCP',
    'app/app -> anywhere distributed_sql.port/TCP',
    'app/app -> inference/inference 8081/TCP',
    'app/app -> monitoring 4318/TCP',
  ]);
});

test.each(['aurora-dsql', 'citus', 'alloydb', 'shards'] as const)(
  'let the app of tier 6 reach the brokers from both regions with %s',
  (engine) => {
    const { json } = overClouds(scratch(), { tier: tierOf('tier6', { database: { engine } }) });
    const ways = (region: string) =>
      open(json('tier6-workloads'), region).filter((way) => /^app\/app -> .*(event_stream|169\.254\.170\.23)/.test(way));
    for (const region of ['eu-central-1', 'us-east-1'])
      expect(ways(region)).toEqual(['app/app -> 10.19.0.0/16 event_stream.port/TCP', 'app/app -> 169.254.170.23/32 80/TCP']);
    expect(ways('europe-west3')).toEqual([]);
  },
);

// The add-on of EKS looks at a packet before its address is that of a pod (docs.aws.amazon.com/eks, cni-network-policy, "Considerations").
test.each(Object.keys(flavours) as ClusterCloud[])('hold on %s for services too, which have the ports of their pods', (cloud) => {
  const services = Object.values(synthesized(cloud).resource['kubernetes_service_v1'] ?? {}) as unknown as {
    readonly spec: { readonly port: readonly { readonly port: number; readonly target_port: string }[] };
  }[];
  const ports = services.flatMap(({ spec }) => spec.port);
  expect(ports).toHaveLength(6);
  expect(ports.filter(({ port, target_port: target }) => `${port}` !== target)).toEqual([]);
});

test('open to a service what the app has, and it to those alone that call it', () => {
  const found = open(layers(scratch(), withServices('digitalocean')).json, 'fra1').filter((way) => /app\/(?:billing|mail)/.test(way));
  const used = (name: string) => [
    `app/${name} -> anywhere 443/TCP`,
    `app/${name} -> anywhere cache.port/TCP`,
    ...(name === 'billing' ? ['app/billing -> app/mail 8080/TCP'] : []),
    `app/${name} -> app/pooler 6432/TCP`,
    `app/${name} -> inference/inference 8081/TCP`,
    `app/${name} -> monitoring 4318/TCP`,
  ];
  expect(found).toEqual([
    'app/app -> app/billing 8081/TCP',
    'app/app -> app/mail 8080/TCP',
    ...used('billing'),
    'app/billing <- app/app 8081/TCP',
    // It has a path for people; the other one has none.
    'app/billing <- load-balancer 8081/TCP',
    ...used('mail'),
    'app/mail <- app/app 8080/TCP',
    'app/mail <- app/billing 8080/TCP',
    'app/pooler <- app/billing 6432/TCP',
    'app/pooler <- app/mail 6432/TCP',
    'inference/inference <- app/billing 8081/TCP',
    'inference/inference <- app/mail 8081/TCP',
  ]);
});

test('let a service of tier 6 go where the app goes: to Citus and brokers at home, and to Citus alone at Google', () => {
  const services = { mail: twoServices['mail'] as (typeof twoServices)[string] };
  const { json } = overClouds(scratch(), { tier: withEngine('citus'), services });
  const ways = (region: string) => open(json('tier6-workloads'), region).filter((way) => way.startsWith('app/mail ->'));
  const atHome = ['app/mail -> 10.19.0.0/16 event_stream.port/TCP', 'app/mail -> 169.254.170.23/32 80/TCP', 'app/mail -> anywhere 443/TCP'];
  const rest = ['app/mail -> anywhere cache.port/TCP', 'app/mail -> inference/inference 8081/TCP', 'app/mail -> monitoring 4318/TCP'];
  expect(ways('eu-central-1')).toEqual([...atHome, rest[0], 'app/mail -> database all', ...rest.slice(1)]);
  // By the poolers in the first region, which a VPN leads to from Google.
  expect(ways('us-east-1')).toEqual([...atHome, 'app/mail -> anywhere 5432/TCP', ...rest]);
  expect(ways('europe-west3')).toEqual([
    'app/mail -> anywhere 443/TCP',
    'app/mail -> anywhere 5432/TCP',
    'app/mail -> monitoring 4318/TCP',
  ]);
});
