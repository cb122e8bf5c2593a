import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { CdkTfJson } from '../analysis/graph';
import type { Environment } from '../environments/schema';
import { packageFile } from '../terraform/package-root';
import { exampleEnvironment, examples, kept, stacksOf } from './kept-examples';

/** An environment and what a release made of it: the stacks by name, without what only cdktf reads. */
export interface RecordedEnvironment {
  readonly environment: Environment;
  readonly stacks: Readonly<Record<string, CdkTfJson>>;
}

/** What a release made of every example, by the example's name. */
export type RecordedRelease = Readonly<Record<string, RecordedEnvironment>>;

const folder = packageFile('test', 'fixtures', 'releases');
const file = (version: string): string => join(folder, version, 'stacks.json.gz');

/** Versions whose output is kept, oldest first as folders sort. */
export function recordedVersions(): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** What a version made. */
export function releaseOf(version: string): RecordedRelease {
  return JSON.parse(gunzipSync(readFileSync(file(version))).toString('utf8')) as RecordedRelease;
}

/** What this code makes of every example as a person would keep it. */
export function releaseOfToday(): RecordedRelease {
  return Object.fromEntries(examples.map((name) => [name, recorded(kept(exampleEnvironment(name)))]));
}

/** What this code makes of an environment. */
export function recorded(environment: Environment): RecordedEnvironment {
  return { environment, stacks: Object.fromEntries(stacksOf(environment).map(({ id, json }) => [id, configurationOf(json)])) };
}

/** Through JSON, as Terraform would read it; metadata of cdktf left out. */
function configurationOf(json: Readonly<Record<string, unknown>>): CdkTfJson {
  const { '//': _metadata, ...configuration } = JSON.parse(JSON.stringify(json)) as Record<string, unknown>;
  return configuration as CdkTfJson;
}

/** Keeps what this code makes under a version. @throws Error where that version is kept already: what was released does not change */
export function recordRelease(version: string): string {
  if (existsSync(file(version))) throw new Error(`${version} is recorded already. A release does not change: name the next version.`);
  mkdirSync(join(folder, version), { recursive: true });
  writeFileSync(file(version), gzipSync(JSON.stringify(releaseOfToday()), { level: 9 }));
  return file(version);
}
