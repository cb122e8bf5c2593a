import type { JsonValue } from './types';
import { compareText } from './order';

/** Instance key as Terraform prints it: `[0]`, `["eu"]`. */
export function keyText(key: string | number): string {
  return typeof key === 'number' ? `[${key}]` : `[${JSON.stringify(key)}]`;
}

/** An address without the key of its last step: `digitalocean_droplet.app[0]` without `[0]`. */
function withoutKey(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/, '');
}

/** Finds resources by what an expression calls them. */
export interface AddressBook {
  /** Addresses of the instance, or of all instances where no key is given or the key's instance does not exist. */
  find(base: string, key?: string): readonly string[];
}

/** An address book over these addresses. */
export function addressBook(addresses: readonly string[]): AddressBook {
  const exact = new Set(addresses);
  const byBase = new Map<string, string[]>();
  for (const address of addresses) {
    append(byBase, withoutKey(address), address);
  }
  return {
    find: (base, key) => (key !== undefined && exact.has(base + key) ? [base + key] : (byBase.get(base) ?? [])),
  };
}

/** Adds to the list of a key; copying the list each time would cost the square of its length. */
export function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Each text once, sorted. */
export function sortedSet(texts: Iterable<string>): readonly string[] {
  return [...new Set(texts)].sort(compareText);
}

/** References by attribute, without empty entries, and all of them together. */
export interface References {
  readonly references: readonly string[];
  readonly referencesByAttribute: Readonly<Record<string, readonly string[]>>;
}

/** Gathers references: by attribute from `found`, and `more` (such as `depends_on`) that no attribute holds. */
export function gatherReferences(found: ReadonlyMap<string, readonly string[]>, more: readonly string[], self: string): References {
  const entries = [...found]
    .map(([attribute, addresses]) => [attribute, sortedSet(addresses.filter((address) => address !== self))] as const)
    .filter(([, addresses]) => addresses.length > 0);
  const all = [...entries.flatMap(([, addresses]) => addresses), ...more.filter((address) => address !== self)];
  return { references: sortedSet(all), referencesByAttribute: Object.fromEntries(entries) };
}

/** Every text in a value, however deep. */
export function textsIn(value: JsonValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((member: JsonValue) => textsIn(member));
}
