import type { JsonValue, ResourceNode } from '../../graph';
import { isList, isObject } from '../../graph/json';
import { scalarText } from '../../../values/scalar-text';
import { withoutIndices } from '../change/difference';
import type { Protection, Safe } from './protection';

/** A protection that went down. */
export interface Lowered {
  readonly protection: Protection;
  /** Whether it is certain: not where a value is known only when Terraform runs. */
  readonly certain: boolean;
  /** What it was and what it is, where both are words or figures that can be shown. */
  readonly from?: string;
  readonly to?: string;
}

/** Which of these protections a change lowers. */
export function loweredBy(protections: readonly Protection[], before: ResourceNode, after: ResourceNode): readonly Lowered[] {
  return protections.flatMap((protection) => lowered(protection, before, after));
}

function lowered(protection: Protection, before: ResourceNode, after: ResourceNode): readonly Lowered[] {
  if (protection.unless !== undefined && valuesAt(after.values, protection.unless).length > 0) return [];
  const [was, is] = [valuesAt(before.values, protection.path), valuesAt(after.values, protection.path)];
  const [hadUnknown, hasUnknown] = [isUnknown(before, protection.path), isUnknown(after, protection.path)];
  if (hadUnknown && hasUnknown)
    return JSON.stringify(was) === JSON.stringify(is) || before.unknown.length === 0 ? [] : [{ protection, certain: false }];
  const wasLevel = hadUnknown ? Number.POSITIVE_INFINITY : levelOf(protection.safe, was);
  if (hasUnknown) return wasLevel > 0 && after.configured?.includes(root(protection.path)) === true ? [{ protection, certain: false }] : [];
  const isLevel = levelOf(protection.safe, is, wasLevel);
  return isLevel < wasLevel && !Number.isNaN(isLevel)
    ? [{ protection, certain: !hadUnknown, ...shown('from', protection.safe, was), ...shown('to', protection.safe, is) }]
    : [];
}

function root(path: string): string {
  return path.split('.', 1)[0] ?? path;
}

function isUnknown(node: ResourceNode, path: string): boolean {
  return node.unknown.map(withoutIndices).some((one) => one === path || path.startsWith(`${one}.`));
}

/** How well it protects: more is better. `kept` is what it was before. */
function levelOf(safe: Safe, values: readonly JsonValue[], before = Number.NaN): number {
  switch (safe.kind) {
    case 'present':
      return values.some((value) => value !== null && value !== '') ? 1 : 0;
    case 'on':
      return values.length === 0 ? switchLevel(safe.absent, before, true) : Math.min(...values.map((value) => (isTrue(value) ? 1 : 0)));
    case 'off':
      return values.length === 0 ? switchLevel(safe.absent, before, false) : Math.min(...values.map((value) => (isTrue(value) ? 0 : 1)));
    case 'more':
      return values.length === 0 ? (safe.absent === 'kept' ? before : safe.absent) : Math.min(...values.map(quantityOf));
    case 'measured':
      return values.length === 0 ? before : Math.min(...values.map((value) => safe.measure(scalarText(value)) ?? Number.NaN));
    case 'order':
      return values.length === 0
        ? safe.absent === 'kept'
          ? before
          : safe.worstFirst.indexOf(safe.absent)
        : Math.min(...values.map((value) => safe.worstFirst.indexOf(scalarText(value))));
  }
}

function switchLevel(absent: boolean | 'kept', before: number, safe: boolean): number {
  if (absent === 'kept') return before;
  return absent === safe ? 1 : 0;
}

function isTrue(value: JsonValue): boolean {
  return value === true || value === 'true';
}

const suffixes: Readonly<Record<string, number>> = {
  '': 1,
  s: 1,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};

/** `50`, `"50"`, `10Gi`, `604800s`. 0 and -1 mean "for ever" nowhere in the tables but for logs, where nothing is expired by 0. */
function quantityOf(value: JsonValue): number {
  const [, digits = '', suffix = ''] = /^(-?\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(scalarText(value)) ?? [];
  return digits === '' ? Number.NaN : Number(digits) * (suffixes[suffix] ?? Number.NaN);
}

/** Only what the tables know can be shown: switches, figures, and words in the list. Anything else may be a secret. */
function shown(key: 'from' | 'to', safe: Safe, values: readonly JsonValue[]): Partial<Record<'from' | 'to', string>> {
  const [value] = values;
  if (value === undefined) return { [key]: 'not stated' };
  if (safe.kind === 'on' || safe.kind === 'off') return { [key]: isTrue(value) ? 'on' : 'off' };
  if (safe.kind === 'measured') return safe.measure(scalarText(value)) === undefined ? {} : { [key]: scalarText(value) };
  if (safe.kind === 'order') return safe.worstFirst.includes(scalarText(value)) ? { [key]: scalarText(value) } : {};
  if (safe.kind === 'more') {
    const least = values.reduce((a, b) => (quantityOf(b) < quantityOf(a) ? b : a));
    return Number.isNaN(quantityOf(least)) ? {} : { [key]: scalarText(least) };
  }
  return {};
}

/**
 * Every value at a path. Members of lists count each; those that are switched off (`enabled = false`, `status = "Disabled"`)
 * do not. `#` at the end counts the members.
 */
export function valuesAt(value: JsonValue | undefined, path: string): readonly JsonValue[] {
  return valuesBelow(value, path === '' ? [] : path.split('.'));
}

function valuesBelow(value: JsonValue | undefined, steps: readonly string[]): readonly JsonValue[] {
  const [step, ...rest] = steps;
  if (step === '#') return [isList(value) ? value.length : value === undefined || value === null ? 0 : 1];
  if (isList(value)) return value.filter((member) => !isSwitchedOff(member)).flatMap((member) => valuesBelow(member, steps));
  if (step === undefined) return value === undefined || value === null || value === '' ? [] : [value];
  return isObject(value) ? valuesBelow(value[step], rest) : [];
}

function isSwitchedOff(value: JsonValue): boolean {
  return isObject(value) && (value['enabled'] === false || value['status'] === 'Disabled') && Object.keys(value).length > 1;
}
