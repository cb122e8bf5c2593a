import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isRecord } from '../values/record';
import { parseJson, record } from './json';

/**
 * Credentials that a person may give to `terraform init -backend-config`: they are remembered beside what is
 * synthesized and say nothing about whose state it is.
 */
const CREDENTIALS = new Set([
  'access_key',
  'secret_key',
  'token',
  'profile',
  'shared_credentials_file',
  'shared_credentials_files',
  'shared_config_files',
]);

/**
 * Makes a stack directory forget the backend of another environment.
 *
 * Terraform remembers in `.terraform/terraform.tfstate` which backend a directory was initialized with, and offers to
 * move that state into a new backend. One output folder serves all environments, so the remembered backend may be
 * production's while the configuration is staging's: moving would hand production's resources to staging. Forgetting
 * loses nothing, because the file holds no state, only the memory.
 *
 * @param dataDirectory where Terraform keeps it. @default - TF_DATA_DIR's default, `.terraform` in the stack directory
 * @returns whether something was forgotten
 */
export function resetForeignBackend(stackDirectory: string, dataDirectory = '.terraform'): boolean {
  const memory = join(resolve(stackDirectory, dataDirectory), 'terraform.tfstate');
  if (!existsSync(memory)) return false;
  const wanted = synthesizedBackend(parseJson(readFileSync(join(stackDirectory, 'cdk.tf.json'), 'utf8')));
  if (isSameBackend(rememberedBackend(parseJson(readFileSync(memory, 'utf8'))), wanted)) return false;
  rmSync(memory);
  return true;
}

interface Backend {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Without a backend block Terraform keeps the state beside the configuration. */
const NO_BACKEND: Backend = { type: 'local', config: {} };

function synthesizedBackend(stack: unknown): Backend {
  const terraform = record(record(stack)['terraform']);
  const [type, config] = Object.entries(record(terraform['backend']))[0] ?? [];
  return type === undefined ? NO_BACKEND : { type, config: record(config) };
}

function rememberedBackend(memory: unknown): Backend | undefined {
  const backend = record(memory)['backend'];
  return isRecord(backend) ? { type: String(backend['type']), config: record(backend['config']) } : undefined;
}

function isSameBackend(remembered: Backend | undefined, wanted: Backend): boolean {
  return remembered !== undefined && remembered.type === wanted.type && identity(remembered.config) === identity(wanted.config);
}

/** Settings in one order, without what is unset and without credentials; Terraform remembers every unset one as null. */
function identity(config: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(settled(Object.fromEntries(Object.entries(config).filter(([name]) => !CREDENTIALS.has(name)))));
}

function settled(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(settled);
  if (!isRecord(value)) return JSON.stringify(value);
  const set = Object.entries(value)
    .map(([name, inner]) => [name, settled(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  return set.length === 0 ? undefined : set.sort(([a], [b]) => (a < b ? -1 : 1));
}
