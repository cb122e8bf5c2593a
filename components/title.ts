import { counted } from '../values/counted';
import type { Count } from './app-servers';
import type { Component, ComponentKind, ComponentOf } from './component';

type Titles = { readonly [Kind in ComponentKind]: (component: ComponentOf<Kind>) => string };

const titles: Titles = {
  'app-servers': (app) =>
    `${counted(countText(app.count), app.runtime)}, ${app.vcpus} vCPU, ${app.memoryGib} GB${each(app.count)}${beside(app)}`,
  'audit-log': (log) => `audit log of the accounts, ${log.retentionDays} days kept`,
  backup: (backup) => `private bucket for backups, ${backup.retentionDays} days kept`,
  cache: cacheTitle,
  configuration: () => 'private bucket that servers read their releases from',
  database: databaseTitle,
  'distributed-database': (database) => `distributed SQL (${database.engine}) in ${counted(database.regions, 'region')}`,
  dns: (dns) => `zone and records, ${dns.ttlSeconds} s`,
  'edge-compute': (edge) => `edge functions for ${edge.workload}`,
  'event-stream': (stream) => `event stream, ${counted(stream.brokers, 'broker')}, ${stream.retentionHours} h kept`,
  frontend: () => 'static files in a bucket behind a CDN',
  'global-load-balancer': (balancer) => `global load balancer over ${counted(balancer.regions, 'region')}`,
  'gpu-pool': (pool) =>
    `${counted(pool.count, 'GPU server')}, ${pool.gpuMemoryGb} GB of GPU memory each, serving ${pool.models.join(' and ')}`,
  inference: inferenceTitle,
  'kubernetes-cluster': (cluster) =>
    `Kubernetes in ${counted(cluster.regions, 'region')}, ${cluster.nodes.min} to ${cluster.nodes.max} nodes each`,
  'load-balancer': (balancer) => `load balancer with TLS, ${counted(balancer.nodes, 'node')}`,
  'ml-pipeline': (pipeline) =>
    `${counted(pipeline.jobs, 'batch job')} with ${pipeline.gpuMemoryGb} GB of GPU memory each, every ${pipeline.every}, and a bucket for models`,
  monitoring: (monitoring) => `alerts at ${monitoring.thresholdPercent} % and an uptime check`,
  network: () => 'private network and project',
  'object-storage': (storage) => `bucket for ${storage.contents.join(' and ')}, versions kept ${storage.keepVersionsDays} days`,
  'read-replicas': (replicas) => `${counted(replicas.count, 'read replica')}, ${replicas.memoryGib} GB`,
  'sharded-database': (database) =>
    `PostgreSQL ${database.version} in ${database.shards} shards of ${counted(database.nodes, 'node')}, ${database.memoryGib} GB`,
};

/** What a component becomes, in one line for a person: `managed PostgreSQL 17, 2 nodes, 8 GB`. */
export function componentTitle(component: Component): string {
  const title = titles[component.kind] as (component: Component) => string;
  return title(component);
}

function cacheTitle({ version, shards = 1, nodes, memoryGib }: ComponentOf<'cache'>): string {
  const spread = shards === 1 ? ', ' : ` in ${shards} shards of `;
  return `managed Valkey ${version}${spread}${counted(nodes, 'node')}, ${memoryGib} GB`;
}

function databaseTitle({ version, hosting }: ComponentOf<'database'>): string {
  return hosting.hosting === 'managed'
    ? `managed PostgreSQL ${version}, ${counted(hosting.nodes, 'node')}, ${hosting.memoryGib} GB`
    : `PostgreSQL ${version} on the ${hosting.server} server, data on a ${hosting.volumeGib} GB volume`;
}

function inferenceTitle({ model, host, memoryLimitGib }: ComponentOf<'inference'>): string {
  return host.placement === 'own'
    ? `${model} on ${counted(host.count, 'server')}, ${host.vcpus} vCPU, ${host.memoryGib} GB`
    : `${model} on the ${host.server} server, at most ${memoryLimitGib} GB`;
}

/** The services that run beside the app, none of which is a component of the tier. */
function beside({ services = [] }: ComponentOf<'app-servers'>): string {
  const sum = (bound: 'min' | 'max'): number => services.reduce((all, { pods }) => all + pods[bound], 0);
  return services.length === 0 ? '' : `; beside them ${sum('min')} to ${sum('max')} of ${counted(services.length, 'service')}`;
}

/** `2`, or `2 to 8` of what grows and shrinks. */
export function countText(value: Count): string {
  return 'fixed' in value ? String(value.fixed) : `${value.min} to ${value.max}`;
}

function each(value: Count): string {
  return 'fixed' in value && value.fixed === 1 ? '' : ' each';
}
