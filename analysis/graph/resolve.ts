import { templateParts, traversals } from './expressions';
import type { TemplatePart, Traversal } from './expressions';
import { isList, isObject } from './json';
import type { JsonValue } from './types';

/** Gives the value that a reference stands for, or undefined where it is not known before an apply. */
export type Lookup = (traversal: Traversal) => JsonValue | undefined;

/** A value with its expressions replaced as far as they are known, and the paths of those that are not. */
export interface Resolved {
  readonly value: JsonValue;
  readonly unknown: readonly string[];
}

/** Replaces what is known in a value and lists the rest. Texts lose the escapes of Terraform's JSON syntax. */
export function resolve(value: JsonValue, lookup: Lookup, path = ''): Resolved {
  if (typeof value === 'string') return resolveText(value, lookup, path);
  if (isList(value)) return resolveList(value, lookup, path);
  if (isObject(value)) return resolveObject(Object.entries(value), lookup, path);
  return { value, unknown: nothing };
}

/** Nothing is unknown in most values. */
const nothing: readonly string[] = [];

function resolveText(text: string, lookup: Lookup, path: string): Resolved {
  // Most texts hold no expression.
  if (!text.includes('{')) return { value: text, unknown: nothing };
  const parts = templateParts(text).map((part) => partValue(part, lookup));
  const [only] = parts;
  const value = parts.length === 1 ? only : joined(parts);
  return value === undefined ? { value: text, unknown: [path] } : { value, unknown: nothing };
}

/** Terraform joins texts, numbers and switches; a list or an object in the middle of a text is its error, not a value. */
function joined(parts: readonly (JsonValue | undefined)[]): string | undefined {
  const texts = parts.flatMap((part) =>
    typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean' ? [`${part}`] : [],
  );
  return texts.length === parts.length ? texts.join('') : undefined;
}

function partValue(part: TemplatePart, lookup: Lookup): JsonValue | undefined {
  if (part.kind === 'text') return part.text;
  const code = part.code.trim();
  const [reference] = traversals(code);
  return reference?.text === code ? lookup(reference) : literalCode(code);
}

/** `${3}`, `${true}` and quoted words without a template are values too; anything else needs Terraform. */
function literalCode(code: string): JsonValue | undefined {
  if (!/^(?:-?\d+(?:\.\d+)?|true|false|null|"[^"\\$%]*")$/.test(code)) return undefined;
  return JSON.parse(code) as JsonValue;
}

function resolveList(list: readonly JsonValue[], lookup: Lookup, path: string): Resolved {
  const members = list.map((member, index) => resolve(member, lookup, join(path, String(index))));
  return { value: members.map((member) => member.value), unknown: members.flatMap((member) => member.unknown) };
}

function resolveObject(entries: readonly [string, JsonValue][], lookup: Lookup, path: string): Resolved {
  const members = entries.map(([key, member]) => [key, resolve(member, lookup, join(path, key))] as const);
  return {
    value: Object.fromEntries(members.map(([key, member]) => [key, member.value])),
    unknown: members.flatMap(([, member]) => member.unknown),
  };
}

function join(path: string, step: string): string {
  return path === '' ? step : `${path}.${step}`;
}

/** The member of a value at a path; undefined where there is none. */
export function memberAt(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (member, step) => (isList(member) ? member[Number(step)] : isObject(member) ? member[step] : undefined),
    value,
  );
}
