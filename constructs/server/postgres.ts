import { ARCHIVE_TIMEOUT_SECONDS } from './backups';
import type { PostgresContainer } from './types';

/** Settings of the self-hosted database. Replication is logical from day one, so that the database can be promoted without a restart. */
export function postgresqlConf(postgres: PostgresContainer): string {
  return `${[...identity(), ...sizes(postgres), ...replication(), ...archive(postgres)].join('\n')}\n`;
}

function identity(): string[] {
  return [
    "listen_addresses = '*'",
    'ssl = on',
    "ssl_cert_file = '/run/terrace/server.crt'",
    "ssl_key_file = '/run/terrace/server.key'",
    'password_encryption = scram-sha-256',
    "log_timezone = 'UTC'",
    "timezone = 'UTC'",
    'log_min_duration_statement = 1000',
  ];
}

/** A quarter for the buffers and three quarters assumed for the cache: PostgreSQL 17 documentation, 19.4.1 and 19.7.2. */
function sizes({ memory, maxConnections }: PostgresContainer): string[] {
  return [
    `max_connections = ${maxConnections ?? 100}`,
    `shared_buffers = ${Math.floor(memory / 4)}MB`,
    `effective_cache_size = ${Math.floor((memory * 3) / 4)}MB`,
    `maintenance_work_mem = ${Math.floor(memory / 16)}MB`,
    'random_page_cost = 1.1',
  ];
}

/** A forgotten slot may hold WAL only up to a limit, because the volume is the database's as well. */
function replication(): string[] {
  return ['wal_level = logical', 'max_wal_senders = 10', 'max_replication_slots = 10', 'max_slot_wal_keep_size = 4GB'];
}

/** `archive_mode` needs a restart and is therefore always on; without a repository the segments go nowhere. */
function archive({ backups }: PostgresContainer): string[] {
  const command = backups === undefined ? '/bin/true' : 'pgbackrest --stanza=main archive-push %p';
  return ['archive_mode = on', `archive_command = '${command}'`, `archive_timeout = ${ARCHIVE_TIMEOUT_SECONDS}s`];
}

/** Who may log in from where: the pooler with a password, other machines only over TLS and only as a member of `terrace_remote`. */
export function pgHba(): string {
  return [
    'local   all          postgres                   peer',
    'local   replication  postgres                   peer',
    'host    all          app          samenet       scram-sha-256',
    'hostssl all          +terrace_remote 0.0.0.0/0  scram-sha-256',
    'hostssl replication  +terrace_remote 0.0.0.0/0  scram-sha-256',
    '',
  ].join('\n');
}
