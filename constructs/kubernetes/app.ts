import { HorizontalPodAutoscalerV2 } from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import type { Literal } from '../template';
import { identityFiles, type ForeignIdentity } from './foreign-identity';
import { collectorPort } from './observability';
import { cpuQuantity, memoryQuantity } from './quantities';
import { pullSecret, settingsSecret } from './settings';
import { podsIn, type Space } from './space';
import { tame, Workload } from './workload';

/** A way out of pods: to a service elsewhere, on its port. */
export interface WayOut {
  readonly id: string;
  /** A number, or a reference to one. */
  readonly port: string;
  /** Addresses that alone are let through. @default - all */
  readonly cidr?: string;
}

export interface AppPodsProps {
  readonly space: Space;
  readonly name: string;
  readonly image: string;
  readonly port: number;
  readonly healthPath: string;
  readonly pods: { readonly min: number; readonly max: number };
  readonly cpu: number;
  readonly memoryGib: number;
  /** What it finds in its environment. Texts may be references, and secret; a person's own are literal. */
  readonly environment: Readonly<Record<string, string | Literal>>;
  /** More of it: secrets in the cluster that something else fills. @default - none */
  readonly secrets?: readonly string[];
  /** Credentials for a private image, as a Docker configuration. @default - the image is public */
  readonly registry?: string;
  /** Account at Google that the pods are. @default - none */
  readonly account?: string;
  /** Who the pods are in a cloud that they are not in. @default - nobody */
  readonly identity?: ForeignIdentity;
  /** Namespace of the ingress controller, which may reach it. @default - only those that are let in apart from this */
  readonly entrance?: string;
  /** Namespace of the collector of traces and logs. */
  readonly collector: string;
  /** Workloads of the same namespace that it alone uses. @default - none */
  readonly uses?: readonly { readonly name: string; readonly port: number }[];
  readonly waysOut: readonly WayOut[];
  /** Whether a deploy waits until its pods answer. @default true */
  readonly awaited?: boolean;
}

/** CPU share at which pods are added; the other part carries a burst until they are there. */
const busyPercent = 60;

/**
 * A part of the product in a cluster: the application, with the same image, settings and health check as on servers, or a service beside it. It may be root in its container and write
 * there, because the image was not asked before; it has no capabilities, no token and only the ways in and out that it needs.
 */
export class AppPods extends Construct {
  readonly workload: Workload;

  constructor(scope: Construct, id: string, props: AppPodsProps) {
    super(scope, id);
    const { space, name, pods } = props;
    // A person's own settings stay what they are.
    const settings = settingsSecret(this, props, { ...props.identity?.environment, ...props.environment });
    const { volumes, mounts } = identityFiles(props.identity);
    this.workload = new Workload(this, 'pods', {
      space,
      name,
      port: props.port,
      pods: pods.min,
      scaled: true,
      ...(props.awaited === undefined ? {} : { awaited: props.awaited }),
      ...(props.account === undefined ? {} : { account: props.account }),
      restartOn: Fn.nonsensitive(Fn.sha256(Fn.jsonencode(settings.data))),
      ...(volumes === undefined ? {} : { volumes }),
      container: {
        ...containerOf(props, [settings.metadata.name, ...(props.secrets ?? [])]),
        ...(mounts === undefined ? {} : { volumeMount: [...mounts] }),
      },
      pod: { terminationGracePeriodSeconds: 40, ...pullSecret(this, props, props.registry) },
    });
    autoscale(this, props);
    ways(this, props);
  }
}

function containerOf({ image, port, healthPath, cpu, memoryGib }: AppPodsProps, secrets: readonly string[]) {
  const asked = { httpGet: { path: healthPath, port: `${port}` }, timeoutSeconds: 5 };
  return {
    image,
    port: [{ name: 'main', containerPort: port }],
    envFrom: secrets.map((name) => ({ secretRef: { name } })),
    resources: { requests: { cpu: cpuQuantity(cpu), memory: memoryQuantity(memoryGib) }, limits: { memory: memoryQuantity(memoryGib) } },
    securityContext: tame,
    // Five minutes to start; then out of the service after 15 s, and started anew after a minute without an answer.
    startupProbe: { ...asked, periodSeconds: 5, failureThreshold: 60 },
    readinessProbe: { ...asked, periodSeconds: 5, failureThreshold: 3 },
    livenessProbe: { ...asked, periodSeconds: 10, failureThreshold: 6 },
    // Requests that are on their way still arrive while everyone learns that the pod leaves.
    lifecycle: { preStop: [{ exec: { command: ['sleep', '10'] } }] },
  };
}

function autoscale(scope: AppPods, { space, name, pods }: AppPodsProps): void {
  new HorizontalPodAutoscalerV2(scope, 'autoscaler', {
    provider: space.cluster.kubernetes,
    metadata: { name, namespace: space.name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: scope.workload.controller.name },
      minReplicas: pods.min,
      maxReplicas: pods.max,
      metric: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: busyPercent } } }],
      // Up at once, down slowly: a quiet minute is no quiet hour.
      behavior: {
        scaleUp: [{ stabilizationWindowSeconds: 0, selectPolicy: 'Max', policy: [{ type: 'Percent', value: 100, periodSeconds: 60 }] }],
        scaleDown: [{ stabilizationWindowSeconds: 300, selectPolicy: 'Max', policy: [{ type: 'Percent', value: 10, periodSeconds: 60 }] }],
      },
    },
  });
}

function ways(scope: Construct, { space, name, port, entrance, collector, uses = [], waysOut }: AppPodsProps): void {
  if (entrance !== undefined) space.admit(scope, 'from_entrance', name, port, [podsIn(entrance)]);
  for (const used of uses) {
    space.admit(scope, `to_${used.name}_in`, used.name, used.port, [podsIn(space.name, name)]);
    space.release(scope, `to_${used.name}`, name, [
      { to: [podsIn(space.name, used.name)], ports: [{ port: `${used.port}`, protocol: 'TCP' }] },
    ]);
  }
  space.release(scope, 'to_collector', name, [{ to: [podsIn(collector)], ports: [{ port: `${collectorPort}`, protocol: 'TCP' }] }]);
  for (const { id, port: target, cidr } of waysOut)
    space.release(scope, `to_${id}`, name, [
      { ports: [{ port: target, protocol: 'TCP' }], ...(cidr === undefined ? {} : { to: [{ ipBlock: { cidr } }] }) },
    ]);
}
