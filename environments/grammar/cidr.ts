import { parseRange, type AddressRange } from '../../values/address-range';

/** Ranges wider than these are "the internet" cut into pieces: a /8 is the widest block that one party ever held. */
const widest = { 32: 8, 128: 16 } as const;

/**
 * Why a text is not acceptable as a range from which administrators connect; undefined when it is.
 * The range must be canonical, so that a plan shows the same text as the file.
 */
export function whyNotAdminRange(text: string): string | undefined {
  const range = parseRange(text);
  if (range === undefined)
    return text.includes('/')
      ? 'it is no IPv4 or IPv6 range'
      : 'it has no prefix length; one address is written with /32 (IPv4) or /128 (IPv6)';
  const canonical = formatRange(range);
  if (canonical !== text) return `write it as ${canonical}`;
  if (range.length === 0) return 'it opens SSH to the whole internet';
  return range.length < widest[range.width] ? `it is wider than /${widest[range.width]}, nearly the whole internet` : undefined;
}

function formatRange({ bits, length, width }: AddressRange): string {
  const rest = BigInt(width - length);
  const network = (bits >> rest) << rest;
  return `${width === 32 ? formatFour(network) : formatSix(network)}/${length}`;
}

function formatFour(bits: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((bits >> shift) & 255n)).join('.');
}

/** The text form of RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as `::`. */
function formatSix(bits: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((bits >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  const run = longestZeros(groups);
  if (run.length < 2) return groups.join(':');
  return `${groups.slice(0, run.start).join(':')}::${groups.slice(run.start + run.length).join(':')}`;
}

function longestZeros(groups: readonly string[]): { start: number; length: number } {
  const runs = groups.map((_, start) => ({ start, length: zerosFrom(groups, start) }));
  return runs.reduce((best, run) => (run.length > best.length ? run : best));
}

function zerosFrom(groups: readonly string[], start: number): number {
  const end = groups.findIndex((group, index) => index >= start && group !== '0');
  return (end < 0 ? groups.length : end) - start;
}
