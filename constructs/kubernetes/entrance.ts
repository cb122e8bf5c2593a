import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { Construct } from 'constructs';
import { charts } from './charts';
import type { Cluster } from './cluster';
import { entrancePorts } from './flavour';
import { OwnObjects } from './own-objects';
import { ChartRelease } from './release';
import { Space } from './space';
import type { Workload } from './workload';

export interface EntranceProps {
  readonly cluster: Cluster;
  readonly name: string;
  readonly domain: string;
  /** Address that the cloud's balancer shall have; reserved by the platform. @default - the cloud chooses, or the platform's balancer stands before the nodes */
  readonly address?: string;
}

/** Name of the issuer that signs certificates inside the cluster. */
const issuer = 'inside';

/**
 * What brings requests to the app: an ingress controller on each of two nodes at least, and certificates for the way from the
 * balancer to it. The certificate that people see is the balancer's: with several clusters behind one name, a challenge for a
 * public certificate would reach any of them.
 */
export class Entrance extends Construct {
  /** Namespace of the ingress controller. */
  readonly namespace: string;
  private readonly cluster: Cluster;
  private readonly domain: string;
  private readonly controller: ChartRelease;
  private readonly issuers: OwnObjects;

  constructor(scope: Construct, id: string, { cluster, name, domain, address }: EntranceProps) {
    super(scope, id);
    this.cluster = cluster;
    this.domain = domain;
    const certificates = new Space(this, 'certificates', { cluster, name: 'cert-manager', security: 'baseline' });
    const manager = new ChartRelease(this, 'cert_manager', {
      cluster,
      chart: charts.certManager,
      name: 'cert-manager',
      namespace: certificates.name,
      values: { crds: { enabled: true, keep: true }, replicaCount: 2, webhook: { replicaCount: 2 }, cainjector: { replicaCount: 2 } },
    });
    this.issuers = new OwnObjects(this, 'issuers', {
      cluster,
      name: 'issuers',
      namespace: certificates.name,
      objects: issuers(certificates.name),
      after: [manager.resource],
    });
    const space = new Space(this, 'space', { cluster, name, security: 'baseline' });
    this.namespace = space.name;
    this.controller = new ChartRelease(this, 'controller', {
      cluster,
      chart: charts.traefik,
      name: 'traefik',
      namespace: space.name,
      values: controllerValues(cluster, address),
    });
  }

  /** Sends the domain's requests to a workload, but for those below a path of another one in the same namespace: the longest path decides. */
  lead(
    scope: Construct,
    id: string,
    workload: Workload,
    others: readonly { readonly path: string; readonly workload: Workload }[] = [],
  ): void {
    const { name, space } = workload;
    const paths = [{ path: '/', workload }, ...others].map((each) => ({
      path: each.path,
      pathType: 'Prefix',
      backend: { service: { name: each.workload.service.metadata.name, port: { name: 'main' } } },
    }));
    new IngressV1(scope, id, {
      provider: this.cluster.kubernetes,
      metadata: { name, namespace: space.name, annotations: { 'cert-manager.io/cluster-issuer': issuer } },
      spec: {
        ingressClassName: 'traefik',
        tls: [{ hosts: [this.domain], secretName: `${name}-certificate` }],
        rule: [{ host: this.domain, http: { path: paths } }],
      },
      dependsOn: [this.controller.resource, this.issuers.release.resource],
    });
  }
}

/** An authority of the cluster's own: a root that signs itself, and what signs with it. */
function issuers(namespace: string): Record<string, unknown>[] {
  const root = { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'root' }, spec: { selfSigned: {} } };
  const authority = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'authority', namespace },
    spec: {
      isCA: true,
      commonName: 'terrace',
      secretName: 'authority',
      duration: '87600h',
      privateKey: { algorithm: 'ECDSA', size: 256 },
      issuerRef: { name: 'root', kind: 'ClusterIssuer' },
    },
  };
  const inside = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { name: issuer },
    spec: { ca: { secretName: 'authority' } },
  };
  return [root, authority, inside];
}

function controllerValues({ flavour: { entrance } }: Cluster, address: string | undefined): Record<string, unknown> {
  const ownBalancer = entrance.type === 'LoadBalancer';
  const nodePorts = ownBalancer ? {} : { web: { nodePort: entrancePorts.http }, websecure: { nodePort: entrancePorts.https } };
  return {
    deployment: { replicas: 2 },
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'traefik' } },
      },
    ],
    ingressClass: { enabled: true, isDefaultClass: true, name: 'traefik' },
    providers: { kubernetesCRD: { enabled: false }, kubernetesIngress: { enabled: true } },
    ingressRoute: { dashboard: { enabled: false } },
    metrics: { prometheus: { entryPoint: 'metrics' } },
    resources: { requests: { cpu: '250m', memory: '128Mi' }, limits: { memory: '512Mi' } },
    ports: nodePorts,
    service: ownBalancer
      ? {
          annotations: entrance.annotations,
          spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ...(address === undefined ? {} : { loadBalancerIP: address }) },
        }
      : { spec: { type: 'NodePort' } },
  };
}
