import { SCHEMA } from '../postgres/facts';
import { bounded, openSession, type ServerSettings, type Session } from '../postgres/session';
import { type Entry, type Journal, readJournal } from './journal';

/** A journal that is written down here at once and in the databases a moment later, so that another machine can read on. */
export interface CopiedJournal extends Journal {
  /** Waits until what was noted is copied, as far as the databases answer. */
  readonly settle: () => Promise<void>;
}

/** Milliseconds that an end waits for the copies. */
const PATIENCE = 2000;

/**
 * Copies the journal into both databases beside what is done: over connections of its own, so that nothing waits for it while writes are held
 * back. A database that does not answer, or holds nothing of a promotion yet, gets what it lacks with a later entry or a later run.
 * @param file the journal's
 */
export function copied(journal: Journal, file: string, servers: readonly ServerSettings[]): CopiedJournal {
  const copies = servers.map((server) => copyInto(server, file));
  return {
    ...journal,
    note: (...given) => {
      journal.note(...given);
      for (const copy of copies) void copy.next();
    },
    settle: async () => void (await Promise.all(copies.map((copy) => copy.settle()))),
  };
}

interface Copy {
  readonly next: () => Promise<void>;
  readonly settle: () => Promise<void>;
}

function copyInto(server: ServerSettings, file: string): Copy {
  let [session, flushing, due]: [Session | undefined, Promise<void>, boolean] = [undefined, Promise.resolve(), false];
  const flush = async (): Promise<void> => {
    due = false;
    try {
      session ??= await openSession(server, 1000, 'terrace journal');
      await fill(session, readJournal(file));
    } catch {
      session?.close();
      session = undefined;
    }
  };
  const next = (): Promise<void> => {
    if (!due) flushing = flushing.then(flush);
    due = true;
    return flushing;
  };
  return {
    next,
    settle: async () => {
      await bounded(next(), PATIENCE, 'copying the journal').catch(() => undefined);
      session?.close();
    },
  };
}

/** Adds what a database lacks; nothing where it holds nothing of a promotion, before one has begun and after its end. */
async function fill(session: Session, entries: readonly Entry[]): Promise<void> {
  if ((await session.value(`select to_regclass('${SCHEMA}.facts')`)) === null) return;
  await session.rows(
    `set synchronous_commit = off; create table if not exists ${SCHEMA}.journal (seq bigint primary key, entry jsonb not null)`,
  );
  const last = Number(await session.value(`select coalesce(max(seq), 0) from ${SCHEMA}.journal`));
  const missing = entries.filter(({ seq }) => seq > last);
  if (missing.length > 0)
    await session.rows(
      `insert into ${SCHEMA}.journal select (e ->> 'seq')::bigint, e from jsonb_array_elements($1::jsonb) e on conflict (seq) do nothing`,
      [JSON.stringify(missing)],
    );
}

/** What a database holds of the journal; nothing where it holds none. */
export async function entriesIn(session: Session): Promise<readonly Entry[]> {
  if ((await session.value(`select to_regclass('${SCHEMA}.journal')`)) === null) return [];
  return (await session.rows(`select entry from ${SCHEMA}.journal order by seq`)).map(({ entry }) => entry as Entry);
}

/** Entries of several copies, each once, in their order. */
export function together(...copies: readonly (readonly Entry[])[]): readonly Entry[] {
  const bySeq = new Map(copies.flat().map((entry) => [entry.seq, entry] as const));
  return [...bySeq.values()].toSorted((one, other) => one.seq - other.seq);
}
