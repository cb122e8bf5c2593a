import type { Component } from '../../components/component';
import type { Environment } from '../../environments/schema';
import { problems } from '../../stacks/platforms/aws/builds';
import { tierOf } from '../../tiers/choices';
import type { Tier } from '../../tiers/tier';
import { sampleEnvironment } from '../support/environments';

const environment: Environment = sampleEnvironment({ tier: 'tier5', platform: 'aws', region: 'us-east-1', regions: ['sa-east-1'] });

/** Tier 5 with some components of other sizes. */
function sized(sizes: Readonly<Record<string, object>>): Tier {
  const tier = tierOf('tier5', environment);
  return { ...tier, components: tier.components.map((each) => ({ ...each, ...sizes[each.id] }) as Component) };
}

function refused(sizes: Readonly<Record<string, object>>): readonly string[] {
  return problems(environment, sized(sizes))
    .filter(({ code }) => code === 'CATALOG_NO_SIZE_FITS')
    .map(({ where, message }) => `${where}: ${message.replace(' Ask for less, split the load, or name another family.', '')}`);
}

test('tier 5 as it is finds nodes, shards and cache in both regions', () => expect(refused({})).toEqual([]));

test('nodes of clusters and shards, in each region, and cache that nobody sells are refused together, before anything is built', () => {
  const sizes = {
    cluster: { nodeVcpus: 65, nodeMemoryGib: 32 },
    database: { vcpus: 8, memoryGib: 300 },
    cache: { memoryGib: 200 },
  };
  expect([...refused(sizes)].sort()).toEqual([
    'cache: No ElastiCache node type seen in us-east-1 has at least 200 GiB of memory. The largest is cache.r7g.4xlarge.',
    'cluster: No EC2 instance type seen in sa-east-1 has at least 65 vCPU, 32 GiB of memory. The largest is m6i.16xlarge.',
    'cluster: No EC2 instance type seen in us-east-1 has at least 65 vCPU, 32 GiB of memory. The largest is m7i.16xlarge.',
    'database: No RDS instance class seen in sa-east-1 with 8 vCPU of its own has at least 300 GiB of memory. The largest is db.r7g.8xlarge.',
    'database: No RDS instance class seen in us-east-1 with 8 vCPU of its own has at least 300 GiB of memory. The largest is db.r7g.8xlarge.',
  ]);
});
