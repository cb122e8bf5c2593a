import type { Tier } from '../tier';
import { backup, configuration, frontend, network, storage } from './common';

/** Document lines 110 to 134: Kubernetes in two regions, PostgreSQL in shards. */
export const tier5: Tier = {
  id: 'tier5',
  roadmap: 'deadlock-coach',
  stated: 'tier-5',
  name: 'Enterprise',
  dailyUsers: 100_000,
  platforms: ['digitalocean', 'aws'],
  components: [
    network,
    configuration,
    { id: 'load-balancer', kind: 'global-load-balancer', target: 'app', regions: 2 },
    { id: 'cluster', kind: 'kubernetes-cluster', regions: 2, clouds: [], nodes: { min: 3, max: 10 }, nodeVcpus: 4, nodeMemoryGib: 16 },
    { id: 'app', kind: 'app-servers', runtime: 'pod', count: { min: 10, max: 20 }, vcpus: 1, memoryGib: 2, exposure: 'load-balancer' },
    { id: 'database', kind: 'sharded-database', version: '17', shards: 4, buckets: 1024, nodes: 2, memoryGib: 8, replicas: 1 },
    { id: 'cache', kind: 'cache', engine: 'valkey', version: '8', nodes: 2, memoryGib: 8 },
    { id: 'inference', kind: 'gpu-pool', count: 3, gpuMemoryGb: 48, models: ['qwen2.5-7b-instruct-q4'] },
    frontend,
    storage,
    backup,
    { id: 'monitoring', kind: 'monitoring', servers: ['cluster', 'inference'], thresholdPercent: 75 },
    { id: 'dns', kind: 'dns', target: 'load-balancer', ttlSeconds: 60 },
  ],
  objectives: { availabilityPercent: '99.95', rpoMinutes: 5, rtoMinutes: 60, note: 'A region may be lost; writes of a shard wait for its standby to take over.' },
  deviations: [],
  statedCosts: [
    { line: 'k8s', component: 'cluster' },
    { line: 'db', component: 'database' },
    { line: 'llm', component: 'inference' },
    { line: 'network', component: 'load-balancer' },
    { line: 'storage-cdn', component: 'storage' },
    { line: 'devops-monitoring', component: 'monitoring' },
  ],
  costExplanations: [],
};
