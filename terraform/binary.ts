import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { namedBinaryNotFound, terraformNotFound, terraformTooOld, versionUnreadable } from './errors';

/** Variables of a process, as in `process.env`. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The Terraform or OpenTofu that is used. */
export interface TerraformBinary {
  readonly path: string;
  readonly product: 'Terraform' | 'OpenTofu';
  /** As it prints it: `1.11.4`. */
  readonly version: string;
}

/** Native locks in S3 state (`use_lockfile`) came with 1.10 in both products; backends rely on it. */
export const OLDEST_VERSION = '1.10.0';

const DEFAULT_NAMES = ['terraform', 'tofu'];

/**
 * Finds the program to run: what TERRAFORM_BINARY_NAME names, else `terraform`, else `tofu` on the PATH.
 * @throws TERRAFORM_NOT_FOUND, TERRAFORM_NAMED_BINARY_NOT_FOUND, TERRAFORM_VERSION_UNREADABLE, TERRAFORM_TOO_OLD
 */
export async function findTerraform(env: Variables = process.env): Promise<TerraformBinary> {
  const path = locate(env);
  const binary = readVersion(path, await firstWords(path, env));
  if (isOlder(binary.version, OLDEST_VERSION)) throw terraformTooOld(path, `${binary.product} ${binary.version}`, OLDEST_VERSION);
  return binary;
}

function locate(env: Variables): string {
  const named = env['TERRAFORM_BINARY_NAME'];
  const names = named === undefined || named === '' ? DEFAULT_NAMES : [named];
  const found = names.map((name) => onPath(name, env)).find((path) => path !== undefined);
  if (found !== undefined) return found;
  throw named === undefined || named === '' ? terraformNotFound(DEFAULT_NAMES) : namedBinaryNotFound(named);
}

function onPath(name: string, env: Variables): string | undefined {
  if (isAbsolute(name) || name.includes('/')) return isProgram(resolve(name)) ? resolve(name) : undefined;
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function firstWords(path: string, env: Variables): Promise<string> {
  const quiet = { ...env, CHECKPOINT_DISABLE: '1' } as NodeJS.ProcessEnv;
  return new Promise((done) =>
    execFile(path, ['version'], { env: quiet, timeout: 30_000 }, (error, stdout) =>
      done(stdout === '' && error !== null ? error.message : stdout),
    ),
  );
}

function readVersion(path: string, answer: string): TerraformBinary {
  const match = /^(Terraform|OpenTofu) v(\d+\.\d+\.\d+\S*)/m.exec(answer);
  if (match === null) throw versionUnreadable(path, answer);
  return { path, product: match[1] === 'OpenTofu' ? 'OpenTofu' : 'Terraform', version: match[2] ?? '' };
}

/** Compares major, minor and patch; a pre-release counts as its release. */
export function isOlder(version: string, than: string): boolean {
  const left = parts(version);
  const difference = parts(than)
    .map((part, index) => (left[index] ?? 0) - part)
    .find((each) => each !== 0);
  return difference !== undefined && difference < 0;
}

function parts(version: string): readonly number[] {
  return version.split('-', 1).flatMap((core) => core.split('.').map(Number));
}
