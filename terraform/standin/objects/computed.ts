import { createHash } from 'node:crypto';
import { objectOf, objectsOf } from '../store';
import { blocks, list, number, text, type Value, type ValueMap } from '../values';
import { clusterValues, poolValues, replicaValues, userValues } from './databases';
import { publicAddress, uuid } from './identity';
import { topicValues } from './kafka';
import { addressIn, freeRange } from './network';
import type { Scene } from './scene';

export type Computed = (values: ValueMap, scene: Scene) => ValueMap;

/** What the API makes up once, when an object is made and nothing was asked for. By type, without `digitalocean_`. */
export const invented: Readonly<Record<string, Computed>> = {
  cdn: () => ({ ttl: 3600, certificate_id: null, certificate_name: null }),
  certificate: (_, { making }) => ({
    uuid: uuid(making.digest('uuid')),
    state: 'verified',
    not_after: '2026-04-01T00:00:00Z',
    sha1_fingerprint: making.digest('fingerprint'),
  }),
  database_cluster: clusterValues,
  database_connection_pool: poolValues,
  database_replica: replicaValues,
  database_user: userValues,
  domain: () => ({ ttl: 1800 }),
  droplet: dropletValues,
  kubernetes_cluster: kubernetesValues,
  loadbalancer: loadBalancerValues,
  vpc_peering: () => ({ status: 'ACTIVE' }),
  // The provider never sets it.
  monitor_alert: () => ({ uuid: null }),
  project: (_, { making }) => ({ owner_uuid: uuid(making.digest('owner')), owner_id: 1, resources: [] }),
  record: () => ({ ttl: 1800 }),
  reserved_ip: (_, { making }) => ({ ip_address: making.id }),
  spaces_key: (_, { making }) => ({
    access_key: making.id,
    secret_key: Buffer.from(making.digest('secret')).toString('base64').slice(0, 43),
  }),
  tag: () => ({ total_resource_count: 0 }),
  uptime_check: () => ({ regions: ['eu_west', 'se_asia', 'us_east', 'us_west'] }),
  volume: (values) => ({
    filesystem_type: values['initial_filesystem_type'] ?? null,
    filesystem_label: values['initial_filesystem_label'] ?? null,
    droplet_ids: [],
  }),
  vpc: (_, { account }) => ({ ip_range: freeRange(objectsOf(account, 'digitalocean_vpc')), default: false }),
};

/** What follows from other values, each time they change. */
export const derived: Readonly<Record<string, Computed>> = {
  cdn: (values) => ({ endpoint: text(values, 'origin').replace('.digitaloceanspaces.com', '.cdn.digitaloceanspaces.com') }),
  database_kafka_topic: topicValues,
  droplet: dropletSizeValues,
  loadbalancer: (values) => ({ forwarding_rule: blocks(values, 'forwarding_rule').map(namedCertificate) }),
  record: (values) => ({ fqdn: fullName(text(values, 'name'), text(values, 'domain')) }),
  spaces_bucket: (values) => ({
    urn: `do:space:${text(values, 'name')}`,
    bucket_domain_name: `${text(values, 'name')}.${text(values, 'region')}.digitaloceanspaces.com`,
    endpoint: `${text(values, 'region')}.digitaloceanspaces.com`,
  }),
  spaces_bucket_object: objectValues,
  ssh_key: (values) => ({ fingerprint: fingerprint(text(values, 'public_key')) }),
};

function dropletValues(values: ValueMap, { account, making }: Scene): ValueMap {
  const vpc = text(values, 'vpc_uuid') || uuid(making.digest('default vpc'));
  const range = text(objectOf(account, 'digitalocean_vpc', vpc), 'ip_range');
  return {
    region: 'nyc3',
    vpc_uuid: vpc,
    ipv4_address: publicAddress(making.digest('address')),
    ipv4_address_private: addressIn(range, making.digest('private address')),
    ipv6_address: values['ipv6'] === true ? `2001:db8::${making.digest('ipv6').slice(0, 4)}:1` : '',
    private_networking: true,
    volume_ids: [],
    status: 'active',
    locked: false,
  };
}

function dropletSizeValues(values: ValueMap, { facts }: Scene): ValueMap {
  const size = facts.dropletSize(text(values, 'size'));
  if (size === undefined) return {};
  const disk = values['resize_disk'] === false ? Math.max(number(values, 'disk'), 0) : size.diskGib;
  return {
    vcpus: size.vcpus,
    memory: size.memoryGib * 1024,
    disk: disk === 0 ? size.diskGib : disk,
    price_monthly: size.monthlyUsd,
    // Hours of a month that are billed at most (DigitalOcean bills by the hour up to 672).
    price_hourly: Number((size.monthlyUsd / 672).toFixed(5)),
  };
}

function loadBalancerValues(values: ValueMap, { account, making }: Scene): ValueMap {
  const isGlobal = text(values, 'type') === 'GLOBAL';
  const range = text(objectOf(account, 'digitalocean_vpc', text(values, 'vpc_uuid')), 'ip_range');
  return {
    type: 'REGIONAL',
    size_unit: 1,
    ip: text(values, 'network') === 'INTERNAL' ? addressIn(range, making.digest('address')) : publicAddress(making.digest('address')),
    ipv6: null,
    vpc_uuid: isGlobal ? '' : uuid(making.digest('default vpc')),
    project_id: uuid(making.digest('project')),
    http_idle_timeout_seconds: 60,
    healthcheck: [DEFAULT_HEALTH_CHECK],
    sticky_sessions: [{ type: 'none', cookie_name: '', cookie_ttl_seconds: 0 }],
  };
}

/** What opens the cluster is made up: it opens nothing. */
function kubernetesValues(_: ValueMap, { making }: Scene): ValueMap {
  const host = `https://${making.id}.k8s.ondigitalocean.com`;
  const certificate = Buffer.from(`made up: ${making.digest('authority')}`).toString('base64');
  return {
    endpoint: host,
    ipv4_address: publicAddress(making.digest('address')),
    status: 'running',
    kube_config: [
      {
        raw_config: '',
        host,
        cluster_ca_certificate: certificate,
        token: making.digest('token'),
        client_key: '',
        client_certificate: '',
        expires_at: '2099-01-01T00:00:00Z',
      },
    ],
  };
}

const DEFAULT_HEALTH_CHECK: ValueMap = {
  protocol: 'http',
  port: 80,
  path: '/',
  check_interval_seconds: 10,
  response_timeout_seconds: 5,
  unhealthy_threshold: 3,
  healthy_threshold: 5,
};

/** Both fields of a rule hold the certificate's name, because its id changes when it is renewed. */
function namedCertificate(rule: ValueMap): ValueMap {
  const name = text(rule, 'certificate_name') || text(rule, 'certificate_id');
  return { ...rule, certificate_name: name, certificate_id: name };
}

function objectValues(values: ValueMap, { account, making }: Scene): ValueMap {
  const content =
    text(values, 'content_base64') === '' ? Buffer.from(text(values, 'content')) : Buffer.from(text(values, 'content_base64'), 'base64');
  const bucket = objectOf(account, 'digitalocean_spaces_bucket', text(values, 'bucket'));
  const versioned = blocks(bucket, 'versioning')[0]?.['enabled'] === true;
  const etag = createHash('md5').update(content).digest('hex');
  return {
    etag,
    version_id: versioned ? making.digest(`version of ${etag}`).slice(0, 32) : '',
    content_type: text(values, 'content_type') || 'application/octet-stream',
  };
}

function fullName(name: string, domain: string): string {
  if (name === '@') return domain;
  const lower = name.toLowerCase();
  return lower.endsWith(`${domain}.`) ? lower.slice(0, -1) : `${name}.${domain}`;
}

/** MD5 of a public key's body, as the API shows it. */
export function fingerprint(publicKey: string): string {
  const digest = createHash('md5')
    .update(Buffer.from(publicKey.trim().split(/\s+/)[1] ?? '', 'base64'))
    .digest('hex');
  return (digest.match(/../g) ?? []).join(':');
}

/** The elements of a list that are text. */
export function texts(values: ValueMap, name: string): readonly string[] {
  return list(values, name).filter((value: Value): value is string => typeof value === 'string');
}
