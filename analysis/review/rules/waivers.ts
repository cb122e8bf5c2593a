import { recordedTierAddress } from '../../graph';
import type { ResourceGraph } from '../../graph/types';
import type { Waiver } from '../types';
import { riskAddress } from './tier/risk-answers';

/** A finding that what Terrace builds keeps on purpose. */
export interface Accepted {
  readonly id: string;
  /** Addresses of which it speaks; `*` stands for any text. */
  readonly addresses: readonly string[];
  readonly reason: string;
}

/** Each is looked at again by then. */
const until = '2027-11-30';

/**
 * What Terrace builds and does not change, with the reason. These hold for Terraform that Terrace made, and for no other. Addresses
 * are those of its components, so that a resource that somebody adds is not covered by accident.
 */
export const accepted: readonly Accepted[] = [
  {
    id: 'TRC-DO-002',
    addresses: ['digitalocean_firewall.app_firewall'],
    reason: 'The lowest tiers have one server and no balancer (`exposure: direct`): it answers on 80 and 443 itself, and its certificate is renewed there. From the third tier on a balancer stands before it.',
  },
  {
    id: 'TRC-DO-003',
    addresses: ['digitalocean_firewall.app_firewall', 'digitalocean_firewall.inference_firewall'],
    reason: 'Servers fetch packages, images and models, and speak to the APIs of Spaces, from addresses that their vendors do not publish. Naming them would stop updates first.',
  },
  {
    id: 'TRC-DO-004',
    addresses: ['digitalocean_droplet.app_g*', 'digitalocean_droplet.inference_g*'],
    reason: 'Administrators\' keys arrive by the configuration channel, so that one can be added without a new server; the bootstrap locks the mailed password and switches password logins off (docs/decisions/0003-admin-keys.md).',
  },
  {
    id: 'TRC-DO-008',
    addresses: ['digitalocean_spaces_bucket.configuration', 'digitalocean_spaces_bucket.frontend_bucket', 'digitalocean_spaces_bucket.configuration_turns_*'],
    reason: 'Nothing in it is the only copy: Terraform writes the configuration, a release writes the site, and turns last for minutes.',
  },
  {
    id: 'TRC-DO-010',
    addresses: ['digitalocean_spaces_bucket.configuration', 'digitalocean_spaces_bucket.configuration_turns_*'],
    reason: 'Terraform itself writes every object in it, or servers write leases that last for minutes: emptying it loses nothing, and without it the bucket could not be removed with its tier.',
  },
  {
    id: 'TRC-DO-015',
    addresses: ['digitalocean_droplet.app_g*', 'digitalocean_droplet.inference_g*'],
    reason: 'Servers hold no data: what must last is on a volume, in a managed database or in a bucket, and DigitalOcean\'s backups would miss volumes.',
  },
  {
    id: 'TRC-DO-019',
    addresses: ['digitalocean_database_cluster.database_g*', 'digitalocean_database_cluster.cache_g*'],
    reason: 'The second tier promises 99.5 % and pays for one node; from the third on TRC-TIER-001 asks for two. A cache may be lost without losing data.',
  },
  {
    id: 'TRC-DO-029',
    addresses: ['digitalocean_loadbalancer.load-balancer'],
    reason: 'Not decided yet: STRONG shuts out browsers and bots that know none of its ciphers, and their share is not measured.',
  },
  {
    id: 'TRC-DO-033',
    addresses: ['digitalocean_spaces_bucket_policy.frontend_policy'],
    reason: 'The site\'s files are meant for everyone, and lie in a bucket of their own with nothing else in it.',
  },
  {
    id: 'TRC-DO-044',
    addresses: ['digitalocean_database_cluster.cache_g*', 'digitalocean_spaces_bucket.configuration', 'digitalocean_spaces_bucket.configuration_turns_*', 'digitalocean_volume.inference_g*_models_*'],
    reason: 'What it holds is made again: cached values, documents that Terraform writes, leases, models that are fetched from their vendor.',
  },
  {
    id: 'TRC-AWS-005',
    addresses: ['aws_db_instance.database_g*'],
    reason: 'The second tier promises 99.5 % and pays for one machine; from the third on TRC-TIER-001 asks for a standby.',
  },
  {
    id: 'TRC-AWS-013',
    addresses: ['aws_instance.app_g*'],
    reason: 'The lowest tiers have one server and no balancer (`exposure: direct`): it answers the internet itself, on 80 and 443 alone, and nobody logs in but through Session Manager.',
  },
  {
    id: 'TRC-AWS-019',
    addresses: ['aws_vpc.network'],
    reason: 'Flow logs are billed by volume and tell addresses, not deeds. No tier turns them on yet; one that must prove who talked to whom will.',
  },
  {
    id: 'TRC-AWS-022',
    addresses: ['aws_s3_bucket.configuration', 'aws_s3_bucket.frontend_bucket'],
    reason: 'Nothing in it is the only copy: Terraform writes the configuration, a release writes the site.',
  },
  {
    id: 'TRC-AWS-025',
    addresses: ['aws_s3_bucket.configuration'],
    reason: 'Terraform itself writes every object in it: emptying it loses nothing, and without it the bucket could not be removed with its tier.',
  },
  {
    id: 'TRC-AWS-026',
    addresses: ['aws_s3_bucket.configuration', 'aws_s3_bucket.frontend_bucket'],
    reason: 'It keeps no versions, and holds what runs now: nothing in it is old.',
  },
  {
    id: 'TRC-AWS-030',
    addresses: ['aws_cloudfront_distribution.frontend', 'aws_lb.load-balancer'],
    reason: 'A web ACL is billed by the month, by the rule and by the request. No tier puts one in front yet; the application answers through the balancer alone.',
  },
  {
    id: 'TRC-AWS-043',
    addresses: ['aws_elasticache_replication_group.cache_g*'],
    reason: 'It holds cached values and sessions, which may be lost without losing data.',
  },
  {
    id: 'TRC-AWS-044',
    addresses: ['aws_elasticache_replication_group.cache_g*'],
    reason: 'The third tier has one cache node: what it holds may be lost. From the fourth on there are two.',
  },
  {
    id: 'TRC-AWS-045',
    addresses: ['aws_sns_topic.monitoring_topic'],
    reason: 'CloudWatch cannot publish to a topic under AWS\'s own key, and messages hold nothing but the names of alarms.',
  },
  {
    id: 'TRC-AWS-061',
    addresses: ['aws_s3_bucket.configuration', 'aws_eip.network_nat_*_address'],
    reason: 'What it holds is made again: Terraform writes the configuration, and the address by which servers go out is promised to nobody.',
  },
  risk('no redundancy', 'The first tier is one server by intent: it promises 99.5 % and an hour to come back, not redundancy.'),
  risk('GPU costs for LLM inference', 'This tier answers with a small model on CPUs; `terrace estimate` holds the cost of every tier, and its tokens, against the budget.'),
  risk('GPU availability and costs', 'DigitalOcean has no group that falls back to another GPU size by itself; the environment file lists sizes that will do, and synthesis names those not sold in the region.'),
  risk('database write scaling', 'One primary takes the writes of this tier (`terrace capacity` names the load at which it no longer does); the next tier shards.'),
  risk('data consistency across regions', 'Every row has one shard that takes its writes; replicas in other regions only read, and lag.'),
  risk('model accuracy at scale', 'A question of the product: no resource answers it.'),
  risk('technical debt accumulation', 'A question of the team: no resource answers it.'),
];

function risk(name: string, reason: string): Accepted {
  return { id: 'TRC-TIER-011', addresses: [riskAddress(name)], reason };
}

/** Waivers for these findings, where Terrace made what they speak of. */
export function ownWaivers(findings: readonly Pick<Waiver, 'id' | 'address'>[], graph: ResourceGraph | undefined): readonly Waiver[] {
  return graph?.get(recordedTierAddress) === undefined ? [] : findings.flatMap((finding) => ownWaiver(finding) ?? []);
}

/** The waiver for a finding about what Terrace builds; undefined where it is not accepted. */
export function ownWaiver({ id, address }: Pick<Waiver, 'id' | 'address'>): Waiver | undefined {
  const found = accepted.find((each) => each.id === id && each.addresses.some((pattern) => isLike(address, pattern)));
  return found === undefined ? undefined : { id, address, reason: found.reason, owner: 'terrace', until };
}

/** Whether an address is one of those that a pattern with `*` stands for. */
export function isLike(address: string, pattern: string): boolean {
  return new RegExp(`^${pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(address);
}
