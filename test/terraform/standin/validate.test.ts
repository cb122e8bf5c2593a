import { providerData } from '../../../terraform/standin/schema';
import { validate } from '../../../terraform/standin/validate';
import { unknown, type ValueMap } from '../../../terraform/standin/values';
import { known, listed, planOf } from './cloud';
import { everyType, type Arguments } from './fixture';

/** What is said about a configuration: `path: message`, errors only. */
function said(type: string, args: Arguments): readonly string[] {
  return validate(known(type), listed(type, args) as ValueMap)
    .filter(({ severity }) => severity === 'ERROR')
    .map(({ summary, detail }) => (detail === undefined ? summary : `${summary}: ${detail}`));
}

const validated: readonly (readonly [type: string, args: Arguments, message: string])[] = [
  ['droplet', { image: '' }, 'image must not be empty, got '],
  [
    'droplet',
    { backups: true, backup_policy: { plan: 'hourly' } },
    'expected backup_policy.0.plan to be one of [daily weekly], got hourly',
  ],
  ['droplet', { backups: true, backup_policy: { hour: 21 } }, 'expected backup_policy.0.hour to be in the range (0 - 20), got 21'],
  [
    'droplet',
    { backup_policy: { hour: 4 } },
    'Missing required argument: "backup_policy": all of `backup_policy,backups` must be specified',
  ],
  [
    'droplet',
    { tags: ['not allowed'] },
    'tags may contain lowercase letters, numbers, colons, dashes, and underscores; there is a limit of 255 characters per tag',
  ],
  ['volume', { size: 0 }, 'expected size to be at least (1), got 0'],
  ['volume', { initial_filesystem_type: 'zfs' }, 'expected initial_filesystem_type to be one of [ext4 xfs], got zfs'],
  [
    'volume',
    { initial_filesystem_type: 'ext4', filesystem_type: 'xfs' },
    'Conflicting configuration arguments: "filesystem_type": conflicts with initial_filesystem_type',
  ],
  ['volume_attachment', { droplet_id: 0 }, 'droplet_id must not be zero, got 0'],
  ['reserved_ip_assignment', { ip_address: '1.2.3' }, 'expected ip_address to contain a valid IPv4 address, got: 1.2.3'],
  ['vpc', { ip_range: '10.0.0.0' }, 'expected "ip_range" to be a valid IPv4 Value, got 10.0.0.0: invalid CIDR address: 10.0.0.0'],
  ['vpc', { ip_range: '10.0.0.0/33' }, 'expected "ip_range" to be a valid IPv4 Value, got 10.0.0.0/33: invalid CIDR address: 10.0.0.0/33'],
  ['firewall', { inbound_rule: [{ protocol: 'sctp' }] }, 'expected inbound_rule.0.protocol to be one of [tcp udp icmp], got sctp'],
  ['loadbalancer', { size_unit: 201 }, 'expected size_unit to be in the range (1 - 200), got 201'],
  [
    'loadbalancer',
    { droplet_ids: [1], droplet_tag: 'app' },
    'Conflicting configuration arguments: "droplet_ids": conflicts with droplet_tag',
  ],
  [
    'loadbalancer',
    { forwarding_rule: [{ entry_port: 70000 }] },
    'expected forwarding_rule.0.entry_port to be in the range (1 - 65535), got 70000',
  ],
  [
    'loadbalancer',
    { forwarding_rule: [{ entry_protocol: 'ftp' }] },
    'expected forwarding_rule.0.entry_protocol to be one of [http https http2 http3 tcp udp], got ftp',
  ],
  ['loadbalancer', { type: 'LOCAL' }, 'expected type to be one of [REGIONAL GLOBAL REGIONAL_NETWORK], got LOCAL'],
  [
    'loadbalancer',
    { ip: '192.0.2.1' },
    'Value for unconfigurable attribute: Can\'t configure a value for "ip": its value will be decided automatically based on the result of applying this configuration.',
  ],
  ['certificate', { domains: ['a.test'], private_key: 'k' }, 'Conflicting configuration arguments: "domains": conflicts with private_key'],
  ['record', { type: 'PTR' }, 'expected type to be one of [A AAAA CAA CNAME MX NS TXT SRV SOA], got PTR'],
  ['record', { port: 65536 }, 'expected port to be in the range (0 - 65535), got 65536'],
  ['database_cluster', { node_count: 0 }, 'node_count must not be zero, got 0'],
  [
    'database_cluster',
    { maintenance_window: { day: 'someday', hour: '1:00' } },
    'expected maintenance_window.0.day to be one of [Monday Tuesday Wednesday Thursday Friday Saturday Sunday], got someday',
  ],
  ['database_connection_pool', { name: 'ab' }, 'expected length of name to be in the range (3 - 63), got ab'],
  ['database_connection_pool', { mode: 'pooled' }, 'expected mode to be one of [session transaction statement], got pooled'],
  [
    'database_firewall',
    { rule: [{ type: 'cidr', value: 'x' }] },
    'expected rule.0.type to be one of [ip_addr droplet k8s tag app], got cidr',
  ],
  [
    'database_postgresql_config',
    { shared_buffers_percentage: 80 },
    'expected shared_buffers_percentage to be in the range (20 - 60), got 80',
  ],
  [
    'database_valkey_config',
    { notify_keyspace_events: 'Q' },
    'invalid value for notify_keyspace_events (must only contain: K, E, g, $, l, s, h, z, x, e, A)',
  ],
  ['spaces_bucket', { region: 'nyc1' }, 'expected region to be one of [ams3 atl1 blr1 fra1 lon1 nyc3 sfo2 sfo3 sgp1 syd1 tor1], got nyc1'],
  [
    'spaces_bucket',
    { lifecycle_rule: [{ enabled: true, expiration: [{ date: 'soon' }] }] },
    '"soon" cannot be parsed as RFC3339 Timestamp Format',
  ],
  ['spaces_bucket_object', { content: 'a', source: 'b' }, 'Conflicting configuration arguments: "content": conflicts with source'],
  ['spaces_bucket_object', { metadata: { Upper: 'x' } }, 'Metadata must be lowercase only. Offending key: "Upper"'],
  ['spaces_bucket_policy', { policy: 'no' }, '"policy" contains an invalid JSON: no'],
  ['monitor_alert', { window: '2m' }, 'expected window to be one of [5m 10m 30m 1h], got 2m'],
  ['monitor_alert', { entities: [] }, 'Not enough list items: Attribute entities requires 1 item minimum, but config has only 0 declared.'],
  ['uptime_alert', { period: '4m' }, 'expected period to be one of [2m 3m 5m 10m 15m 30m 1h], got 4m'],
  ['uptime_check', { type: 'tcp' }, 'expected type to be one of [ping http https], got tcp'],
  ['project', { environment: 'qa' }, 'expected environment to be one of [development staging production], got qa'],
];

test.each(validated)('validate: %s %j', (type, args, message) => {
  expect(said(`digitalocean_${type}`, args)).toContain(message);
});

const planned: readonly (readonly [type: string, args: Arguments, message: string])[] = [
  ['database_cluster', { engine: 'pg' }, '1 error occurred:\n\t* The argument "version" is required, but no definition was found.\n\n'],
  [
    'database_cluster',
    { engine: 'pg', version: '17', eviction_policy: 'allkeys_lru' },
    '1 error occurred:\n\t* eviction_policy is only supported for Redis or Valkey Database Clusters\n\n',
  ],
  [
    'database_cluster',
    { engine: 'pg', version: '17', sql_mode: 'ANSI' },
    '1 error occurred:\n\t* sql_mode is only supported for MySQL Database Clusters\n\n',
  ],
  ['firewall', { name: 'f' }, 'At least one rule must be specified'],
  ['firewall', { name: 'f', inbound_rule: { protocol: 'tcp' } }, '`port_range` of inbound rules is required if protocol is `tcp` or `udp`'],
  [
    'firewall',
    { name: 'f', outbound_rule: { protocol: 'udp' } },
    '`port_range` of outbound rules is required if protocol is `tcp` or `udp`',
  ],
  ['loadbalancer', { name: 'l' }, "missing 'region' value"],
  ['loadbalancer', { name: 'l', type: 'GLOBAL', region: 'fra1' }, "'region' must be empty or not set when 'type' is 'GLOBAL'"],
  ['loadbalancer', { name: 'l', type: 'REGIONAL' }, "'region' must be set and not be empty when 'type' is 'REGIONAL'"],
  [
    'loadbalancer',
    { name: 'l', region: 'fra1', healthcheck: { protocol: 'http', port: 80 } },
    'health check `path` is required for when protocol is `http`',
  ],
  [
    'loadbalancer',
    { name: 'l', region: 'fra1', healthcheck: { protocol: 'tcp', port: 80, path: '/' } },
    'health check `path` is not allowed for when protocol is `tcp`',
  ],
  [
    'loadbalancer',
    { name: 'l', region: 'fra1', sticky_sessions: { type: 'cookies' } },
    'sticky sessions `cookie_name` is required for when type is `cookie`',
  ],
  [
    'loadbalancer',
    { name: 'l', region: 'fra1', sticky_sessions: { type: 'none', cookie_name: 'id' } },
    'sticky sessions `cookie_name` is not allowed for when type is `none`',
  ],
  ['record', { type: 'MX', name: '@' }, '`priority` is required for when type is `MX`'],
  ['record', { type: 'SRV', name: '@', priority: 0 }, '`weight` is required for when type is `SRV`'],
  ['record', { type: 'CAA', name: '@' }, '`flags` is required for when type is `CAA`'],
];

test.each(planned)('plan: %s %j', (type, args, message) => {
  const name = `digitalocean_${type}`;
  expect(planOf(name, null, listed(name, args)).errors).toEqual([message]);
});

test('a volume cannot shrink', () => {
  const prior = { ...planOf('digitalocean_volume', null, { name: 'v', region: 'fra1', size: 50 }).state, id: '1' };
  expect(planOf('digitalocean_volume', prior, { size: 40 }).errors).toEqual(['volumes `size` can only be expanded and not shrunk']);
  expect(planOf('digitalocean_volume', prior, { size: 60 }).errors).toEqual([]);
});

test.each(Object.keys(everyType()))('the example of %s is accepted', (type) => {
  for (const args of Object.values(everyType()[type] ?? {})) expect(said(type, withUnknowns(args) as Arguments)).toEqual([]);
});

/** References are not known when a configuration is validated. */
function withUnknowns(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('${') ? unknown : value;
  if (Array.isArray(value)) return value.map(withUnknowns);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withUnknowns(inner)]));
}

test('what is not known yet is not judged', () => {
  expect(said('digitalocean_volume', { size: unknown, initial_filesystem_type: 'ext4', filesystem_type: unknown })).toEqual([]);
  expect(said('digitalocean_firewall', { inbound_rule: [{ protocol: 'sctp', port_range: unknown }] })).toEqual([]);
});

test('a deprecated argument is a warning', () => {
  const [diagnostic] = validate(known('digitalocean_droplet'), { private_networking: true });
  expect([diagnostic?.severity, diagnostic?.summary]).toEqual(['WARNING', 'Argument is deprecated']);
});

test('70 resource types are known', () => expect(Object.keys(providerData().resources)).toHaveLength(70));
