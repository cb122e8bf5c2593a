import { accepted, isLike } from './waivers';
import { rules } from './index';

/** A check of Checkov that what Terrace builds fails on purpose. */
export interface CheckovWaiver {
  readonly check: string;
  /** Names of resources, without their type: that is all that Checkov says of some. `*` stands for any text. */
  readonly names: readonly string[];
  readonly reason: string;
}

const plainBuckets: readonly string[] = [
  'backup',
  'configuration',
  'frontend_bucket',
  'storage',
  'configuration_turns_*',
  'inference_models',
  'ml_registry',
];

const bucketNames: readonly string[] = [...plainBuckets, 'audit_bucket'];

/** Read replicas, which take from their source what they do not state. */
const replicaNames: readonly string[] = ['database_g*_shard_*_replica_*', 'replicas_g*'];

/** A balancer that only the private network reaches, before servers that answer with a model. */
const inside = 'Only servers of this environment reach it, over the private network; TLS would end one hop earlier.';

/** What is said of every key. */
const keyPolicy = "Without a policy of its own a key has AWS's default, which leaves it to the IAM policies of this account alone.";

/** What is said of every pod. */
const podReasons = {
  limit: 'A limit of CPU slows a pod while the node is idle; requests keep each its share, and memory has its limit.',
  pull: 'The image has a version or a digest: what is there already is the same, and a registry that is down stops no pod.',
  digest: "Every image has a version; the environment file takes a digest for the product's, and does not ask for one.",
} as const;

const podNames: readonly string[] = ['app_*_pods_deployment', 'database_*_pooler_pods_deployment'];

/** Findings of Checkov 3.3.30 in the examples for which there is no rule of ours, or which ours answer otherwise. */
export const checkovOnly: readonly CheckovWaiver[] = [
  {
    check: 'CKV2_AWS_15',
    names: ['load-balancer_cluster_g*_nodes', 'load-balancer_cluster_g*_nodes_*'],
    reason: 'The group is of cluster nodes, whose health Kubernetes judges; a pod that fails must not cost its node.',
  },
  {
    check: 'CKV2_AWS_76',
    names: ['load-balancer', 'load-balancer_*'],
    reason:
      'The web firewall has the group that knows attacks on Log4j. The other one that Checkov asks for refuses whoever comes through a VPN, who may be a user.',
  },
  { check: 'CKV2_AWS_20', names: ['inference_balancer'], reason: inside },
  { check: 'CKV_AWS_103', names: ['inference_balancer_http'], reason: inside },
  { check: 'CKV_AWS_2', names: ['inference_balancer_http'], reason: inside },
  { check: 'CKV_AWS_378', names: ['inference_balancer_targets'], reason: inside },
  { check: 'CKV2_AWS_34', names: ['database_g*_map'], reason: 'It tells which shard holds which key, and no secret.' },
  {
    check: 'CKV2_AWS_57',
    names: ['cache_g*_secret', 'database_g*_secret'],
    reason:
      'Its value is a variable of the environment: it changes with the next deploy, in the database and here at once. A rotation of AWS would change it here alone.',
  },
  { check: 'CKV2_AWS_60', names: replicaNames.slice(0, 1), reason: 'Snapshots are made of the source, which copies its tags.' },
  { check: 'CKV_AWS_129', names: replicaNames, reason: 'A replica repeats what its source does, whose log is kept.' },
  { check: 'CKV_AWS_293', names: ['replicas_g*'], reason: 'A replica holds nothing that its source does not.' },
  { check: 'CKV_AWS_157', names: ['replicas_g*'], reason: 'There are two, in two zones.' },
  {
    check: 'CKV_AWS_149',
    names: ['cache_g*_secret', 'database_g*_secret'],
    reason: "Encrypted with AWS's own key for secrets, which only this account uses.",
  },
  {
    check: 'CKV_AWS_75',
    names: ['load-balancer_accelerator'],
    reason: 'Flow logs are billed by volume and tell addresses, not deeds; no tier turns them on yet.',
  },
  {
    check: 'CKV2_GCP_18',
    names: ['network_*'],
    reason:
      'Checkov looks for a rule of our own beside the network; GKE makes those of its cluster, and a network of our own has none that lets the internet in.',
  },
  {
    check: 'CKV_GCP_12',
    names: ['cluster_*'],
    reason: 'Network policies are enforced by the dataplane that it asks for (ADVANCED_DATAPATH); Checkov looks for the older add-on.',
  },
  { check: 'CKV_GCP_13', names: ['cluster_*'], reason: 'Client certificates are off unless asked for; Checkov wants that in words.' },
  { check: 'CKV_GCP_21', names: ['cluster_*'], reason: 'Its name says the environment and the component, as that of every resource does.' },
  {
    check: 'CKV_GCP_61',
    names: ['cluster_*'],
    reason: 'Flow logs are billed by volume and tell addresses, not deeds; no tier turns them on yet.',
  },
  {
    check: 'CKV_GCP_65',
    names: ['cluster_*'],
    reason: 'Groups of people belong to the organisation, of which an environment knows nothing.',
  },
  {
    check: 'CKV_GCP_66',
    names: ['cluster_*'],
    reason: 'Images come from the registry that the environment names; no tier signs them yet.',
  },
  {
    check: 'CKV_GCP_69',
    names: ['cluster_*'],
    reason:
      "Each node pool asks for Google's metadata server; the nodes that the cluster itself begins with go at once. Checkov reads the two apart.",
  },
  {
    check: 'CKV_K8S_11',
    names: podNames,
    reason: podReasons.limit,
  },
  {
    check: 'CKV_K8S_15',
    names: podNames,
    reason: podReasons.pull,
  },
  { check: 'CKV_K8S_22', names: podNames.slice(0, 1), reason: "It is the product's own image, of which is not known where it writes." },
  {
    check: 'CKV_K8S_35',
    names: podNames.slice(0, 1),
    reason: 'The product reads its settings from the environment, on servers as in pods.',
  },
  {
    check: 'CKV_K8S_43',
    names: podNames,
    reason: podReasons.digest,
  },
  {
    check: 'CKV2_AWS_9',
    names: ['database_g*'],
    reason: 'Base backups and every change go to the bucket of backups by pgBackRest; a snapshot of the disk would know less.',
  },
  { check: 'CKV2_AWS_32', names: ['frontend'], reason: 'The site decides on its own headers; no tier sets a policy for it yet.' },
  {
    check: 'CKV2_AWS_38',
    names: ['dns'],
    reason:
      'DNSSEC needs a record at the registrar that Terraform cannot write: signing without it protects nobody, and signing wrongly takes the domain away.',
  },
  { check: 'CKV2_AWS_39', names: ['dns'], reason: 'Query logs tell what resolvers ask, not what visitors do, and are billed by volume.' },
  {
    check: 'CKV2_AWS_47',
    names: ['frontend'],
    reason: 'There is no Java behind the distribution, and no web firewall before public files (see TRC-AWS-030).',
  },
  { check: 'CKV2_AWS_62', names: bucketNames, reason: 'Nothing listens for events of these buckets.' },
  {
    check: 'CKV2_AWS_64',
    names: ['database_g*_key', 'cluster_g*_key', 'events_g*_key'],
    reason: keyPolicy,
  },
  {
    check: 'CKV_AWS_8',
    names: ['app_g*', 'inference_g*'],
    reason: 'The disk is encrypted in the launch template that the server starts from; Checkov reads the two apart.',
  },
  {
    check: 'CKV_AWS_79',
    names: ['app_g*_image', 'inference_g*_image'],
    reason: 'The template holds image and disk; each server that starts from it asks for tokens itself. Checkov reads the two apart.',
  },
  {
    check: 'CKV_AWS_118',
    names: ['database_g*', 'replicas_g*'],
    reason: 'Alarms on CPU, connections and storage come without an agent; enhanced monitoring is billed by the log it writes.',
  },
  {
    check: 'CKV_AWS_126',
    names: ['app_g*', 'inference_g*'],
    reason: 'Alarms look at five minutes; metrics by the minute are billed for each server.',
  },
  { check: 'CKV_AWS_144', names: bucketNames, reason: 'These tiers are in one region; S3 keeps every object in three zones of it.' },
  {
    check: 'CKV_AWS_145',
    names: plainBuckets,
    reason: "Encrypted with S3's own keys; one of your own adds a request that is billed for each object.",
  },
  {
    check: 'CKV_AWS_145',
    names: ['audit_bucket'],
    reason: 'The trail encrypts each file with its own key (CKV_AWS_35), whatever the bucket would do by itself.',
  },
  {
    check: 'CKV2_AWS_10',
    names: ['audit'],
    reason:
      'A second copy in CloudWatch would be billed by volume; who reads the records reads the bucket, and alarms on them are not built yet.',
  },
  { check: 'CKV_AWS_252', names: ['audit'], reason: 'Nothing listens for new files of records.' },
  {
    check: 'CKV_AWS_158',
    names: ['database_g*_log_*', 'cluster_g*_logs', 'events_g*_logs', 'network_*flows_log', 'load-balancer_*acl_log'],
    reason: "Encrypted with CloudWatch's own key; they hold no rows.",
  },
  {
    check: 'CKV_AWS_161',
    names: ['database_g*'],
    reason:
      "The application's pooler keeps connections open; tokens that end after fifteen minutes and 200 new connections a second are made for people and functions.",
  },
  { check: 'CKV_AWS_18', names: bucketNames, reason: 'A log of every request would be another bucket that grows; no tier keeps one yet.' },
  {
    check: 'CKV_AWS_189',
    names: ['database_g*'],
    reason: "Encrypted with AWS's own key; one of your own is billed by the month, and the lowest tier is the cheapest there is.",
  },
  { check: 'CKV_AWS_191', names: ['cache_g*'], reason: "Encrypted with AWS's own key; it holds cached values and sessions." },
  {
    check: 'CKV_AWS_260',
    names: ['app_firewall_*', 'load-balancer_*firewall_http'],
    reason:
      'Port 80 is open to everyone where a website answers, and only to send them on to https. A rule for a security group is none for everyone: Checkov takes the lack of addresses for all of them.',
  },
  {
    check: 'CKV_AWS_273',
    names: ['backup_writer', 'storage_app', 'configuration_turns_*_members'],
    reason: 'No person: a container does not reach the metadata service, so that it has a key that opens one bucket.',
  },
  {
    check: 'CKV_AWS_40',
    names: ['backup_writer_policy', 'storage_app_policy', 'configuration_turns_*_members_policy'],
    reason: 'Each of these users opens one bucket, and nobody else has that policy.',
  },
  { check: 'CKV_AWS_305', names: ['frontend'], reason: 'It serves the files of a site whose pages the application sends.' },
  { check: 'CKV_AWS_310', names: ['frontend'], reason: 'Its origin is a bucket, which S3 keeps in three zones.' },
  {
    check: 'CKV_AWS_338',
    names: ['database_g*_log_*', 'events_g*_logs', 'network_*flows_log', 'load-balancer_*acl_log'],
    reason: 'A month is enough to find a fault; what must be shown to an auditor is another log (TRC-TIER-010).',
  },
  { check: 'CKV_AWS_374', names: ['frontend'], reason: 'The product is for everyone, wherever they are.' },
  { check: 'CKV_AWS_86', names: ['frontend'], reason: 'It serves public files; no tier keeps a log of every request yet.' },
  {
    check: 'CKV_AWS_91',
    names: ['load-balancer', 'load-balancer_*', 'inference_balancer'],
    reason: 'The application logs each request; no tier keeps a second log of the same yet.',
  },
];

/** The same of what an environment file can make of the examples, and they do not show. */
export const checkovOfVariants: readonly CheckovWaiver[] = [
  {
    check: 'CKV_AWS_39',
    names: ['cluster_g*'],
    reason: 'Ranges under access.allowedCidrs reach the API of the cluster, and nobody else; without that line it is private.',
  },
  {
    check: 'CKV_AWS_150',
    names: ['load-balancer', 'load-balancer_*'],
    reason: 'Deletion protection is off where the environment is declared disposable, so that it can be destroyed.',
  },
  {
    check: 'CKV2_AWS_57',
    names: ['configuration_secrets_*', 'database_g*_owner', 'database_g*_backups', 'storage_secret'],
    reason: 'Its value is given by a person or by a deploy, and used in another place too: a rotation of AWS would change it here alone.',
  },
  {
    check: 'CKV_AWS_149',
    names: ['database_g*_owner', 'database_g*_backups', 'storage_secret'],
    reason: "Encrypted with AWS's own key for secrets, which only this account uses.",
  },
  {
    check: 'CKV2_AWS_64',
    names: ['configuration_secrets_key'],
    reason: keyPolicy,
  },
  {
    check: 'CKV_AWS_273',
    names: ['backup_database'],
    reason: 'No person: the database in the cluster signs its backups with a key that opens one bucket.',
  },
  { check: 'CKV_AWS_40', names: ['backup_database_policy'], reason: 'That user opens one bucket, and nobody else has the policy.' },
  {
    check: 'CKV_AWS_91',
    names: ['database_g*_entry'],
    reason: 'Only the networks of the other regions reach it, and PostgreSQL logs who signs in.',
  },
  {
    check: 'CKV2_AWS_15',
    names: ['database_g*_entry_nodes'],
    reason: 'The group is of cluster nodes, whose health Kubernetes judges; a pod that fails must not cost its node.',
  },
  { check: 'CKV_K8S_11', names: ['database_*_for_regions_pods_deployment'], reason: podReasons.limit },
  { check: 'CKV_K8S_15', names: ['database_*_for_regions_pods_deployment'], reason: podReasons.pull },
  { check: 'CKV_K8S_43', names: ['database_*_for_regions_pods_deployment'], reason: podReasons.digest },
  {
    check: 'CKV_GCP_93',
    names: ['database_g*_database'],
    reason: "Encrypted with Google's own keys; one of your own is billed by the month, and has to be kept for as long as the backups.",
  },
];

/** Everything that Checkov may say of what Terrace builds: what our own rules say too, with the reason given there, and the rest. */
export const checkovWaivers: readonly CheckovWaiver[] = [...ours(), ...checkovOnly, ...checkovOfVariants];

function ours(): readonly CheckovWaiver[] {
  return accepted.flatMap(({ id, addresses, reason }) => {
    const names = addresses.map((address) => address.slice(address.indexOf('.') + 1));
    return (rules.find((rule) => rule.id === id)?.checkov ?? []).map((check) => ({ check, names, reason }));
  });
}

/** The waiver for a failed check on a resource, `resource.app_g1_1` or `aws_instance.app_g1_1`; undefined where there is none. */
export function checkovWaiver(check: string, resource: string): CheckovWaiver | undefined {
  const name = resource.slice(resource.indexOf('.') + 1);
  return checkovWaivers.find((each) => each.check === check && each.names.some((pattern) => isLike(name, pattern)));
}
