import type { Recovery } from '../../tiers/tier';
import { openSession, pause, type ServerSettings } from '../postgres/session';
import { systemOf } from '../postgres/servers';
import { type Canary, findsCanary, isArchived, writeCanary } from './canary';
import { restoreFailed } from './errors';
import { messageOf } from '../../values/errors';

/** A database that was restored beside the one that runs. */
export interface Beside {
  readonly server: ServerSettings;
  remove(): Promise<void>;
}

/** Objectives of a database whose restore has a time. */
export type Stated = Pick<Recovery, 'rpoMinutes'> & { readonly rtoMinutes: number };

export interface DrillOptions {
  readonly environment: string;
  /** The database that runs. */
  readonly source: ServerSettings;
  /** What the drill is held against. */
  readonly objectives: Stated;
  /** Restores the latest backup beside. What it leaves behind when it fails, it removes itself. */
  readonly restore: () => Promise<Beside>;
  /** What the restore was done with and what its time does not hold, for the report. */
  readonly method: string;
  readonly progress?: (line: string) => void;
  /** Milliseconds between looks. @default 1000 */
  readonly pollMs?: number;
}

/** An objective and what was measured. */
export interface Measured {
  readonly statedSeconds: number;
  readonly measuredSeconds: number;
  readonly met: boolean;
}

export interface DrillReport {
  readonly environment: string;
  readonly method: string;
  /** What the server that runs calls itself (`pg_control_system`); null where it does not tell. */
  readonly system: string | null;
  /** `writtenAt`: when, by the clock of the database, ISO 8601. */
  readonly canary: { readonly id: string; readonly writtenAt: string; readonly found: boolean };
  /** From the canary's commit until it lay in the archive; where the provider does not say when, the stated time was waited for. */
  readonly rpo: Measured;
  /** From the beginning of the restore until the restored database answered and was read. */
  readonly rto: Measured;
  readonly passed: boolean;
}

/**
 * Restores the latest backup beside what runs, looks for a row that was written before, and removes what it made. Writes nothing
 * into the database but the row.
 * @throws `DRILL_RESTORE`, `PROMOTION_UNREACHABLE`
 */
export async function drill(options: DrillOptions): Promise<DrillReport> {
  const {
    environment,
    method,
    objectives: { rpoMinutes, rtoMinutes },
    progress = () => undefined,
  } = options;
  const { canary, system, seconds: archived, late } = await archivedCanary(options);
  progress(
    `A canary was written and ${late ? `not archived after ${archived} s, which is more than stated` : `archived after ${archived} s`}. Restoring beside.`,
  );
  const begun = Date.now();
  const beside = await options.restore();
  try {
    const found = await looked(beside.server, canary);
    const rto = measured(rtoMinutes, seconds(begun));
    const rpo = { ...measured(rpoMinutes, archived), ...(late ? { met: false } : {}) };
    return {
      environment,
      method,
      system,
      canary: { id: canary.id, writtenAt: canary.stamp, found },
      rpo: { ...rpo, met: rpo.met && found },
      rto,
      passed: found && rpo.met && rto.met,
    };
  } finally {
    progress('Removing what was restored.');
    await beside.remove();
  }
}

interface Archived {
  readonly canary: Canary;
  readonly system: string | null;
  readonly seconds: number;
  /** Whether the server says that it is not archived although the time is over: had the server died then, the row would be lost, wherever it is found later. */
  readonly late: boolean;
}

/** Writes a canary and waits until it is archived, for no longer than the stated loss: what is not there then would be lost. */
async function archivedCanary({ source, objectives, pollMs = 1000 }: DrillOptions): Promise<Archived> {
  const session = await openSession(source);
  try {
    const system = await systemOf(session);
    const canary = await writeCanary(session);
    const limit = canary.writtenAt + objectives.rpoMinutes * 60_000;
    let archived = await isArchived(session, canary);
    while (Date.now() < limit && archived !== true) {
      await pause(Math.min(pollMs, Math.max(0, limit - Date.now())));
      archived = await isArchived(session, canary);
    }
    return { canary, system: system ?? null, seconds: seconds(canary.writtenAt), late: archived === false };
  } finally {
    session.close();
  }
}

async function looked(server: ServerSettings, canary: Canary): Promise<boolean> {
  const session = await openSession(server, 10_000).catch((error: unknown) => {
    throw restoreFailed(`${messageOf(error)}.`);
  });
  try {
    return await findsCanary(session, canary);
  } finally {
    session.close();
  }
}

/** An objective of N minutes is met until the minute is over: what was waited for in full has met it when the canary is there. */
function measured(statedMinutes: number, measuredSeconds: number): Measured {
  const statedSeconds = statedMinutes * 60;
  return { statedSeconds, measuredSeconds, met: measuredSeconds <= statedSeconds + 1 };
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 100) / 10;
}
