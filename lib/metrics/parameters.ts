/** Parameters of the brand file and its packs, looked up for one subject. */
import type { Brand, Parameter } from "../domain/brand.ts";
import { matches, namedParts } from "../domain/match.ts";
import { cached, slots } from "./cache.ts";
import type { Node } from "./census.ts";
import { metricMessage } from "./messages.ts";
import { type Known, type NoData, noData } from "./outcome.ts";

/** The brand's own parameter of that name, else the first pack's in the order of their names; null when there is none. */
export function parameterOf(brand: Brand, name: string): Parameter | null {
  const packs = Object.keys(brand.packs).sort();
  const tables = [brand.parameters, ...packs.map((id) => brand.packs[id]?.parameters ?? {})];
  return tables.find((table) => Object.hasOwn(table, name))?.[name] ?? null;
}

/** What one parameter is for a subject. */
export type ParameterReader = (node: Node) => (Known & { value: number }) | NoData;

/** Each parameter's values are matched with each subject once. */
export function parametersOf(brand: Brand, size: number): (name: string) => ParameterReader {
  const byName = new Map<string, ParameterReader>();
  return (name) => cached(byName, name, () => parameterReader(brand, size, name));
}

/**
 * The first value whose matcher means the subject, else the default; its `source` says where that was set. A shared budget
 * has one only where all its campaigns agree: neither of two targets is true of money that both live on. Naming the budget
 * itself, by `names` or `ids`, settles it.
 */
function parameterReader(brand: Brand, size: number, name: string): ParameterReader {
  const parameter = parameterOf(brand, name);
  const unset = noData(metricMessage("noData.parameterUnset", { name }));
  const differs = noData(metricMessage("noData.parameterDiffers", { name }));
  const setFor = (campaign: Node["campaign"], self: Parameters<typeof matches>[2]): Value | null =>
    parameter?.values.find((one) => matches(one.match, campaign, self)) ?? parameter?.default ?? null;
  const known = new Map<Value, Known & { value: number }>();
  const read: ParameterReader = (node) => {
    const all = setsFor(node, setFor);
    const [set = null] = all;
    if (all.some((one) => one?.value !== set?.value)) return differs;
    if (set === null) return unset;
    return cached(known, set, () => ({ kind: "known", value: set.value, reason: null, source: set.source }));
  };
  const ofNodes = slots<ReturnType<ParameterReader>>(size);
  return (node) => {
    const found = ofNodes[node.ordinal] ?? read(node);
    ofNodes[node.ordinal] = found;
    return found;
  };
}

type Value = NonNullable<Parameter["default"]>;

/** One, or those of the campaigns that a shared budget feeds. */
function setsFor(
  node: Node,
  setFor: (campaign: Node["campaign"], self: Parameters<typeof matches>[2]) => Value | null,
): (Value | null)[] {
  const { holder } = node;
  if (holder === null || holder.owner !== "shared") return [setFor(node.campaign, node.entity)];
  const { campaigns, self } = namedParts(holder);
  return campaigns.map((campaign) => setFor(campaign, self));
}
