import { resolve } from 'node:path';
import type { Problem } from '../values/errors';
import { checkEnvironment } from './check';
import { invalidEnvironment } from './errors';
import { decodeText, readBounded } from './file';
import { type Finding, type Path, quote } from './finding';
import { locateEnvironment, nameOfFile, shownPath, siblings } from './locate';
import { positionsOf } from './positions';
import type { Environment } from './schema';
import { warningsFor } from './warnings';
import { type Located, type Source, readYaml } from './yaml';

/** An environment, the file it was read from (absolute), and what should be known about it. */
export interface LoadedEnvironment {
  readonly environment: Environment;
  readonly file: string;
  readonly warnings: readonly string[];
}

/** The environment that is meant when none is named. */
export const defaultEnvironment = 'production';

/** Where an environment is looked for. */
export interface LoadOptions {
  /** The project: the folder of `cdktf.json`. */
  readonly cwd: string;
  /**
   * What else is wrong with an environment whose file is not valid, although each of its fields can be read: said together with that.
   * @default - nobody knows more
   */
  readonly further?: (environment: Environment) => readonly Problem[];
}

/**
 * Finds, reads and checks an environment file. Reads at most 64 KiB, writes nothing, asks no environment variable.
 * @param reference a name in `environments/`, or a path that ends in .yaml or .yml; `undefined` means `production`
 * @throws TerraceError with exit code 2 and all problems: environments/invalid, not-found, unreadable, wrong-reference
 */
export function loadEnvironment(reference: string | undefined, options: LoadOptions): LoadedEnvironment {
  const cwd = resolve(options.cwd);
  const file = locateEnvironment(reference ?? defaultEnvironment, cwd);
  const shown = shownPath(file, cwd);
  const { environment, read, findings, warnings } = readEnvironment(textOf(file, shown), nameOfFile(file));
  const problems = [
    ...findings.map((finding) => ({ code: finding.code, message: finding.message, where: `${shown}:${finding.place}` })),
    ...namesakes(file, cwd),
    ...(read === undefined ? [] : others(options.further?.(read) ?? [], findings)),
  ];
  if (environment === undefined || problems.length > 0) throw invalidEnvironment(shown, problems);
  return { environment, file, warnings };
}

/** Problems with fields of which nothing is said yet. */
function others(problems: readonly Problem[], findings: readonly Finding[]): readonly Problem[] {
  const said = new Set(findings.map(({ path }) => String(path[0])));
  return problems.filter(({ where = '' }) => !said.has(where.split(/[.[]/)[0] ?? ''));
}

/** What a text says as an environment of this name. Findings are in the order of the text. */
interface Reading {
  readonly environment?: Environment;
  /** One that is not valid, but can be read. */
  readonly read?: Environment;
  readonly findings: readonly (Finding & { readonly place: string })[];
  readonly warnings: readonly string[];
}

/** Reads the text of an environment file. @param name what the file's name says the environment is called */
export function readEnvironment(text: string, name: string): Reading {
  const body = text.replace(/^\uFEFF/, '');
  const warnings =
    body === text ? [] : ['the environment file begins with a byte order mark, which is ignored: save it as UTF-8 without one.'];
  const source = readYaml(body, keepsCharacters);
  const { environment, read, located } = judge(source, name);
  const position = positionsOf(body);
  const findings = located
    .sort((a, b) => a.offset - b.offset)
    .map((finding) => {
      const { line, column } = position(finding.offset);
      return { ...finding, place: `${line}:${column}` };
    });
  if (environment === undefined) return { ...(read === undefined ? {} : { read }), findings, warnings };
  return { environment, findings, warnings: [...warnings, ...warningsFor(environment)] };
}

/** Fields in which a number or boolean keeps its characters: `1.10` is a version to an app, not 1.1. */
function keepsCharacters(path: Path): boolean {
  const [first, second] = path;
  if (first === 'app') return second === 'settings' && path.length === 3;
  if (first === 'services') return path[2] === 'settings' && path.length === 4;
  return (first === 'tags' && path.length === 2) || (first === 'budget' && second === 'monthly' && path.length === 2);
}

function judge(source: Source, name: string): Pick<Reading, 'environment' | 'read'> & { located: Located[] } {
  if (source.value === undefined) return { located: [...source.findings] };
  if (source.value === null) return { located: [emptyFile()] };
  const checked = checkEnvironment(source.value);
  const wrong = 'findings' in checked ? checked.findings : [];
  const findings = wrong.some((finding) => finding.path[0] === 'name') ? wrong : [...wrong, ...misnamed(source.value, name)];
  const located = findings
    .filter((finding) => !explained(finding, source))
    .map((finding) => ({ ...finding, offset: source.offsetOf(finding.path, finding.target) }));
  const { findings: _, ...found } = { findings: [], ...checked };
  return { ...found, located: [...source.findings, ...located] };
}

/** A value that could not be read is not missing too. */
function explained(finding: Finding, source: Source): boolean {
  return finding.code === 'ENVIRONMENT_MISSING_FIELD' && source.findings.some((other) => other.path.join('\0') === finding.path.join('\0'));
}

function emptyFile(): Located {
  return {
    code: 'ENVIRONMENT_EMPTY',
    message: 'the file is empty. Copy one of environments/examples/ to begin with.',
    path: [],
    target: 'value',
    offset: 0,
  };
}

function misnamed(value: unknown, expected: string): readonly Finding[] {
  const name = nameIn(value);
  if (typeof name !== 'string' || name === expected) return [];
  return [
    {
      code: 'ENVIRONMENT_MISNAMED',
      message: `name is ${quote(name)}, but the file is called ${quote(expected)}. Give both the same name.`,
      path: ['name'],
      target: 'value',
    },
  ];
}

function nameIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
}

/** Two files of one name would share one state, and the second would take over the resources of the first. */
function namesakes(file: string, cwd: string): readonly Problem[] {
  const name = nameOfFile(file);
  return siblings(file, cwd).flatMap((other) => {
    const shown = shownPath(other, cwd);
    const place = placeOfName(other, shown, name);
    return place === undefined
      ? []
      : [
          {
            code: 'ENVIRONMENT_TWO_OF_ONE_NAME',
            message: `this file is called ${quote(name)} too. Give each environment a name of its own, or remove one file.`,
            where: `${shown}:${place}`,
          },
        ];
  });
}

/** Where another file claims the name. Files that cannot be read have problems of their own. */
function placeOfName(file: string, shown: string, name: string): string | undefined {
  const text = quietly(() => textOf(file, shown)) ?? '';
  const source = readYaml(text.includes(name) ? text : '', () => false);
  if (nameIn(source.value) !== name) return nameOfFile(file) === name ? '1:1' : undefined;
  const { line, column } = positionsOf(text)(source.offsetOf(['name'], 'value'));
  return `${line}:${column}`;
}

function textOf(file: string, shown: string): string {
  return decodeText(readBounded(file, shown), shown);
}

function quietly<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
