import type { Block, Field, Type } from './schema';
import { isComputed, nested } from './schema';
import { canonical, isList, isMap, isUnknown, type Value, type ValueMap } from './values';

/** Whether a value is what the provider's SDK takes for "not set": null, "", 0, false, or an empty collection. */
export function isEmpty(value: Value | undefined): boolean {
  if (value === null || value === undefined || value === '' || value === 0 || value === false) return true;
  return isList(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0;
}

/** Whether a value is set, as the SDK's GetOk sees it: known, and not empty. */
export function isSet(value: Value | undefined): value is NonNullable<Value> {
  return !isUnknown(value) && !isEmpty(value);
}

/**
 * Whether the provider's SDK takes two states for the same, in which case nothing is planned: an absent value equals an
 * empty one at any depth, and arrays are compared without order where `block` says they are sets.
 */
export function equivalentStates(block: Block, a: ValueMap, b: ValueMap): boolean {
  const attributes = Object.entries(block.attributes).every(([name, { type }]) => equivalent(type, a[name], b[name]));
  return attributes && nested(block).every(([name, child]) => equivalentBlocks(child, child.nesting === 'set', a[name], b[name]));
}

function equivalent(type: Type, a: Value | undefined, b: Value | undefined): boolean {
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  if (typeof type !== 'string' && type[0] === 'set' && isList(a) && isList(b)) return sorted(a) === sorted(b);
  return canonical(a) === canonical(b);
}

function equivalentBlocks(block: Block, isSetOfBlocks: boolean, a: Value | undefined, b: Value | undefined): boolean {
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  if (!isList(a) || !isList(b)) return canonical(a) === canonical(b);
  if (a.length !== b.length) return false;
  const same = (x: Value, y: Value | undefined): boolean => isMap(x) && isMap(y) && equivalentStates(block, x, y);
  return isSetOfBlocks ? a.every((x) => b.some((y) => same(x, y))) : a.every((x, index) => same(x, b[index]));
}

/** The elements of a set as one text, whatever their order. */
export function sorted(elements: readonly Value[]): string {
  return elements.map(canonical).sort().join('|');
}

/**
 * What tells one element of a set of blocks from another: whatever a user may set, with absent values as empty ones.
 * Computed values do not count, because they are not known when the plan is made.
 */
export function elementCode(block: Block, element: ValueMap): string {
  const attributes = Object.entries(block.attributes).filter(([, field]) => countsInCode(block, field));
  const own = attributes.map(([name, field]) => `${name}:${codeOf(field.type, element[name] ?? field.default ?? null)}`);
  const inner = nested(block).map(([name, child]) => `${name}:${blockCodes(child, element[name])}`);
  return [...own, ...inner].join(';');
}

function countsInCode(block: Block, field: Field): boolean {
  return field.mode !== 'C' || Object.values(block.attributes).every(({ mode }) => mode === 'C');
}

function codeOf(type: Type, value: Value): string {
  if (isEmpty(value)) return '';
  return typeof type !== 'string' && type[0] === 'set' && isList(value) ? sorted(value) : canonical(value);
}

function blockCodes(block: Block, value: Value | undefined): string {
  const codes = isList(value) ? value.filter(isMap).map((element) => elementCode(block, element)) : [];
  return codes.sort().join('|');
}

/** Whether an attribute is filled in by the provider when it is left out. */
export function filledByProvider(field: Field, value: Value | undefined): boolean {
  return isComputed(field) && (value === null || value === undefined);
}
