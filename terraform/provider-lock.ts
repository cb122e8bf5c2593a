import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../values/record';
import { parseJson, record, text } from './json';

const LOCK_FILE = '.terraform.lock.hcl';
const REGISTRY = 'registry.terraform.io';
const EXACT = /^\d+\.\d+\.\d+$/;

interface Pin {
  /** `registry.terraform.io/digitalocean/digitalocean` */
  readonly source: string;
  readonly version: string;
}

/**
 * Writes the dependency lock file of a stack directory where it is missing or pins another version than the synthesized
 * configuration does.
 *
 * Without one, cdktf-cli runs `terraform providers lock`, which ignores mirrors and reattached providers and so fails
 * wherever the public registry cannot be reached. The file names the version and no hash: Terraform then verifies the
 * registry's signature on the first `init` and records the hashes it has verified itself. A hash that we had not
 * verified would be worth less than that, and would shut out mirrors.
 *
 * @returns whether the file was written
 */
export function writeProviderLock(stackDirectory: string): boolean {
  const pins = pinned(parseJson(readFileSync(join(stackDirectory, 'cdk.tf.json'), 'utf8')));
  const path = join(stackDirectory, LOCK_FILE);
  const present = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (!pins.some((pin) => !locks(present, pin))) return false;
  writeFileSync(path, pins.map(render).join('\n'));
  return true;
}

function pinned(stack: unknown): readonly Pin[] {
  const required = record(record(record(stack)['terraform'])['required_providers']);
  return Object.entries(required)
    .flatMap(([name, entry]) => pinOf(name, entry))
    .sort((a, b) => (a.source < b.source ? -1 : 1));
}

/** Only an exact version can be locked without asking a registry. */
function pinOf(name: string, entry: unknown): readonly Pin[] {
  const version = isRecord(entry) ? text(entry['version']) : undefined;
  if (version === undefined || !EXACT.test(version)) return [];
  return [{ source: fullSource(text(record(entry)['source']) ?? name), version }];
}

/** Terraform's rule: one part is a provider of `hashicorp`, two parts are of the public registry, three name the registry. */
function fullSource(source: string): string {
  const parts = source.split('/');
  if (parts.length === 1) return `${REGISTRY}/hashicorp/${source}`;
  return parts.length === 2 ? `${REGISTRY}/${source}` : source;
}

function locks(lockFile: string, pin: Pin): boolean {
  const [, block] = lockFile.split(`provider "${pin.source}" {`);
  return block !== undefined && /^\s*version\s*=\s*"([^"]*)"/m.exec(block)?.[1] === pin.version;
}

function render(pin: Pin): string {
  return `provider "${pin.source}" {\n  version     = "${pin.version}"\n  constraints = "${pin.version}"\n}\n`;
}
