import { isList, isObject } from './json';
import { resolve } from './resolve';
import type { Lookup } from './resolve';
import type { JsonObject, JsonValue } from './types';

/** One instance that `count` or `for_each` makes. */
export interface Instance {
  readonly key?: string | number;
  /** `each.value` */
  readonly value?: JsonValue;
  /** `['count']` or `['for_each']` where it is not known how many there are. */
  readonly unknown: readonly string[];
}

/** More instances than this are left as one of unknown number: no plan that people write comes near it. */
const instanceLimit = 10_000;

/** The instances of a resource. Without `count` and `for_each` there is one, without a key. */
export function instancesOf(body: JsonObject, lookup: Lookup): readonly Instance[] {
  if (body['count'] !== undefined) return countInstances(body['count'], lookup);
  if (body['for_each'] !== undefined) return eachInstances(body['for_each'], lookup);
  return [{ unknown: [] }];
}

function countInstances(count: JsonValue, lookup: Lookup): readonly Instance[] {
  const resolved = resolve(count, lookup);
  const number = typeof resolved.value === 'string' ? Number(resolved.value) : resolved.value;
  const isCount = typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= instanceLimit;
  if (!isCount) return [{ unknown: ['count'] }];
  return Array.from({ length: number }, (_, key) => ({ key, unknown: [] }));
}

function eachInstances(each: JsonValue, lookup: Lookup): readonly Instance[] {
  const list = typeof each === 'string' ? setLiteral(each) : each;
  if (list === undefined) return [{ unknown: ['for_each'] }];
  const { value } = resolve(list, lookup);
  if (isList(value)) return setInstances(value);
  return isObject(value) ? Object.entries(value).map(([key, one]) => ({ key, value: one, unknown: [] })) : [{ unknown: ['for_each'] }];
}

function setInstances(values: readonly JsonValue[]): readonly Instance[] {
  const keys = [...new Set(values)];
  return keys.every((key) => typeof key === 'string') ? keys.map((key) => ({ key, value: key, unknown: [] })) : [{ unknown: ['for_each'] }];
}

/** `${toset(["a", "b"])}`, the form in which cdktf writes a literal set; a single reference is left for the lookup. */
function setLiteral(text: string): JsonValue | undefined {
  const list = /^\$\{toset\((\[[^\]$%]*\])\)\}$/.exec(text)?.[1];
  if (list === undefined) return /^\$\{(?:var|local)\.[\w-]+\}$/.test(text) ? text : undefined;
  try {
    return JSON.parse(list) as JsonValue;
  } catch {
    return undefined;
  }
}
