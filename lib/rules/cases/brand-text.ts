/** The brand of a case as a brand file would have it, so that it is checked and settled like any other. */
import type { JsonFile, JsonPath } from "../../domain/json-file.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import { type Checked, reporter, unknownWord } from "../../domain/shape.ts";
import { placeOf, type RuleCase } from "./read.ts";
import { CASE_BRAND, CASE_ZONE, type CaseNight } from "./snapshot.ts";

const USUAL_CURRENCY = "EUR";

/** One budget is the whole of a case's night, so that its raise is no share of anything. */
const USUAL_LIMITS = { nightlyRaisePercent: 50 };

/** Nothing has this id. */
const NOBODY = "nobody";

/** Units of the parameters that are known by name, those of the rule's pack apart from the brand's own. */
export interface KnownUnits {
  pack: string;
  ofBrand: Readonly<Record<string, string>>;
  ofPack: Readonly<Record<string, string>>;
}

export function currencyOf({ brand }: RuleCase): string {
  return brand.currency ?? USUAL_CURRENCY;
}

/** @returns the brand file's text, or the parameters whose unit nobody knows. */
export function brandTextOf(
  one: RuleCase,
  night: Pick<CaseNight, "snapshot" | "campaigns">,
  known: KnownUnits,
  file: { json: JsonFile; stages: readonly string[] },
): Checked<string> {
  const problems: ConfigProblem[] = [];
  const own: [string, object][] = [];
  const ofPack: [string, object][] = [];
  for (const [name, value] of Object.entries(one.brand.parameters ?? {})) {
    const isOfPack = Object.hasOwn(known.ofPack, name);
    const unit = known.ofPack[name] ?? known.ofBrand[name] ?? one.brand.units?.[name];
    if (unit === undefined) problems.push(unknownUnit(name, one, known, file.json));
    else if (value !== null) (isOfPack ? ofPack : own).push([name, { unit, default: value }]);
    // It must have a name to be asked for, and a value for nobody.
    else if (known.ofBrand[name] === undefined)
      (isOfPack ? ofPack : own).push([name, { unit, values: [{ ids: [NOBODY], value: 0 }] }]);
  }
  if (problems.length > 0) return { ok: false, problems };
  const stage = file.stages.map((stageName): [string, object] => {
    const ids = night.campaigns.filter((campaign) => campaign.stage === stageName).map(({ id }) => id);
    return [stageName, { ids: ids.length === 0 ? [NOBODY] : ids }];
  });
  const bands = Object.entries(one.brand.bands ?? {}).filter(([, band]) => band !== null);
  const text = JSON.stringify({
    id: CASE_BRAND,
    name: "Test brand",
    sandbox: true,
    mode: "propose",
    currency: currencyOf(one),
    zone: CASE_ZONE,
    accounts: night.snapshot.accounts.map(({ platform, accountId }) => ({ platform, id: accountId })),
    ...(night.snapshot.shop !== null && { shop: { source: "csv", file: "shop.csv" } }),
    parameters: Object.fromEntries(own),
    groups: { stage: Object.fromEntries(stage) },
    bands: { stage: Object.fromEntries(bands) },
    limits: { ...USUAL_LIMITS, ...one.brand.limits },
    packs: { [known.pack]: { parameters: Object.fromEntries(ofPack) } },
  });
  return { ok: true, value: text };
}

/** A problem of that brand file, told where the test file says it. */
export function toldInTest(problem: ConfigProblem, one: RuleCase, json: JsonFile): ConfigProblem {
  const parts = problem.path.split(".");
  const from = parts.findIndex((part) => SECTIONS.includes(part));
  const section = parts[from];
  const name = section === "bands" ? parts[from + 2] : parts[from + 1];
  const path: JsonPath = ["brand", ...[section, name].filter((part) => part !== undefined)];
  const { code, found, allowed, fix } = problem;
  const told = reporter(json, "test")(placeOf(json, one.index, path), { code, found, allowed, fix });
  return { ...told, code };
}

const SECTIONS: readonly string[] = ["parameters", "limits", "bands", "currency"];

function unknownUnit(name: string, one: RuleCase, known: KnownUnits, json: JsonFile): ConfigProblem {
  const names = [...Object.keys(known.ofPack), ...Object.keys(known.ofBrand)];
  const complaint = unknownWord("unknownParameter", name, names);
  const slip = complaint.fix.startsWith("did you mean");
  const fix = slip ? complaint.fix : `say its unit: "units": { "${name}": "money" }`;
  const path = placeOf(json, one.index, ["brand", "parameters", name]);
  return reporter(json, "test")(path, { ...complaint, fix });
}
