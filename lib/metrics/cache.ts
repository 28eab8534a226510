/** The value stored under `key`, made on first use. */
export function cached<K, T>(store: Map<K, T>, key: K, make: () => T): T {
  const found = store.get(key);
  if (found !== undefined) return found;
  const made = make();
  store.set(key, made);
  return made;
}
