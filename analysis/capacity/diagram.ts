import type { Component, ComponentKind } from '../../components/component';
import { counted } from '../../values/counted';
import type { ManagedNodes, Plant } from './plant';

/** A tier's components with their sizes, and where requests and data go, as a Mermaid flowchart. Sizes are those of the resources. */
export function tierDiagram(plant: Plant): string {
  const shown = plant.tier.components.filter(({ kind }) => shapes[kind] !== undefined);
  const ids = new Set(shown.map(({ id }) => id));
  const flows = shown
    .flatMap((component) => flowsFrom(component, plant))
    .filter(({ from, to }) => (from === 'users' || ids.has(from)) && ids.has(to));
  return [
    'flowchart LR',
    '  users((users))',
    ...shown.map((component) => `  ${component.id}${shape(component, plant)}`),
    ...flows.map(({ from, to, what }) => `  ${from} -->|${what}| ${to}`),
  ].join('\n');
}

interface Flow {
  readonly from: string;
  readonly to: string;
  readonly what: string;
}

/** Brackets of a node by what it is; kinds without one carry no requests and no data. */
const shapes: Readonly<Partial<Record<ComponentKind, readonly [string, string]>>> = {
  'load-balancer': ['[', ']'],
  'global-load-balancer': ['[', ']'],
  'app-servers': ['[', ']'],
  'kubernetes-cluster': ['[', ']'],
  'sharded-database': ['[(', ')]'],
  'distributed-database': ['[(', ')]'],
  'event-stream': ['[(', ')]'],
  'edge-compute': ['[', ']'],
  database: ['[(', ')]'],
  'read-replicas': ['[(', ')]'],
  cache: ['[(', ')]'],
  inference: ['[', ']'],
  'gpu-pool': ['[', ']'],
  frontend: ['[/', '/]'],
  'object-storage': ['[/', '/]'],
  backup: ['[/', '/]'],
};

function shape(component: Component, plant: Plant): string {
  const [open, close] = shapes[component.kind] ?? ['[', ']'];
  return `${open}"${component.id}<br/>${sizeOf(component, plant)}"${close}`;
}

function shardsOf(component: Component, { shards = 1 }: ManagedNodes): string {
  const count = component.kind === 'sharded-database' ? component.shards : shards;
  return count === 1 ? '' : `${count} shards of `;
}

function sizeOf(component: Component, plant: Plant): string {
  const servers = plant.servers[component.id];
  const nodes = plant.managed[component.id];
  const model = component.kind === 'inference' ? `${component.model}<br/>` : '';
  if (servers !== undefined) return `${model}${servers.count} x ${servers.size}`;
  if (nodes !== undefined) return `${shardsOf(component, nodes)}${nodes.nodes} x ${nodes.size}`;
  if (component.kind === 'inference' && component.host.placement === 'shared') return `${model}on ${component.host.server}`;
  if (component.kind === 'database' && component.hosting.hosting === 'server')
    return `PostgreSQL on ${component.hosting.server}<br/>volume of ${plant.volumes[component.id] ?? '?'} GiB`;
  if (component.kind === 'distributed-database') return component.engine;
  if (component.kind === 'event-stream') return counted(component.brokers, 'broker');
  return plainSizes[component.kind] ?? counted(plant.balancers[component.id] ?? 1, 'node');
}

const plainSizes: Readonly<Partial<Record<ComponentKind, string>>> = {
  frontend: 'files behind a CDN',
  'object-storage': 'bucket',
  backup: 'bucket',
  'edge-compute': 'functions of the CDN',
};

function flowsFrom(component: Component, { tier }: Plant): readonly Flow[] {
  const { id } = component;
  switch (component.kind) {
    case 'global-load-balancer':
    case 'load-balancer':
      return [
        { from: 'users', to: id, what: 'https' },
        { from: id, to: component.target, what: 'http' },
      ];
    case 'app-servers':
      return [...(component.exposure === 'direct' ? [{ from: 'users', to: id, what: 'https' }] : []), ...uses(id, tier.components)];
    case 'frontend':
      return [{ from: 'users', to: id, what: 'files' }];
    case 'edge-compute':
      return tier.components.flatMap((each) => (each.kind === 'frontend' ? [{ from: id, to: each.id, what: 'before its cache' }] : []));
    case 'backup':
      // What is distributed is backed up by its own service, or not at all, and never into a bucket of ours.
      return tier.components.some((each) => each.id === component.database && each.kind === 'distributed-database')
        ? []
        : [{ from: component.database, to: id, what: 'backups' }];
    default:
      return [];
  }
}

const used: Readonly<Partial<Record<ComponentKind, string>>> = {
  database: 'SQL',
  'sharded-database': 'SQL',
  'distributed-database': 'SQL',
  'event-stream': 'events',
  cache: 'sessions, values',
  inference: 'prompts',
  'gpu-pool': 'prompts',
  'object-storage': 'uploads',
};

function uses(app: string, components: readonly Component[]): readonly Flow[] {
  return components.flatMap(({ id, kind }) => (used[kind] === undefined ? [] : [{ from: app, to: id, what: used[kind] }]));
}
