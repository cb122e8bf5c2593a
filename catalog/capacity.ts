import type { Limit } from './digitalocean';

/** What our own software on a server carries, whatever the platform. */
export const serverSoftware = {
  /** `max_client_conn` of every pooler, beside the application and in clusters; a client costs it about 2 kB (pgbouncer.org, "Config", recalled 2026-11-21). */
  poolerClients: {
    value: 1000,
    unit: 'connections',
    source: 'max_client_conn of a pooler',
    asOf: '2026-11-21',
  },
  /** `default_pool_size` where the database is on the server. */
  poolSize: {
    value: 20,
    unit: 'connections',
    source: 'default_pool_size of the pooler that runs beside the application',
    asOf: '2026-11-21',
  },
  /** `max_connections` of PostgreSQL on a server. */
  maxConnections: {
    value: 100,
    unit: 'connections',
    source: 'max_connections in the configuration that the server writes; the default of PostgreSQL 17',
    asOf: '2026-11-21',
  },
  /** The operating system, the container engine, Caddy, the pooler and the application itself. */
  baseMemory: { value: 0.75, unit: 'GiB', source: 'assumption, to be measured', asOf: '2026-11-21' },
  /** Share of the platform's pool that the servers' poolers use: a fifth is left for a server that joins or is being replaced. */
  poolShare: { value: 0.8, unit: 'of the pool', source: 'stacks/platforms/digitalocean/app-payload.ts', asOf: '2026-11-21' },
  /** Share of a cache node's memory that holds values. */
  cacheMemory: {
    value: 0.75,
    unit: 'of the memory',
    source: 'assumption: the vendor says "less than its memory" (Valkey Limits, 2025-07-17)',
    asOf: '2026-11-21',
  },
  /** Operations on the volume for a transaction that writes: log, table, index, checkpoint. */
  volumeOperationsPerWrite: { value: 4, unit: 'operations', source: 'assumption', asOf: '2026-11-21' },
  /** The same for one that reads. */
  volumeOperationsPerRead: { value: 1, unit: 'operations', source: 'assumption: nothing of it is in memory', asOf: '2026-11-21' },
} as const satisfies Record<string, Limit>;
