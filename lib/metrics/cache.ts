/** The value stored under `key`, made on first use. */
export function cached<K, T>(store: Map<K, T>, key: K, make: () => T): T {
  const found = store.get(key);
  if (found !== undefined) return found;
  const made = make();
  store.set(key, made);
  return made;
}

/** One value for each of `size` places, made on first use. */
export function slots<T>(size: number): (place: number, make: () => T) => T {
  // All places at once: an array that is filled from its far end becomes a table of hashes.
  const store: (T | undefined)[] = new Array(size).fill(undefined);
  return (place, make) => {
    const found = store[place];
    if (found !== undefined) return found;
    const made = make();
    store[place] = made;
    return made;
  };
}
