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
  /** Something else leads the app, and a person or a pipeline changes it. */
  | { readonly kind: 'none' };

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
  /** The schema where it is known without pg_dump. @default read from the source */
  readonly schema?: { readonly before: string; readonly after: string };
  /** Roles of the app, which lose their login while writes are held back. @default every role that may log in, but for superusers, replication and the engine's own */
  readonly appRoles?: readonly string[];
  readonly route: RouteSettings;
  /** The journal's file. */
  readonly journal: string;
  /** Seconds after which a cutover that has not ended is given up and writes are let go again. @default 20 */
  readonly windowSeconds?: number;
  /** Bytes that may be free on the target's disk, where somebody knows: SQL cannot tell. */
  readonly targetDiskBytes?: number;
  /** Seconds without a step forward of the copy or the changes after which a person has to look. @default 120 */
  readonly stillSeconds?: number;
  /** Milliseconds between looks while something is waited for outside the window. @default 50 */
  readonly pollMs?: number;
}
