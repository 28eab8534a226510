/** From a brand file's text to the resolved brand, or to everything that is wrong with it. */
import type { z } from "zod";
import type {
  Brand,
  BrandAccount,
  CustomMetric,
  GroupMember,
  PackSettings,
  Parameter,
} from "../domain/brand.ts";
import { hashOf } from "../domain/canonical.ts";
import { DomainError } from "../domain/errors.ts";
import type { Formula } from "../domain/formula.ts";
import { type JsonFile, parseJson } from "../domain/json-file.ts";
import { matcherOf } from "../domain/matcher-shape.ts";
import { microsFromMajor, safeMicros } from "../domain/money.ts";
import type { ConfigProblem } from "../domain/problem.ts";
import { checkShape, reporter } from "../domain/shape.ts";
import { parseFormula } from "../formulas/parse.ts";
import { checkBrand, checkLive } from "./check.ts";
import {
  type AccountFile,
  type BrandFile,
  brandFileSchema,
  datasetBrandFileSchema,
  type ParameterFile,
} from "./schema.ts";
import { resolveLimits } from "./settle-limits.ts";

/** Stands for the attribution where the platform offers no choice. */
const AS_SET = "asSet";

/**
 * Where the accounts are: on platforms, as a night needs them, or in a dataset, which may name others, and whose brand file may
 * have any name.
 */
export interface BrandOptions {
  accounts: "live" | "dataset";
}

export type BrandResult = { ok: true; brand: Brand } | { ok: false; problems: ConfigProblem[] };

/**
 * Parses a brand file. `file` is its path as people know it: it stands in every problem and in the source of every setting,
 * and its last part must be the brand's id with `.json`, that of a dataset aside.
 */
export function parseBrand(
  text: string,
  file: string,
  { accounts }: BrandOptions = { accounts: "live" },
): BrandResult {
  const parsed = parseJson(text, file);
  if (!parsed.ok) return parsed;
  const schema = accounts === "live" ? brandFileSchema : datasetBrandFileSchema;
  const checked = checkShape<z.ZodType<BrandFile>>(schema, parsed.json, [], "brand");
  if (!checked.ok) return checked;
  const report = reporter(parsed.json, "brand");
  const problems = [
    ...(accounts === "live" ? checkLive(checked.value, report, file) : []),
    ...checkBrand(checked.value, report),
  ];
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, brand: resolve(checked.value, parsed.json) };
}

function resolve(written: BrandFile, json: JsonFile): Brand {
  const source = (path: string) => `${json.file}: ${path}`;
  return {
    id: written.id,
    name: written.name,
    language: written.language,
    currency: written.currency,
    zone: written.zone,
    mode: written.mode,
    sandbox: written.sandbox,
    accounts: written.accounts.map((account) => resolveAccount(written, account)),
    shop: written.shop ?? null,
    parameters: resolveParameters(written.parameters, (name) => source(`parameters.${name}`)),
    ...resolveGroups(written),
    metrics: Object.fromEntries(
      Object.entries(written.metrics).map(([name, { unit, formula }]): [string, CustomMetric] => [
        name,
        { unit, formula: formulaOf(formula), source: source(`metrics.${name}`) },
      ]),
    ),
    calendar: Object.fromEntries(
      Object.entries(written.calendar).map(([event, occurrences]) => [
        event,
        occurrences.toSorted((one, other) => (one.from < other.from ? -1 : 1)),
      ]),
    ),
    accountStop: written.accountStop,
    handsOff: written.handsOff.map(({ until, by, ...match }) => ({
      match: matcherOf(match),
      until: until ?? null,
      by,
    })),
    people: written.people.map(({ name, slack, role, raiseLimit, dailyRaiseLimit }) => ({
      name,
      slack: slack ?? null,
      role,
      raiseLimitMicros: raiseLimit === undefined ? null : microsFromMajor(raiseLimit),
      dailyRaiseLimitMicros: dailyRaiseLimit === undefined ? null : microsFromMajor(dailyRaiseLimit),
    })),
    slack: written.slack ?? null,
    packs: resolvePacks(written, source),
    ...resolveLimits(written.limits, written.sandbox, (key) => source(`limits.${key}`)),
    hash: hashOf(json.value),
    file: json.file,
  };
}

function resolveGroups({
  groups: { stage = {}, ...groups },
  bands: { stage: stageBands = {}, ...groupBands },
}: BrandFile): Pick<Brand, "stages" | "stageBands" | "groups" | "groupBands"> {
  const members = (partition: BrandFile["groups"][string]): GroupMember[] =>
    Object.entries(partition).map(([name, match]) => ({ name, match: matcherOf(match) }));
  const others = Object.entries(groups).map(([group, partition]) => [group, members(partition)] as const);
  return { stages: members(stage), stageBands, groups: Object.fromEntries(others), groupBands };
}

/** `checkBrand` has made sure that the conversion has a name on the account's platform. */
function resolveAccount(
  written: BrandFile,
  { platform, id, conversion: name = written.conversions.primary, attribution = AS_SET }: AccountFile,
): BrandAccount {
  const named = Object.fromEntries(
    Object.entries(written.conversions).flatMap(([one, names]) => {
      const own = typeof names === "object" ? names[platform] : undefined;
      return own === undefined ? [] : [[one, [own].flat()]];
    }),
  );
  return { platform, accountId: id, conversions: named[name] ?? [], attribution, conversion: name, named };
}

function resolvePacks(written: BrandFile, source: (path: string) => string): Record<string, PackSettings> {
  return Object.fromEntries(
    Object.entries(written.packs).map(([id, { off, modes, parameters }]): [string, PackSettings] => {
      const resolved = resolveParameters(parameters ?? {}, (name) =>
        source(`packs.${id}.parameters.${name}`),
      );
      return [id, { off: off ?? [], modes: modes ?? {}, parameters: resolved }];
    }),
  );
}

function resolveParameters(
  written: Readonly<Record<string, ParameterFile>>,
  sourceOf: (name: string) => string,
): Record<string, Parameter> {
  return Object.fromEntries(
    Object.entries(written).map(
      ([name, { unit, default: fallback, values, formula }]): [string, Parameter] => {
        const amount = (value: number) => (unit === "money" ? safeMicros(microsFromMajor(value)) : value);
        const source = sourceOf(name);
        return [
          name,
          {
            unit,
            default: fallback === undefined ? null : { value: amount(fallback), source: `${source}.default` },
            values: (values ?? []).map(({ value, ...match }, index) => {
              return { match: matcherOf(match), value: amount(value), source: `${source}.values[${index}]` };
            }),
            ...(formula !== undefined && {
              formula: { formula: formulaOf(formula), source: `${source}.formula` },
            }),
          },
        ];
      },
    ),
  );
}

/** `checkBrand` has read it before. */
function formulaOf(text: string): Formula {
  const parsed = parseFormula(text);
  if (parsed.ok) return parsed.formula;
  throw new DomainError("brand.formulaUnchecked", text);
}
