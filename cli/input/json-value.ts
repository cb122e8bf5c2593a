import type { JsonObject, JsonValue } from '../../analysis/graph';
import { jsonTooDeep } from './errors';
import { deepest, type JsonStream } from './json-stream';

/** A value that was read as a whole, walked like a stream: for small documents, which that reads faster. @throws TerraceError CLI_JSON_TOO_DEEP */
export function valueStream(value: JsonValue, shown: string): JsonStream {
  let current = value;
  let depth = 0;
  const assertShallow = (one: JsonValue, level: number): void => {
    if (typeof one !== 'object' || one === null) return;
    if (level >= deepest) throw jsonTooDeep(shown, deepest);
    for (const member of Object.values(one)) assertShallow(member as JsonValue, level + 1);
  };
  const walk = <K>(members: Iterable<readonly [K, JsonValue]>, visit: (key: K) => void): void => {
    depth += 1;
    if (depth > deepest) throw jsonTooDeep(shown, deepest);
    for (const [key, member] of members) {
      current = member;
      visit(key);
    }
    depth -= 1;
  };
  return {
    isObject: () => typeof current === 'object' && current !== null && !Array.isArray(current),
    isList: () => Array.isArray(current),
    isNull: () => current === null,
    object: (visit) => walk(Object.entries(current as JsonObject), visit),
    list: (visit) => walk((current as readonly JsonValue[]).entries(), visit),
    skip: () => undefined,
    take: () => {
      assertShallow(current, depth);
      return current;
    },
    end: () => undefined,
  };
}
