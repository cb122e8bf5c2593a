import { databaseSizeList, dropletSizeList, loadBalancerLimits, type DropletFamily } from '../../catalog/digitalocean';
import type { Component } from '../../components/component';
import { counted } from '../../values/counted';
import { type CheckedLoad, type ManagedNodes, type Plant, requiredHeadroom, scaledLoad } from '../capacity';
import { limitsOfOne } from '../capacity/limits';
import { useOf } from '../capacity/report';
import { resourceGraph, type JsonObject, type JsonValue, type ResourceGraph, type ResourceNode } from '../graph';
import type { StoredTier } from './stored';

/** A change of one component that lets it carry more. */
export interface Change {
  readonly component: string;
  readonly from: string;
  readonly to: string;
}

/** One way to build a component: the first of a list is the stock tier's. */
export interface Option {
  /** What it is, in a few words. */
  readonly label: string;
  readonly plant: (plant: Plant) => Plant;
  readonly graph: (graph: ResourceGraph) => ResourceGraph;
}

/** The ways to build a component, from cheap to dear. */
export interface Knob {
  readonly component: string;
  readonly options: readonly Option[];
}

/** A stock tier with other sizes. */
export interface Variation {
  readonly graph: ResourceGraph;
  readonly plant: Plant;
  readonly changes: readonly Change[];
}

/**
 * What can be made larger in a tier without making it another tier, from the cheapest on. Each limit is lifted by one knob
 * alone, so that the cheapest variation is found knob by knob; a test holds that against all combinations.
 */
export function knobsOf({ tier, plant, platform }: StoredTier): readonly Knob[] {
  // Sizes of other platforms are not varied yet.
  if (platform !== 'digitalocean') return [];
  return tier.components.flatMap((component) => knobOf(component, plant) ?? []);
}

/** The cheapest variation that carries the load with headroom; undefined where no size is large enough. */
export function cheapestVariation(stored: StoredTier, load: CheckedLoad, knobs: readonly Knob[] = knobsOf(stored)): Variation | undefined {
  let found: Variation | undefined = { graph: stored.graph, plant: stored.plant, changes: [] };
  for (const knob of knobs) found = found === undefined ? undefined : turned(found, knob, load);
  return found !== undefined && carriesAll(found.plant, load) ? found : undefined;
}

/** A variation with one knob turned as little as needed. */
function turned(variation: Variation, knob: Knob, load: CheckedLoad): Variation | undefined {
  const option = knob.options.find((one) => carries(one.plant(variation.plant), knob.component, load));
  return option === undefined ? undefined : withOption(variation, knob, option);
}

/** A variation with one option taken. */
export function withOption(variation: Variation, { component, options }: Knob, option: Option): Variation {
  const [stock] = options;
  if (stock === undefined || option === stock) return variation;
  return {
    graph: option.graph(variation.graph),
    plant: option.plant(variation.plant),
    changes: [...variation.changes, { component, from: stock.label, to: option.label }],
  };
}

/** Whether every limit of a component leaves the headroom that a tier must have. */
function carries(plant: Plant, id: string, checked: CheckedLoad): boolean {
  const component = plant.tier.components.find((one) => one.id === id);
  const [load, twice] = [scaledLoad(checked, 1), scaledLoad(checked, 2)];
  return component === undefined || limitsOfOne(component, plant).every((limit) => useOf(limit, load, twice, 1).reach >= requiredHeadroom);
}

function carriesAll(plant: Plant, load: CheckedLoad): boolean {
  return plant.tier.components.every(({ id }) => carries(plant, id, load));
}

function knobOf(component: Component, plant: Plant): Knob | undefined {
  const { id } = component;
  // Pods have what their tier gives them; what can be larger is the nodes that they run on.
  if (component.kind === 'app-servers' && component.runtime === 'pod') return undefined;
  if (component.kind === 'app-servers' && !('fixed' in component.count)) return poolKnob(id, plant);
  if (component.kind === 'app-servers') return serverKnob(id, plant, 'basic', component.exposure === 'direct' ? 1 : mostServers);
  if (component.kind === 'inference' && component.host.placement === 'own') return serverKnob(id, plant, 'cpu-optimized', 1);
  if (component.kind === 'database')
    return component.hosting.hosting === 'server' ? volumeKnob(id, plant) : databaseKnob(id, plant, 'postgresql');
  if (component.kind === 'cache') return databaseKnob(id, plant, 'valkey');
  return component.kind === 'load-balancer' ? balancerKnob(id, plant) : undefined;
}

/** More servers than that are another tier: autoscaled. */
const mostServers = 10;

function serverKnob(id: string, plant: Plant, family: DropletFamily, most: number): Knob | undefined {
  const now = plant.servers[id];
  if (now === undefined) return undefined;
  const sizes = dropletSizeList(family).filter((size) => size.vcpus >= now.vcpus && size.memoryGib >= now.memoryGib);
  const counts = Array.from({ length: Math.max(1, most - now.count + 1) }, (_, more) => now.count + more);
  const all = sizes.flatMap((size) => counts.map((count) => ({ size, count, price: size.monthlyUsdRounded * count })));
  const larger = all
    .filter(({ size, count }) => size.slug !== now.size || count !== now.count)
    .sort((a, b) => a.price - b.price || b.size.vcpus * b.count - a.size.vcpus * a.count || (a.size.slug < b.size.slug ? -1 : 1));
  const option = (slug: string, vcpus: number, memoryGib: number, count: number): Option => ({
    label: `${count} x ${slug}`,
    plant: (from) => ({ ...from, servers: { ...from.servers, [id]: { ...now, size: slug, vcpus, memoryGib, count } } }),
    graph: (from) => withServers(from, id, slug, count),
  });
  return {
    component: id,
    options: [
      option(now.size, now.vcpus, now.memoryGib, now.count),
      ...larger.map(({ size, count }) => option(size.slug, size.vcpus, size.memoryGib, count)),
    ],
  };
}

/** Larger members of a pool whose number follows the load by itself. */
function poolKnob(id: string, plant: Plant): Knob | undefined {
  const now = plant.servers[id];
  if (now === undefined) return undefined;
  const sizes = dropletSizeList('basic').filter(
    (size) => size.vcpus >= now.vcpus && size.memoryGib >= now.memoryGib && size.slug !== now.size,
  );
  const all = [
    now,
    ...sizes
      .sort((a, b) => a.monthlyUsdRounded - b.monthlyUsdRounded || b.vcpus - a.vcpus || (a.slug < b.slug ? -1 : 1))
      .map(({ slug, vcpus, memoryGib }) => ({ ...now, size: slug, vcpus, memoryGib })),
  ];
  const options = all.map((members): Option => ({
    label: `${members.least ?? members.count} to ${members.count} x ${members.size}`,
    plant: (from) => ({ ...from, servers: { ...from.servers, [id]: members } }),
    graph: (from) => withMembers(from, id, members.size),
  }));
  return { component: id, options };
}

/** Sizes of the same line; prices follow memory within it. */
function databaseKnob(id: string, plant: Plant, engine: 'postgresql' | 'valkey'): Knob | undefined {
  const now = plant.managed[id];
  if (now === undefined) return undefined;
  const list = databaseSizeList(engine);
  const family = list.find(({ slug }) => slug === now.size)?.family;
  const sizes = list
    .filter((size) => size.family === family && size.memoryGib >= now.memoryGib && size.vcpus >= now.vcpus)
    .sort((a, b) => a.memoryGib - b.memoryGib || a.vcpus - b.vcpus);
  const copies = plant.tier.components.flatMap((component) =>
    component.kind === 'read-replicas' && component.database === id ? [component.id] : [],
  );
  const options = sizes.map(({ slug, vcpus, memoryGib, usableConnections }): Option => ({
    label: slug,
    plant: (from) => ({
      ...from,
      managed: {
        ...from.managed,
        ...Object.fromEntries([id, ...copies].flatMap((each) => resized(from, each, { size: slug, vcpus, memoryGib, usableConnections }))),
      },
    }),
    graph: (from) =>
      copies.reduce(
        (graph, each) => withValues(graph, each, 'digitalocean_database_replica', { size: slug }),
        withValues(from, id, 'digitalocean_database_cluster', { size: slug }),
      ),
  }));
  return { component: id, options };
}

/** A replica is never smaller than its primary, so that both change together. */
function resized(
  { managed }: Plant,
  id: string,
  size: Pick<ManagedNodes, 'size' | 'vcpus' | 'memoryGib' | 'usableConnections'>,
): readonly (readonly [string, ManagedNodes])[] {
  const now = managed[id];
  return now === undefined ? [] : [[id, { ...now, ...size }]];
}

/** Volumes grow to 16 TiB. Source: DigitalOcean, Volumes, Limits, 2025. */
const largestVolumeGib = 16_384;

function volumeKnob(id: string, plant: Plant): Knob | undefined {
  const now = plant.volumes[id];
  if (now === undefined) return undefined;
  const sizes = Array.from({ length: 32 }, (_, step) => now * 2 ** step).filter((gib) => gib <= largestVolumeGib);
  const options = sizes.map((gib): Option => ({
    label: `${gib} GiB`,
    plant: (from) => ({ ...from, volumes: { ...from.volumes, [id]: gib } }),
    graph: (from) => withValues(from, id, 'digitalocean_volume', { size: gib }),
  }));
  return { component: id, options };
}

function balancerKnob(id: string, plant: Plant): Knob {
  const now = plant.balancers[id] ?? 1;
  const counts = Array.from({ length: loadBalancerLimits.maximumSizeUnit.value - now + 1 }, (_, more) => now + more);
  const options = counts.map((nodes): Option => ({
    label: counted(nodes, 'node'),
    plant: (from) => ({ ...from, balancers: { ...from.balancers, [id]: nodes } }),
    graph: (from) => withValues(from, id, 'digitalocean_loadbalancer', { size_unit: nodes }),
  }));
  return { component: id, options };
}

function withValues(graph: ResourceGraph, component: string, type: string, values: JsonObject): ResourceGraph {
  return rebuilt(
    graph,
    graph.resources.map((node) =>
      node.component === component && node.type === type ? { ...node, values: { ...node.values, ...values } } : node,
    ),
  );
}

/** A pool whose members are made in another size. */
function withMembers(graph: ResourceGraph, component: string, size: string): ResourceGraph {
  const resize = (block: JsonValue | undefined): JsonValue =>
    Array.isArray(block) ? (block as readonly JsonValue[]).map(resize) : { ...(block as JsonObject), size };
  const resizedPool = (node: ResourceNode): ResourceNode => ({
    ...node,
    values: { ...node.values, droplet_template: resize(node.values['droplet_template']) },
  });
  return rebuilt(
    graph,
    graph.resources.map((node) =>
      node.component === component && node.type === 'digitalocean_droplet_autoscale' ? resizedPool(node) : node,
    ),
  );
}

/** All servers of a component in another size, and more of them: copies of the first with names of their own. */
function withServers(graph: ResourceGraph, component: string, size: string, count: number): ResourceGraph {
  const sized = withValues(graph, component, 'digitalocean_droplet', { size });
  const [first, ...others] = sized.ofType('digitalocean_droplet').filter((node) => node.component === component);
  if (first === undefined) return sized;
  const more = Array.from({ length: count - others.length - 1 }, (_, index): ResourceNode => renamed(first, others.length + 2 + index));
  return rebuilt(graph, [...sized.resources, ...more]);
}

function renamed(node: ResourceNode, number: number): ResourceNode {
  const name = node.name.replace(/_\d+$/, `_${number}`);
  return { ...node, name, address: `${node.type}.${name}` };
}

function rebuilt(graph: ResourceGraph, nodes: readonly ResourceNode[]): ResourceGraph {
  return resourceGraph(nodes, { removed: graph.removed, providers: graph.providers, opaque: graph.opaque });
}
