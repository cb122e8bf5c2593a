import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { retiredUnreadable } from '../../promotion/errors';
import { replaceFile } from '../../promotion/replace-file';
import { type Retired, retiredMonthly } from '../../promotion/retired';
import { counted } from '../../values/counted';
import type { Project } from '../project';

/** The list of what promotions have left standing: beside the environment file, so that it is reviewed and kept with it. */
export function retiredFile({ folder, file, environment }: Pick<Project, 'folder' | 'file' | 'environment'>): string {
  return join(folder, dirname(file), `${environment.name}.retired.json`);
}

/** @throws `RETIRED_UNREADABLE` */
export function readRetired(file: string): readonly Retired[] {
  if (!existsSync(file)) return [];
  try {
    const list: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (Array.isArray(list) && list.every(isRetired)) return list as readonly Retired[];
  } catch {
    // Told below, with the other ways to be unreadable.
  }
  throw retiredUnreadable(file);
}

/** Writes the list whole or not at all; an empty one is no file. */
export function writeRetired(file: string, list: readonly Retired[]): void {
  if (list.length === 0) return rmSync(file, { force: true });
  mkdirSync(dirname(file), { recursive: true });
  replaceFile(file, `${JSON.stringify(list, null, 2)}\n`);
}

/** What no configuration of an environment shows any more, and what is paid for all the same. */
export function leftStanding(project: Project): readonly string[] {
  const file = retiredFile(project);
  return retiredSentence(relative(project.folder, file), readRetired(file), project.environment.name);
}

/** What is left standing, in one sentence; nothing where nothing is. */
function retiredSentence(file: string, list: readonly Retired[], environment: string): readonly string[] {
  const dates = list.map(({ keepUntil }) => keepUntil).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined) return [];
  const until = first === last ? first : `${first} to ${last ?? ''}`;
  return [
    `Besides, ${counted(list.length, 'resource')} of earlier promotions still ${list.length === 1 ? 'stands' : 'stand'} and cost ${retiredMonthly(list)} USD a month, kept until ${until} (${file}). Then: terrace promote purge ${environment}.`,
  ];
}

function isRetired(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['address', 'type', 'since', 'keepUntil'].every((key) => typeof (value as Record<string, unknown>)[key] === 'string')
  );
}
