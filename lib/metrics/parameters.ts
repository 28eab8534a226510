/** Parameters of the brand file and its packs, looked up for one subject. */
import type { Brand, Parameter } from "../domain/brand.ts";
import { matches, namedParts } from "../domain/match.ts";
import type { Node } from "./census.ts";
import { metricMessage } from "./messages.ts";
import { type Known, known, type NoData, noData } from "./outcome.ts";

/** The brand's own parameter of that name, else the first pack's in the order of their names; null when there is none. */
export function parameterOf(brand: Brand, name: string): Parameter | null {
  const packs = Object.keys(brand.packs).sort();
  const tables = [brand.parameters, ...packs.map((id) => brand.packs[id]?.parameters ?? {})];
  return tables.find((table) => Object.hasOwn(table, name))?.[name] ?? null;
}

/**
 * The first value whose matcher means the subject, else the default; its `source` says where that was set. A shared budget
 * has one only where all its campaigns agree: neither of two targets is true of money that both live on. Naming the budget
 * itself, by `names` or `ids`, settles it.
 */
export function parameterFor(brand: Brand, node: Node, name: string): (Known & { value: number }) | NoData {
  const parameter = parameterOf(brand, name);
  const setFor = (campaign: Node["campaign"], self: Parameters<typeof matches>[2]) =>
    parameter?.values.find((one) => matches(one.match, campaign, self)) ?? parameter?.default ?? null;
  const { holder } = node;
  const shared = holder !== null && holder.owner === "shared" ? namedParts(holder) : null;
  const all =
    shared === null
      ? [setFor(node.campaign, node.entity)]
      : shared.campaigns.map((campaign) => setFor(campaign, shared.self));
  const [set = null] = all;
  if (all.some((one) => one?.value !== set?.value)) {
    return noData(metricMessage("noData.parameterDiffers", { name }));
  }
  if (set === null) return noData(metricMessage("noData.parameterUnset", { name }));
  return { ...known(set.value, set.source), value: set.value };
}
