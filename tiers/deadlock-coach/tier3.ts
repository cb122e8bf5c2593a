import type { Tier } from '../tier';
import { backup, billedApartOnAws, configuration, frontend, network, storage, storageFromTheStart } from './common';

/** Document lines 58 to 83: a balancer, two app servers, a database with a standby, inference on its own server, a cache. */
export const tier3: Tier = {
  id: 'tier3',
  roadmap: 'deadlock-coach',
  stated: 'tier-3',
  name: 'Product-market fit',
  dailyUsers: 1000,
  platforms: ['digitalocean', 'aws'],
  components: [
    network,
    configuration,
    { id: 'load-balancer', kind: 'load-balancer', target: 'app', nodes: 1 },
    { id: 'app', kind: 'app-servers', runtime: 'server', count: { fixed: 2 }, vcpus: 4, memoryGib: 8, exposure: 'load-balancer' },
    {
      id: 'database',
      kind: 'database',
      engine: 'postgresql',
      version: '17',
      hosting: { hosting: 'managed', nodes: 2, memoryGib: 8, poolSize: 80 },
    },
    { id: 'cache', kind: 'cache', engine: 'valkey', version: '8', nodes: 1, memoryGib: 1 },
    {
      id: 'inference',
      kind: 'inference',
      host: { placement: 'own', count: 1, vcpus: 16, memoryGib: 32 },
      model: 'llama-3.2-3b-instruct-q4',
      memoryLimitGib: 24,
    },
    frontend,
    storage,
    backup,
    { id: 'monitoring', kind: 'monitoring', servers: ['app', 'inference'], thresholdPercent: 75 },
    { id: 'dns', kind: 'dns', target: 'load-balancer', ttlSeconds: 300 },
  ],
  objectives: {
    availabilityPercent: '99.9',
    rpoMinutes: 5,
    rtoMinutes: 60,
    note: 'The database fails over to its standby and the balancer drops a sick app server; inference and cache are still single.',
  },
  deviations: [
    {
      component: 'database',
      stated: 'a PostgreSQL server of our own with 16 GB and 4 vCPUs for $96; replication only in the scaling path (line 185)',
      deployed: 'managed PostgreSQL, 8 GB, with a standby',
      reason:
        '99.9 % cannot stand on one server. $96 is the price of the 16 GB basic droplet without a second one; the managed pair fails over by itself and backs itself up.',
      lines: '63, 70, 185',
    },
    {
      component: 'inference',
      stated: '32 GB, 8 vCPUs, a GPU optional, for $160',
      deployed: '16 dedicated vCPUs with 32 GB, a 3B model, no GPU',
      reason:
        'No size sells 32 GB and 8 vCPUs at $160, and none with a GPU. 1,000 users a day need 35 tokens/s at the peak; by the capacity model 8 dedicated vCPUs write 9 of a 14B model, 17 of a 7B, 40 of a 3B, and 16 write 80. A 7B would need 32 vCPUs ($672) or a GPU ($555), which the next tier has.',
      lines: '64, 71',
    },
    storageFromTheStart,
  ],
  statedCosts: [
    { line: 'app', component: 'app' },
    { line: 'db', component: 'database' },
    { line: 'llm', component: 'inference' },
    { line: 'lb', component: 'load-balancer' },
    { line: 'redis', component: 'cache' },
    { line: 'cdn', component: 'frontend' },
    { line: 'monitoring-backup', component: 'backup' },
  ],
  costExplanations: [
    { component: 'database', reason: 'Two managed nodes of 8 GB that fail over, instead of one server of our own without a standby.' },
    { component: 'inference', reason: 'Sixteen dedicated vCPUs, which the load needs; the size the document prices is not sold.' },
    { component: 'frontend', reason: 'The CDN comes with the Spaces subscription, which the backup component carries.' },
    { component: 'backup', reason: 'One Spaces subscription; metrics, alerts and the first uptime check are free.' },
    ...billedApartOnAws,
    {
      component: 'network',
      platform: 'aws',
      reason: 'One NAT gateway with its address, through which servers without addresses of their own fetch packages and images.',
    },
    { component: 'load-balancer', platform: 'aws', reason: 'The balancer, its capacity units, and a public address in each of two zones.' },
    {
      component: 'app',
      platform: 'aws',
      reason:
        'The cheapest four vCPUs with at least 8 GB have 16 GB there and cost more than twice as much; disk and traffic are billed apart.',
    },
    {
      component: 'database',
      platform: 'aws',
      reason: 'Two nodes of 8 GB in two zones that fail over, with storage in both, the key that encrypts them, and their logs.',
    },
    { component: 'cache', platform: 'aws', reason: 'The smallest node with 1 GB.' },
    {
      component: 'inference',
      platform: 'aws',
      reason: 'Sixteen vCPUs of its own, which the load needs, at the price of compute-optimized instances.',
    },
    { component: 'frontend', platform: 'aws', reason: 'The CDN is paid by traffic and requests alone.' },
    {
      component: 'backup',
      platform: 'aws',
      reason: 'RDS keeps its own backups without a price of their own up to the size of the database; the bucket is empty at first.',
    },
  ],
};
