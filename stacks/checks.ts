import type { Problem } from '../values/errors';
import { badName, duplicateAddress, leakedValue } from './errors';

/** A Terraform element of a stack: its address and the construct that makes it. */
export interface Element {
  readonly address: string;
  readonly name: string;
  readonly path: string;
}

/** Addresses that two elements share, and names that Terraform would refuse. */
export function elementProblems(elements: readonly Element[]): Problem[] {
  return [
    ...duplicates(elements),
    ...elements.filter(({ name }) => !terraformName.test(name)).map(({ name, path }) => badName(name, path)),
  ];
}

const terraformName = /^[A-Za-z_][A-Za-z0-9_-]*$/;

function duplicates(elements: readonly Element[]): Problem[] {
  const paths = new Map<string, string[]>();
  for (const { address, path } of elements) paths.set(address, [...(paths.get(address) ?? []), path]);
  return [...paths].filter(([, claimed]) => claimed.length > 1).map(([address, claimed]) => duplicateAddress(address, claimed));
}

/** Texts that are left when a reference was cut, upper-cased, joined or read before Terraform knows it. */
const leakedTexts: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /TfToken\[/i, why: 'a reference was cut or changed' },
  { pattern: /\[object Object\]/, why: 'an object was put into a text' },
  { pattern: /\bundefined\b/, why: 'something undefined was put into a text' },
  { pattern: /\bNaN\b/, why: 'something that is no number was put into a text' },
];

/** What is in each of them, asked first: hardly any text looks like a leak. */
const suspicious = /TfToken\[|\[object Object\]|undefined|NaN/i;

/** CDKTF stands numeric references in by numbers near -1.8e308; arithmetic leaves others of that size. */
const tokenNumber = -1e290;

/**
 * Values in synthesized JSON that no one meant to write, with the path at which they stand.
 * @param literals texts that users wrote themselves, as they stand in the JSON: they may hold any word
 */
export function leaks(value: unknown, path: string, literals: readonly string[] = []): Problem[] {
  if (typeof value === 'string') return textLeaks(value, path, literals);
  if (typeof value === 'number')
    return value < tokenNumber || Number.isNaN(value) ? [leakedValue(path, String(value), 'arithmetic was done on a reference')] : [];
  if (Array.isArray(value)) return value.flatMap((each, index) => leaks(each, `${path}[${index}]`, literals));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => leaks(each, path === '' ? key : `${path}.${key}`, literals));
}

function textLeaks(text: string, path: string, literals: readonly string[]): Problem[] {
  if (!suspicious.test(text)) return [];
  const found = leakedTexts.filter(({ pattern }) => pattern.test(text));
  if (found.length === 0) return [];
  const own = literals.reduce((rest, literal) => (literal === '' ? rest : rest.replaceAll(literal, '')), text);
  return found.filter(({ pattern }) => pattern.test(own)).map(({ pattern, why }) => leakedValue(path, around(own, pattern), why));
}

function around(text: string, pattern: RegExp): string {
  const at = text.search(pattern);
  return JSON.stringify(text.slice(Math.max(0, at - 20), at + 40));
}
