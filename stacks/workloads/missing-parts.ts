import { eksVersion } from '../../catalog/aws/kubernetes';
import { charts } from '../../constructs/kubernetes/charts';
import { batchTolerations, fallbackNodes } from '../../constructs/kubernetes/flavour';
import { ChartRelease } from '../../constructs/kubernetes/release';
import { Space } from '../../constructs/kubernetes/space';
import { component } from '../platforms/naming';
import type { Filling } from './filling';

/** Namespaces, by the chart in them. */
const names = { devicePlugin: 'nvidia-device-plugin', metricsServer: 'metrics-server' } as const;

/**
 * Whose groups are asked first, by the names that EKS gives them: `eks-<group>-<uuid>`. A group that brings no node within a quarter of an
 * hour is left alone for a while, and the next one asked. As a text, because keys are numbers (cluster-autoscaler, expander/priority/readme.md
 * and the chart's priority-expander-configmap.yaml, read on 2026-11-22).
 */
const priorities = ['10:', "  - '^eks-[a-z]+-[0-9a-f]{8}-'", '1:', `  - '^eks-${fallbackNodes}-'`].join('\n');

/** What this cloud's clusters do not bring. */
export function addMissingParts(filling: Filling, clusterId: string): void {
  const { stack, cluster, tier, id } = filling;
  const add = (part: string, chart: keyof typeof names, values: Record<string, unknown>): void => {
    const name = names[chart];
    const space = new Space(stack, id(clusterId, `${part}_space`), { cluster, name, security: 'privileged' });
    new ChartRelease(stack, id(clusterId, part), { cluster, chart: charts[chart], name, namespace: space.name, values });
  };
  const { lacks } = cluster.flavour;
  if (lacks.metrics) add('metrics', 'metricsServer', { replicas: 2 });
  if (lacks.devicePlugin && component(tier, 'gpu-pool') !== undefined) add('gpus', 'devicePlugin', { tolerations: batchTolerations });
  if (lacks.autoscaler) moveNodes(filling, clusterId);
}

/**
 * Adds nodes where pods find none, and takes away what nobody needs, between the bounds of each group. It stands where the platform
 * layer has given its service account the right to.
 */
function moveNodes({ stack, cluster, id, state, site }: Filling, clusterId: string): void {
  const name = 'cluster-autoscaler';
  new ChartRelease(stack, id(clusterId, 'autoscaler'), {
    cluster,
    chart: charts.clusterAutoscaler,
    name,
    namespace: 'kube-system',
    values: {
      fullnameOverride: name,
      cloudProvider: 'aws',
      awsRegion: site.region,
      autoDiscovery: { clusterName: state.cluster(site.region).name },
      image: { tag: eksVersion.autoscalerImage },
      replicaCount: 2,
      rbac: { serviceAccount: { create: true, name } },
      resources: { requests: { cpu: '100m', memory: '600Mi' }, limits: { memory: '600Mi' } },
      // The smallest node that the pods fit on, spread over groups that are alike; nodes that are a fallback only where no others come.
      extraArgs: { expander: 'priority,least-waste', 'balance-similar-node-groups': true },
      expanderPriorities: priorities,
    },
  });
}
