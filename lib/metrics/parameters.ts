/** Parameters of the brand file and its packs, looked up for one subject. */
import type { Brand, Parameter } from "../domain/brand.ts";
import { matches } from "../domain/match.ts";
import type { Node } from "./census.ts";
import { metricMessage } from "./messages.ts";
import { type Known, known, type NoData, noData } from "./outcome.ts";

/** The brand's own parameter of that name, else the first pack's in the order of their names; null when there is none. */
export function parameterOf(brand: Brand, name: string): Parameter | null {
  const packs = Object.keys(brand.packs).sort();
  const tables = [brand.parameters, ...packs.map((id) => brand.packs[id]?.parameters ?? {})];
  return tables.find((table) => Object.hasOwn(table, name))?.[name] ?? null;
}

/** The first value whose matcher means the subject, else the default; its `source` says where that was set. */
export function parameterFor(brand: Brand, node: Node, name: string): (Known & { value: number }) | NoData {
  const parameter = parameterOf(brand, name);
  const fitting = parameter?.values.find((one) => matches(one.match, node.campaign, node.entity));
  const set = fitting ?? parameter?.default ?? null;
  if (set === null) return noData(metricMessage("noData.parameterUnset", { name }));
  return { ...known(set.value, set.source), value: set.value };
}
