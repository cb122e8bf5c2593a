import { unknownName } from './errors';

/** A function from a key to its row, with an error that proposes the nearest key. */
export function lookup<Row>(kind: string, rows: readonly Row[], key: (row: Row) => string): (given: string) => Row {
  const byKey = new Map(rows.map((row) => [key(row), row]));
  return (given) => {
    const row = byKey.get(given);
    if (row === undefined) throw unknownName(kind, given, [...byKey.keys()]);
    return row;
  };
}

/** Compares by each key in turn; strings by code unit, so that the order does not depend on a locale. */
export function by<Row>(...keys: readonly ((row: Row) => number | string)[]): (a: Row, b: Row) => number {
  return (a, b) => {
    for (const key of keys) {
      if (key(a) < key(b)) return -1;
      if (key(a) > key(b)) return 1;
    }
    return 0;
  };
}
