import { text, type ValueMap } from '../values';

/** An IPv4 range as its first address and its size. */
export interface Range {
  readonly first: number;
  readonly size: number;
  readonly bits: number;
}

/** Reads a range in CIDR notation; undefined where it is none. */
export function rangeOf(cidr: string): Range | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr);
  if (match === null) return undefined;
  const [a, b, c, d, bits] = match.slice(1).map(Number) as [number, number, number, number, number];
  const size = 2 ** (32 - bits);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { first: address - (address % size), size, bits };
}

export function overlaps(a: Range, b: Range): boolean {
  return a.first < b.first + b.size && b.first < a.first + a.size;
}

/** Private ranges (RFC 1918), which VPCs must lie in. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((cidr) => rangeOf(cidr) as Range);

export function isPrivate(range: Range): boolean {
  return PRIVATE.some((allowed) => range.first >= allowed.first && range.first + range.size <= allowed.first + allowed.size);
}

/** The first /20 of 10.0.0.0/8 from 10.100.0.0 on that no VPC has, as the API gives one to a VPC without a range. */
export function freeRange(vpcs: readonly ValueMap[]): string {
  const taken = vpcs.flatMap((vpc) => rangeOf(text(vpc, 'ip_range')) ?? []);
  for (let index = 0; ; index += 1) {
    const cidr = `10.${100 + Math.floor(index / 16)}.${(index % 16) * 16}.0/20`;
    const range = rangeOf(cidr) as Range;
    if (!taken.some((other) => overlaps(range, other))) return cidr;
  }
}

/** An address inside a range for a digest, past the few that DigitalOcean keeps to itself. */
export function addressIn(cidr: string, digest: string): string {
  const range = rangeOf(cidr) ?? (rangeOf('10.100.0.0/20') as Range);
  const address = range.first + 5 + (Number.parseInt(digest.slice(0, 8), 16) % Math.max(1, range.size - 6));
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
