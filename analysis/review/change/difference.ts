import type { JsonObject, JsonValue } from '../../graph';
import { isList, isObject } from '../../graph/json';
import type { Direction } from '../../../catalog/aws/replacement';

/** An attribute that differs. */
export interface Difference {
  /** With indices: `rule.0.value`. */
  readonly path: string;
  readonly direction: Direction;
}

/**
 * Where two values differ, down to single values. Nothing, null and an empty list or object are the same; so are `10` and
 * `"10"`, a block and a list of one block, and lists that differ in their order only (most are sets).
 */
export function differences(before: JsonValue | undefined, after: JsonValue | undefined, path = ''): readonly Difference[] {
  const [was, is] = [plain(before), plain(after)];
  if (same(was, is)) return [];
  if (was === undefined) return [...own(path, 'added'), ...leaves(is, path, 'added')];
  if (is === undefined) return [...own(path, 'removed'), ...leaves(was, path, 'removed')];
  if (isList(was) && isList(is)) return inLists(was, is, path);
  if (isObject(was) && isObject(is)) return inObjects(was, is, path);
  return own(path, 'changed');
}

function own(path: string, direction: Direction): readonly Difference[] {
  return path === '' ? [] : [{ path, direction }];
}

/** What says something: without nulls and empties, lists of one block opened. */
function plain(value: JsonValue | undefined): JsonValue | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (isList(value)) {
    const [only] = value;
    if (value.length === 0) return undefined;
    return value.length === 1 && isObject(only) ? plain(only) : value;
  }
  return isObject(value) && Object.values(value).every((member) => plain(member) === undefined) ? undefined : value;
}

function same(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (isScalar(a) && isScalar(b)) return String(a) === String(b);
  if (isList(a) && isList(b)) return a.length === b.length && unordered(a) === unordered(b);
  return canonical(a) === canonical(b);
}

function isScalar(value: JsonValue): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function unordered(list: readonly JsonValue[]): string {
  return list.map(canonical).sort().join('\n');
}

/** One text for values that mean the same. */
export function canonical(value: JsonValue | undefined): string {
  const meant = plain(value);
  if (meant === undefined) return '';
  if (isList(meant)) return `[${meant.map(canonical).sort().join(',')}]`;
  if (!isObject(meant)) return JSON.stringify(String(meant));
  return `{${Object.keys(meant)
    .sort()
    .flatMap((key) => (plain(meant[key]) === undefined ? [] : [`${JSON.stringify(key)}:${canonical(meant[key])}`]))
    .join(',')}}`;
}

function inObjects(was: JsonObject, is: JsonObject, path: string): readonly Difference[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) => differences(was[key], is[key], below(path, key)));
}

/** Members that are in both lists are left out, so that one more rule is one difference and not one for each that follows. */
function inLists(was: readonly JsonValue[], is: readonly JsonValue[], path: string): readonly Difference[] {
  const [gone, come] = [without(was, is), without(is, was)];
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, index) => index).flatMap((index) =>
    differences(gone[index]?.value, come[index]?.value, below(path, String(come[index]?.index ?? gone[index]?.index ?? index))),
  );
}

function without(
  list: readonly JsonValue[],
  others: readonly JsonValue[],
): readonly { readonly index: number; readonly value: JsonValue }[] {
  const counts = new Map<string, number>();
  for (const other of others) counts.set(canonical(other), (counts.get(canonical(other)) ?? 0) + 1);
  return list.flatMap((value, index) => {
    const left = counts.get(canonical(value)) ?? 0;
    counts.set(canonical(value), left - 1);
    return left > 0 ? [] : [{ index, value }];
  });
}

function leaves(value: JsonValue | undefined, path: string, direction: Direction): readonly Difference[] {
  const meant = plain(value);
  if (isList(meant)) return meant.flatMap((member, index) => leaves(member, below(path, String(index)), direction));
  if (isObject(meant))
    return Object.entries(meant).flatMap(([key, member]) =>
      plain(member) === undefined ? [] : [{ path: below(path, key), direction }, ...leaves(member, below(path, key), direction)],
    );
  return [];
}

function below(path: string, step: string): string {
  return path === '' ? step : `${path}.${step}`;
}

/** A path without positions in lists: `rule.0.value` is `rule.value`. */
export function withoutIndices(path: string): string {
  return path
    .split('.')
    .filter((step) => !/^\d+$/.test(step))
    .join('.');
}
