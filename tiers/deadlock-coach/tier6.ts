import { auditDays } from '../../components/audit-log';
import type { Tier } from '../tier';
import { backup, billedApartInRegions, configuration, frontend, network, shards, storage } from './common';
import { recovery } from './recovery';

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
    {
      id: 'cluster',
      kind: 'kubernetes-cluster',
      regions: 3,
      clouds: ['aws', 'google'],
      nodes: { min: 10, max: 60 },
      nodeVcpus: 8,
      nodeMemoryGib: 32,
    },
    { id: 'app', kind: 'app-servers', runtime: 'pod', count: { min: 60, max: 280 }, vcpus: 2, memoryGib: 4, exposure: 'load-balancer' },
    {
      id: 'database',
      kind: 'distributed-database',
      engine: 'aurora-dsql',
      regions: 1,
      offers: {
        'aurora-dsql': {},
        citus: { workers: 8, nodes: 2, vcpus: 6, memoryGib: 24, volumeGib: 2000 },
        alloydb: { vcpus: 128, readers: 2 },
        spanner: { nodes: 20 },
      },
      keeps: shards,
    },
    { id: 'cache', kind: 'cache', engine: 'valkey', version: '8', shards: 3, nodes: 2, memoryGib: 26 },
    { id: 'inference', kind: 'gpu-pool', count: 7, gpuMemoryGb: 80, models: ['qwen2.5-7b-instruct-q4'] },
    { id: 'events', kind: 'event-stream', brokers: 12, retentionHours: 72 },
    { id: 'edge', kind: 'edge-compute', workload: 'screenshot processing' },
    {
      id: 'ml',
      kind: 'ml-pipeline',
      jobs: 2,
      gpuMemoryGb: 24,
      vcpus: 6,
      memoryGib: 24,
      every: 'week',
      deadlineHours: 12,
      keepVersionsDays: 90,
    },
    frontend,
    storage,
    backup,
    { id: 'audit', kind: 'audit-log', retentionDays: auditDays },
    { id: 'monitoring', kind: 'monitoring', servers: ['cluster', 'inference'], thresholdPercent: 75 },
    { id: 'dns', kind: 'dns', target: 'load-balancer', ttlSeconds: 60 },
  ],
  objectives: {
    availabilityPercent: '99.99',
    rpoMinutes: recovery['aurora-dsql'].rpoMinutes,
    regionRpoMinutes: recovery['aurora-dsql'].regionRpoMinutes,
    rtoMinutes: recovery['aurora-dsql'].rtoMinutes,
    byEngine: recovery,
    note: 'The app runs in two regions and in a second cloud, its database in the home region: writes wait until that answers again, or until what is kept of it is brought up elsewhere. With `database.witness` Aurora DSQL takes writes in both regions, and nothing is lost with one of them.',
  },
  deviations: [
    {
      component: 'app',
      stated: 'no number of pods',
      deployed: '60 to 280 pods of 2 vCPU and 4 GB',
      reason: 'A million users a day need 417 vCPU at the peak by the capacity model.',
      lines: '140, 145',
    },
    {
      component: 'app',
      stated: 'full microservices',
      deployed: 'one app, and beside it as many services as the environment file names under services, none by default',
      reason:
        'Where a product divides is its own to say. Its parts find each other by name, without a mesh: only those that are said to call each other are let through, and what they say to each other in a cluster is not encrypted.',
      lines: '145',
    },
    {
      component: 'inference',
      stated: 'serving of its own, of no stated size',
      deployed: 'seven nodes with cards of 80 GB, four at home and three in the other region',
      reason: 'The answers of a million users need 5.5 cards at the peak by the capacity model; seven leave a quarter to spare.',
      lines: '142, 150',
    },
    {
      component: 'cluster',
      stated: 'Kubernetes in two clouds',
      deployed: 'a cluster in each of two regions of AWS, and one at Google without cache, event stream and model',
      reason:
        'The VPN between the clouds leads to shards and Citus alone: what needs cache or event stream is answered on AWS. Aurora DSQL, Spanner and the bucket are reached from both clouds without it.',
      lines: '140',
    },
    {
      component: 'ml',
      stated: 'advanced ML pipeline for model optimization',
      deployed: 'two jobs a week with a GPU each, on spot nodes that are there only while they run, and a bucket of models',
      reason:
        "What makes a model better is the product's own program: the environment file names it, and until then the jobs are suspended.",
      lines: '144',
    },
    {
      component: 'edge',
      stated: 'edge computing for screenshot processing',
      deployed: 'a function at the edge that leads each request to one of a few sizes, which the app makes when a screenshot is uploaded',
      reason: 'A function of the CDN has a millisecond and no network: it can choose a picture, and make none.',
      lines: '143',
    },
    {
      component: 'database',
      stated: 'Citus or Postgres-XL',
      deployed: 'the shards that an environment brings from tier 5, or Citus, Aurora DSQL, AlloyDB or Spanner in one that begins here',
      reason:
        'Postgres-XL is no longer maintained, and neither RDS nor Cloud SQL offers Citus. Shards become distributed SQL only by a dump with a window, which nobody is put through unasked. All clusters reach them, but for AlloyDB: pods on AWS have no rows with it.',
      lines: '141, 188',
    },
    {
      component: 'database',
      stated: 'read replicas globally',
      deployed:
        'a replica of each shard in the second region of AWS, and Aurora DSQL in both with `database.witness`; of the other engines none outside the home region',
      reason: 'A second region of Citus and secondary clusters of AlloyDB are not built.',
      lines: '141',
    },
  ],
  statedCosts: [
    { line: 'compute', component: 'cluster' },
    { line: 'db-storage', component: 'database' },
    { line: 'llm', component: 'inference' },
    { line: 'network-cdn', component: 'load-balancer' },
    { line: 'devops-monitoring', component: 'monitoring' },
    { line: 'security-compliance', component: 'audit' },
  ],
  costExplanations: [
    ...billedApartInRegions,
    { component: 'load-balancer', platform: 'aws', reason: "Cloudflare's balancer over both clouds, paid by what people look up." },
    {
      component: 'cluster',
      platform: 'aws',
      reason:
        'Two control planes, between 20 and 120 nodes and those for services, of which the middle is priced, and four nodes with cards of 80 GB at home. What a card costs in the second region is not known. Beside them a cluster of 10 to 60 nodes at Google, priced in its region beside Virginia alone.',
    },
    {
      component: 'database',
      platform: 'aws',
      reason: 'Nobody has found a dated source for the price of Aurora DSQL, which is counted as a part without one.',
    },
    {
      component: 'audit',
      platform: 'aws',
      reason:
        "A year of the account's records, their key, and the log at Google. AWS delivers the first copy of its records for nothing; the document's sum is for auditors and their certificates, which no resource is.",
    },
    { component: 'cache', platform: 'aws', reason: 'Three shards of two nodes of 26 GB, which the document does not price.' },
    {
      component: 'ml',
      platform: 'aws',
      reason: 'Hours of two nodes that are there only while jobs run, at spot prices that nobody lists, and the models that they leave.',
    },
    {
      component: 'events',
      platform: 'aws',
      reason: 'Twelve brokers, which the events of a million users need by the capacity model; the document does not price them.',
    },
  ],
};
