import { decimal } from '../../decimal';
import type { Place } from '../place';
import { type Block, blocks, countOr, flag, isSet, onUnlessOff, textOr } from '../read';
import { assembled, type Count, countBetween, missing, type Part, timesCount, unpriced, whyRange } from '../results';
import { discountNote } from './compute';
import { attachedCards, diskParts, isSpot, localDisks, machineHours } from './machines';
import { googleType, internetEgress, isZone } from './place';
import { scalarText } from '../../../../values/scalar-text';

/** What a node has unless stated (GKE, nodeConfig). */
const defaults = { machine: 'e2-medium', diskGb: 100, disk: 'pd-balanced' };

/** Zones of a regional cluster that names none. */
const zonesOfRegion = 3;

const freeNote = 'GKE: the credit of 74.40 USD a month, which an account has for one zonal or Autopilot cluster, is not deducted.';

/** A cluster: its management, and nodes that it states itself; or pods, where it has none. */
export const containerCluster = googleType('google_container_cluster', (block, at) => {
  const fee = at.hourly('cluster management', 'gke', 'cluster-management-fee');
  if (flag(block, 'enable_autopilot') === true) return assembled([fee, ...pods(at)], [freeNote]);
  const pools = blocks(block, 'node_pool').flatMap((pool) => poolParts(pool, at));
  const own = flag(block, 'remove_default_node_pool') === true || pools.length > 0 ? [] : poolParts(defaultPool(block), at);
  return assembled([fee, ...own, ...pools, ...(own.length + pools.length === 0 ? [] : [internetEgress(at)])], [freeNote, discountNote]);
});

/** The pool that a cluster has unless it is removed. */
function defaultPool(block: Block): Block {
  return {
    values: { node_count: block.values['initial_node_count'] ?? null, node_config: block.values['node_config'] ?? null },
    unknown: block.unknown.map((path) => path.replace('initial_node_count', 'node_count')),
  };
}

function pods(at: Place): readonly Part[] {
  return [
    at.used('vCPU of pods', 'podCpuHours', 'gke', 'autopilot/vcpu', 'vCPU-hour'),
    at.used('memory of pods', 'podGbHours', 'gke', 'autopilot/memory', 'GB-hour'),
  ];
}

/** Nodes of a cluster. */
export const nodePool = googleType('google_container_node_pool', (block, at) => {
  const [reason] = poolParts(block, at).flatMap((part) => ('reason' in part && part.name === 'nodes' ? [part.reason] : []));
  return reason === undefined ? assembled([...poolParts(block, at), internetEgress(at)], [discountNote]) : unpriced(reason);
});

function poolParts(block: Block, at: Place): readonly Part[] {
  const config = blocks(block, 'node_config')[0] ?? { values: {}, unknown: [] };
  const type = textOr(config, 'machine_type', defaults.machine);
  const count = nodeCount(block, at);
  if (type === undefined) return [missing('nodes', 'its machine_type is not known before the apply')];
  if ('reason' in count) return [missing('nodes', count.reason)];
  const spot = isSpot(config);
  const disk = { name: 'node disk', type: 'disk_type', size: 'disk_size_gb', standard: defaults.disk, usual: defaults.diskGb };
  return [
    ...machineHours(at, { type, count, spot }),
    ...attachedCards(at, config, count, spot),
    ...diskParts(
      at,
      isSet(config, 'disk_size_gb') ? config : { ...config, values: { ...config.values, disk_size_gb: defaults.diskGb } },
      disk,
      count,
    ),
    ...localDisks(at, countOr(config, 'local_ssd_count', 0)?.toNumber() ?? 0, count),
  ];
}

/** Counts are of each zone, unless they are called total. */
function nodeCount(block: Block, at: Place): Count | { readonly reason: string } {
  const [scaling] = blocks(block, 'autoscaling');
  const zones = decimal(zonesOf(block, at));
  if (scaling === undefined) {
    const count = isSet(block, 'node_count') ? countOr(block, 'node_count', 1) : countOr(block, 'initial_node_count', 1);
    return count === undefined ? { reason: 'its node_count is not known before the apply' } : { quantity: count.times(zones) };
  }
  const total = isSet(scaling, 'total_max_node_count');
  const [low, high] = total ? ['total_min_node_count', 'total_max_node_count'] : ['min_node_count', 'max_node_count'];
  const count = countBetween(
    countOr(scaling, low ?? '', 0),
    countOr(scaling, high ?? '', 0),
    total ? 'nodes' : `nodes in each of ${zones} zones`,
  );
  if (count === undefined) return { reason: whyRange(scaling, low ?? '', high ?? '') };
  return { ...(total ? count : timesCount(count, zones)), dependsOn: 'instances' };
}

function zonesOf(block: Block, at: Place): number {
  const locations =
    block.values['node_locations'] ??
    at.graph.referenced(at.node, 'cluster')[0]?.values['node_locations'] ??
    at.node.values['node_locations'];
  if (Array.isArray(locations) && locations.length > 0) return locations.length;
  const location = at.node.values['location'] ?? at.graph.referenced(at.node, 'cluster')[0]?.values['location'];
  return typeof location === 'string' && !isZone(location) ? zonesOfRegion : 1;
}

/** A service that runs as long as it answers; the price assumes one request at a time in an instance. */
const cloudRun = (type: string, template: string) =>
  googleType(type, (block, at) => {
    const [spec] = blocks(block, template).flatMap((one) =>
      template === 'template' && blocks(one, 'spec').length > 0 ? blocks(one, 'spec') : [one],
    );
    const limits =
      spec === undefined
        ? []
        : blocks(spec, 'containers')
            .flatMap((one) => blocks(one, 'resources'))
            .flatMap((one) => blocks(one, 'limits'));
    const cpus = cpuOf(limits[0]?.values['cpu']);
    const memory = gibOf(limits[0]?.values['memory']);
    if (cpus === undefined || memory === undefined) return unpriced('the limits of its container are not known before the apply');
    const tier = tierOne.has(at.region) ? 1 : 2;
    const seconds = (name: string, sku: string, unit: string, each: number): Part => ({
      ...at.used(name, 'requestsMillion', 'cloud-run', `tier${tier}/${sku}`, unit, { factor: 1000 * each, times: 'lambdaMs' }),
      product: { provider: 'google', service: 'cloud-run', sku: `tier${tier}/${sku}`, region: `tier-${tier}` },
    });
    const idle =
      spec !== undefined &&
      (blocks(spec, 'scaling').some((one) => countOr(one, 'min_instance_count', 0)?.gt(0) === true) ||
        blocks(spec, 'resources').some((one) => onUnlessOff(one, 'cpu_idle') === false));
    return assembled(
      [
        at.used('requests', 'requestsMillion', 'cloud-run', 'requests', 'million-requests'),
        seconds('vCPU while it answers', 'cpu-request-based', 'vCPU-second', cpus),
        seconds('memory while it answers', 'memory-request-based', 'GiB-second', memory),
        idle ? missing('instances that are kept', 'the price book has no price for idle instances') : undefined,
        internetEgress(at),
      ],
      [
        "Cloud Run: an account's first 2 million requests a month are free and are not deducted; each instance is taken to answer one request at a time.",
      ],
    );
  });

/** In both versions of its API. */
export const cloudRunServices = [cloudRun('google_cloud_run_v2_service', 'template'), cloudRun('google_cloud_run_service', 'template')];

/** Regions of the first price tier (Cloud Run pricing, 2024). */
const tierOne: ReadonlySet<string> = new Set([
  'asia-east1',
  'asia-northeast1',
  'asia-northeast2',
  'asia-south1',
  'europe-north1',
  'europe-southwest1',
  'europe-west1',
  'europe-west4',
  'europe-west8',
  'europe-west9',
  'me-west1',
  'us-central1',
  'us-east1',
  'us-east4',
  'us-east5',
  'us-south1',
  'us-west1',
]);

/** vCPUs as Kubernetes writes them: `2`, `1000m`; one where none are stated. */
function cpuOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return 1;
  const match = /^(\d+(?:\.\d+)?)(m?)$/.exec(scalarText(value));
  return match === null ? undefined : Number(match[1]) / (match[2] === 'm' ? 1000 : 1);
}

/** GiB as Kubernetes writes them: `512Mi`, `2Gi`; half of one where none are stated. */
function gibOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return 0.5;
  const match = /^(\d+(?:\.\d+)?)(Mi|Gi)$/.exec(scalarText(value));
  return match === null ? undefined : Number(match[1]) / (match[2] === 'Mi' ? 1024 : 1);
}
