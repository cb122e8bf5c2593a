import type { JsonValue } from '../../analysis/graph';
import { jsonBroken, jsonTooDeep } from './errors';
import { scalarText } from '../../values/scalar-text';

/** Fills a part of a buffer and says how many bytes it wrote; 0 at the end. */
export type ReadBytes = (into: Uint8Array, offset: number, length: number) => number;

/**
 * Reads a JSON text forward, once. What is skipped is never built, so that a document may be much larger than what is kept of it.
 * Skipped parts are only held to their brackets and quotes.
 */
export interface JsonStream {
  /** Whether an object comes next. */
  isObject(): boolean;
  /** Whether a list comes next. */
  isList(): boolean;
  /** Whether `null` comes next. */
  isNull(): boolean;
  /** Walks an object. `visit` consumes the value by one call of `object`, `list`, `take` or `skip`. */
  object(visit: (key: string) => void): void;
  /** Walks a list in the same way. */
  list(visit: (index: number) => void): void;
  skip(): void;
  take(): JsonValue;
  /** Holds that nothing follows. */
  end(): void;
}

/** What Terraform writes is a dozen levels deep; deeper than this nobody wrote by hand or by program. */
export const deepest = 250;

const windowSize = 1 << 18;

const [quote, backslash, comma, colon, openBrace, closeBrace, openBracket, closeBracket, letterN] = [34, 92, 44, 58, 123, 125, 91, 93, 110];

/**
 * A stream over bytes in UTF-8. A byte order mark is passed over.
 * @param shown what errors call the document
 * @throws TerraceError CLI_JSON_BROKEN, CLI_JSON_TOO_DEEP
 */
export function jsonStream(read: ReadBytes, shown: string): JsonStream {
  let buffer = Buffer.alloc(windowSize);
  let [start, end, mark, passed, depth] = [0, 0, -1, 0, 0];

  /** Makes more bytes available, keeping those from the mark on. @returns false at the end */
  const more = (): boolean => {
    const keep = mark < 0 ? start : mark;
    if (keep > 0) buffer.copyWithin(0, keep, end);
    [start, end, passed] = [start - keep, end - keep, passed + keep];
    if (mark >= 0) mark = 0;
    if (end === buffer.length) buffer = Buffer.concat([buffer, Buffer.alloc(buffer.length)]);
    const got = read(buffer, end, buffer.length - end);
    end += got;
    return got > 0;
  };
  const broken = (what: string): Error => jsonBroken(shown, what, passed + start + 1);
  const ended = (): Error => jsonBroken(shown, 'it ends in the middle: it was cut off', passed + start);
  const deeper = (): void => {
    depth += 1;
    if (depth > deepest) throw jsonTooDeep(shown, deepest);
  };

  const peek = (): number => {
    for (;;) {
      while (start < end) {
        const byte = buffer[start] ?? 0;
        if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return byte;
        start += 1;
      }
      if (!more()) throw ended();
    }
  };
  const expect = (byte: number, what: string): void => {
    if (peek() !== byte) throw broken(`${what} is missing`);
    start += 1;
  };

  /** Goes past a text whose opening quote is next. @returns whether it is what stands between its quotes: ASCII without escapes */
  const passText = (): boolean => {
    let plain = true;
    start += 1;
    for (;;) {
      while (start < end) {
        const byte = buffer[start] ?? 0;
        start += 1;
        if (byte === quote) return plain;
        if (byte === backslash) {
          plain = false;
          if (start === end && !more()) throw ended();
          start += 1;
        } else if (byte < 32 || byte > 126) plain = false;
      }
      if (!more()) throw ended();
    }
  };
  /** Goes past a number, `true`, `false` or `null`. */
  const passWord = (): void => {
    const isWord = (byte: number): boolean =>
      (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 122) || byte === 43 || byte === 45 || byte === 46 || byte === 69;
    const began = passed + start;
    for (;;) {
      while (start < end && isWord(buffer[start] ?? 0)) start += 1;
      if (start < end || !more()) break;
    }
    if (passed + start === began) throw broken('a value is missing');
  };
  const passGroup = (): void => {
    const outer = depth;
    do {
      const byte = peek();
      if (byte === quote) passText();
      else if (byte === openBrace || byte === openBracket) {
        deeper();
        start += 1;
      } else if (byte === closeBrace || byte === closeBracket) {
        depth -= 1;
        start += 1;
      } else if (byte === comma || byte === colon) start += 1;
      else passWord();
    } while (depth > outer);
  };
  const skip = (): void => {
    const byte = peek();
    if (byte === quote) passText();
    else if (byte === openBrace || byte === openBracket) passGroup();
    else passWord();
  };
  const take = (): JsonValue => {
    const first = peek();
    mark = start;
    const at = passed + start;
    if (first === quote && passText()) {
      const plain = buffer.toString('latin1', mark + 1, start - 1);
      mark = -1;
      return plain;
    }
    if (first !== quote) skip();
    const text = buffer.toString('utf8', mark, start);
    mark = -1;
    try {
      return JSON.parse(text) as JsonValue;
    } catch {
      throw jsonBroken(shown, 'what stands here is not JSON', at + 1);
    }
  };

  const walk = (open: number, close: number, item: (index: number) => void): void => {
    expect(open, `an opening ${String.fromCharCode(open)}`);
    deeper();
    for (let index = 0; peek() !== close; index += 1) {
      if (index > 0) expect(comma, 'a comma');
      item(index);
    }
    start += 1;
    depth -= 1;
  };
  const passMark = (): void => {
    while (end < 3 && more());
    if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) start = 3;
  };
  passMark();

  return {
    isObject: () => peek() === openBrace,
    isList: () => peek() === openBracket,
    isNull: () => peek() === letterN,
    object: (visit) =>
      walk(openBrace, closeBrace, () => {
        if (peek() !== quote) throw broken('a name in quotes is missing');
        const key = scalarText(take());
        expect(colon, 'a colon');
        visit(key);
      }),
    list: (visit) => walk(openBracket, closeBracket, visit),
    skip,
    take,
    end: () => {
      for (;;) {
        while (start < end) {
          const byte = buffer[start] ?? 0;
          if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) throw broken('something follows after the end');
          start += 1;
        }
        if (!more()) return;
      }
    },
  };
}
