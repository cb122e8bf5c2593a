/** What was made of a value before, or what is made of it now. Nothing is kept of a value that is gone. */
export function remembered<K extends object, V>(known: WeakMap<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
