/** The log's table in memory, for simulation: same contract, nothing survives the process. */
import type { BrandSummary, ControlStop, LogStore, StoredEntry } from "./store.ts";

export function memoryStore(): LogStore {
  const logs = new Map<string, Map<number, StoredEntry>>();
  const summaries = new Map<string, BrandSummary>();
  const stops = new Map<string, ControlStop>();
  const claims = new Map<string, string>();
  const logOf = (brand: string) => logs.get(brand) ?? new Map<number, StoredEntry>();

  return {
    async put(brand, entry) {
      const log = logOf(brand);
      logs.set(brand, log);
      if (log.has(entry.position)) return "taken";
      log.set(entry.position, { ...entry });
      return "appended";
    },
    async get(brand, position) {
      return structuredClone(logOf(brand).get(position) ?? null);
    },
    async read(brand, from) {
      const entries = [...logOf(brand).values()].filter((entry) => entry.position >= from);
      return structuredClone(entries.sort((left, right) => left.position - right.position));
    },
    async latest(brand) {
      const log = logOf(brand);
      return structuredClone(log.get(Math.max(0, ...log.keys())) ?? null);
    },
    async claim(accountKey, brand) {
      const owner = claims.get(accountKey) ?? brand;
      claims.set(accountKey, owner);
      return owner;
    },
    async putSummary(summary) {
      if ((summaries.get(summary.brand)?.head.position ?? 0) > summary.head.position) return;
      summaries.set(summary.brand, structuredClone(summary));
    },
    async summary(brand) {
      return structuredClone(summaries.get(brand) ?? null);
    },
    async summaries() {
      return inKeyOrder(summaries);
    },
    async putControlStop(stop) {
      stops.set(stop.scope, structuredClone(stop));
    },
    async deleteControlStop(scope) {
      stops.delete(scope);
    },
    async controlStops() {
      return inKeyOrder(stops);
    },
  };
}

/** The order in which the table returns a partition: by key, code unit by code unit. */
function inKeyOrder<T>(rows: ReadonlyMap<string, T>): T[] {
  const sorted = [...rows].sort(([left], [right]) => (left < right ? -1 : 1));
  return structuredClone(sorted.map(([, row]) => row));
}
