import type { Tier } from '../tier';
import { backup, configuration, frontend, network, storage } from './common';

/** Document lines 85 to 108: an autoscaled app pool, read replicas, GPUs. */
export const tier4: Tier = {
  id: 'tier4',
  roadmap: 'deadlock-coach',
  stated: 'tier-4',
  name: 'Scale-up',
  dailyUsers: 10_000,
  platforms: ['digitalocean', 'aws'],
  components: [
    network,
    configuration,
    { id: 'load-balancer', kind: 'load-balancer', target: 'app', nodes: 2 },
    { id: 'app', kind: 'app-servers', runtime: 'server', count: { min: 3, max: 6 }, vcpus: 8, memoryGib: 16, exposure: 'load-balancer' },
    { id: 'database', kind: 'database', engine: 'postgresql', version: '17', hosting: { hosting: 'managed', nodes: 2, memoryGib: 16, poolSize: 200 } },
    { id: 'replicas', kind: 'read-replicas', database: 'database', count: 2, memoryGib: 16 },
    { id: 'cache', kind: 'cache', engine: 'valkey', version: '8', nodes: 2, memoryGib: 2 },
    { id: 'inference', kind: 'gpu-pool', count: 3, gpuMemoryGb: 20, models: ['qwen2.5-7b-instruct-q4'] },
    frontend,
    storage,
    backup,
    { id: 'monitoring', kind: 'monitoring', servers: ['app', 'inference'], thresholdPercent: 75 },
    { id: 'dns', kind: 'dns', target: 'load-balancer', ttlSeconds: 60 },
  ],
  objectives: { availabilityPercent: '99.9', rpoMinutes: 5, rtoMinutes: 60, note: 'Every role has a second instance.' },
  deviations: [
    {
      component: 'inference',
      stated: 'three GPU servers for $1,200',
      deployed: 'three servers with 20 GB of GPU memory',
      reason: 'No GPU server is sold at $400 a month on DigitalOcean; which sizes are sold where moves from month to month.',
      lines: '89, 97',
    },
  ],
  statedCosts: [
    { line: 'app', component: 'app' },
    { line: 'db', component: 'database' },
    { line: 'llm', component: 'inference' },
    { line: 'lb-network', component: 'load-balancer' },
    { line: 'redis', component: 'cache' },
    { line: 'storage', component: 'storage' },
    { line: 'monitoring-security', component: 'monitoring' },
  ],
  costExplanations: [],
};
