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
    reason:
      'The lowest tiers have one server and no balancer (`exposure: direct`): it answers on 80 and 443 itself, and its certificate is renewed there. From the third tier on a balancer stands before it.',
  },
  {
    id: 'TRC-DO-003',
    addresses: ['digitalocean_firewall.app_firewall', 'digitalocean_firewall.inference_firewall', 'digitalocean_firewall.cluster_firewall'],
    reason:
      'Servers fetch packages, images and models, and speak to the APIs of Spaces, from addresses that their vendors do not publish. Naming them would stop updates first.',
  },
  {
    id: 'TRC-DO-004',
    addresses: ['digitalocean_droplet.app_g*', 'digitalocean_droplet.inference_g*'],
    reason:
      "Administrators' keys arrive by the configuration channel, so that one can be added without a new server; the bootstrap locks the mailed password and switches password logins off (docs/decisions/0003-admin-keys.md).",
  },
  {
    id: 'TRC-DO-008',
    addresses: [
      'digitalocean_spaces_bucket.configuration',
      'digitalocean_spaces_bucket.frontend_bucket',
      'digitalocean_spaces_bucket.configuration_turns_*',
    ],
    reason: 'Nothing in it is the only copy: Terraform writes the configuration, a release writes the site, and turns last for minutes.',
  },
  {
    id: 'TRC-DO-010',
    addresses: ['digitalocean_spaces_bucket.configuration', 'digitalocean_spaces_bucket.configuration_turns_*'],
    reason:
      'Terraform itself writes every object in it, or servers write leases that last for minutes: emptying it loses nothing, and without it the bucket could not be removed with its tier.',
  },
  {
    id: 'TRC-DO-015',
    addresses: ['digitalocean_droplet.app_g*', 'digitalocean_droplet.inference_g*'],
    reason:
      "Servers hold no data: what must last is on a volume, in a managed database or in a bucket, and DigitalOcean's backups would miss volumes.",
  },
  {
    id: 'TRC-DO-019',
    addresses: ['digitalocean_database_cluster.database_g*', 'digitalocean_database_cluster.cache_g*'],
    reason:
      'The second tier promises 99.5 % and pays for one node; from the third on TRC-TIER-001 asks for two. A cache may be lost without losing data.',
  },
  {
    id: 'TRC-DO-023',
    addresses: ['digitalocean_kubernetes_cluster.cluster_g*'],
    reason:
      'What runs in the clusters is deployed from pipelines whose addresses change by the run. A token is needed either way; an environment whose pipeline has an address of its own should name it.',
  },
  {
    id: 'TRC-DO-028',
    addresses: ['digitalocean_loadbalancer.load-balancer_*'],
    reason:
      'Before each cluster stands the global balancer, which asks for /healthz; this one passes on to the ingress, which answers for each host by itself.',
  },
  {
    id: 'TRC-DO-029',
    addresses: ['digitalocean_loadbalancer.load-balancer', 'digitalocean_loadbalancer.load-balancer_*'],
    reason: 'Not decided yet: STRONG shuts out browsers and bots that know none of its ciphers, and their share is not measured.',
  },
  {
    id: 'TRC-DO-033',
    addresses: ['digitalocean_spaces_bucket_policy.frontend_policy'],
    reason: "The site's files are meant for everyone, and lie in a bucket of their own with nothing else in it.",
  },
  {
    id: 'TRC-DO-044',
    addresses: [
      'digitalocean_database_cluster.cache_g*',
      'digitalocean_spaces_bucket.configuration',
      'digitalocean_spaces_bucket.configuration_turns_*',
      'digitalocean_volume.inference_g*_models_*',
    ],
    reason:
      'What it holds is made again: cached values, documents that Terraform writes, leases, models that are fetched from their vendor.',
  },
  {
    id: 'TRC-AWS-005',
    addresses: ['aws_db_instance.database_g*'],
    reason: 'The second tier promises 99.5 % and pays for one machine; from the third on TRC-TIER-001 asks for a standby.',
  },
  {
    id: 'TRC-AWS-013',
    addresses: ['aws_instance.app_g*'],
    reason:
      'The lowest tiers have one server and no balancer (`exposure: direct`): it answers the internet itself, on 80 and 443 alone, and nobody logs in but through Session Manager.',
  },
  {
    id: 'TRC-AWS-022',
    addresses: [
      'aws_s3_bucket.configuration',
      'aws_s3_bucket.frontend_bucket',
      'aws_s3_bucket.configuration_turns_*',
      'aws_s3_bucket.inference_models',
    ],
    reason:
      'Nothing in it is the only copy: Terraform writes the configuration, a release writes the site, turns last for minutes, models are fetched from their vendor.',
  },
  {
    id: 'TRC-AWS-025',
    addresses: ['aws_s3_bucket.configuration', 'aws_s3_bucket.configuration_turns_*', 'aws_s3_bucket.inference_models'],
    reason:
      'What is in it is written by Terraform, lasts for minutes or is fetched again: emptying it loses nothing, and without it the bucket could not be removed with its tier.',
  },
  {
    id: 'TRC-AWS-026',
    addresses: ['aws_s3_bucket.configuration', 'aws_s3_bucket.frontend_bucket', 'aws_s3_bucket.inference_models'],
    reason: 'It keeps no versions, and holds what runs now: nothing in it is old.',
  },
  {
    id: 'TRC-AWS-030',
    addresses: ['aws_cloudfront_distribution.frontend'],
    reason:
      'It delivers public files of a bucket, behind which nothing runs that an attack could reach. The application answers through the balancer, which has a web firewall.',
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
    addresses: ['aws_sns_topic.monitoring_*topic*'],
    reason: "CloudWatch cannot publish to a topic under AWS's own key, and messages hold nothing but the names of alarms.",
  },
  {
    id: 'TRC-AWS-060',
    addresses: ['aws_autoscaling_group.inference_g*'],
    reason:
      'With `gpu.reservation: new` the servers stand where their places are reserved, which is one zone; whoever writes that line is told.',
  },
  {
    id: 'TRC-TIER-001',
    addresses: ['aws_autoscaling_group.inference_g*'],
    reason: 'The same: reserved places are worth more to whoever asks for them than a second zone that has none.',
  },
  {
    id: 'TRC-TIER-008',
    addresses: ['aws_autoscaling_group.inference_g*'],
    reason: 'With `gpu.spot` a second group at the full price stands behind it, which makes up for as many servers as it lacks.',
  },
  {
    id: 'TRC-AWS-061',
    addresses: [
      'aws_s3_bucket.configuration',
      'aws_s3_bucket.configuration_turns_*',
      'aws_s3_bucket.inference_models',
      'aws_eip.network_*nat_*_address',
      'aws_route53_zone.replicas_g*_names',
    ],
    reason:
      'What it holds is made again: documents and names that Terraform writes, leases, models; and the address by which servers go out is promised to nobody.',
  },
  {
    id: 'TRC-AWS-061',
    addresses: [
      'aws_secretsmanager_secret.cache_g*_secret',
      'aws_secretsmanager_secret.database_g*_secret',
      'aws_secretsmanager_secret.database_g*_owner',
      'aws_secretsmanager_secret.database_g*_backups',
    ],
    reason: 'Its value comes from a variable and is written again; one that is deleted can be called back for 30 days.',
  },
  {
    id: 'TRC-AWS-061',
    addresses: ['aws_secretsmanager_secret.storage_secret'],
    reason: "Its value is the key that Terraform makes for the app's bucket: it is in the state, and is written again.",
  },
  {
    id: 'TRC-AWS-034',
    addresses: ['aws_lb.inference_balancer', 'aws_lb.database_g*_entry'],
    reason: 'Only servers and pods of this environment know it, by a name that Terraform writes: it can be made again in minutes.',
  },
  {
    id: 'TRC-K8S-010',
    addresses: [
      'kubernetes_namespace_v1.*_metrics_space_namespace',
      'kubernetes_namespace_v1.*_gpus_space_namespace',
      'kubernetes_namespace_v1.*_secrets_space_namespace',
      'kubernetes_namespace_v1.load-balancer_*_certificates_namespace',
      'kubernetes_namespace_v1.load-balancer_*_space_namespace',
      'kubernetes_namespace_v1.monitoring_*_space_namespace',
      'kubernetes_namespace_v1.database_*_operator_space_namespace',
      'kubernetes_namespace_v1.database_*_space_namespace',
    ],
    reason:
      'Charts of others run here, and what they must reach changes with their versions. The namespaces of the product itself are closed.',
  },
  risk('no redundancy', 'The first tier is one server by intent: it promises 99.5 % and an hour to come back, not redundancy.'),
  risk(
    'GPU costs for LLM inference',
    'This tier answers with a small model on CPUs; `terrace estimate` holds the cost of every tier, and its tokens, against the budget.',
  ),
  risk(
    'GPU availability and costs',
    'DigitalOcean has no group that falls back to another GPU size by itself; the environment file lists sizes that will do, and synthesis names those not sold in the region.',
  ),
  risk(
    'database write scaling',
    'One primary takes the writes of this tier (`terrace capacity` names the load at which it no longer does); the next tier shards.',
  ),
  risk('data consistency across regions', 'Every row has one shard that takes its writes; replicas in other regions only read, and lag.'),
  risk(
    'vendor lock-in',
    "One cloud until the environment file places clusters in a second one. What runs in them is plain Kubernetes, and its data speaks PostgreSQL's and Redis' protocols.",
  ),
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

/** Whether an address is one of those that a pattern with `*` stands for, at whatever generation its component is. */
export function isLike(address: string, pattern: string): boolean {
  const written = new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
  return written.test(address) || written.test(withoutGeneration(address));
}

/** Most components say their generation from the second one on: `aws_s3_bucket.storage_g2` is what `aws_s3_bucket.storage` was. */
function withoutGeneration(address: string): string {
  return address.replace(/^((?:[^.]*\.)?[^_.]+)_[gn]\d+(?=_|$)/, '$1');
}
