import type { Tier } from '../tier';
import { backup, billedApartInRegions, configuration, frontend, network, shards, storage } from './common';

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
    { id: 'app', kind: 'app-servers', runtime: 'pod', count: { min: 10, max: 20 }, vcpus: 3, memoryGib: 4, exposure: 'load-balancer' },
    shards,
    { id: 'cache', kind: 'cache', engine: 'valkey', version: '8', nodes: 2, memoryGib: 8 },
    { id: 'inference', kind: 'gpu-pool', count: 3, gpuMemoryGb: 48, models: ['qwen2.5-7b-instruct-q4'] },
    frontend,
    storage,
    backup,
    { id: 'monitoring', kind: 'monitoring', servers: ['cluster', 'inference'], thresholdPercent: 75 },
    { id: 'dns', kind: 'dns', target: 'load-balancer', ttlSeconds: 60 },
  ],
  optional: [{ id: 'events', kind: 'event-stream', brokers: 3, retentionHours: 72 }],
  objectives: {
    availabilityPercent: '99.95',
    rpoMinutes: 5,
    rtoMinutes: 60,
    note: "The app runs in two regions, the shards in one: writes wait for a shard's standby to take over, and for a copy to be promoted by hand when the home region is lost. Where the platform promises no more than 99.95 % of a database with a standby, as DigitalOcean does, all of it together reaches 99.94 %.",
  },
  deviations: [
    {
      component: 'app',
      stated: '10 to 20 pods of a size that is not given',
      deployed: '10 to 20 pods of 3 vCPU and 4 GB',
      reason: '100,000 users a day need 42 vCPU at the peak by the capacity model; 20 pods of one would carry half of them.',
      lines: '114',
    },
    {
      component: 'app',
      stated: 'microservices architecture',
      deployed: 'one app, and beside it as many services as the environment file names under services, none by default',
      reason: 'Where a product divides is its own to say; its parts find each other by name, without a mesh.',
      lines: '119',
    },
    {
      component: 'database',
      stated: 'PostgreSQL in shards, whose number and size are not given, for $1,500',
      deployed: 'four shards of 16 GB, each with a standby and a copy in the other region',
      reason:
        'Writes of 100,000 users need 17 vCPU by the capacity model, and four shards of 8 GB have 16. The copies answer the reads that no cache does.',
      lines: '115, 123, 187',
    },
    {
      component: 'inference',
      stated: 'a GPU pool for $4,000',
      deployed: 'three nodes with 48 GB of GPU memory, two at home and one in the other region',
      reason: 'The cheapest card with that memory is not sold in two regions; what is taken in the second is larger and dearer.',
      lines: '116, 124',
    },
    {
      component: 'cluster',
      stated: 'one Kubernetes cluster',
      deployed: 'a cluster in each of two regions, its control plane highly available',
      reason: 'The document asks for several regions (line 117), which one cluster cannot be in.',
      lines: '114, 117',
    },
  ],
  statedCosts: [
    { line: 'k8s', component: 'cluster' },
    { line: 'db', component: 'database' },
    { line: 'llm', component: 'inference' },
    { line: 'network', component: 'load-balancer' },
    { line: 'storage-cdn', component: 'storage' },
    { line: 'devops-monitoring', component: 'monitoring' },
  ],
  costExplanations: [
    ...billedApartInRegions,
    {
      component: 'cluster',
      platform: 'aws',
      reason:
        'Two control planes, between 6 and 20 nodes and those for services, of which the middle is priced, and two nodes with cards at home. What a card costs in the second region is not known.',
    },
    {
      component: 'database',
      platform: 'aws',
      reason:
        'Four pairs with eight vCPUs of their own, the least with which AWS carries the writes, and a copy of each, whose storage in the second region has no known price.',
    },
    { component: 'cache', platform: 'aws', reason: 'Two nodes of 13 GB, the next size above 8, which the document does not price.' },
    {
      component: 'cluster',
      reason:
        'Two control planes, two small default pools, and between 6 and 20 nodes and those for services, of which the middle is priced.',
    },
    {
      component: 'database',
      reason: 'Four pairs of 16 GB and a copy of each, which the load needs; the document gives neither number nor size.',
    },
    {
      component: 'inference',
      reason:
        'Three cards; the one in the second region is of a size that is sold there, at three times the price. A volume beside each keeps the model.',
    },
    {
      component: 'load-balancer',
      reason: 'One balancer for the world and one for each region; traffic between the two networks is billed apart and is not priced.',
    },
    {
      component: 'events',
      platform: 'aws',
      reason: 'Brokers that the environment file asks for; the document has them at tier 6, without a price.',
    },
    { component: 'events', reason: 'Brokers that the environment file asks for; the document has them at tier 6, without a price.' },
    { component: 'cache', reason: 'Two nodes of 8 GB, which the document does not price.' },
    {
      component: 'storage',
      reason: 'The Spaces subscription is carried by the backup component, and what lies beyond it by the frontend.',
    },
    { component: 'frontend', reason: 'Uploads and transfer beyond the Spaces subscription, which all buckets share.' },
    { component: 'backup', reason: 'One Spaces subscription for all buckets.' },
    {
      component: 'monitoring',
      reason:
        'Metrics, alerts and the first uptime check are free; what watches inside the clusters runs on their nodes and keeps what it gathers on volumes.',
    },
  ],
};
