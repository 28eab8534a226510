/** What a brand file must fulfil across its keys. Each check returns its problems; none stops another. */
import type { JsonPath } from "../domain/json-file.ts";
import type { ConfigProblem } from "../domain/problem.ts";
import { type Reporter, unknownWord } from "../domain/shape.ts";
import { checkDesk } from "./check-desk.ts";
import type { BrandFile, ParameterFile } from "./schema.ts";
import { leastShadowNights, resolveLimits } from "./settle-limits.ts";

type Check = (brand: BrandFile, report: Reporter) => ConfigProblem[];

const CHECKS: readonly Check[] = [
  checkAccounts,
  checkConversions,
  checkRepeatedConversions,
  checkParameters,
  checkMargin,
  checkBands,
  checkPacks,
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
  return everyParameter(brand).flatMap(([path, { unit, default: fallback, values }]) => {
    if (fallback === undefined && values === undefined) {
      return [report(path, { code: "missing", allowed: "a default, values, or both", fix: "add default" })];
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

function everyParameter(brand: BrandFile): [JsonPath, ParameterFile][] {
  const own = Object.entries(brand.parameters).map(([name, one]): [JsonPath, ParameterFile] => [
    ["parameters", name],
    one,
  ]);
  const packed = Object.entries(brand.packs).flatMap(([id, { parameters }]) =>
    Object.entries(parameters ?? {}).map(([name, one]): [JsonPath, ParameterFile] => [
      ["packs", id, "parameters", name],
      one,
    ]),
  );
  return [...own, ...packed];
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

function checkBands(brand: BrandFile, report: Reporter): ConfigProblem[] {
  const stages = Object.keys(brand.groups.stage ?? {});
  const bands = Object.entries(brand.bands.stage ?? {});
  const problems = bands.flatMap(([stage, [low, high]]) => {
    const path = ["bands", "stage", stage];
    if (!stages.includes(stage)) return [report(path, unknownWord("unknownStage", stage, stages))];
    if (high > 0 && high < 1) {
      const fix = `write percent as 0 to 100: [${percentOf(low)}, ${percentOf(high)}]`;
      return [report(path, { code: "outOfRange", allowed: "percent, 0 to 100", fix })];
    }
    if (low <= high) return [];
    return [
      report(path, { code: "outOfRange", allowed: "the lower end first", fix: `write [${high}, ${low}]` }),
    ];
  });
  const least = bands.reduce((sum, [, [low]]) => sum + low, 0);
  if (least <= 100) return problems;
  const fix = "lower the lower ends until they fit into 100 together";
  return [
    ...problems,
    report(["bands", "stage"], {
      code: "outOfRange",
      found: `${least} % at least`,
      allowed: "lower ends of at most 100 together",
      fix,
    }),
  ];
}

/** Of a share written as 0 to 1, without the dust of a binary fraction: 0.07 is 7. */
function percentOf(share: number): number {
  return Number((share * 100).toFixed(6));
}

/** Parameters are facts by their bare name, so one name can have one meaning only. */
function checkPacks(brand: BrandFile, report: Reporter): ConfigProblem[] {
  const owners = new Map(Object.keys(brand.parameters).map((name) => [name, `parameters.${name}`]));
  return Object.entries(brand.packs).flatMap(([id, { parameters }]) =>
    Object.keys(parameters ?? {}).flatMap((name) => {
      const owner = owners.get(name);
      owners.set(name, owner ?? `packs.${id}.parameters.${name}`);
      if (owner === undefined) return [];
      const fix = `it is set at ${owner} already: keep one`;
      return [
        report(["packs", id, "parameters", name], {
          code: "duplicateParameter",
          allowed: "each name once",
          fix,
        }),
      ];
    }),
  );
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
