import type {
  DeploymentV1SpecTemplateSpec,
  DeploymentV1SpecTemplateSpecContainer,
  DeploymentV1SpecTemplateSpecVolume,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { Controller } from './controller';
import { labels, selector } from './labels';
import { podsIn, type Space } from './space';

export interface WorkloadProps {
  readonly space: Space;
  /** Name of the workload in its namespace, and of its service. */
  readonly name: string;
  readonly container: Omit<DeploymentV1SpecTemplateSpecContainer, 'name'>;
  /** Port of the container and of the service. */
  readonly port: number;
  /** Pods at the least; an autoscaler may run more. */
  readonly pods: number;
  /** Whether something else says how many pods run, so that a deploy must not. @default - false */
  readonly scaled?: boolean;
  /** Whether a deploy waits until its pods answer; of numbered pods it always does. @default true */
  readonly awaited?: boolean;
  /** Text that changes with what the pods read once at their start: another one restarts them, one after the other. */
  readonly restartOn?: string;
  /** Account at Google that the pods are (GKE, Workload Identity). @default - none */
  readonly account?: string;
  readonly volumes?: readonly DeploymentV1SpecTemplateSpecVolume[];
  /** More of the pod. @default - nothing */
  readonly pod?: Pick<
    DeploymentV1SpecTemplateSpec,
    'initContainer' | 'toleration' | 'securityContext' | 'terminationGracePeriodSeconds' | 'imagePullSecrets'
  >;
  /**
   * A volume of each pod's own, which the pod that takes its place gets again. Pods then have numbers, and the old one goes before
   * the new one comes. @default - none
   */
  readonly disk?: Disk;
}

type Pods = Controller<'kubernetes_deployment_v1' | 'kubernetes_stateful_set_v1'>;

/** A volume that is made for each pod. */
export interface Disk {
  readonly name: string;
  readonly sizeGib: number;
  readonly storageClass: string;
}

/**
 * Equal pods behind one name: spread over zones and nodes, never fewer than all but one on purpose, replaced one after the
 * other, without a token for the cluster's API.
 */
export class Workload extends Construct {
  readonly space: Space;
  readonly name: string;
  readonly port: number;
  /** What an autoscaler scales. */
  readonly controller: Pods;
  readonly service: ServiceV1;

  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    this.space = props.space;
    this.name = props.name;
    this.port = props.port;
    this.service = serve(this, props);
    this.controller = props.disk === undefined ? deploy(this, props) : number(this, props, props.disk, this.service);
    if (props.pods > 1) spare(this, props);
  }

  /** Lets the pods come after something that they do not refer to. */
  after(resource: TerraformResource): void {
    this.controller.addOverride('depends_on', [`${resource.terraformResourceType}.${resource.friendlyUniqueId}`]);
  }

  /** Where others in the cluster reach it. */
  get host(): string {
    return hostIn(this.space, this.service.metadata.name);
  }
}

function deploy(scope: Construct, props: WorkloadProps): Pods {
  const { space, name, pods, scaled, awaited = true } = props;
  return new Controller(scope, 'deployment', 'kubernetes_deployment_v1', {
    provider: space.cluster.kubernetes,
    metadata: { name, namespace: space.name, labels: labels(name) },
    spec: {
      ...(scaled === true ? {} : { replicas: `${pods}` }),
      selector: { matchLabels: selector(name) },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '0' } },
      template: templateOf(scope, props),
    },
    timeouts: { create: '20m', update: '20m', delete: '10m' },
    ...(awaited ? {} : { waitForRollout: false }),
  });
}

function number(scope: Construct, props: WorkloadProps, disk: Disk, service: ServiceV1): Pods {
  const { space, name, pods } = props;
  return new Controller(scope, 'stateful_set', 'kubernetes_stateful_set_v1', {
    provider: space.cluster.kubernetes,
    metadata: { name, namespace: space.name, labels: labels(name) },
    spec: {
      replicas: `${pods}`,
      serviceName: service.metadata.name,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: selector(name) },
      updateStrategy: [{ type: 'RollingUpdate', rollingUpdate: [{ partition: 0 }] }],
      template: templateOf(scope, props),
      volumeClaimTemplate: [
        {
          metadata: { name: disk.name },
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: disk.storageClass,
            resources: { requests: { storage: `${disk.sizeGib}Gi` } },
          },
        },
      ],
    },
    timeouts: { create: '30m', update: '60m', delete: '10m' },
  });
}

function templateOf(scope: Construct, props: WorkloadProps) {
  const { space, name } = props;
  const metadata = { name, namespace: space.name, labels: labels(name) };
  const account = new ServiceAccountV1(scope, 'account', {
    provider: space.cluster.kubernetes,
    metadata: { ...metadata, ...(props.account === undefined ? {} : { annotations: { 'iam.gke.io/gcp-service-account': props.account } }) },
    automountServiceAccountToken: false,
  });
  return { metadata: { labels: labels(name), annotations: restart(props) }, spec: podOf(props, account.metadata.name) };
}

function restart({ restartOn }: WorkloadProps): Record<string, string> {
  return restartOn === undefined ? {} : { 'terrace.dev/restart-on': restartOn };
}

function podOf({ name, container, volumes, pod }: WorkloadProps, serviceAccountName: string): DeploymentV1SpecTemplateSpec {
  return {
    serviceAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    topologySpreadConstraint: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: [{ matchLabels: selector(name) }],
    })),
    ...pod,
    securityContext: { seccompProfile: { type: 'RuntimeDefault' }, ...pod?.securityContext },
    container: [{ name, ...container }],
    ...(volumes === undefined ? {} : { volume: [...volumes] }),
  };
}

function serve(scope: Construct, { space, name, port }: WorkloadProps): ServiceV1 {
  return new ServiceV1(scope, 'service', {
    provider: space.cluster.kubernetes,
    metadata: { name, namespace: space.name, labels: labels(name) },
    spec: { type: 'ClusterIP', selector: selector(name), port: [{ name: 'main', port, targetPort: `${port}`, protocol: 'TCP' }] },
  });
}

/** Drains of nodes take one pod at a time. */
function spare(scope: Construct, { space, name }: WorkloadProps): void {
  new PodDisruptionBudgetV1(scope, 'budget', {
    provider: space.cluster.kubernetes,
    metadata: { name, namespace: space.name },
    spec: { maxUnavailable: '1', selector: { matchLabels: selector(name) } },
  });
}

/** Where others in the cluster reach the workload of this name. */
export function hostIn(space: Space, name: string): string {
  return `${name}.${space.name}.svc.cluster.local`;
}

/** Opens the way from one workload to another, on both sides. */
export function connect(scope: Construct, id: string, from: Workload, to: Workload): void {
  to.space.admit(scope, `${id}_in`, to.name, to.port, [podsIn(from.space.name, from.name)]);
  from.space.release(scope, id, from.name, [{ to: [podsIn(to.space.name, to.name)], ports: [{ port: `${to.port}`, protocol: 'TCP' }] }]);
}

/** What a container may do less than Kubernetes lets it, whatever its image. */
export const tame = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/** The same for images that we choose: they need no root and write nothing but what is mounted. */
export const strict = { ...tame, runAsNonRoot: true, readOnlyRootFilesystem: true };
