import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { type Clusters, makeClusters } from '../../../../promotion/rehearse/clusters';
import { own, serverFolders } from '../../../../promotion/rehearse/servers';
import { needs } from '../../../support/needs';
import { scratch } from '../../../support/scratch';

/** The engine of the tests, which can be made to die or to do wrong. */
export const testEngine = join(__dirname, 'engine.cjs');

/** `test` where a PostgreSQL can be started: the installed one, or that of npm. */
export function withServers(...tools: readonly string[]): typeof test {
  return serverFolders().length > 0 ? needs(...tools) : needs('a PostgreSQL server');
}

/** Small clusters to copy from. */
export async function templates(rows: number): Promise<Clusters> {
  const folder = scratch('terrace-clusters-');
  chmodSync(folder, 0o755);
  own(folder);
  return await makeClusters(folder, rows);
}
