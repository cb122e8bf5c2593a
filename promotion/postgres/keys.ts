import { SCHEMA } from './facts';
import type { Work } from '../engine/work';
import { endDeadEngines } from './fence';
import type { Link } from './links';
import { literal, openSession, type Session } from './session';

/**
 * Bytes of a table from which on its keys are made after its rows: one index over all of them takes a fraction of the time of adding to it row by
 * row. The keys of small tables come first, so that they are ready at once.
 */
const LARGE = 64 * 1024 ** 2;

/** Statements that make a table's keys, by its name. */
export type LateKeys = Readonly<Record<string, readonly string[]>>;

/** Tables whose keys can wait: large ones of one piece, in which rows are found by the key itself. */
export async function largeTables(source: Session, bytes = LARGE): Promise<ReadonlySet<string>> {
  const rows = await source.rows(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relpersistence = 'p' and not c.relispartition and c.relreplident = 'd' and pg_relation_size(c.oid) >= $1
      and not exists (select from pg_inherits i where c.oid in (i.inhrelid, i.inhparent))`,
    [bytes],
  );
  return new Set(rows.map(({ name }) => String(name)));
}

/** Whether no key is waited for any more. */
export async function keysMade(target: Session): Promise<boolean> {
  return (await waiting(target)).length === 0;
}

interface Waiting {
  readonly table: string;
  readonly statements: readonly string[];
}

async function waiting(target: Session): Promise<readonly Waiting[]> {
  const rows = await target.rows(
    `select key as table, value as statements from json_each(coalesce((select value from ${SCHEMA}.facts where name = 'keys'), '{}')::json)
    where not exists (select from ${SCHEMA}.facts where name = 'keyed ' || key)`,
  );
  return rows as unknown as readonly Waiting[];
}

/** Makes keys while rows are being copied. */
export interface KeyMaker {
  /** Begins those whose time has come, and says whether all are made. @throws what one of them has failed with */
  readonly look: () => Promise<boolean>;
}

/**
 * A key waits behind the copy, which locks its table from its first row to its last: so it is made when all rows are there, and before any change
 * that came meanwhile looks for its row.
 */
export async function keyMaker(work: Pick<Work, 'reach'>, link: Link): Promise<KeyMaker> {
  const { subscriber } = link;
  const left = new Map((await waiting(subscriber)).map((each) => [each.table, each]));
  if (left.size > 0) await endDeadEngines(subscriber);
  const running = new Set<string>();
  let failed: { readonly error: unknown } | undefined;
  const begin = (each: Waiting): void => {
    left.delete(each.table);
    running.add(each.table);
    makeKeys(subscriber, each)
      .catch(async (error: unknown) => {
        // An earlier try of this engine may have been at it all the while.
        if ((await waiting(subscriber)).some(({ table }) => table === each.table)) throw error;
      })
      .catch((error: unknown) => (failed = { error }))
      .finally(() => running.delete(each.table));
  };
  return {
    look: async () => {
      if (failed !== undefined) throw failed.error;
      const begun = left.size === 0 ? [] : await copying(link, [...left.keys()]);
      for (const table of begun) begin(left.get(table) as Waiting);
      if (begun.length > 0) work.reach('copied.keys');
      return left.size === 0 && running.size === 0;
    },
  };
}

/** Which of these tables are locked by their copy, or have been copied. */
async function copying({ subscriber, name }: Link, wanted: readonly string[]): Promise<readonly string[]> {
  const rows = await subscriber.rows(
    `select t.name from unnest($2::text[]) t (name) join pg_subscription_rel r on r.srrelid = t.name::regclass join pg_subscription s on s.oid = r.srsubid
    where s.subname = $1 and (r.srsubstate not in ('i', 'd') or exists (select from pg_locks l
      where l.relation = r.srrelid and l.database = s.subdbid and l.mode = 'RowExclusiveLock' and l.granted))`,
    [name, wanted],
  );
  return rows.map((row) => String(row['name']));
}

/** All of a table's keys, and that they are made, or none. */
async function makeKeys(target: Session, { table, statements }: Waiting): Promise<void> {
  const session = await openSession(target.server);
  const mark = `insert into ${SCHEMA}.facts values (${literal(`keyed ${table}`)}, 'done')`;
  const text = ["set local lock_timeout = 0; set local maintenance_work_mem = '256MB'", ...statements, mark].join(';\n');
  // Hours are no fault: it waits for the copy, however long that takes.
  await session.rows(`begin; ${text}; commit`, undefined, 24 * 3_600_000).finally(session.close);
}
