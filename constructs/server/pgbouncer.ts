import { serverSoftware } from '../../catalog/capacity';
import { poolerPort } from './images';
import type { JsonObject, Pooler, Upstream } from './types';

/**
 * PgBouncer's configuration, but for the database it connects to: that is written on the server (`upstream.ini`), because a self-hosted
 * database's password is known only there and because a password may hold quotes.
 */
export function pgbouncerIni({ poolSize, upstream }: Pooler): string {
  return [
    '[pgbouncer]',
    'listen_addr = 0.0.0.0',
    `listen_port = ${poolerPort}`,
    // Who reaches this folder in the container may pause and reload: the console for Terrace's own scripts.
    'unix_socket_dir = /tmp',
    'auth_type = scram-sha-256',
    'auth_file = /etc/pgbouncer/userlist.txt',
    'pool_mode = transaction',
    `default_pool_size = ${poolSize ?? 20}`,
    `max_client_conn = ${serverSoftware.poolerClients.value}`,
    // From PgBouncer 1.21: prepared statements survive transaction pooling.
    'max_prepared_statements = 200',
    'ignore_startup_parameters = extra_float_digits',
    // Clients wait this long while the pooler is paused for a move of the database.
    'query_wait_timeout = 120',
    'server_login_retry = 1',
    ...transport(upstream),
    '',
    '[databases]',
    '%include /etc/pgbouncer/upstream.ini',
    '',
  ].join('\n');
}

/** What the server needs to write `upstream.ini`. */
export function poolerFacts({ upstream }: Pooler): JsonObject {
  if (upstream.kind === 'local') return { kind: 'local', host: 'postgres', port: 5432, database: 'app', user: 'app' };
  const { host, port, database, user, password, owner, readers } = upstream;
  const copies = readers === undefined ? {} : { readers: { ...readers, hosts: [...readers.hosts] } };
  return { kind: 'remote', host, port, database, user, password, owner: owner === undefined ? null : { ...owner }, ...copies };
}

/** A database elsewhere is spoken to by TLS only; one beside us is in a network that no other machine sees. */
function transport(upstream: Upstream): string[] {
  if (upstream.kind === 'local') return ['server_tls_sslmode = disable'];
  if (upstream.authority === undefined) return ['server_tls_sslmode = require'];
  return ['server_tls_sslmode = verify-full', 'server_tls_ca_file = /etc/pgbouncer/authority.pem'];
}
