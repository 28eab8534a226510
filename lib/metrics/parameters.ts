/** Parameters of the brand file and its packs, looked up for one subject. */
import type { Brand, Parameter } from "../domain/brand.ts";
import { matches, namedParts } from "../domain/match.ts";
import { namesIn } from "../formulas/text.ts";
import { cached, slots } from "./cache.ts";
import { type Calculated, calculate } from "./calculate.ts";
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
  const readerOf = (name: string): ParameterReader =>
    cached(byName, name, () => {
      const parameter = parameterOf(brand, name);
      const calculated = parameter?.formula;
      const read =
        calculated === undefined
          ? setReader(parameter, name)
          : calculatedReader({ name, unit: parameter?.unit ?? "count", ...calculated }, readerOf);
      return keptReader(read, name, size);
    });
  return readerOf;
}

/** A group that is no subject has what all in it agree on. */
function keptReader(read: ParameterReader, name: string, size: number): ParameterReader {
  const ofNodes = slots<ReturnType<ParameterReader>>(size);
  const one: ParameterReader = (node) => {
    const found = ofNodes[node.ordinal] ?? read(node);
    ofNodes[node.ordinal] = found;
    return found;
  };
  const unset = unsetOf(name);
  return (node) => {
    if (node.parts === undefined) return one(node);
    const all = node.parts.plus.map(one);
    const [first = unset] = all;
    const differs = all.some(
      (other) => other.kind === "known" && first.kind === "known" && other.value !== first.value,
    );
    return all.find(({ kind }) => kind === "noData") ?? (differs ? differsOf(name) : first);
  };
}

function unsetOf(name: string): NoData {
  return noData(metricMessage("noData.parameterUnset", { name }));
}

function differsOf(name: string): NoData {
  return noData(metricMessage("noData.parameterDiffers", { name }));
}

/**
 * The first value whose matcher means the subject, else the default; its `source` says where that was set. A shared budget
 * has one only where all its campaigns agree: neither of two targets is true of money that both live on. Naming the budget
 * itself, by `names` or `ids`, settles it.
 */
function setReader(parameter: Parameter | null, name: string): ParameterReader {
  const [unset, differs] = [unsetOf(name), differsOf(name)];
  const setFor = (campaign: Node["campaign"], self: Parameters<typeof matches>[2]): Value | null =>
    parameter?.values.find((one) => matches(one.match, campaign, self)) ?? parameter?.default ?? null;
  const known = new Map<Value, Known & { value: number }>();
  return (node) => {
    const all = setsFor(node, setFor);
    const [set = null] = all;
    if (all.some((one) => one?.value !== set?.value)) return differs;
    if (set === null) return unset;
    return cached(known, set, () => ({ kind: "known", value: set.value, reason: null, source: set.source }));
  };
}

/** Like what is set by hand, it is 0 or more, and percent at most 100: a factor on it must not turn its meaning round. */
function calculatedReader(
  { name, unit, formula, source }: Calculated & { source: string },
  readerOf: (name: string) => ParameterReader,
): ParameterReader {
  const outOfRange = noData(metricMessage("noData.parameterOutOfRange", { name }));
  const readers = new Map(namesIn(formula).map((input) => [input, readerOf(input)]));
  return (node) => {
    const result = calculate(
      { name, unit, formula },
      (input) => readers.get(input)?.(node) ?? unsetOf(input),
    );
    if (result.kind === "noData") return result;
    if (result.value < 0 || (unit === "percent" && result.value > 100)) return outOfRange;
    return { ...result, source: `${source}; ${result.source}` };
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
