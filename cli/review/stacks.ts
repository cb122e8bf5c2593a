import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CdkTfJson, JsonObject, JsonValue } from '../../analysis/graph';
import type { Stacks } from '../../analysis/review';
import { inputOfOtherKind, inputUnreadable } from '../input/errors';
import { readJson } from './json-file';
import { noStacks, onlyHcl } from './errors';

/**
 * The stacks below a folder, by name: a `cdktf.out`, a folder of stacks, or one stack. A stack is a folder with Terraform JSON.
 * @throws TerraceError where there is none
 */
export function stacksBelow(path: string): Stacks {
  if (!existsSync(path)) throw inputUnreadable(path, 'there is no such file or folder.');
  if (!statSync(path).isDirectory()) return { [basename(path).replace(/\.tf\.json$|\.json$/, '')]: configuration([path]) };
  const own = terraformFiles(path);
  if (own.length > 0) return { [basename(path)]: configuration(own) };
  const found = [join(path, 'stacks'), path].map(stacksIn).find((stacks) => Object.keys(stacks).length > 0);
  if (found === undefined) throw readdirSync(path).some((name) => name.endsWith('.tf')) ? onlyHcl(path) : noStacks(path);
  return found;
}

function stacksIn(folder: string): Stacks {
  if (!existsSync(folder)) return {};
  const stacks = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => [entry.name, terraformFiles(join(folder, entry.name))] as const);
  return Object.fromEntries(stacks.filter(([, files]) => files.length > 0).map(([name, files]) => [name, configuration(files)]));
}

function terraformFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tf.json'))
    .sort()
    .map((name) => join(folder, name));
}

/** Several files of one folder are one configuration: each part is a list of what the files hold. */
function configuration(files: readonly string[]): CdkTfJson {
  const documents = files.map(one);
  const [only] = documents;
  if (documents.length === 1 && only !== undefined) return only;
  const keys = [...new Set(documents.flatMap((document) => Object.keys(document)))];
  return Object.fromEntries(keys.map((key) => [key, documents.flatMap((document) => parts(document[key]))]));
}

function parts(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

function one(file: string): JsonObject {
  const json = readJson(file);
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw inputOfOtherKind(file, 'JSON, but no configuration of Terraform', 'Give a folder that synthesis wrote.');
  const document = json as JsonObject;
  if ('planned_values' in document || 'format_version' in document)
    throw inputOfOtherKind(file, 'a plan or a state', 'Give a plan as --plan.');
  return document;
}
