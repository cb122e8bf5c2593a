import type { PromotionSettings } from '../engine/settings';
import { openSession, type ServerSettings } from '../postgres/session';
import { entriesIn, together } from './copies';
import { type Entry, readJournal } from './journal';

/** The journal of a promotion from every place that holds a part of it. */
export interface Found {
  readonly entries: readonly Entry[];
  /** How many each place holds; null where it does not answer. */
  readonly places: Readonly<Record<'here' | 'source' | 'target', number | null>>;
}

/** Reads what this machine and the databases hold. Any of them may be lost. */
export async function findJournal({ journal, source, targets: [target] }: PromotionSettings): Promise<Found> {
  const [old, next] = await Promise.all([source, target].map(entriesAt));
  const here = readJournal(journal);
  return {
    entries: together(here, old ?? [], next ?? []),
    places: { here: here.length, source: old?.length ?? null, target: next?.length ?? null },
  };
}

async function entriesAt(server: ServerSettings | undefined): Promise<readonly Entry[] | undefined> {
  if (server === undefined) return undefined;
  const session = await openSession(server, 3000, 'terrace journal').catch(() => undefined);
  return session === undefined
    ? undefined
    : entriesIn(session)
        .catch(() => undefined)
        .finally(session.close);
}

/** What a person reads of it: where it lies, and what was done last. */
export function journalLines({ entries, places }: Found): readonly string[] {
  const where = Object.entries(places).map(
    ([place, count]) => `${names[place as keyof Found['places']]} ${count === null ? 'does not answer' : count}`,
  );
  const last = entries.slice(-3).map(({ t, step, phase, host }) => `  ${t}  ${step}: ${phase} (${host})`);
  return entries.length === 0 ? [] : [`Journal, entries by place: ${where.join(', ')}. The last:`, ...last];
}

const names: Readonly<Record<keyof Found['places'], string>> = { here: 'this machine', source: 'the old side', target: 'the new side' };
