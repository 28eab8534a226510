/** Parameters that many facts take alike: which windows and whose figure are asked in one place. */
import type { Fact } from "./fact.ts";
import { OF, PER } from "./metric-reader.ts";
import { MIN_SETTLED_PERCENT } from "./windows/windows.ts";

/** The same fact with what it takes besides its own. */
export function withSharedParams<F extends Fact>(fact: F): F {
  const params = [...fact.params, ...sharedParams(fact)];
  return { ...fact, params };
}

/** Evidence is one entity's own, and so is what is held against its own target or known for a few windows alone. */
function sharedParams({ kind, about, topic, windows, alone, additive }: Fact): string[] {
  if (kind !== "metric" || windows !== undefined) return [];
  const isOwn = about === "brand" || topic === "evidence" || alone === true;
  return [...(isOwn ? [] : [OF]), ...(additive === true && !isOwn ? [PER] : []), MIN_SETTLED_PERCENT];
}
