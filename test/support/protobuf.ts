/** Fields of `GetProviderSchema.Response`: the schemas of resources and of data sources, by name. */
const byType = [2, 3];

/**
 * The answer of a provider about its schema without the resources and data sources of other types, cut out of the bytes: decoding
 * all of it takes as long as what is to be saved.
 */
export function within(schema: Buffer, types: ReadonlySet<string>): Buffer {
  const kept = fieldsOf(schema).filter(({ field, body }) => !byType.includes(field) || types.has(keyOf(body)));
  return Buffer.concat(kept.map(({ bytes }) => bytes));
}

interface Field {
  readonly field: number;
  /** Of a field with a length, what is in it. */
  readonly body: Buffer;
  /** With number and length. */
  readonly bytes: Buffer;
}

/** The fields of a message that has none but numbers of any size and what has a length. */
function fieldsOf(message: Buffer): readonly Field[] {
  const found: Field[] = [];
  for (let at = 0; at < message.length;) {
    const tag = varint(message, at);
    const value = varint(message, tag.next);
    const end = (tag.value & 7) === 2 ? value.next + value.value : value.next;
    found.push({ field: tag.value >> 3, body: message.subarray(value.next, end), bytes: message.subarray(at, end) });
    at = end;
  }
  return found;
}

/** The key of an entry of a map. */
function keyOf(entry: Buffer): string {
  return (
    fieldsOf(entry)
      .find(({ field }) => field === 1)
      ?.body.toString('utf8') ?? ''
  );
}

function varint(bytes: Buffer, from: number): { readonly value: number; readonly next: number } {
  let [value, next, shift] = [0, from, 0];
  for (let byte = 0x80; (byte & 0x80) !== 0; shift += 7, next += 1) {
    byte = bytes[next] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
  }
  return { value, next };
}
