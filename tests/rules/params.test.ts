import { describe, expect, it } from "vitest";
import type { ConfigProblem } from "../../lib/domain/problem.ts";
import { leavesOf } from "../../lib/rules/files/normalise.ts";
import { against, BRAND, clicks, load, rank, roas } from "../support/params.ts";
import type { Json } from "../support/rule.ts";

const PATH = "conditions.all[0].params";
const RIGHT = "conditions.all[0].value.params";

type Case = readonly [what: string, leaf: Json, path: string, code: string, fix?: string];

const GROUPS: readonly Case[] = [
  ["another word for a group", clicks({ of: "adset" }), `${PATH}.of`, "unknownWord"],
  [
    "an ad group around a holder",
    clicks({ of: "adGroup" }),
    `${PATH}.of`,
    "notAllowed",
    "on the level budgetHolder there is no adGroup around it: use one of: campaign, siblings, objective, stage, account, platform, brand",
  ],
  [
    "an average of nobody",
    clicks({ per: "entity" }),
    `${PATH}.per`,
    "missing",
    'add "of": whose entities share it, such as siblings',
  ],
  ["an average of a ratio", roas({ of: "campaign", per: "entity" }), `${PATH}.per`, "unknownParam"],
  ["a rank by nothing", { fact: "place", params: { window: "7d" } }, PATH, "missing", 'add "by"'],
  ["a rank by a misspelt metric", rank({ by: "roass" }), `${PATH}.by`, "unknownFact", 'did you mean "roas"?'],
  ["a rank by the brand's own figure", rank({ by: "mer" }), `${PATH}.by`, "notAllowed"],
  ["a rank by what is neither good nor bad", rank({ by: "clicks" }), `${PATH}.by`, "notAllowed"],
  ["a rank by another rank", rank({ by: "place" }), `${PATH}.by`, "notAllowed"],
  [
    "what the metric of a rank does not take",
    rank({ by: "roas", per: "entity" }),
    `${PATH}.per`,
    "unknownParam",
  ],
];

const NAMES: readonly Case[] = [
  [
    "a misspelt conversion",
    roas({ conversion: "appInstal" }),
    `${PATH}.conversion`,
    "unknownConversion",
    'did you mean "appInstall"?',
  ],
  [
    "an attribution that Meta does not have",
    roas({ attribution: "7dView" }),
    `${PATH}.attribution`,
    "unknownWord",
  ],
  [
    "two conversions in one comparison",
    { ...roas({}), value: roas({ conversion: "appInstall" }) },
    `${RIGHT}.conversion`,
    "notAllowed",
    "remove conversion: the left side has none",
  ],
  [
    "two attributions in one comparison",
    { ...roas({ attribution: "1dClick" }), value: roas({ attribution: "7dClick" }) },
    `${RIGHT}.attribution`,
    "notAllowed",
    'write "attribution": "1dClick" as on the left side',
  ],
  [
    "days in a row of the right side alone",
    { ...clicks({}), value: clicks({ of: "campaign", daysInARow: 3 }) },
    `${RIGHT}.daysInARow`,
    "notAllowed",
    "put daysInARow on the left side as well",
  ],
  [
    "other days in a row on the right side",
    { ...clicks({ daysInARow: 2 }), value: clicks({ of: "campaign", daysInARow: 3 }) },
    `${RIGHT}.daysInARow`,
    "notAllowed",
    "write 2 as on the left side",
  ],
  [
    "a share of a group that does not exist",
    {
      fact: "memberSharePercent",
      params: { window: "7d", group: "tiers", member: "proven", basis: "spend" },
    },
    `${PATH}.group`,
    "unknownGroup",
    'did you mean "tier"?',
  ],
  [
    "a share of a member that does not exist",
    { fact: "memberSharePercent", params: { window: "7d", group: "tier", member: "provn", basis: "spend" } },
    `${PATH}.member`,
    "unknownMember",
    'did you mean "proven"?',
  ],
  ["days to nothing", { fact: "daysTo", params: { event: "easter" } }, `${PATH}.event`, "unknownEvent"],
];

describe("lib/rules/params", () => {
  it.each<[string, Json]>([
    [
      "days in a row on both sides",
      { ...clicks({ daysInARow: 3 }), value: clicks({ of: "campaign", daysInARow: 3 }) },
    ],
    [
      "a fixed right side",
      { ...clicks({ daysInARow: 3 }), value: clicks({ of: "siblings", per: "entity" }) },
    ],
    ["a window that settles", clicks({ minSettledPercent: 90 })],
    [
      "a conversion of the brand file on both sides",
      { ...roas({ conversion: "appInstall" }), value: roas({ conversion: "appInstall", of: "campaign" }) },
    ],
    ["leads", roas({ conversion: "lead" })],
    ["an attribution", roas({ attribution: "7dClick+1dView" })],
    ["a rank within the campaign", rank({ within: "campaign", order: "worstFirst", conversion: "lead" })],
    ["a base before the window", against("56d..29d")],
    ["people", { fact: "people", params: { window: "lifetime" } }],
    ["the days to an event", { fact: "daysTo", params: { event: "black-friday" } }],
    [
      "the share of no member",
      {
        fact: "memberSharePercent",
        params: { window: "7d", group: "tier", member: "unmapped", basis: "spend" },
      },
    ],
  ])("reads %s, every parameter as it was written", (_, leaf) => {
    const result = load(leaf);
    const leaves = result.ok ? result.ruleset.rules.flatMap(({ condition }) => leavesOf(condition)) : [];
    expect(leaves.map(({ params }) => params)).toEqual([leaf.params]);
  });

  it.each([...GROUPS, ...NAMES].map((one) => [one[0], one] as const))(
    "refuses %s",
    (_, [, leaf, path, code, fix]) => {
      const problem: Partial<ConfigProblem> = {
        path,
        code: `rule.${code}`,
        ...(fix !== undefined && { fix }),
      };
      expect(load(leaf)).toEqual({ ok: false, problems: [expect.objectContaining(problem)] });
    },
  );

  it("refuses days in a row anywhere inside of a not", () => {
    const conditions = {
      all: [{ not: { any: [{ ...clicks({ daysInARow: 3 }), operator: "lessThan", value: 1 }] } }],
    };
    expect(load(clicks({}), { conditions })).toMatchObject({
      ok: false,
      problems: [{ code: "rule.notAllowed", path: "conditions.all[0].not.any[0].params.daysInARow" }],
    });
  });

  it("takes an attribution where the rule can meet Meta alone", () => {
    const google = { platform: "google", accountId: "2", attribution: "asSet", conversions: [] };
    const brand = { accounts: [...(BRAND.accounts ?? []), google] };
    const leaf = roas({ attribution: "7dClick" });
    expect(load(leaf, {}, brand)).toMatchObject({
      ok: false,
      problems: [
        {
          code: "rule.notAllowed",
          path: `${PATH}.attribution`,
          fix: 'add "platforms": ["meta"] to appliesTo: google offers no choice of attribution',
        },
      ],
    });
    expect(load(leaf, { appliesTo: { platforms: ["meta"] } }, brand)).toMatchObject({ ok: true });
    expect(load(leaf, { appliesTo: { platforms: ["google"] } })).toMatchObject({ ok: false });
  });
});
