import { describe, expect, it } from "vitest";
import type { ConfigProblem } from "../../lib/domain/problem.ts";
import { aRuleFile, type Json, problemsOf } from "../support/rule.ts";

type Case = readonly [what: string, rule: Json, path: string, code: string, fix?: string];

const NOTE = { action: { type: "notify" }, appliesTo: { level: "brand" } };

const TOWARD = { metric: "roas", window: "7d", target: 0.8, band: [0.76, 0.84] };

function toward(given: Json): Json {
  return { action: { type: "setBudget", floor: 20, toward: { ...TOWARD, ...given } } };
}

const ACTIONS: readonly Case[] = [
  [
    "a budget without an aim",
    { action: { type: "setBudget" } },
    "action",
    "notAllowed",
    'add "to" or "toward"',
  ],
  [
    "a budget with two aims",
    { action: { type: "setBudget", to: 50, toward: TOWARD } },
    "action",
    "notAllowed",
    "keep one of to and toward",
  ],
  [
    "a floor under an amount",
    { action: { type: "setBudget", to: 50, floor: 20 } },
    "action.floor",
    "notAllowed",
  ],
  [
    "a budget that may fall without end",
    { action: { type: "setBudget", toward: TOWARD } },
    "action.floor",
    "missing",
  ],
  [
    "a ceiling under the floor",
    { action: { type: "setBudget", toward: TOWARD, floor: 20, ceiling: 10 } },
    "action.ceiling",
    "outOfRange",
  ],
  [
    "a count as the metric",
    toward({ metric: "impressions", target: 1, band: [0, 2] }),
    "action.toward.metric",
    "notAllowed",
  ],
  [
    "a misspelt metric",
    toward({ metric: "roass" }),
    "action.toward.metric",
    "unknownFact",
    'did you mean "roas"?',
  ],
  ["a window that does not exist", toward({ window: "yesterday" }), "action.toward.window", "unknownWindow"],
  ["a band beside its target", toward({ band: [0.9, 1] }), "action.toward.band", "outOfRange"],
  ["a target of nothing", toward({ target: 0, band: [0, 1] }), "action.toward.target", "outOfRange"],
  ["a pause for hours", { action: { type: "pause", until: "48h" } }, "action.until", "notAllowed"],
  [
    "a pause until a day that does not exist",
    { action: { type: "pause", until: "2026-02-30" } },
    "action.until",
    "notAllowed",
    "write a day that exists, such as 2026-12-01",
  ],
  [
    "a pause of an account itself",
    { action: { type: "pause" }, appliesTo: { level: "account" } },
    "action",
    "missing",
    'add "what": "campaigns": an account itself cannot be paused',
  ],
  [
    "the campaigns of a holder",
    { action: { type: "pause", what: "campaigns" } },
    "appliesTo.level",
    "wrongLevel",
  ],
  ["a resume of whatever", { action: { type: "resume" } }, "action.pausedBy", "missing"],
  [
    "a resume of somebody's pauses",
    { action: { type: "resume", pausedBy: "lea" } },
    "action.pausedBy",
    "notAllowed",
  ],
  [
    "a resume of what a rule paused that does not exist",
    { action: { type: "resume", pausedBy: ["stopp"] } },
    "action.pausedBy[0]",
    "unknownRule",
    'did you mean "stop"?',
  ],
  [
    "a resume of what is active",
    { action: { type: "resume", pausedBy: "palier" }, appliesTo: { status: ["active"] } },
    "appliesTo.status",
    "notAllowed",
  ],
  [
    "a note every hour",
    { ...NOTE, action: { type: "notify", repeat: "hourly" } },
    "action.repeat",
    "unknownWord",
  ],
  [
    "a hold of an account on the level of the brand",
    { action: { type: "hold", blocks: ["raise"], scope: "account" } },
    "action.scope",
    "notAllowed",
  ],
  [
    "a hold of a stage that nobody has",
    { action: { type: "hold", blocks: ["raise"], scope: "stage:prospectin" } },
    "action.scope",
    "unknownStage",
    'did you mean "prospecting"?',
  ],
  [
    "a hold of something else",
    { action: { type: "hold", blocks: ["raise"], scope: "acount" } },
    "action.scope",
    "unknownWord",
    'did you mean "account"?',
  ],
  [
    "a division without its basis",
    { action: { type: "allocate", goal: "nextEuro" } },
    "action.basis",
    "missing",
  ],
  [
    "bands of another goal",
    { action: { type: "allocate", goal: "nextEuro", basis: "budget", bands: {} } },
    "action.bands",
    "notAllowed",
  ],
  [
    "a division of a group that does not exist",
    { action: { type: "allocate", goal: "split", basis: "budget", group: "tier" } },
    "action.group",
    "unknownGroup",
  ],
  [
    "bands that leave too little",
    {
      action: {
        type: "allocate",
        goal: "split",
        basis: "budget",
        group: "stage",
        bands: { prospecting: [70, 80], retargeting: [40, 50] },
      },
    },
    "action.bands",
    "outOfRange",
    "the lower ends add to 110 and the upper ones to 130: no division fits",
  ],
  [
    "money moved to nobody in particular",
    { action: { type: "allocate", goal: "moveToOthers", basis: "budget" } },
    "action",
    "missing",
  ],
  [
    "a tier without a direction",
    { action: { type: "assign", group: "stage" }, appliesTo: { level: "campaign" } },
    "action",
    "notAllowed",
    'add "move" or "to"',
  ],
];

describe("lib/rules/action, bad rule files", () => {
  it.each(ACTIONS.map((one) => [one[0], one] as const))("refuses %s", (_, [, given, path, code, fix]) => {
    const problem: Partial<ConfigProblem> = {
      file: "rules/packs/roads/stop.json",
      path,
      code: `rule.${code}`,
      line: expect.any(Number),
      ...(fix !== undefined && { fix }),
    };
    expect(problemsOf([aRuleFile(given)])).toEqual([expect.objectContaining(problem)]);
  });
});
