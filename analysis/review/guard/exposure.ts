import type { JsonObject, JsonValue, ResourceNode } from '../../graph';
import { bodies, isList, isObject } from '../../graph/json';
import { scalarText } from '../../../values/scalar-text';
import { valuesAt } from './levels';

/** A way in for everybody. */
export interface Exposure {
  /** Equal for the same way in, before and after. */
  readonly key: string;
  /** In the words of a person: `tcp 5432 from everywhere`. */
  readonly text: string;
  /** `web`: what web servers are there for. `data`: everything else. */
  readonly kind: 'web' | 'data';
}

/** The ways in that a resource opens to everybody. */
export function exposuresOf(node: ResourceNode): readonly Exposure[] {
  return (readers[node.type] ?? readers[node.type.replace(/_v\d+$/, '')] ?? none)(node.values);
}

type Read = (values: JsonObject) => readonly Exposure[];

const none: Read = () => [];

const readers: Readonly<Record<string, Read>> = {
  digitalocean_firewall: (values) =>
    bodies(values['inbound_rule']).flatMap((rule) =>
      isWorld(rule['source_addresses']) ? [port(rule['protocol'], scalarText(rule['port_range'] ?? 'all'))] : [],
    ),
  digitalocean_database_firewall: (values) =>
    bodies(values['rule']).flatMap((rule) =>
      rule['type'] === 'ip_addr' && isWorld([rule['value'] ?? '']) ? [data('trusted:everybody', 'every address is a trusted source')] : [],
    ),
  digitalocean_spaces_bucket_policy: policy('policy'),
  digitalocean_spaces_bucket_object: words('acl', { 'public-read': 'everybody may read the object' }),
  aws_security_group: (values) =>
    bodies(values['ingress']).flatMap((rule) => (isWorld(rule['cidr_blocks']) || isWorld(rule['ipv6_cidr_blocks']) ? [ports(rule)] : [])),
  aws_security_group_rule: (values) =>
    values['type'] === 'ingress' && (isWorld(values['cidr_blocks']) || isWorld(values['ipv6_cidr_blocks'])) ? [ports(values)] : [],
  aws_vpc_security_group_ingress_rule: (values) =>
    isWorld([values['cidr_ipv4'] ?? '', values['cidr_ipv6'] ?? '']) ? [ports({ ...values, protocol: values['ip_protocol'] ?? '-1' })] : [],
  aws_s3_bucket_policy: policy('policy'),
  aws_s3_bucket_acl: words('acl', {
    'public-read': 'everybody may read the bucket',
    'public-read-write': 'everybody may write into the bucket',
    'authenticated-read': 'every account of Amazon may read the bucket',
  }),
  aws_sqs_queue_policy: policy('policy'),
  aws_sqs_queue: policy('policy'),
  aws_sns_topic_policy: policy('policy'),
  aws_kms_key: policy('policy'),
  aws_kms_key_policy: policy('policy'),
  aws_secretsmanager_secret_policy: policy('policy'),
  aws_ecr_repository_policy: policy('policy'),
  aws_efs_file_system_policy: policy('policy'),
  aws_backup_vault_policy: policy('policy'),
  aws_opensearch_domain: policy('access_policies'),
  aws_iam_role: policy('assume_role_policy'),
  aws_lambda_permission: words('principal', { '*': 'everybody may call the function' }),
  aws_lambda_function_url: words('authorization_type', { NONE: 'everybody may call the function' }),
  aws_eks_cluster: (values) =>
    valuesAt(values, 'vpc_config.endpoint_public_access').some((one) => one === true) &&
    openOrUnsaid(valuesAt(values, 'vpc_config.public_access_cidrs'))
      ? [data('endpoint', 'the control plane answers everybody')]
      : [],
  aws_msk_cluster: (values) =>
    valuesAt(values, 'broker_node_group_info.connectivity_info.public_access.type').includes('SERVICE_PROVIDED_EIPS')
      ? [data('brokers', 'the brokers have public addresses')]
      : [],
  aws_instance: (values) => (values['associate_public_ip_address'] === true ? [data('address', 'the server has a public address')] : []),
  google_compute_firewall: (values) =>
    values['direction'] !== 'EGRESS' && isWorld(values['source_ranges']) ? bodies(values['allow']).flatMap((rule) => portsOf(rule)) : [],
  google_storage_bucket_iam_member: (values) => members([values['member'] ?? '']),
  google_storage_bucket_iam_binding: (values) => members(isList(values['members']) ? values['members'] : []),
  google_storage_bucket_acl: words('predefined_acl', { publicRead: 'everybody may read', publicReadWrite: 'everybody may write' }),
  google_sql_database_instance: (values) =>
    isWorld(valuesAt(values, 'settings.ip_configuration.authorized_networks.value')) ? [data('networks', 'every address may connect')] : [],
  google_container_cluster: (values) =>
    isWorld(valuesAt(values, 'master_authorized_networks_config.cidr_blocks.cidr_block'))
      ? [data('endpoint', 'the control plane answers everybody')]
      : [],
  kubernetes_service: (values) =>
    valuesAt(values, 'spec.type').some((one) => one === 'LoadBalancer' || one === 'NodePort')
      ? [{ key: 'service', text: 'the service is reachable from outside the cluster', kind: 'web' }]
      : [],
};

function data(key: string, text: string): Exposure {
  return { key, text, kind: 'data' };
}

const webPorts: ReadonlySet<string> = new Set(['80', '443', '80-80', '443-443']);

function port(protocol: JsonValue | undefined, range: string): Exposure {
  const name = /^[a-z0-9-]{1,6}$/i.test(scalarText(protocol)) ? scalarText(protocol) : 'any protocol';
  const shown = /^(?:\d{1,5}(?:-\d{1,5})?|all)$/.test(range) ? range : 'some ports';
  if (/^icmp/i.test(name)) return { key: name, text: `${name} from everywhere`, kind: 'web' };
  return {
    key: `${name}/${range}`,
    text: `${name} ${shown === 'all' || shown === '0' ? 'on all ports' : shown} from everywhere`,
    kind: webPorts.has(range) && name !== 'any protocol' ? 'web' : 'data',
  };
}

function ports(rule: JsonObject): Exposure {
  const protocol = scalarText(rule['protocol'] ?? '-1');
  if (protocol === '-1' || protocol === 'all') return port('all', 'all');
  const [from, to] = [scalarText(rule['from_port'] ?? 0), scalarText(rule['to_port'] ?? 0)];
  return port(protocol, from === to ? from : `${from}-${to}`);
}

function portsOf(rule: JsonObject): readonly Exposure[] {
  const listed = isList(rule['ports']) ? rule['ports'].map(scalarText) : ['all'];
  return listed.map((one) => port(rule['protocol'], one));
}

function members(given: readonly JsonValue[]): readonly Exposure[] {
  return given.flatMap((member) =>
    member === 'allUsers' || member === 'allAuthenticatedUsers' ? [data(scalarText(member), 'everybody may read the bucket')] : [],
  );
}

/** A range of 0 to 7 bits is everybody, or half of them. */
function isWorld(value: JsonValue | undefined): boolean {
  return (isList(value) ? value : [value ?? '']).some((one) => typeof one === 'string' && /\/[0-7]$/.test(one.trim()));
}

function openOrUnsaid(ranges: readonly JsonValue[]): boolean {
  return ranges.length === 0 || isWorld(ranges);
}

function words(attribute: string, meanings: Readonly<Record<string, string>>): Read {
  return (values) => {
    const word = scalarText(values[attribute] ?? '');
    const meaning = Object.hasOwn(meanings, word) ? meanings[word] : undefined;
    return meaning === undefined ? [] : [data(word, meaning)];
  };
}

/** A statement that allows everybody without a condition. */
function policy(attribute: string): Read {
  return (values) => {
    const written = values[attribute];
    if (typeof written !== 'string') return [];
    return (statementsIn(written) ?? looselyIn(written)) ? [data(`policy:${attribute}`, 'the policy allows everybody')] : [];
  };
}

/** An expression within a text, `${aws_s3_bucket.files.arn}`, with what it quotes. One with braces of its own is a text of Terraform's, and not read. */
const expression = /\$\{(?:[^{}"]|"(?:\\.|[^"\\])*")*\}/g;

/** Whether a policy that can be read allows everybody; undefined where it is an expression as a whole. */
function statementsIn(written: string): boolean | undefined {
  try {
    const parsed = JSON.parse(written.replace(expression, 'expression')) as JsonValue;
    return isObject(parsed) ? bodies(parsed['Statement']).some(allowsEverybody) : false;
  } catch {
    return undefined;
  }
}

function allowsEverybody(statement: JsonObject): boolean {
  const { Effect, Principal, Condition } = statement;
  const everybody =
    Principal === '*' || (isObject(Principal) && Object.values(Principal).some((one) => one === '*' || (isList(one) && one.includes('*'))));
  return Effect === 'Allow' && everybody && (Condition === undefined || Condition === null);
}

/** Of an expression only its text can be looked at: `jsonencode({... Principal = "*" ...})`. */
function looselyIn(written: string): boolean {
  return /\\?"?(?:Principal|AWS)\\?"?\s*[:=]\s*\[?\s*\\?"\*\\?"/.test(written) && /\\?"?Effect\\?"?\s*[:=]\s*\\?"Allow/.test(written);
}
