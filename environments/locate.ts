import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, relative, resolve } from 'node:path';
import { environmentNotFound, wrongReference } from './errors';
import { errorCode } from './file';
import { oneLine } from './finding';
import { kebab } from './grammar/names';

const extensions = ['.yaml', '.yml'] as const;

/** Most files that are looked at beside an environment file. */
const mostSiblings = 500;

/** The folder of environment files in a project. */
function environmentsFolder(cwd: string): string {
  return join(cwd, 'environments');
}

/** A path for a person: relative to the working directory where it lies inside, else whole. */
export function shownPath(file: string, cwd: string): string {
  const inside = relative(cwd, file);
  return oneLine(inside === '' || inside.startsWith('..') || isAbsolute(inside) ? file : inside);
}

/**
 * The file that a reference means: a name in `environments/`, or a path.
 * @throws environments/wrong-reference, environments/not-found
 */
export function locateEnvironment(reference: string, cwd: string): string {
  const candidates = isPath(reference) ? [resolve(cwd, reference)] : named(reference, cwd);
  const found = candidates.find(isThere);
  if (found === undefined)
    throw environmentNotFound(
      reference,
      candidates.map((file) => shownPath(file, cwd)),
      knownReferences(cwd),
    );
  return found;
}

/** The name that a file stands for. */
export function nameOfFile(file: string): string {
  return basename(file, extname(file));
}

/** Other environment files that could claim the same name: beside the file, and in the project's folder. */
export function siblings(file: string, cwd: string): readonly string[] {
  const self = realpathSync(file);
  const folders = new Set([dirname(file), environmentsFolder(cwd)]);
  return [...folders].flatMap((folder) => yamlFiles(folder).map((name) => join(folder, name))).filter((other) => realPath(other) !== self);
}

/** Whether something is there, even if it cannot be looked at: reading it then tells why. */
function isThere(file: string): boolean {
  try {
    lstatSync(file);
    return true;
  } catch (error) {
    return !['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
  }
}

function isPath(reference: string): boolean {
  return /[/\\]/.test(reference) || hasYamlExtension(reference);
}

function hasYamlExtension(name: string): boolean {
  return extensions.some((extension) => name.endsWith(extension));
}

function named(reference: string, cwd: string): readonly string[] {
  if (!kebab.test(reference)) throw wrongReference(reference);
  return extensions.map((extension) => join(environmentsFolder(cwd), `${reference}${extension}`));
}

function knownReferences(cwd: string): readonly string[] {
  const names = yamlFiles(environmentsFolder(cwd)).map(nameOfFile);
  const examples = yamlFiles(join(environmentsFolder(cwd), 'examples')).map((name) => `environments/examples/${name}`);
  return [...names, ...examples];
}

function yamlFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter(hasYamlExtension).sort().slice(0, mostSiblings);
  } catch {
    return [];
  }
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
