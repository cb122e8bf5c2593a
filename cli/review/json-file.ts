import type { JsonValue } from '../../analysis/graph';
import { jsonStream } from '../input/json-stream';
import { readingFrom, smallText, standardInput } from '../input/source';

/**
 * Reads a JSON document as a whole.
 * @throws TerraceError that says where it breaks off, or what it is instead
 */
export function readJson(file: string): JsonValue {
  const small = smallText(file);
  const parsed = small === undefined ? undefined : parse(small);
  if (parsed !== undefined) return parsed;
  const shown = file === standardInput ? 'standard input' : file;
  return readingFrom(file, shown, (read) => {
    const stream = jsonStream(read, shown);
    const value = stream.take();
    stream.end();
    return value;
  });
}

/** Undefined for what is no JSON: reading it as a stream tells where it breaks off. */
function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
