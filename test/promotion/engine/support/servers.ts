import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { replaceFile } from '../../../../promotion/replace-file';
import { pause } from '../../../../promotion/postgres/session';
import { type Clusters, makeClusters } from '../../../../promotion/rehearse/clusters';
import { installations, own, serverFolders } from '../../../../promotion/rehearse/servers';
import { needs } from '../../../support/needs';
import { scratch } from '../../../support/scratch';

/** The engine of the tests, which can be made to die or to do wrong. */
export const testEngine = join(__dirname, 'engine.cjs');

/** `test` where a PostgreSQL can be started: the installed one, or that of npm. */
export function withServers(...tools: readonly string[]): typeof test {
  return serverFolders().length > 0 ? needs(...tools) : needs('a PostgreSQL server');
}

/** `test` where the newest PostgreSQL that can be started is of this major or a later one. */
export function withMajor(least: number, ...tools: readonly string[]): typeof test {
  const newest = installations().at(-1)?.major ?? 0;
  return newest >= least ? needs(...tools) : needs(`a server of PostgreSQL ${least} or later`);
}

/** Where a server keeps its extensions: as it is installed from npm, and on Debian. */
function extensionFolders(folder: string): readonly string[] {
  const real = dirname(realpathSync(join(folder, 'postgres')));
  return [
    join(real, '../share/postgresql/extension'),
    real.replace('/usr/lib/postgresql', '/usr/share/postgresql').replace(/bin$/, 'extension'),
  ];
}

/** Those of these extensions, as tools that a test needs, that one of the two servers of a pair does not offer. */
export function withoutExtensions(...names: readonly string[]): readonly string[] {
  const found = installations();
  const pair = [found[0], found.at(-1)].flatMap((each) => (each === undefined ? [] : [extensionFolders(each.folder)]));
  return names
    .filter((name) => !pair.every((folders) => folders.some((folder) => existsSync(join(folder, `${name}.control`)))))
    .map((name) => `the extension ${name}`);
}

/** `test` where an old server and a new one can be started. */
export function withTwoMajors(): typeof test {
  const found = new Set(installations().map(({ major }) => major));
  return found.size > 1 ? test : needs('servers of two majors of PostgreSQL');
}

/** Rows of most tests: one size, so that clusters are made once. */
const SMALL = 400;

/** Small clusters to copy from: made once for all files of `npm test`, whose folder ends with it, and for each file elsewhere. */
export async function templates(rows = SMALL): Promise<Clusters> {
  const counts = process.env['TERRACE_TEST_COUNTS'];
  return counts === undefined
    ? await made(scratch('terrace-clusters-'), rows)
    : await shared(join(dirname(counts), `clusters-${rows}`), rows);
}

async function made(folder: string, rows: number): Promise<Clusters> {
  chmodSync(folder, 0o755);
  own(folder);
  return await makeClusters(folder, rows);
}

/** Whoever makes the folder fills it; the others wait until it is full. */
async function shared(folder: string, rows: number): Promise<Clusters> {
  const full = `${folder}.json`;
  try {
    mkdirSync(folder);
  } catch {
    for (const end = Date.now() + 100_000; !existsSync(full) && Date.now() < end;) await pause(100);
    return JSON.parse(readFileSync(full, 'utf8')) as Clusters;
  }
  const clusters = await made(folder, rows);
  replaceFile(full, JSON.stringify(clusters));
  return clusters;
}
