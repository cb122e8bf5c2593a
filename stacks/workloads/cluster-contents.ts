import { modelOnCard, slotTokens } from '../../catalog/models/slots';
import { Cluster } from '../../constructs/kubernetes/cluster';
import { Entrance } from '../../constructs/kubernetes/entrance';
import { ModelServer } from '../../constructs/kubernetes/model-server';
import { Observability } from '../../constructs/kubernetes/observability';
import { Space } from '../../constructs/kubernetes/space';
import { storageClass } from '../../constructs/kubernetes/storage';
import type { Tier } from '../../tiers/tier';
import { component } from '../platforms/naming';
import type { ClusterPlan, Filling } from './filling';
import { addMissingParts } from './missing-parts';
import { runPipeline } from './pipeline';
import { runProduct } from './product';
import { registry } from './secret-inputs';
import { servingOf } from './serving';

/** Namespaces. */
const names = {
  entrance: 'entrance',
  monitoring: 'monitoring',
  inference: 'inference',
} as const;

/** The way into a cluster: the providers that speak to it. */
export function clusterOf({ stack, tier, site, state }: ClusterPlan): Cluster {
  const id = `${clusterIdOf(tier)}_${site.region}`;
  return new Cluster(stack, id, { access: state.cluster(site.region), cloud: site.cloud, alias: site.region });
}

function clusterIdOf(tier: Tier): string {
  return component(tier, 'kubernetes-cluster')?.id ?? 'cluster';
}

/** Puts everything into one cluster that a tier runs in it. */
export function buildCluster(plan: ClusterPlan): void {
  const { stack, tier, site, state, environment } = plan;
  const id = (name: string, part?: string): string => [name, site.region, ...(part === undefined ? [] : [part])].join('_');
  const clusterId = clusterIdOf(tier);
  const cluster = clusterOf(plan);
  const filling: Filling = { ...plan, cluster, id, storage: storageClass(stack, id(clusterId, 'storage'), cluster) };
  addMissingParts(filling, clusterId);
  const watch = observe(filling);
  const inference = serveModel(filling);
  const entrance = new Entrance(stack, id(component(tier, 'global-load-balancer')?.id ?? 'load-balancer'), {
    cluster,
    name: names.entrance,
    domain: environment.domain,
    ...(cluster.flavour.entrance.type === 'LoadBalancer' ? { address: state.address(site.region) } : {}),
  });
  const app = component(tier, 'app-servers');
  if (app !== undefined) runProduct(filling, app, { entrance, watch, inference });
  runPipeline(filling, registry(filling));
}

function observe({ stack, cluster, tier, id, storage }: Filling): Observability {
  const monitoring = component(tier, 'monitoring');
  return new Observability(stack, id(monitoring?.id ?? 'monitoring'), {
    cluster,
    name: names.monitoring,
    storageClass: storage,
    metricDays: 15,
    logDays: 14,
    thresholdPercent: monitoring?.thresholdPercent ?? 75,
  });
}

/** Requests that a model server on CPUs answers at a time. An assumption: more would only wait for the same CPUs. */
const slotsOnCpus = 4;

function serveModel(filling: Filling): ModelServer | undefined {
  const { stack, cluster, tier, id, storage } = filling;
  const pool = component(tier, 'gpu-pool');
  const serving = pool === undefined ? undefined : servingOf(pool, filling);
  const [model] = pool?.models ?? [];
  if (pool === undefined || model === undefined || serving === undefined) return undefined;
  const { pods, cpus } = serving;
  const {
    model: { file },
    slots,
  } = modelOnCard(model, pool.gpuMemoryGb);
  const weightsGib = Math.ceil(file.bytes / 2 ** 30);
  const space = new Space(stack, id(pool.id, 'space'), {
    cluster,
    name: names.inference,
    security: 'restricted',
    quota: {
      pods: 2 * pods,
      cpu: 2 * (cpus ?? 2) * pods,
      memoryGib: 2 * pods * memoryFor(weightsGib),
      ...(cpus === undefined ? { gpus: pods } : {}),
    },
  });
  const url = `https://huggingface.co/${file.repository}/resolve/main/${file.name}`;
  return new ModelServer(stack, id(pool.id), {
    space,
    name: names.inference,
    model: { url, file: file.name, ...(file.sha256 === undefined ? {} : { sha256: file.sha256 }) },
    pods,
    ...(cpus === undefined ? {} : { cpus }),
    memoryGib: memoryFor(weightsGib),
    parallel: cpus === undefined ? slots : slotsOnCpus,
    contextTokens: slotTokens,
    // Room for the next model beside this one.
    cacheGib: Math.max(20, 3 * weightsGib),
    storageClass: storage,
  });
}

/** Main memory of a model server in GiB: the file passes through it on its way to the GPU. */
function memoryFor(weightsGib: number): number {
  return weightsGib + 4;
}
