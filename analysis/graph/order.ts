/** Compares by code unit, so that an order never depends on the machine's locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A comparison of things by a text of theirs. */
export function byText<T>(text: (thing: T) => string): (a: T, b: T) => number {
  return (a, b) => compareText(text(a), text(b));
}
