import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DrillReport } from '../promotion/drill/drill';
import { type DrillRecord, doubtsOf, type Wanted } from '../promotion/drill/record';
import { replaceFile } from '../promotion/replace-file';
import { isRecord } from '../values/record';
import type { Project } from './project';
import type { ServingSide } from './serving-side';

/** What the last drill has found: beside the environment file, so that whoever ends a promotion reads it. */
function drillFile({ folder, file, environment }: Project): string {
  return join(folder, dirname(file), `${environment.name}.drill.json`);
}

/** Keeps what a drill has found; only the last one counts. @returns the file */
export function writeDrill(project: Project, side: ServingSide, report: DrillReport): string {
  const record: DrillRecord = { at: new Date().toISOString(), database: side.database, report };
  mkdirSync(dirname(drillFile(project)), { recursive: true });
  replaceFile(drillFile(project), `${JSON.stringify(record, null, 2)}\n`);
  return drillFile(project);
}

/** Why no drill vouches for the backup of what serves the app now; none where one does. */
export function backupDoubts(project: Project, side: ServingSide, more: Pick<Wanted, 'system' | 'after'> = {}): readonly string[] {
  return doubtsOf(readDrill(project), { environment: project.environment.name, database: side.database, now: new Date(), ...more });
}

/** What is no record is none: a drill is soon made. */
function readDrill(project: Project): DrillRecord | undefined {
  if (!existsSync(drillFile(project))) return undefined;
  try {
    const found: unknown = JSON.parse(readFileSync(drillFile(project), 'utf8'));
    return isDrill(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function isDrill(found: unknown): found is DrillRecord {
  if (!isRecord(found) || typeof found['at'] !== 'string' || !isRecord(found['database']) || !isRecord(found['report'])) return false;
  const { canary, passed, environment } = found['report'];
  return isRecord(canary) && typeof canary['writtenAt'] === 'string' && typeof passed === 'boolean' && typeof environment === 'string';
}
