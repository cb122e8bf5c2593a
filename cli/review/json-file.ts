import type { JsonValue } from '../../analysis/graph';
import { jsonStream } from '../input/json-stream';
import { readingFrom, standardInput } from '../input/source';

/**
 * Reads a JSON document as a whole.
 * @throws TerraceError that says where it breaks off, or what it is instead
 */
export function readJson(file: string): JsonValue {
  const shown = file === standardInput ? 'standard input' : file;
  return readingFrom(file, shown, (read) => {
    const stream = jsonStream(read, shown);
    const value = stream.take();
    stream.end();
    return value;
  });
}
