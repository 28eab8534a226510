import { describe, expect, it } from "vitest";
import type { ConfigProblem } from "../../lib/domain/problem.ts";
import { against, clicks, load } from "../support/params.ts";
import type { Json } from "../support/rule.ts";

const PATH = "conditions.all[0].params";
const GOOD_WINDOWS = [
  ...["1d", "14d..8d", "92d", "today", "7d+today", "lifetime", "lifetime+today", "sinceChange"],
  ...["sinceChange+today", "thisWeek", "thisMonth+today", "lastWeek", "lastMonth"],
  ...["event:black-friday", "before:black-friday:14d"],
];

type Case = readonly [what: string, leaf: Json, path: string, code: string, fix?: string];

const WINDOWS: readonly Case[] = [
  ["more days than are fetched", clicks({ window: "93d" }), `${PATH}.window`, "unknownWindow"],
  ["too many days and today", clicks({ window: "93d+today" }), `${PATH}.window`, "unknownWindow"],
  [
    "too long before an event",
    clicks({ window: "before:black-friday:93d" }),
    `${PATH}.window`,
    "unknownWindow",
  ],
  [
    "a misspelt event",
    clicks({ window: "event:black-fryday" }),
    `${PATH}.window`,
    "unknownEvent",
    'did you mean "black-friday"?',
  ],
  [
    "a slip in a word",
    clicks({ window: "lastWeeks" }),
    `${PATH}.window`,
    "unknownWindow",
    'did you mean "lastWeek"?',
  ],
  [
    "another than people are counted in",
    { fact: "people", params: { window: "14d" } },
    `${PATH}.window`,
    "unknownWindow",
    "people is never summed over days, so it is known for 7d, 28d, lifetime alone",
  ],
  [
    "people day by day",
    { fact: "people", params: { window: "7d", daysInARow: 2 } },
    `${PATH}.daysInARow`,
    "unknownParam",
  ],
  [
    "the brand's own beginning",
    { fact: "mer", params: { window: "lifetime" } },
    `${PATH}.window`,
    "notAllowed",
    "name days, such as 28d: only campaigns and what is in them have a beginning or a last change",
  ],
  ["one day in a row", clicks({ daysInARow: 1 }), `${PATH}.daysInARow`, "outOfRange"],
  [
    "days of a month in a row",
    clicks({ window: "thisMonth", daysInARow: 2 }),
    `${PATH}.daysInARow`,
    "notAllowed",
  ],
  ["today in a row", clicks({ window: "today", daysInARow: 2 }), `${PATH}.daysInARow`, "notAllowed"],
  [
    "days in a row that go back too far",
    clicks({ window: "90d", daysInARow: 4 }),
    `${PATH}.daysInARow`,
    "outOfRange",
  ],
  [
    "a week that settles",
    clicks({ window: "lastWeek", minSettledPercent: 90 }),
    `${PATH}.minSettledPercent`,
    "notAllowed",
  ],
  [
    "two that move the window",
    clicks({ daysInARow: 2, minSettledPercent: 90 }),
    `${PATH}.minSettledPercent`,
    "notAllowed",
    "keep one of them: both move the window",
  ],
  [
    "a base that the window is in",
    against("28d"),
    `${PATH}.against`,
    "notAllowed",
    "begin and end before the window, such as 56d..29d",
  ],
  ["a base without fixed days", against("lastMonth"), `${PATH}.against`, "notAllowed"],
];

describe("lib/rules/params-window", () => {
  it.each(GOOD_WINDOWS)("reads the window %s", (window) => {
    expect(load(clicks({ window }))).toMatchObject({ ok: true });
  });

  it.each(WINDOWS.map((one) => [one[0], one] as const))("refuses %s", (_, [, leaf, path, code, fix]) => {
    const problem: Partial<ConfigProblem> = {
      path,
      code: `rule.${code}`,
      ...(fix !== undefined && { fix }),
    };
    expect(load(leaf)).toEqual({ ok: false, problems: [expect.objectContaining(problem)] });
  });

  it("refuses a beginning of accounts, which have none", () => {
    const appliesTo = { level: "account" };
    expect(load(clicks({ window: "sinceChange" }), { appliesTo, action: { type: "notify" } })).toMatchObject({
      ok: false,
      problems: [{ code: "rule.notAllowed", path: `${PATH}.window` }],
    });
  });
});
