/** The brand of a case as a brand file would have it, so that it is checked and settled like any other. */
import type { JsonFile, JsonPath } from "../../domain/json-file.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import { type Checked, reporter, unknownWord } from "../../domain/shape.ts";
import { platformIds } from "../../platforms/index.ts";
import { placeOf, type RuleCase } from "./read.ts";
import type { OtherFile } from "./schema.ts";
import { CASE_BRAND, CASE_ZONE, type CaseNight } from "./snapshot.ts";

const USUAL_CURRENCY = "EUR";

/** One budget is the whole of a case's night, so that its raise is no share of anything. */
const USUAL_LIMITS = { nightlyRaisePercent: 50 };

/** What a case without a word on it counts. */
const PRIMARY = "purchase";

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
  night: Pick<CaseNight, "snapshot" | "placed">,
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
  const stage = file.stages.map((stageName): [string, object] => [
    stageName,
    campaignsOf(night, (entity) => entity.stage === stageName),
  ]);
  const names = night.snapshot.accounts.flatMap(({ claims = [] }) =>
    claims.map((key) => key.split("/")[0] ?? ""),
  );
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
    ...(names.length > 0 && { conversions: conversionsOf(names) }),
    groups: { ...otherGroups(night), stage: Object.fromEntries(stage) },
    bands: { stage: Object.fromEntries(bands) },
    ...(one.brand.metrics !== undefined && { metrics: one.brand.metrics }),
    ...(one.brand.calendar !== undefined && { calendar: one.brand.calendar }),
    ...(one.brand.accountStop !== undefined && { accountStop: one.brand.accountStop }),
    limits: { ...USUAL_LIMITS, ...one.brand.limits },
    packs: { [known.pack]: { parameters: Object.fromEntries(ofPack) } },
  });
  return { ok: true, value: text };
}

type Night = Pick<CaseNight, "placed">;

function campaignsOf({ placed }: Night, isMeant: (entity: OtherFile) => boolean): { ids: string[] } {
  const ids = [...new Set(placed.filter(({ file }) => isMeant(file)).map(({ campaignId }) => campaignId))];
  return { ids: ids.length === 0 ? [NOBODY] : ids };
}

/** Partitions beside the funnel's stages, with the members that the case's entities are in. */
function otherGroups(night: Night): Record<string, object> {
  const told = night.placed.flatMap(({ file }) => Object.entries(file.groups ?? {}));
  return Object.fromEntries(
    [...Map.groupBy(told, ([group]) => group)].map(([group, all]) => {
      const members = [...new Set(all.map(([, member]) => member))];
      return [
        group,
        Object.fromEntries(
          members.map((member) => [member, campaignsOf(night, ({ groups }) => groups?.[group] === member)]),
        ),
      ];
    }),
  );
}

/** Each conversion under its own name on every platform; the primary one is counted in the plain columns. */
function conversionsOf(names: readonly string[]): Record<string, unknown> {
  const own = Object.fromEntries(platformIds.map((id) => [id, id]));
  const all = [PRIMARY, ...names].map((name) => [name, own] as const);
  return { ...Object.fromEntries(all), primary: PRIMARY };
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

const SECTIONS: readonly string[] = [
  ...["parameters", "limits", "bands", "currency"],
  ...["metrics", "calendar", "accountStop"],
];

function unknownUnit(name: string, one: RuleCase, known: KnownUnits, json: JsonFile): ConfigProblem {
  const names = [...Object.keys(known.ofPack), ...Object.keys(known.ofBrand)];
  const complaint = unknownWord("unknownParameter", name, names);
  const slip = complaint.fix.startsWith("did you mean");
  const fix = slip ? complaint.fix : `say its unit: "units": { "${name}": "money" }`;
  const path = placeOf(json, one.index, ["brand", "parameters", name]);
  return reporter(json, "test")(path, { ...complaint, fix });
}
