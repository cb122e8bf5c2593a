import { SecretV1 } from '@cdktf/provider-kubernetes/lib/secret-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { terraformText } from '../template';
import { labels, selector } from './labels';
import type { Space } from './space';
import { strict, Workload } from './workload';

/** A database behind the pooler. Every text may be a reference. */
export interface PooledDatabase {
  /** What clients call it. */
  readonly name: string;
  /** Several with commas between them are asked in turn. */
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
  /** As it stands between single quotes: one of its own is doubled. */
  readonly password: string;
}

/** How a pooler divides its connections. */
export interface Pool {
  /** Connections that one pod keeps open to each database. */
  readonly poolSize: number;
  /** How its connections to databases are encrypted. @default 'require' */
  readonly tls?: 'require' | 'prefer';
  /** Clients that one pod takes. */
  readonly clients: number;
}

export interface PoolerPodsProps {
  readonly space: Space;
  readonly name: string;
  /** Pods; each keeps pools of its own. */
  readonly pods: number;
  /** Secret with `pgbouncer.ini` and `userlist.txt`. */
  readonly secret: PoolerSecret;
  /** Ports on which the databases answer. */
  readonly databasePorts: readonly string[];
  /** Where it also listens on every node, and the range of addresses from which it is asked there. @default - nowhere */
  readonly onNodes?: { readonly port: number; readonly range: string };
}

/** A secret that pods read at their start. */
export interface PoolerSecret {
  readonly name: string;
  /** Changes with its contents; not known where another than Terraform fills it. */
  readonly restartOn?: string;
}

/** Port on which poolers listen. */
export const poolerPort = 6432;

/** User that clients of the pooler are. */
export const poolerUser = 'app';

/**
 * PgBouncer built by the CloudNativePG project, which follows its releases. Source: cloudnative-pg/pgbouncer-containers, Dockerfile
 * (user 998, /usr/bin/pgbouncer), read on 2026-11-21; the tag is recalled, and the image was not pulled.
 */
export const poolerImage = 'ghcr.io/cloudnative-pg/pgbouncer:1.24.1';

/** What clients call the copies of a database, as on servers. */
export function readerOf(database: string): string {
  return `${database}_reader`;
}

/** PgBouncer in a cluster: many clients, few connections to each shard. */
export class PoolerPods extends Construct {
  readonly workload: Workload;

  constructor(scope: Construct, id: string, { space, name, pods, secret, databasePorts, onNodes }: PoolerPodsProps) {
    super(scope, id);
    this.workload = new Workload(this, 'pods', {
      space,
      name,
      port: poolerPort,
      pods,
      ...(secret.restartOn === undefined ? {} : { restartOn: secret.restartOn }),
      container,
      volumes: [{ name: 'configuration', secret: { secretName: secret.name } }],
      pod: { terminationGracePeriodSeconds: 60 },
    });
    space.release(
      this,
      'to_databases',
      name,
      [...new Set(databasePorts)].map((port) => ({ ports: [{ port, protocol: 'TCP' }] })),
    );
    if (onNodes !== undefined) listenOnNodes(this, space, name, onNodes);
  }
}

/** What asks a node's port has the node's address, or that of the balancer before it. */
function listenOnNodes(scope: Construct, space: Space, name: string, { port, range }: NonNullable<PoolerPodsProps['onNodes']>): void {
  new ServiceV1(scope, 'on_nodes', {
    provider: space.cluster.kubernetes,
    metadata: { name: `${name}-on-nodes`, namespace: space.name, labels: labels(name) },
    spec: {
      type: 'NodePort',
      selector: selector(name),
      port: [{ name: 'main', port: poolerPort, targetPort: `${poolerPort}`, nodePort: port, protocol: 'TCP' }],
    },
  });
  space.admit(scope, 'from_nodes', name, poolerPort, [{ ipBlock: { cidr: range } }]);
}

const container = {
  image: poolerImage,
  command: ['pgbouncer', '/etc/pgbouncer/pgbouncer.ini'],
  port: [{ name: 'main', containerPort: poolerPort }],
  resources: { requests: { cpu: '250m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  securityContext: { ...strict, runAsUser: '998', runAsGroup: '996' },
  readinessProbe: { tcpSocket: [{ port: `${poolerPort}` }], periodSeconds: 5 },
  livenessProbe: { tcpSocket: [{ port: `${poolerPort}` }], periodSeconds: 10, failureThreshold: 6 },
  // Clients finish their transactions: the pooler waits for them (SIGINT) before it ends.
  lifecycle: { preStop: [{ exec: { command: ['sh', '-c', 'sleep 5; kill -INT 1'] } }] },
  volumeMount: [{ name: 'configuration', mountPath: '/etc/pgbouncer', readOnly: true }],
};

/** Makes the pooler's secret from what Terraform knows. */
export function poolerSecret(
  scope: Construct,
  id: string,
  space: Space,
  name: string,
  files: Readonly<Record<string, string>>,
): PoolerSecret {
  const data = Object.fromEntries(Object.entries(files).map(([file, text]) => [file, terraformText(text)]));
  const secret = new SecretV1(scope, id, { provider: space.cluster.kubernetes, metadata: { name, namespace: space.name }, data });
  return { name: secret.metadata.name, restartOn: Fn.nonsensitive(Fn.sha256(Fn.jsonencode(secret.data))) };
}

/** The pooler's files. As on servers: transactions share connections, and prepared statements survive it (PgBouncer 1.21 and later). */
export function poolerFiles(
  databases: readonly PooledDatabase[],
  { poolSize, clients, tls = 'require' }: Pool,
  clientPassword: string,
): Readonly<Record<string, string>> {
  const settings = [
    'listen_addr = 0.0.0.0',
    `listen_port = ${poolerPort}`,
    'auth_type = scram-sha-256',
    'auth_file = /etc/pgbouncer/userlist.txt',
    'pool_mode = transaction',
    `default_pool_size = ${poolSize}`,
    `max_client_conn = ${clients}`,
    'max_prepared_statements = 200',
    'ignore_startup_parameters = extra_float_digits',
    'query_wait_timeout = 120',
    'server_login_retry = 1',
    `server_tls_sslmode = ${tls}`,
  ];
  const file = ['[databases]', ...databases.map(databaseLine), '', '[pgbouncer]', ...settings, ''].join('\n');
  return { 'pgbouncer.ini': file, 'userlist.txt': `"${poolerUser}" "${clientPassword}"\n` };
}

function databaseLine({ name, host, port, database, user, password }: PooledDatabase): string {
  return `${name} = host=${host} port=${port} dbname=${database} user=${user} password='${password}'`;
}

/** Where a client reaches one of the databases. */
export function pooledUrl({ workload }: PoolerPods, database: string, password: string): string {
  return urlAt(`${workload.host}:${poolerPort}`, database, password);
}

/** The same by another address that leads to the pooler. */
export function urlAt(address: string, database: string, password: string): string {
  return `postgresql://${poolerUser}:${password}@${address}/${database}`;
}
