import { createHash } from 'node:crypto';
import { isSet } from './equality';
import { blocks, canonical, isUnknown, number, text, type Value, type ValueMap } from './values';
import { counted } from '../../values/counted';
import { scalarText } from '../../values/scalar-text';

/** What a custom diff adds to a plan. */
export interface Custom {
  readonly errors?: readonly string[];
  /** Attributes that become unknown although nobody changed them. */
  readonly unknown?: readonly string[];
  /** Attributes whose change forces a replacement in this direction only. */
  readonly replace?: readonly string[];
}

/** A difference that the provider may decide to overlook. */
export interface Difference {
  readonly old: string;
  /** As it would be stored. */
  readonly next: string;
  /** As it stands in the configuration. */
  readonly raw: string;
  readonly prior: ValueMap | null;
  readonly proposed: ValueMap;
}

/** What is code and not data in the provider, for one resource type. Keys are names joined by dots. */
export interface Quirks {
  /** What is stored in place of what was given. */
  readonly stored?: Readonly<Record<string, (given: string) => string>>;
  readonly suppress?: Readonly<Record<string, (difference: Difference) => boolean>>;
  /** What tells elements of a set apart, where it is not everything a user can set. */
  readonly elementCode?: Readonly<Record<string, (element: ValueMap) => string>>;
  readonly custom?: (prior: ValueMap | null, planned: ValueMap) => Custom;
}

/** The quirks of a resource type. Read in the sources of provider 2.71.0. */
export function quirksOf(type: string): Quirks {
  return quirks[type.replace('digitalocean_', '')] ?? {};
}

const sha1 = (given: string): string => createHash('sha1').update(given).digest('hex');
const lower = (given: string): string => given.toLowerCase();
const sameWord = ({ old, next }: Difference): boolean => old.toLowerCase() === next.toLowerCase();
/** What was hashed once is given back as the hash when Terraform ignores changes of it. */
const alreadyHashed = ({ old, raw }: Difference): boolean => raw !== '' && old === raw;
const fail = (...errors: readonly (string | false)[]): Custom => ({ errors: errors.filter((error) => error !== false).slice(0, 1) });

const quirks: Readonly<Record<string, Quirks>> = {
  certificate: {
    stored: { private_key: sha1, leaf_certificate: sha1, certificate_chain: sha1 },
    suppress: {
      private_key: alreadyHashed,
      leaf_certificate: alreadyHashed,
      certificate_chain: alreadyHashed,
      domains: ({ proposed }) => (proposed['type'] ?? 'custom') === 'custom',
    },
  },
  database_cluster: {
    stored: { region: lower },
    suppress: {
      engine: ({ old, next }) => isCache(old) && isCache(next),
      version: ({ old, next, proposed }) => isCache(text(proposed, 'engine')) && leadingNumber(old) > leadingNumber(next),
      'maintenance_window.hour': ({ old, next }) => hourAndMinute(old) === hourAndMinute(next),
    },
    custom: databaseRules,
  },
  database_user: { suppress: { mysql_auth_plugin: ({ old, next }) => old === 'caching_sha2_password' && next === '' } },
  droplet: {
    stored: { region: lower, size: lower, user_data: sha1 },
    suppress: { user_data: alreadyHashed },
    custom: (prior, planned) => {
      if (prior === null || prior['ipv6'] === planned['ipv6']) return {};
      if (planned['ipv6'] === true) return { unknown: ['ipv6_address'] };
      return prior['ipv6'] === true ? { replace: ['ipv6'] } : {};
    },
  },
  firewall: { custom: firewallRules },
  kubernetes_cluster: {
    custom: (prior, planned) => {
      if (prior === null) return {};
      return text(blocks(prior, 'node_pool')[0], 'size') === text(blocks(planned, 'node_pool')[0], 'size')
        ? {}
        : { replace: ['node_pool'] };
    },
  },
  loadbalancer: {
    stored: { region: lower },
    suppress: {
      droplet_tag: sameWord,
      size: ({ old, next, proposed }) => (isSet(proposed['size_unit']) ? sizeUnits[next] === proposed['size_unit'] : old === next),
    },
    elementCode: { forwarding_rule: forwardingRuleCode },
    custom: loadBalancerRules,
  },
  monitor_alert: { suppress: { 'alerts.slack.channel': sameWord, 'alerts.slack.url': sameWord } },
  project: { suppress: { environment: sameWord } },
  record: { suppress: { name: sameRecordName, value: sameRecordValue }, custom: recordRules },
  reserved_ip: { stored: { region: lower } },
  spaces_bucket: {
    stored: { region: lower },
    // Leaving the block out does not switch versioning off.
    suppress: { versioning: ({ old, next }) => old === '1' && next === '0' },
    elementCode: { 'lifecycle_rule.expiration': expirationCode, 'lifecycle_rule.noncurrent_version_expiration': expirationCode },
  },
  spaces_bucket_object: {
    custom: (prior, planned) => (canonical(prior?.['etag']) === canonical(planned['etag']) ? {} : { unknown: ['version_id'] }),
  },
  spaces_bucket_policy: {
    stored: { policy: (given) => canonicalJson(given) ?? given },
    suppress: { policy: ({ old, next }) => old !== '' && canonicalJson(old) === canonicalJson(next) },
  },
  ssh_key: { suppress: { public_key: ({ old, next }) => old.trim() === next.trim() } },
  uptime_alert: { suppress: { 'notifications.slack.channel': sameWord, 'notifications.slack.url': sameWord } },
  volume: {
    stored: { region: lower },
    custom: (prior, planned) =>
      fail(number(planned, 'size') < number(prior, 'size') && 'volumes `size` can only be expanded and not shrunk'),
  },
};

const sizeUnits: Readonly<Record<string, number>> = { 'lb-small': 1, 'lb-medium': 3, 'lb-large': 6 };

function isCache(engine: string): boolean {
  return engine === 'redis' || engine === 'valkey';
}

function leadingNumber(version: string): number {
  return /^\d+$/.test(version) ? Number(version) : 0;
}

function hourAndMinute(time: string): string {
  const parts = time.split(':');
  return parts.length === 3 ? parts.slice(0, 2).join(':') : time;
}

function databaseRules(prior: ValueMap | null, planned: ValueMap): Custom {
  const [engine, saved] = [text(planned, 'engine'), text(prior, 'version')];
  return {
    errors: severalErrors(
      !isSet(planned['version']) &&
        (saved === ''
          ? 'The argument "version" is required, but no definition was found.'
          : `The argument "version" is now required. Set the ${engine} version to the value saved to state: ${saved}`),
      isSet(planned['sql_mode']) && engine !== 'mysql' && 'sql_mode is only supported for MySQL Database Clusters',
      isSet(planned['eviction_policy']) && !isCache(engine) && 'eviction_policy is only supported for Redis or Valkey Database Clusters',
    ),
  };
}

/** Errors as the provider's library for several of them writes them. */
function severalErrors(...errors: readonly (string | false)[]): readonly string[] {
  const found = errors.filter((error) => error !== false);
  if (found.length === 0) return [];
  return [`${counted(found.length, 'error')} occurred:\n${found.map((error) => `\t* ${error}\n`).join('')}\n`];
}

function firewallRules(_: ValueMap | null, planned: ValueMap): Custom {
  const [inbound, outbound] = [blocks(planned, 'inbound_rule'), blocks(planned, 'outbound_rule')];
  const unnamedPort = (rule: ValueMap): boolean => rule['protocol'] !== 'icmp' && (rule['port_range'] ?? '') === '';
  return fail(
    inbound.length + outbound.length === 0 && 'At least one rule must be specified',
    inbound.some(unnamedPort) && '`port_range` of inbound rules is required if protocol is `tcp` or `udp`',
    outbound.some(unnamedPort) && '`port_range` of outbound rules is required if protocol is `tcp` or `udp`',
  );
}

function loadBalancerRules(_: ValueMap | null, planned: ValueMap): Custom {
  const [health, sticky] = [blocks(planned, 'healthcheck')[0], blocks(planned, 'sticky_sessions')[0]];
  return fail(
    health !== undefined && healthCheckFault(health),
    sticky !== undefined && stickySessionsFault(sticky),
    loadBalancerRegionFault(planned),
  );
}

function healthCheckFault(health: ValueMap): string | false {
  const [protocol, hasPath] = [text(health, 'protocol'), isSet(health['path'])];
  if (protocol === 'http' || protocol === 'https')
    return !hasPath && `health check \`path\` is required for when protocol is \`${protocol}\``;
  return hasPath && 'health check `path` is not allowed for when protocol is `tcp`';
}

function stickySessionsFault(sticky: ValueMap): string | false {
  const cookies = text(sticky, 'type') === 'cookies';
  const wrong = ['cookie_name', 'cookie_ttl_seconds'].find((name) => isSet(sticky[name]) !== cookies);
  if (wrong === undefined) return false;
  return `sticky sessions \`${wrong}\` is ${cookies ? 'required for when type is `cookie`' : 'not allowed for when type is `none`'}`;
}

function loadBalancerRegionFault(planned: ValueMap): string | false {
  const [type, hasRegion] = [text(planned, 'type'), isSet(planned['region'])];
  if (type === '') return !hasRegion && "missing 'region' value";
  if (type.toUpperCase() === 'GLOBAL') return hasRegion && `'region' must be empty or not set when 'type' is '${type}'`;
  return !hasRegion && `'region' must be set and not be empty when 'type' is '${type}'`;
}

function forwardingRuleCode(rule: ValueMap): string {
  const certificate = text(rule, 'certificate_id') === '' ? text(rule, 'certificate_name') : text(rule, 'certificate_id');
  const ports = [
    scalarText(rule['entry_port']),
    lower(text(rule, 'entry_protocol')),
    scalarText(rule['target_port']),
    lower(text(rule, 'target_protocol')),
  ];
  return [...ports, certificate, rule['tls_passthrough'] === true].join('-');
}

function expirationCode(rule: ValueMap): string {
  return [text(rule, 'date'), number(rule, 'days'), rule['expired_object_delete_marker'] === true].join('-');
}

function recordRules(_: ValueMap | null, planned: ValueMap): Custom {
  const type = text(planned, 'type');
  const absent = (required[type] ?? []).find((name) => !isGiven(planned[name]));
  return fail(absent !== undefined && `\`${absent}\` is required for when type is \`${type}\``);
}

const required: Readonly<Record<string, readonly string[]>> = { MX: ['priority'], SRV: ['priority', 'weight'], CAA: ['flags', 'tag'] };

/** Zero is a priority; an empty tag is none. */
function isGiven(value: Value | undefined): boolean {
  return value !== null && value !== undefined && value !== '' && !isUnknown(value);
}

function sameRecordName({ old, next, proposed }: Difference): boolean {
  const domain = `${text(proposed, 'domain')}.`;
  return (old === '@' && next === domain) || `${old}.${domain}` === next;
}

function sameRecordValue({ old, next, proposed }: Difference): boolean {
  const domain = `${text(proposed, 'domain')}.`;
  return (old === '@' && next === domain) || old === `${next}.${domain}`;
}

/** JSON with sorted keys and without spaces, as the provider (Go) stores policies; undefined where it is not JSON. */
function canonicalJson(given: string): string | undefined {
  try {
    return JSON.stringify(sortKeys(JSON.parse(given))).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  } catch {
    return undefined;
  }
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}
