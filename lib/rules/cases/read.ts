/** One file of test cases, read and checked, with each case completed from what the file gives for all. */
import type { Day } from "../../domain/day.ts";
import { type JsonFile, type JsonPath, parseJson, valueAt } from "../../domain/json-file.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import { type Checked, type Complaint, checkShape, inFileOrder, reporter } from "../../domain/shape.ts";
import { ENTITY_COLUMNS, REVENUE, type SeriesColumn, SHOP_COLUMNS, SPEND } from "./columns.ts";
import {
  type BeforeCase,
  type BrandCase,
  type CaseFile,
  type EntityFile,
  type Expectation,
  type OtherFile,
  type SeriesFile,
  type TestFileContent,
  testFileSchema,
} from "./schema.ts";
import { parseSeries, type Series } from "./series.ts";

export interface RuleCase {
  name: string;
  index: number;
  line: number;
  day: Day;
  entity: EntityFile;
  series: SeriesFile;
  others: readonly OtherFile[];
  brand: BrandCase;
  /** HH:MM in the brand's zone; null: in the night. */
  at: string | null;
  before: BeforeCase | null;
  expect: Expectation;
}

export interface TestFile {
  path: string;
  json: JsonFile;
  cases: readonly RuleCase[];
  /** Every stage that the file names: the brand of each case knows them all. */
  stages: readonly string[];
}

export function readTestFile(text: string, path: string): Checked<TestFile> {
  const parsed = parseJson(text, path);
  if (!parsed.ok) return parsed;
  const { json } = parsed;
  const shape = checkShape(testFileSchema, json, [], "test");
  if (!shape.ok) return shape;
  const { given, cases: written } = shape.value;
  const cases = written.map((one, index) => completed(given, one, index, json));
  const problems = [...repeatedNames(cases, json), ...cases.flatMap((one) => problemsOf(one, json))];
  if (problems.length > 0) return { ok: false, problems: inFileOrder(problems) };
  const stages = [...new Set(cases.flatMap(stagesOf))];
  return { ok: true, value: { path, json, cases, stages } };
}

/** Where a case's own words stand, or those that the file gives for all; the case itself where neither says. */
export function placeOf(json: JsonFile, index: number, path: JsonPath): JsonPath {
  const places = [
    ["cases", index, ...path],
    ["given", ...path],
  ];
  return places.find((place) => valueAt(json.value, place) !== undefined) ?? ["cases", index];
}

/** The days that a checked series states. */
export function seriesOf(text: string): Series {
  return parseSeries(text) ?? [];
}

function completed(given: TestFileContent["given"], one: CaseFile, index: number, json: JsonFile): RuleCase {
  const { shop: givenShop, ...givenBrand } = given.brand ?? {};
  const { shop: ownShop, ...ownBrand } = one.brand ?? {};
  const shop = ownShop === null ? null : merged(givenShop ?? {}, ownShop);
  const brand: BrandCase = {
    ...givenBrand,
    ...ownBrand,
    ...mergedRecords(givenBrand, ownBrand),
    ...(givenShop || ownShop ? { shop } : {}),
  };
  return {
    name: one.name,
    index,
    line: json.lineAt(["cases", index]),
    day: one.day ?? given.day ?? "",
    entity: mergedEntity(given.entity ?? {}, one.entity ?? {}),
    series: merged(given.series ?? {}, one.series),
    others: one.others ?? given.others ?? [],
    brand,
    at: one.at ?? given.at ?? null,
    before: given.before || one.before ? merged(given.before ?? {}, one.before) : null,
    expect: one.expect,
  };
}

/** A case's own budget replaces the one that is given, of whatever period. */
function mergedEntity({ dailyBudget, lifetimeBudget, ...given }: EntityFile, own: EntityFile): EntityFile {
  if (own.dailyBudget !== undefined || own.lifetimeBudget !== undefined) return { ...given, ...own };
  return {
    ...given,
    ...(dailyBudget !== undefined && { dailyBudget }),
    ...(lifetimeBudget !== undefined && { lifetimeBudget }),
    ...own,
  };
}

const RECORDS = [
  ...(["parameters", "units", "revenueBySource", "otherSpend", "bands", "limits"] as const),
  ...(["metrics", "calendar"] as const),
] as const;

function mergedRecords(given: BrandCase, own: BrandCase): Partial<BrandCase> {
  const named = RECORDS.filter((key) => given[key] !== undefined || own[key] !== undefined);
  return Object.fromEntries(named.map((key) => [key, { ...given[key], ...own[key] }]));
}

function merged<T extends object>(given: T, own: T | undefined): T {
  return { ...given, ...own };
}

function stagesOf({ entity, others, brand }: RuleCase): string[] {
  const named = [entity.stage, ...others.map(({ stage }) => stage), ...Object.keys(brand.bands ?? {})];
  return named.filter((stage) => stage !== undefined);
}

function repeatedNames(cases: readonly RuleCase[], json: JsonFile): ConfigProblem[] {
  const report = reporter(json, "test");
  return cases
    .filter(({ name, index }) => cases.findIndex((one) => one.name === name) !== index)
    .map(({ index }) =>
      report(["cases", index, "name"], {
        code: "duplicateName",
        allowed: "each name once",
        fix: "say what is different about this case",
      }),
    );
}

function problemsOf(one: RuleCase, json: JsonFile): ConfigProblem[] {
  const report = reporter(json, "test");
  const complain = (path: JsonPath, complaint: Complaint) =>
    report(placeOf(json, one.index, path), complaint);
  const problems: ConfigProblem[] = [];
  if (one.day === "") {
    const fix = 'add "day" to the case, or to given for all of them';
    problems.push(complain(["day"], { code: "missing", allowed: "the calendar day of the night", fix }));
  }
  if (one.entity.dailyBudget !== undefined && one.entity.lifetimeBudget !== undefined) {
    const fix = "keep one of dailyBudget and lifetimeBudget";
    problems.push(complain(["entity", "lifetimeBudget"], { code: "notAllowed", allowed: "one budget", fix }));
  }
  const all: [JsonPath, SeriesFile, readonly SeriesColumn[], string][] = [
    [["series"], one.series, ENTITY_COLUMNS, SPEND],
    [["brand", "shop"], one.brand.shop ?? {}, SHOP_COLUMNS, REVENUE],
    ...one.others.map(({ series = {} }, at): [JsonPath, SeriesFile, readonly SeriesColumn[], string] => {
      return [["others", at, "series"], series, ENTITY_COLUMNS, SPEND];
    }),
  ];
  for (const [path, series, columns, leading] of all) {
    const wrong = wrongSeries(series, columns, leading);
    if (wrong !== null) problems.push(complain([...path, wrong.key], wrong.complaint));
  }
  return problems;
}

/** Rows exist for the days on which the leading figure is known, so no other can be known on further ones. */
function wrongSeries(
  series: SeriesFile,
  columns: readonly SeriesColumn[],
  leading: string,
): { key: string; complaint: Complaint } | null {
  const stated = columns.filter(({ key }) => typeof series[key] === "string");
  if (stated.length === 0) return null;
  const first = series[leading];
  if (typeof first !== "string") {
    const allowed = `${leading}, without which nothing else is known of a day`;
    return { key: leading, complaint: { code: "missing", allowed, fix: `add "${leading}"` } };
  }
  const lead = seriesOf(first).toReversed();
  const known = lead.map((day, at) => (day === null ? -1 : at)).filter((at) => at >= 0);
  if (leading === SPEND && known.some((at, index) => index > 0 && at !== (known[index - 1] ?? 0) + 1)) {
    const allowed = "- at the beginning and the end only: an account covers whole stretches of days";
    return {
      key: leading,
      complaint: { code: "notAllowed", allowed, fix: "write 0 for a day without spend" },
    };
  }
  const beyond = stated.find(({ key }) =>
    seriesOf(series[key] ?? "")
      .toReversed()
      .some((day, at) => day !== null && (lead[at] ?? null) === null),
  );
  if (beyond === undefined) return null;
  const allowed = `no days beyond those of ${leading}: all series end yesterday`;
  const fix = `make ${leading} as long, or shorten ${beyond.key}`;
  return { key: beyond.key, complaint: { code: "notAllowed", allowed, fix } };
}
