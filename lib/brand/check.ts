/** What a brand file must fulfil across its keys. Each check returns its problems; none stops another. */
import type { JsonPath } from "../domain/json-file.ts";
import type { ConfigProblem } from "../domain/problem.ts";
import { type Reporter, unknownWord } from "../domain/shape.ts";
import { checkDesk } from "./check-desk.ts";
import { checkFormulas, checkNames, everyParameter } from "./check-formulas.ts";
import { checkBands, checkCalendar, checkPartitions } from "./check-groups.ts";
import type { BrandFile } from "./schema.ts";
import { leastShadowNights, resolveLimits } from "./settle-limits.ts";

type Check = (brand: BrandFile, report: Reporter) => ConfigProblem[];

const CHECKS: readonly Check[] = [
  checkAccounts,
  checkConversions,
  checkRepeatedConversions,
  checkParameters,
  checkMargin,
  checkFormulas,
  checkNames,
  checkPartitions,
  checkBands,
  checkCalendar,
  checkLimits,
  checkDesk,
];

export function checkBrand(brand: BrandFile, report: Reporter): ConfigProblem[] {
  return CHECKS.flatMap((check) => check(brand, report));
}

/** What besides must hold for a brand that nights read and change. */
export function checkLive(brand: BrandFile, report: Reporter, file: string): ConfigProblem[] {
  return [...checkFileName(brand, report, file), ...checkCounted(brand, report)];
}

/** A copied file with an old id would run two brands on one log. */
function checkFileName(brand: BrandFile, report: Reporter, file: string): ConfigProblem[] {
  const base = file.split(/[\\/]/).at(-1) ?? "";
  if (base === `${brand.id}.json`) return [];
  return [
    report(["id"], {
      code: "fileName",
      allowed: `the file's own name, ${base.replace(/\.json$/, "")}`,
      fix: "rename the file or change the id",
    }),
  ];
}

function checkAccounts(brand: BrandFile, report: Reporter): ConfigProblem[] {
  return brand.accounts.flatMap((account, index) => {
    const problems: ConfigProblem[] = [];
    const same = (other: { platform: string; id: string }) =>
      other.platform === account.platform && other.id === account.id;
    if (brand.accounts.findIndex(same) !== index) {
      problems.push(
        report(["accounts", index, "id"], {
          code: "duplicateAccount",
          allowed: "each account once",
          fix: "remove one of the two",
        }),
      );
    }
    for (const key of ["currency", "zone"] as const) {
      const own = account[key];
      if (own === undefined || own === brand[key]) continue;
      const fix = `the brand has ${brand[key]} and this account ${own}: a brand has one ${key}, so make two brands of it`;
      problems.push(
        report(["accounts", index, key], {
          code: `two${key === "zone" ? "Zones" : "Currencies"}`,
          allowed: brand[key],
          fix,
        }),
      );
    }
    return problems;
  });
}

function checkConversions(brand: BrandFile, report: Reporter): ConfigProblem[] {
  const known = Object.keys(brand.conversions).filter((name) => name !== "primary");
  const named: [JsonPath, string][] = [[["conversions", "primary"], brand.conversions.primary]];
  for (const [index, { conversion }] of brand.accounts.entries()) {
    if (conversion !== undefined) named.push([["accounts", index, "conversion"], conversion]);
  }
  return named
    .filter(([, name]) => !known.includes(name))
    .map(([path, name]) => report(path, unknownWord("unknownConversion", name, known)));
}

/** What an account counts must have a name on its platform: an account without conversions would look hopeless. */
function checkCounted(brand: BrandFile, report: Reporter): ConfigProblem[] {
  const seen = new Set<string>();
  return brand.accounts.flatMap(({ platform, id, conversion }) => {
    const name = conversion ?? brand.conversions.primary;
    const named = conversionOf(brand, name);
    const key = `${name} ${platform}`;
    if (named === null || named[platform] !== undefined || seen.has(key)) return [];
    seen.add(key);
    return [
      report(["conversions", name, platform], {
        code: "missing",
        allowed: `what ${platform} calls it, as account ${id} counts ${name}`,
        fix: `add "${platform}" to conversions.${name}, or name another conversion at the account`,
      }),
    ];
  });
}

function checkRepeatedConversions(brand: BrandFile, report: Reporter): ConfigProblem[] {
  return Object.keys(brand.conversions).flatMap((name) =>
    Object.entries(conversionOf(brand, name) ?? {}).flatMap(([platform, own]) => {
      const list = [own ?? []].flat();
      return list.flatMap((one, index) =>
        list.indexOf(one) === index
          ? []
          : [
              report(["conversions", name, platform, index], {
                code: "duplicateConversion",
                allowed: "each conversion once",
                fix: "remove one of the two",
              }),
            ],
      );
    }),
  );
}

function conversionOf(
  brand: BrandFile,
  name: string,
): Readonly<Record<string, string | string[] | undefined>> | null {
  const conversion = Object.hasOwn(brand.conversions, name) ? brand.conversions[name] : undefined;
  return typeof conversion === "object" ? conversion : null;
}

function checkParameters(brand: BrandFile, report: Reporter): ConfigProblem[] {
  return everyParameter(brand).flatMap(([path, , { unit, default: fallback, values, formula }]) => {
    const isSet = fallback !== undefined || values !== undefined;
    if (!isSet && formula === undefined) {
      return [
        report(path, { code: "missing", allowed: "a default, values, or a formula", fix: "add default" }),
      ];
    }
    if (isSet && formula !== undefined) {
      const fix = "remove the formula, or the default and the values";
      return [
        report([...path, "formula"], {
          code: "notAllowed",
          allowed: "a formula, or default and values",
          fix,
        }),
      ];
    }
    if (unit !== "percent") return [];
    const numbers: [JsonPath, number | undefined][] = [
      [[...path, "default"], fallback],
      ...(values ?? []).map(({ value }, index): [JsonPath, number] => [
        [...path, "values", index, "value"],
        value,
      ]),
    ];
    return numbers
      .filter(([, number]) => number !== undefined && number > 100)
      .map(([at]) =>
        report(at, { code: "outOfRange", allowed: "0 to 100", fix: "write percent as 0 to 100" }),
      );
  });
}

/** MER floor and alarm divide by these, so a share written as percent or a profit above the margin must not pass. */
function checkMargin(brand: BrandFile, report: Reporter): ConfigProblem[] {
  const margin = brand.parameters.contributionMargin?.default;
  const profit = brand.parameters.wantedProfit?.default;
  if (margin !== undefined && (margin <= 0 || margin > 1)) {
    const fix = "write the margin as a share, for instance 0.5 for 50 %";
    return [
      report(["parameters", "contributionMargin", "default"], {
        code: "outOfRange",
        allowed: "above 0, at most 1",
        fix,
      }),
    ];
  }
  if (margin === undefined || profit === undefined || profit < margin) return [];
  const fix = `want less profit than the contribution margin of ${margin} leaves`;
  return [
    report(["parameters", "wantedProfit", "default"], {
      code: "outOfRange",
      allowed: `under ${margin}`,
      fix,
    }),
  ];
}

function checkLimits(brand: BrandFile, report: Reporter): ConfigProblem[] {
  const { limits } = resolveLimits(brand.limits, brand.sandbox, String);
  const problems: ConfigProblem[] = [];
  const least = leastShadowNights(brand.sandbox);
  if (limits.shadowNights < least) {
    const fix = "let new rules run in shadow first; only sandbox brands may skip it";
    problems.push(
      report(["limits", "shadowNights"], { code: "outOfRange", allowed: `at least ${least}`, fix }),
    );
  }
  if (limits.nightFrom >= limits.nightTo) {
    const fix = "end the night window after its start, on the same day";
    problems.push(
      report(["limits", "nightTo"], {
        code: "outOfRange",
        found: `${limits.nightFrom} to ${limits.nightTo}`,
        allowed: `after ${limits.nightFrom}`,
        fix,
      }),
    );
  }
  const { dailyFloorMicros: floor, dailyCeilingMicros: ceiling } = limits;
  if (floor !== null && ceiling !== null && floor > ceiling) {
    problems.push(
      report(["limits", "dailyFloor"], {
        code: "outOfRange",
        allowed: "at most dailyCeiling",
        fix: "put the floor below the ceiling",
      }),
    );
  }
  return problems;
}
