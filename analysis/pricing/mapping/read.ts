import type { Decimal } from 'decimal.js';
import { bodies, isList, isObject } from '../../graph/json';
import type { JsonObject, JsonValue, ResourceNode } from '../../graph/types';
import { decimal } from '../decimal';

/** A resource or one of its blocks, with what is not known about it. */
export interface Block {
  readonly values: JsonObject;
  /** Paths below this block that are not known before an apply. */
  readonly unknown: readonly string[];
}

/**
 * The resource as its mapping reads it. What the configuration does not state and the provider will decide counts as absent,
 * so that the mapping's default applies, as it does when the same configuration is read without a plan.
 */
export function attributesOf(node: ResourceNode): Block {
  const { configured } = node;
  if (configured === undefined) return { values: node.values, unknown: node.unknown };
  if (node.unknown.length === 0) return { values: node.values, unknown: [] };
  const stated = new Set(configured);
  const withParts = new Set(configured.flatMap(parentsOf));
  return {
    values: node.values,
    unknown: node.unknown.filter((path) =>
      isStated(
        path.split('.').filter((name) => !/^\d+$/.test(name)),
        stated,
        withParts,
      ),
    ),
  };
}

/** `a` and `a.b` of `a.b.c`. */
function parentsOf(path: string): readonly string[] {
  const names = path.split('.');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('.'));
}

/** Whether a configuration states this path: itself, or something that it is a part of and of which no parts are listed. */
function isStated(path: readonly string[], stated: ReadonlySet<string>, withParts: ReadonlySet<string>): boolean {
  if (stated.has(path.join('.'))) return true;
  const parent = path.slice(0, -1).join('.');
  if (parent === '') return false;
  return stated.has(parent) ? !withParts.has(parent) : isStated(path.slice(0, -1), stated, withParts);
}

/** Whether an argument is set to something that only an apply will tell. */
export function isUnknown(block: Block, name: string): boolean {
  const dynamic = bodies(block.values['dynamic']).some((group) => name in group);
  return dynamic || block.unknown.includes(name);
}

/** The blocks of this name: a list, or one object where the configuration was written so. */
export function blocks(block: Block, name: string): readonly Block[] {
  const value = block.values[name];
  if (isObject(value)) return [{ values: value, unknown: below(block, name) }];
  if (!isList(value)) return [];
  return value.flatMap((member, index) => (isObject(member) ? [{ values: member, unknown: below(block, `${name}.${index}`) }] : []));
}

function below(block: Block, path: string): readonly string[] {
  return block.unknown.flatMap((one) => (one.startsWith(`${path}.`) ? [one.slice(path.length + 1)] : []));
}

/** Whether an argument is set at all, known or not. */
export function isSet(block: Block, name: string): boolean {
  return isUnknown(block, name) || (block.values[name] ?? null) !== null;
}

/** The text of an argument; undefined where it is absent, not known or no text. */
export function text(block: Block, name: string): string | undefined {
  const value = isUnknown(block, name) ? undefined : block.values[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The same with a default for an absent argument: undefined means that it is set and not known. */
export function textOr(block: Block, name: string, fallback: string): string | undefined {
  return isSet(block, name) ? text(block, name) : fallback;
}

/** A number that can be billed: finite and not negative. Undefined where the argument is absent, not known or no such number. */
export function quantity(block: Block, name: string): Decimal | undefined {
  const value = isUnknown(block, name) ? undefined : block.values[name];
  // plus(0) makes 0 of -0, which would print as a negative amount.
  return isNumeric(value) && decimal(value).gte(0) ? decimal(value).plus(0) : undefined;
}

/** The same with a default for an absent argument. */
export function quantityOr(block: Block, name: string, fallback: number): Decimal | undefined {
  return isSet(block, name) ? quantity(block, name) : decimal(fallback);
}

/** A number of things: a quantity without a fraction. */
export function countOr(block: Block, name: string, fallback: number): Decimal | undefined {
  const count = quantityOr(block, name, fallback);
  return count?.isInteger() === true ? count : undefined;
}

/** A switch, off where it is absent; undefined where it is not known. */
export function flag(block: Block, name: string): boolean | undefined {
  if (!isSet(block, name)) return false;
  const value = isUnknown(block, name) ? undefined : block.values[name];
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}

/** A switch that is on where it is absent. */
export function onUnlessOff(block: Block, name: string): boolean | undefined {
  return isSet(block, name) ? flag(block, name) : true;
}

/** Terraform takes `"3"` for 3. */
function isNumeric(value: JsonValue | undefined): value is number | string {
  return typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
}

/** Why an argument cannot be priced, as a sentence without a full stop. */
export function why(block: Block, name: string): string {
  const value = block.values[name] ?? null;
  if (isUnknown(block, name)) return `its ${name} is not known before the apply`;
  return value === null ? `it states no ${name}` : `its ${name} is ${JSON.stringify(value)}, which cannot be billed`;
}
