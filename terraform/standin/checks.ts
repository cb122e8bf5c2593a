import { isIPv4, isIPv6 } from 'node:net';
import type { Check } from './schema';
import { isMap, type Value } from './values';

/** Spaces and engines differ in what they accept; these are the provider's own patterns. */
const TAG = /^[a-zA-Z0-9:\-_]{1,255}$/;
const KEYSPACE_EVENTS = /^[KEg$lshzxeA]*$/;
const TAG_RULE = 'tags may contain lowercase letters, numbers, colons, dashes, and underscores; there is a limit of 255 characters per tag';

type Fault = string | false;

/**
 * What is wrong with a known value, in the provider's words; nothing where all is well.
 * @param name - the attribute's path, as messages name it: `forwarding_rule.0.entry_port`
 */
export function faults(check: Check, name: string, value: Value): readonly string[] {
  const text = String(value as string | number | boolean);
  const found: readonly Fault[] = [
    check.notZero === true && (value === '' ? `${name} must not be empty, got ` : value === 0 && `${name} must not be zero, got 0`),
    check.notEmpty === true && value === '' && `expected "${name}" to not be an empty string, got `,
    check.oneOf !== undefined && !isOneOf(check, value) && `expected ${name} to be one of [${check.oneOf.join(' ')}], got ${text}`,
    check.between !== undefined &&
      !within(check.between, Number(value)) &&
      `expected ${name} to be in the range (${range(check.between)}), got ${text}`,
    check.atLeast !== undefined && Number(value) < check.atLeast && `expected ${name} to be at least (${check.atLeast}), got ${text}`,
    check.length !== undefined &&
      !within(check.length, text.length) &&
      `expected length of ${name} to be in the range (${range(check.length)}), got ${text}`,
    check.format !== undefined && formats[check.format](name, value, text),
  ];
  return found.filter((fault) => fault !== false);
}

const formats: Readonly<Record<NonNullable<Check['format']>, (name: string, value: Value, text: string) => Fault>> = {
  ipv4: (name, _, text) => !isIPv4(text) && `expected ${name} to contain a valid IPv4 address, got: ${text}`,
  ipv6: (name, _, text) => !isIPv6(text) && `expected ${name} to contain a valid IPv6 address, got: ${text}`,
  cidr: (name, _, text) => !isCidr(text) && `expected "${name}" to be a valid IPv4 Value, got ${text}: invalid CIDR address: ${text}`,
  tag: (_name, _, text) => !TAG.test(text) && TAG_RULE,
  json: (name, _, text) => !isJson(text) && `"${name}" contains an invalid JSON: ${text.slice(0, 80)}`,
  date: (_name, _, text) => !isDate(text) && `"${text}" cannot be parsed as RFC3339 Timestamp Format`,
  'lowercase-keys': (_name, value) => upperKey(value),
  uint64: (_name, _, text) => !/^\d+$/.test(text) && 'Invalid unsigned integer',
  int64: (_name, _, text) => !/^-?\d+$/.test(text) && 'Invalid integer',
  'keyspace-events': (name, _, text) =>
    !KEYSPACE_EVENTS.test(text) && `invalid value for ${name} (must only contain: K, E, g, $, l, s, h, z, x, e, A)`,
};

function isOneOf(check: Check, value: Value): boolean {
  const same = (allowed: string | number): boolean =>
    allowed === value || (check.ignoreCase === true && String(allowed).toLowerCase() === String(value as string).toLowerCase());
  return (check.oneOf ?? []).some(same);
}

function within([low, high]: readonly [number, number], value: number): boolean {
  return value >= low && value <= high;
}

function range([low, high]: readonly [number, number]): string {
  return `${low} - ${high}`;
}

function isCidr(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  if (address === undefined || bits === undefined || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(bits)) return false;
  return isIPv4(address) ? Number(bits) <= 32 : isIPv6(address) && Number(bits) <= 128;
}

function isJson(text: string): boolean {
  // The provider lets the empty string pass.
  if (text === '') return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

function upperKey(value: Value): Fault {
  const key = isMap(value) ? Object.keys(value).find((name) => name !== name.toLowerCase()) : undefined;
  return key !== undefined && `Metadata must be lowercase only. Offending key: "${key}"`;
}
