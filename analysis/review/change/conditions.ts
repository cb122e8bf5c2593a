import type { Direction, Effect } from '../../../catalog/aws/replacement';
import type { JsonValue, ResourceNode } from '../../graph';
import { memberAt } from '../../graph/resolve';

/** The two sides of a resource that stays. */
export interface Pair {
  readonly before: ResourceNode;
  readonly after: ResourceNode;
}

type Condition = (pair: Pair, direction: Direction) => Effect | undefined;

const replacing: Effect = { kind: 'replaces' };
const inPlace: Effect = { kind: 'in-place' };

/** Decides a change whose effect depends on the values. Source: the probes in catalog/aws/replacement.json, and CustomizeDiff of digitalocean 2.71.0. */
export function conditionOf(type: string, path: string): Condition | undefined {
  return conditions[`${type} ${path}`];
}

const conditions: Readonly<Record<string, Condition>> = {
  'digitalocean_droplet ipv6': switchedOff('ipv6'),
  'digitalocean_kubernetes_cluster version': lowered('version'),
  'aws_db_proxy auth.client_password_auth_type': () => inPlace,
  // Not probed; a set without ForceNew in the provider's schema: only the key arguments replace.
  'aws_dynamodb_table attribute.name': () => inPlace,
  'aws_dynamodb_table attribute': () => inPlace,
  'aws_dynamodb_table attribute.type': () => inPlace,
  'aws_dynamodb_table restore_source_table_arn': onlyWhen((direction) => direction !== 'removed'),
  'aws_dynamodb_table restore_source_name': onlyWhen((direction) => direction !== 'removed'),
  'aws_ecs_service triggers': () => inPlace,
  'aws_eks_cluster encryption_config': onlyWhen((direction) => direction === 'removed'),
  'aws_eks_node_group launch_template': onlyWhen((direction) => direction === 'added'),
  'aws_elasticache_cluster engine_version': lowered('engine_version'),
  'aws_elasticache_cluster node_type': ({ before }) => (text(before, 'engine') === 'memcached' ? replacing : inPlace),
  'aws_elasticache_replication_group engine': ({ before, after }) =>
    text(before, 'engine') === 'redis' && text(after, 'engine') === 'valkey' ? inPlace : replacing,
  'aws_elasticache_replication_group engine_version': lowered('engine_version'),
  'aws_elasticache_serverless_cache engine': ({ before, after }) =>
    text(before, 'engine') === 'redis' && text(after, 'engine') === 'valkey' ? inPlace : replacing,
  'aws_instance instance_type': ({ before, after }) =>
    isArm(text(before, 'instance_type')) === isArm(text(after, 'instance_type')) ? inPlace : replacing,
  'aws_instance user_data': ({ after }) => (at(after, 'user_data_replace_on_change') === true ? replacing : inPlace),
  'aws_instance user_data_base64': ({ after }) => (at(after, 'user_data_replace_on_change') === true ? replacing : inPlace),
  'aws_lb security_groups': ({ after }) => (isNetwork(after) ? undefined : inPlace),
  'aws_lb subnets': ({ after }, direction) => (isNetwork(after) && direction !== 'added' ? undefined : inPlace),
  'aws_msk_cluster kafka_version': lowered('kafka_version'),
  'aws_msk_cluster storage_mode': ({ after }) => (text(after, 'storage_mode') === 'LOCAL' ? replacing : inPlace),
  'aws_opensearch_domain advanced_security_options.enabled': switchedOff('advanced_security_options.enabled'),
  'aws_opensearch_domain encrypt_at_rest.enabled': switchedOff('encrypt_at_rest.enabled'),
  'aws_opensearch_domain node_to_node_encryption.enabled': switchedOff('node_to_node_encryption.enabled'),
  'aws_opensearch_domain engine_version': lowered('engine_version'),
  'aws_rds_cluster storage_type': ({ after }) => (text(after, 'engine').startsWith('aurora') ? inPlace : replacing),
  'aws_ssm_parameter tier': ({ after }) => (text(after, 'tier') === 'Standard' ? replacing : inPlace),
  'aws_vpc instance_tenancy': ({ after }) => (text(after, 'instance_tenancy') === 'dedicated' ? replacing : inPlace),
};

function onlyWhen(holds: (direction: Direction) => boolean): Condition {
  return (_, direction) => (holds(direction) ? replacing : inPlace);
}

function switchedOff(path: string): Condition {
  return ({ before, after }) => {
    if (at(before, path) === true && at(after, path) !== true) return replacing;
    return at(after, path) === true || at(after, path) === false ? inPlace : undefined;
  };
}

/** Versions that cannot be compared are left undecided. */
function lowered(path: string): Condition {
  return ({ before, after }) => {
    const [was, is] = [numbers(text(before, path)), numbers(text(after, path))];
    if (was.length === 0 || is.length === 0) return undefined;
    return compareNumbers(was, is) > 0 ? replacing : inPlace;
  };
}

function numbers(version: string): readonly number[] {
  return /\$\{/.test(version) ? [] : (version.match(/\d+/g) ?? []).map(Number);
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  const index = Array.from({ length }, (_, at) => at).find((at) => a[at] !== b[at]);
  return index === undefined ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

/** Families of AWS's own ARM processors have a g after their generation: t4g, m7gd, c6gn. */
function isArm(instanceType: string): boolean {
  return /^[a-z]+\d+g/.test(instanceType) || instanceType.startsWith('a1.');
}

function isNetwork(node: ResourceNode): boolean {
  return text(node, 'load_balancer_type') === 'network';
}

function at(node: ResourceNode, path: string): JsonValue | undefined {
  const value = attributeAt(node.values, path);
  return value === 'true' ? true : value === 'false' ? false : value;
}

function text(node: ResourceNode, path: string): string {
  const value = attributeAt(node.values, path);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A value at a path, blocks that stand in a list of one opened. */
export function attributeAt(value: JsonValue | undefined, path: string): JsonValue | undefined {
  return path.split('.').reduce<JsonValue | undefined>((inner, step) => {
    const member = Array.isArray(inner) && !/^\d+$/.test(step) ? (inner as readonly JsonValue[])[0] : inner;
    return memberAt(member, [step]);
  }, value);
}
