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
    {
      id: 'database',
      kind: 'database',
      engine: 'postgresql',
      version: '17',
      hosting: { hosting: 'managed', nodes: 2, memoryGib: 16, vcpus: 4, poolSize: 200 },
    },
    { id: 'replicas', kind: 'read-replicas', database: 'database', count: 2, memoryGib: 16 },
    { id: 'cache', kind: 'cache', engine: 'valkey', version: '8', nodes: 2, memoryGib: 2 },
    { id: 'inference', kind: 'gpu-pool', count: 3, gpuMemoryGb: 20, models: ['qwen2.5-7b-instruct-q4'] },
    frontend,
    storage,
    backup,
    { id: 'monitoring', kind: 'monitoring', servers: ['app', 'inference'], thresholdPercent: 75 },
    { id: 'dns', kind: 'dns', target: 'load-balancer', ttlSeconds: 60 },
  ],
  objectives: {
    availabilityPercent: '99.9',
    rpoMinutes: 5,
    rtoMinutes: 60,
    note: 'Every role has a second instance, in one region: a lost region takes all of it along.',
  },
  deviations: [
    {
      component: 'inference',
      stated: 'three servers with GPUs of a model that is not named, for $1,200',
      deployed: 'three GPU servers with at least 20 GB of GPU memory, one 7B model on each',
      reason:
        'No GPU server is sold at $400 a month on DigitalOcean. The smallest card (20 GB, $555) was in no region on 2026-09-03, so that the next one sold near the app is taken; which that is moves from month to month.',
      lines: '89, 97',
    },
    {
      component: 'database',
      stated: 'a PostgreSQL cluster of a primary and two read replicas, for $450',
      deployed: 'managed PostgreSQL with a standby, and two read replicas with an address of their own',
      reason: 'Reads and writes need separate addresses before reads can be moved; the standby takes over by itself.',
      lines: '88, 96',
    },
    {
      component: 'monitoring',
      stated: 'monitoring and security for $100',
      deployed: "the platform's metrics, alerts and an uptime check; firewalls by tag, private addresses, TLS",
      reason: 'A monitoring service of its own comes with the cluster, one tier up.',
      lines: '101',
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
  costExplanations: [
    { component: 'app', reason: 'Three to six servers; the middle of the range is priced as typical.' },
    {
      component: 'database',
      reason: 'A managed pair. The document has one price for the primary and its replicas; here the replicas are a line of their own.',
    },
    { component: 'replicas', reason: 'Two copies of the size of the primary, which is the least that DigitalOcean sells as a replica.' },
    {
      component: 'inference',
      reason:
        'Three servers with the cheapest card that is sold near the app, their balancer and their model caches. Two would carry the load by the capacity model.',
    },
    { component: 'load-balancer', reason: 'Two nodes; the network itself is free, and transfer stays within what the servers include.' },
    { component: 'cache', reason: 'Two nodes of 2 GB, which hold five times what the load needs.' },
    {
      component: 'storage',
      reason: 'The Spaces subscription is carried by the backup component, and what lies beyond it by the frontend.',
    },
    { component: 'frontend', reason: 'Uploads beyond the 250 GB of the Spaces subscription, which all buckets share.' },
    { component: 'backup', reason: 'One Spaces subscription for all buckets.' },
    { component: 'monitoring', reason: 'Metrics, alerts and the first uptime check are free, and so are firewalls.' },
  ],
};
