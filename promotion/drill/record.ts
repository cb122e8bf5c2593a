import type { DrillReport } from './drill';

/**
 * How long a drill vouches for a backup, in hours.
 *
 * Assumption: base backups are made once a day (`docs/backups.md`), so that after a day another one is the latest, which nobody has restored.
 */
export const DRILL_VALID_HOURS = 24;

/** Which database was drilled. */
export interface DrilledDatabase {
  /** Tier of the side that it belongs to. */
  readonly tier: string;
  /** Its generation; null where nothing of the tier has one. */
  readonly generation: number | null;
}

/** What the last drill of an environment has found. */
export interface DrillRecord {
  /** When it ended: ISO 8601, by the clock of the machine that ran it. */
  readonly at: string;
  readonly database: DrilledDatabase;
  readonly report: DrillReport;
}

/** What a record is held against. */
export interface Wanted {
  readonly environment: string;
  /** The database whose backup must have been restored. */
  readonly database: DrilledDatabase;
  /** What its server calls itself. @default - nobody can ask it */
  readonly system?: string | undefined;
  /** The row must have been written later than this, ISO 8601. @default - whenever */
  readonly after?: string | undefined;
  readonly now: Date;
}

/** Why a record does not vouch for the backup, all reasons at once; none where it does. */
export function doubtsOf(record: DrillRecord | undefined, { environment, database, system, after, now }: Wanted): readonly string[] {
  if (record === undefined) return ['no drill has been recorded'];
  const { report } = record;
  const hours = (now.getTime() - Date.parse(record.at)) / 3_600_000;
  const doubts: readonly (readonly [doubtful: boolean, why: string])[] = [
    [!report.passed, 'the last drill has not passed'],
    [report.environment !== environment, `it was of ${report.environment}`],
    [!isSame(record.database, database), `it was of ${nameOf(record.database)}, not of ${nameOf(database)}`],
    [isOther(report.system, system), 'it was of another server than the one that the app uses now'],
    [!(hours <= DRILL_VALID_HOURS), `it ended at ${record.at}, more than ${DRILL_VALID_HOURS} hours ago`],
    [
      after !== undefined && !(Date.parse(report.canary.writtenAt) > Date.parse(after)),
      `its row was written at ${report.canary.writtenAt}, and not after ${after ?? ''}, when writes came to this side`,
    ],
  ];
  return doubts.flatMap(([doubtful, why]) => (doubtful ? [why] : []));
}

function isSame(one: DrilledDatabase, other: DrilledDatabase): boolean {
  return one.tier === other.tier && one.generation === other.generation;
}

function isOther(told: string | null, wanted: string | undefined): boolean {
  return told !== null && wanted !== undefined && told !== wanted;
}

function nameOf({ tier, generation }: DrilledDatabase): string {
  return generation === null ? `the database of ${tier}` : `generation ${generation} of the database, of ${tier}`;
}
