/** The value stored under `key`, made on first use. */
export function cached<K, T>(store: Map<K, T>, key: K, make: () => T): T {
  const found = store.get(key);
  if (found !== undefined) return found;
  const made = make();
  store.set(key, made);
  return made;
}

/** A place for each of `size` values: an array that is filled from its far end would become a table of hashes. */
export function slots<T>(size: number): (T | undefined)[] {
  return new Array(size).fill(undefined);
}
