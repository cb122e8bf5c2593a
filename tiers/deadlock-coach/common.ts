import type { Component } from '../../components/component';
import type { ShardedDatabase } from '../../components/sharded-database';
import type { CostExplanation, Deviation } from '../tier';

/** Components that every tier of the ladder has in the same shape. */
export const network: Component = { id: 'network', kind: 'network' };

export const storage: Component = { id: 'storage', kind: 'object-storage', contents: ['screenshots', 'builds'], keepVersionsDays: 30 };

export const configuration: Component = { id: 'configuration', kind: 'configuration' };

export const backup: Component = { id: 'backup', kind: 'backup', database: 'database', retentionDays: 14 };

export const frontend: Component = { id: 'frontend', kind: 'frontend', cacheSeconds: 3600 };

/** Of the tier that shards, and of environments that keep theirs above it. */
export const shards: ShardedDatabase = {
  id: 'database',
  kind: 'sharded-database',
  version: '17',
  shards: 4,
  buckets: 1024,
  nodes: 2,
  vcpus: 6,
  memoryGib: 16,
  replicas: 1,
};

/** The document has object storage from its fourth tier on; servers that hold no data need it from the first. */
export const storageFromTheStart: Deviation = {
  component: 'storage',
  stated: 'no object storage before the fourth tier',
  deployed: 'a bucket for screenshots and builds from the first tier on',
  reason: 'Servers that hold no files can be replaced; the bucket costs nothing beside the one for backups.',
  lines: '19-24',
};

/** What AWS bills apart from the parts that the document prices, on every tier. */
export const billedApartOnAws: readonly CostExplanation[] = [
  { component: 'dns', platform: 'aws', reason: 'The hosted zone and its queries; the domain itself is bought from a registrar.' },
  {
    component: 'monitoring',
    platform: 'aws',
    reason: 'A health check from outside, with HTTPS, and alarms where there is someone to tell.',
  },
  {
    component: 'configuration',
    platform: 'aws',
    reason: 'Servers look for a release every 20 seconds, and each look is a request to a bucket.',
  },
  { component: 'storage', platform: 'aws', reason: 'What is kept, and each request.' },
];

/** The same of tiers with clusters in several regions. */
export const billedApartInRegions: readonly CostExplanation[] = [
  ...billedApartOnAws,
  { component: 'monitoring', platform: 'aws', reason: 'What watches inside the clusters keeps what it gathers on volumes.' },
  {
    component: 'network',
    platform: 'aws',
    reason: 'A NAT gateway with an address in every zone of both regions, and the records of what flows.',
  },
  {
    component: 'load-balancer',
    platform: 'aws',
    reason: 'A balancer with a web firewall in each region, one address for the world before them, and what goes through all three.',
  },
  {
    component: 'inference',
    platform: 'aws',
    reason:
      'Servers with cards are nodes of the clusters, and priced there; here are the bucket for models and a volume beside each that keeps one.',
  },
  { component: 'frontend', platform: 'aws', reason: 'Traffic and requests of the CDN, which AWS bills apart.' },
];
