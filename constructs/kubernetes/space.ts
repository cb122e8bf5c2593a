import { LimitRangeV1 } from '@cdktf/provider-kubernetes/lib/limit-range-v1';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import {
  NetworkPolicyV1,
  type NetworkPolicyV1SpecEgress,
  type NetworkPolicyV1SpecIngress,
} from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import { Construct } from 'constructs';
import type { Cluster } from './cluster';
import { labels, selector } from './labels';

/** What all pods of a namespace may take together. */
export interface Quota {
  readonly pods: number;
  readonly cpu: number;
  readonly memoryGib: number;
  /** @default - none */
  readonly gpus?: number;
}

export interface SpaceProps {
  readonly cluster: Cluster;
  readonly name: string;
  /** How strict the cluster is with pods here (Pod Security Standards). */
  readonly security: 'restricted' | 'baseline' | 'privileged';
  /** Without one nothing is limited, and no pod gets defaults: for charts, which know what they need. @default - none */
  readonly quota?: Quota;
}

/** A namespace: what runs in it shares a quota, and nothing reaches it that was not let in. */
export class Space extends Construct {
  readonly cluster: Cluster;
  readonly namespace: NamespaceV1;

  constructor(scope: Construct, id: string, { cluster, name, security, quota }: SpaceProps) {
    super(scope, id);
    this.cluster = cluster;
    const enforced = {
      'pod-security.kubernetes.io/enforce': security,
      'pod-security.kubernetes.io/warn': security === 'privileged' ? 'privileged' : 'restricted',
    };
    this.namespace = new NamespaceV1(this, 'namespace', {
      provider: cluster.kubernetes,
      metadata: { name, labels: { ...labels(name), ...enforced } },
    });
    if (quota !== undefined) {
      limit(this, quota);
      closed(this);
    }
  }

  /** The namespace's name, as a reference: what uses it comes after it, and leaves before it. */
  get name(): string {
    return this.namespace.metadata.name;
  }

  /** Lets pods of a workload be reached on a port by the pods that `from` selects, or from ranges of addresses. */
  admit(scope: Construct, id: string, workload: string, port: number, from: readonly (Pods | Range)[]): void {
    policy(scope, id, this, selector(workload), { ingress: [{ from: [...from], ports: [{ port: `${port}`, protocol: 'TCP' }] }] });
  }

  /** Lets pods of a workload reach addresses. */
  release(scope: Construct, id: string, workload: string, egress: readonly NetworkPolicyV1SpecEgress[]): void {
    policy(scope, id, this, selector(workload), { egress: [...egress] });
  }

  /** Lets pods of a workload ask the agent of their node who they are, where the cloud gives pods an identity. */
  identify(scope: Construct, workload: string): void {
    const { identity } = this.cluster.flavour;
    if (identity === undefined) return;
    const ports = [{ port: identity.port, protocol: 'TCP' }];
    this.release(scope, 'to_identity', workload, [{ to: [{ ipBlock: { cidr: identity.cidr } }], ports }]);
  }
}

function limit(space: Space, { pods, cpu, memoryGib, gpus }: Quota): void {
  const metadata = { name: 'everything', namespace: space.name };
  const hard = {
    pods: `${pods}`,
    'requests.cpu': `${cpu}`,
    'requests.memory': `${memoryGib}Gi`,
    'limits.memory': `${memoryGib}Gi`,
    ...(gpus === undefined ? {} : { 'requests.nvidia.com/gpu': `${gpus}` }),
  };
  new ResourceQuotaV1(space, 'quota', { provider: space.cluster.kubernetes, metadata, spec: { hard } });
  const unsaid = { type: 'Container', default: { memory: '256Mi' }, defaultRequest: { cpu: '50m', memory: '128Mi' } };
  new LimitRangeV1(space, 'limits', { provider: space.cluster.kubernetes, metadata, spec: { limit: [unsaid] } });
}

/** Nothing in and nothing out, but for names: pods ask the cluster's resolver. */
function closed(space: Space): void {
  policy(space, 'closed', space, {}, { ingress: [], egress: [] });
  policy(
    space,
    'resolver',
    space,
    {},
    {
      egress: [
        {
          to: [podsIn('kube-system')],
          ports: [
            { port: '53', protocol: 'UDP' },
            { port: '53', protocol: 'TCP' },
          ],
        },
      ],
    },
  );
}

interface Ways {
  readonly ingress?: readonly NetworkPolicyV1SpecIngress[];
  readonly egress?: readonly NetworkPolicyV1SpecEgress[];
}

function policy(scope: Construct, id: string, space: Space, pods: Record<string, string>, { ingress, egress }: Ways): void {
  new NetworkPolicyV1(scope, id, {
    provider: space.cluster.kubernetes,
    metadata: { name: `${Object.values(pods)[0] ?? 'all'}-${id.replaceAll('_', '-')}`, namespace: space.name },
    spec: {
      podSelector: Object.keys(pods).length === 0 ? {} : { matchLabels: pods },
      policyTypes: [...(ingress === undefined ? [] : ['Ingress']), ...(egress === undefined ? [] : ['Egress'])],
      ...(ingress === undefined ? {} : { ingress: [...ingress] }),
      ...(egress === undefined ? {} : { egress: [...egress] }),
    },
  });
}

/** Pods as network policies name them. */
export interface Pods {
  readonly namespaceSelector: { readonly matchLabels: Record<string, string> };
  readonly podSelector?: { readonly matchLabels: Record<string, string> };
}

/** Addresses as network policies name them. */
export interface Range {
  readonly ipBlock: { readonly cidr: string };
}

/** The pods of a namespace, or of one workload in it. */
export function podsIn(namespace: string, workload?: string): Pods {
  const chosen = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
  return workload === undefined ? chosen : { ...chosen, podSelector: { matchLabels: selector(workload) } };
}
