import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { isRecord } from '../../values/record';

/** What happened to a step. */
export type EntryPhase = 'intent' | 'done' | 'note' | 'error';

/** One line of the journal. It says what was meant, for people; what is true stands in the databases. Never a secret. */
export interface Entry {
  readonly v: 1;
  readonly promotion: string;
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly t: string;
  readonly host: string;
  readonly pid: number;
  readonly step: string;
  readonly phase: EntryPhase;
  readonly ms?: number;
  readonly facts?: Readonly<Record<string, unknown>>;
}

export interface Journal {
  readonly note: (
    step: string,
    phase: EntryPhase,
    more?: { readonly ms?: number; readonly facts?: Readonly<Record<string, unknown>> },
  ) => void;
  /** Takes in what another machine has written and this one lacks. */
  readonly adopt: (entries: readonly Entry[]) => void;
  readonly close: () => void;
}

/** Opens a journal to append to. A line that a crash tore is cut off first, so that the next one stands alone. */
export function openJournal(file: string, promotion: string): Journal {
  mkdirSync(dirname(file), { recursive: true });
  const entries = readJournal(file);
  const end = whole(file);
  const handle = openSync(file, existsSync(file) ? 'r+' : 'w');
  ftruncateSync(handle, end);
  let [seq, at] = [entries.at(-1)?.seq ?? 0, end];
  const append = (entry: Entry): void => {
    at += writeSync(handle, `${JSON.stringify(entry)}\n`, at);
    fsyncSync(handle);
    seq = entry.seq;
  };
  return {
    note: (step, phase, more = {}) =>
      append({ v: 1, promotion, seq: seq + 1, t: new Date().toISOString(), host: hostname(), pid: process.pid, step, phase, ...more }),
    adopt: (others) => {
      for (const entry of others) if (entry.seq > seq) append(entry);
    },
    close: () => closeSync(handle),
  };
}

/** Everything that was written whole; empty where there is no journal. */
export function readJournal(file: string): readonly Entry[] {
  if (!existsSync(file)) return [];
  return readFileSync(file).subarray(0, whole(file)).toString('utf8').split('\n').flatMap(entry);
}

/** Bytes up to the end of the last whole line. */
function whole(file: string): number {
  return existsSync(file) ? readFileSync(file).lastIndexOf(0x0a) + 1 : 0;
}

function entry(line: string): readonly Entry[] {
  try {
    const parsed: unknown = JSON.parse(line);
    return isRecord(parsed) && typeof parsed['seq'] === 'number' ? [parsed as unknown as Entry] : [];
  } catch {
    return [];
  }
}
