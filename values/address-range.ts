/** An address range as numbers: which family, its bits from the left, and how many of them count. */
export interface AddressRange {
  readonly bits: bigint;
  readonly length: number;
  readonly width: 32 | 128;
}

/** A range as it is written, `10.16.0.0/16` or `2001:db8::/32`; undefined for any other text. */
export function parseRange(text: string): AddressRange | undefined {
  const match = /^([0-9a-fA-F.:]+)\/(0|[1-9][0-9]{0,2})$/.exec(text);
  if (match === null) return undefined;
  const [, address = '', length = ''] = match;
  const width = address.includes(':') ? 128 : 32;
  const bits = width === 32 ? parseFour(address) : parseSix(address);
  return bits === undefined || Number(length) > width ? undefined : { bits, length: Number(length), width };
}

function parseFour(address: string): bigint | undefined {
  const parts = address.split('.');
  const fine = parts.length === 4 && parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256);
  return fine ? join(parts.map(Number), 8n) : undefined;
}

function parseSix(address: string): bigint | undefined {
  const halves = address.split('::');
  if (halves.length > 2 || address.includes('.')) return undefined;
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right];
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))
    ? join(
        groups.map((group) => parseInt(group, 16)),
        16n,
      )
    : undefined;
}

function join(parts: readonly number[], size: bigint): bigint {
  return parts.reduce((sum, part) => (sum << size) | BigInt(part), 0n);
}

/**
 * Whether two ranges share an address: as far as the shorter prefix goes, both are the same. Ranges of different families never do.
 * @throws RangeError for a text that is no range
 */
export function rangesOverlap(one: string, other: string): boolean {
  const [first, second] = [rangeOf(one), rangeOf(other)];
  const rest = BigInt(first.width - Math.min(first.length, second.length));
  return first.width === second.width && first.bits >> rest === second.bits >> rest;
}

function rangeOf(text: string): AddressRange {
  const range = parseRange(text);
  if (range === undefined) throw new RangeError(`"${text}" is no range of addresses`);
  return range;
}
