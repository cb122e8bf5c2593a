import type { ServerSettings } from '../postgres/session';
import type { SideName } from '../types';

export type { SideName } from '../types';

export function otherSide(side: SideName): SideName {
  return side === 'source' ? 'target' : 'source';
}

/** What leads the app to its database. */
export type RouteSettings =
  /** A file that the app reads again whenever its connection fails. */
  | { readonly kind: 'file'; readonly file: string }
  /** PgBouncers beside the app servers: paused for the window, then led to the other side. */
  | { readonly kind: 'pgbouncer'; readonly poolers: readonly PoolerSettings[] }
  /** The poolers of app servers, through their own commands over SSH. */
  | SshRoute
  /** The app's own configuration, which the deploy of a phase changes after the change of sides. */
  | { readonly kind: 'deploy' }
  /** Something else leads the app, and a person or a pipeline changes it. */
  | { readonly kind: 'none' };

/** How app servers are reached over SSH. */
export interface SshRoute {
  readonly kind: 'ssh';
  /** Of the promotion: what a server keeps of its own lies under this name. */
  readonly id: string;
  /** What takes the place of `ssh`, with its arguments. */
  readonly program: string;
  readonly user: string;
  readonly options: readonly string[];
  readonly servers: readonly SshServer[];
}

export interface SshServer {
  readonly name: string;
  readonly host: string;
  /** The side that its release leads to. */
  readonly own: SideName;
  /** What its pooler's folder holds when it is led to the other side; none where that side is out of its reach. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface PoolerSettings {
  readonly name: string;
  /** The admin console. */
  readonly console: { readonly host: string; readonly port: number; readonly user: string; readonly password?: string };
  /** The file with the one line `<database> = host=... port=...` that the pooler includes, on this machine. */
  readonly upstream: string;
  /** The name by which the app asks the pooler for its database. */
  readonly database: string;
}

/** Everything that the engine must know of one promotion of a database. */
export interface PromotionSettings {
  /** Names the promotion, in both databases and in the journal: `production-tier1-tier2`. */
  readonly id: string;
  readonly source: ServerSettings;
  /** One server, or one for each shard in the order of their ranges. */
  readonly targets: readonly ServerSettings[];
  /** The column whose value decides the shard, for each table that is split; a table that is not named is whole on every shard. */
  readonly shardKeys?: Readonly<Record<string, string>>;
  /** The column that decides the shard of every table that has it; `shardKeys` goes before. @default none */
  readonly shardKey?: string;
  /** The schema where it is known without pg_dump. @default read from the source */
  readonly schema?: { readonly before: string; readonly after: string };
  /** Bytes of a table from which on its keys are made after its rows, which is faster. @default 64 MiB */
  readonly largeTableBytes?: number;
  /** Roles of the app, which lose their login while writes are held back. @default every role that may log in, but for superusers, replication and the engine's own */
  readonly appRoles?: readonly string[];
  readonly route: RouteSettings;
  /** The journal's file. */
  readonly journal: string;
  /** Seconds after which a cutover that has not ended is given up and writes are let go again. @default 20 */
  readonly windowSeconds?: number;
  /** Bytes that may be free on the target's disk, where somebody knows: SQL cannot tell. */
  readonly targetDiskBytes?: number;
  /** Bytes of the disk under the old side's data, where somebody knows. */
  readonly sourceDiskBytes?: number;
  /** Bytes of changes that the old side may keep for the new one. @default the server's max_slot_wal_keep_size, else a third of what is free on a disk that is known, else 4 GB */
  readonly slotBytes?: number;
  /** Seconds without a step forward of the copy or the changes after which a person has to look. @default 120 */
  readonly stillSeconds?: number;
}
