import type { Tier } from '../tier';
import { backup, configuration, frontend, network, shards, storage } from './common';

/** Document lines 136 to 160: clusters in two clouds, distributed SQL, event streaming, work at the edge. */
export const tier6: Tier = {
  id: 'tier6',
  roadmap: 'deadlock-coach',
  stated: 'tier-6',
  name: 'Massive scale',
  dailyUsers: 1_000_000,
  platforms: ['aws'],
  components: [
    network,
    configuration,
    { id: 'load-balancer', kind: 'global-load-balancer', target: 'app', regions: 3 },
    { id: 'cluster', kind: 'kubernetes-cluster', regions: 3, clouds: ['aws', 'google'], nodes: { min: 10, max: 60 }, nodeVcpus: 8, nodeMemoryGib: 32 },
    { id: 'app', kind: 'app-servers', runtime: 'pod', count: { min: 60, max: 280 }, vcpus: 2, memoryGib: 4, exposure: 'load-balancer' },
    { id: 'database', kind: 'distributed-database', engine: 'aurora-dsql', regions: 3, keeps: shards },
    { id: 'cache', kind: 'cache', engine: 'valkey', version: '8', nodes: 6, memoryGib: 26 },
    { id: 'inference', kind: 'gpu-pool', count: 6, gpuMemoryGb: 80, models: ['qwen2.5-7b-instruct-q4'] },
    { id: 'events', kind: 'event-stream', brokers: 12, retentionHours: 72 },
    { id: 'edge', kind: 'edge-compute', workload: 'screenshot processing' },
    frontend,
    storage,
    backup,
    { id: 'monitoring', kind: 'monitoring', servers: ['cluster', 'inference'], thresholdPercent: 75 },
    { id: 'dns', kind: 'dns', target: 'load-balancer', ttlSeconds: 60 },
  ],
  objectives: { availabilityPercent: '99.99', rpoMinutes: 5, rtoMinutes: 60, note: 'The app runs in two regions and in a second cloud, its database in the home region: writes wait until that answers again, or until what is kept of it is brought up elsewhere.' },
  deviations: [
    {
      component: 'database',
      stated: 'Citus or Postgres-XL',
      deployed: 'the shards that an environment brings from tier 5, or Aurora DSQL in one that begins here',
      reason: 'Postgres-XL is no longer maintained, and neither RDS nor Cloud SQL offers Citus. Shards become distributed SQL only by a dump with a window, which nobody is put through unasked.',
      lines: '141, 188',
    },
  ],
  statedCosts: [
    { line: 'compute', component: 'cluster' },
    { line: 'db-storage', component: 'database' },
    { line: 'llm', component: 'inference' },
    { line: 'network-cdn', component: 'load-balancer' },
    { line: 'devops-monitoring', component: 'monitoring' },
    { line: 'security-compliance', component: 'network' },
  ],
  costExplanations: [],
};
