import { describe, expect, it } from "vitest";
import type { ConfigProblem } from "../../lib/domain/problem.ts";
import { aRuleFile, type Json, problemsOf } from "../support/rule.ts";

type Case = readonly [what: string, rule: Json, path: string, code: string, fix?: string];

const NOTE = { action: { type: "notify" }, appliesTo: { level: "brand" } };

const KEYS: readonly Case[] = [
  ["one night in a row", { nightsInARow: 1 }, "nightsInARow", "outOfRange", "use 2 to 31"],
  [
    "nights in a row on some nights",
    { nightsInARow: 2, schedule: { days: ["mon"] } },
    "nightsInARow",
    "notAllowed",
    "remove nightsInARow or the schedule: nights in a row need every night",
  ],
  ["a list for notify", { notify: ["#media"] }, "notify", "wrongType"],
  ["a channel without #", { notify: { to: ["media"] } }, "notify.to[0]", "notAllowed"],
  [
    "notify beside a note",
    { ...NOTE, notify: { to: ["#media"] } },
    "notify",
    "notAllowed",
    'move its "to" into the action',
  ],
  ["mutes of a note", { ...NOTE, mutes: { rules: ["x"], for: "3d" } }, "mutes", "notAllowed"],
  ["mutes without an end", { mutes: { rules: ["x"] } }, "mutes.for", "missing", 'add "for", such as "28d"'],
  [
    "a rule that mutes itself",
    { mutes: { rules: ["stop"], for: "always" } },
    "mutes.rules[0]",
    "notAllowed",
    "write cooldown, or atMost: they keep a rule from acting again",
  ],
  [
    "a rule muted that does not exist",
    { mutes: { rules: ["stopp"], for: "always" } },
    "mutes.rules[0]",
    "unknownRule",
    'did you mean "stop"?',
  ],
  [
    "a rollout to shadow",
    { mode: "shadow", rollout: { shadow: "7d" } },
    "rollout",
    "notAllowed",
    'write the mode that it walks up to: "mode": "propose" or "apply"',
  ],
  [
    "a rollout through what it ends in",
    { mode: "propose", rollout: { propose: "7d" } },
    "rollout.propose",
    "notAllowed",
  ],
  ["a rollout without steps", { rollout: {} }, "rollout", "emptyList"],
  ["a count of nothing", { atMost: {} }, "atMost", "emptyList"],
  ["a count of notes", { ...NOTE, atMost: { perDay: 1 } }, "atMost", "notAllowed"],
  ["a raise that holds on no data", { onNoData: "hold" }, "onNoData", "notAllowed"],
  [
    "a hold that blocks stops without data",
    { action: { type: "hold", blocks: ["pause"] }, onNoData: "hold" },
    "onNoData",
    "notAllowed",
    "remove it: what cannot see must not keep a budget from being cut or paused",
  ],
  ["hours of a rule of the night", { cooldown: "6h" }, "cooldown", "notAllowed"],
  ["an empty schedule", { schedule: {} }, "schedule", "emptyList"],
  ["no schedules", { schedule: [] }, "schedule", "outOfRange"],
  ["two ways to say when", { schedule: { at: ["09:00"], every: "1h" } }, "schedule.every", "notAllowed"],
  ["a span of fixed times", { schedule: { at: ["09:00"], from: "08:00" } }, "schedule.from", "notAllowed"],
  [
    "a span over midnight",
    { schedule: { every: "1h", from: "22:00", to: "02:00" } },
    "schedule.to",
    "outOfRange",
  ],
  [
    "a zone of the night",
    { schedule: { days: ["mon"], zone: "Europe/Paris" } },
    "schedule.zone",
    "notAllowed",
  ],
  ["an offset for a zone", { schedule: { at: ["09:00"], zone: "GMT-3" } }, "schedule.zone", "notAllowed"],
  ["a time of one digit", { schedule: [{ at: ["9:00"] }] }, "schedule[0].at[0]", "notAllowed"],
  ["hours in words", { schedule: { every: "hour" } }, "schedule.every", "notAllowed"],
  ["a weekday in full", { schedule: { days: ["monday"] } }, "schedule.days[0]", "unknownWord"],
];

const SCOPES: readonly Case[] = [
  ["no group", { appliesTo: { groups: {} } }, "appliesTo.groups", "emptyList"],
  [
    "a group that does not exist",
    { appliesTo: { groups: { tier: ["x"] } } },
    "appliesTo.groups.tier",
    "unknownGroup",
  ],
  [
    "stages as a group",
    { appliesTo: { groups: { stage: ["prospecting"] } } },
    "appliesTo.groups.stage",
    "notAllowed",
    "write stages: the funnel's stages have a key of their own",
  ],
  [
    "a budget on the level of campaigns",
    { appliesTo: { level: "campaign", budget: { owner: ["campaign"] } } },
    "appliesTo.budget",
    "notAllowed",
  ],
  [
    "a misspelt stage to be left alone",
    { appliesTo: { except: { stages: ["retargetting"] } } },
    "appliesTo.except.stages[0]",
    "unknownStage",
  ],
  [
    "names of accounts to be left alone",
    { appliesTo: { level: "account", except: { names: ["x"] } }, action: { type: "notify" } },
    "appliesTo.except.names",
    "notAllowed",
  ],
  [
    "a level to be left alone",
    { appliesTo: { except: { level: "ad" } } },
    "appliesTo.except.level",
    "unknownKey",
  ],
];

describe("lib/rules/keys, bad rule files", () => {
  it.each([...KEYS, ...SCOPES].map((one) => [one[0], one] as const))(
    "refuses %s",
    (_, [, given, path, code, fix]) => {
      const problem: Partial<ConfigProblem> = {
        file: "rules/packs/roads/stop.json",
        path,
        code: `rule.${code}`,
        line: expect.any(Number),
        ...(fix !== undefined && { fix }),
      };
      expect(problemsOf([aRuleFile(given)])).toEqual([expect.objectContaining(problem)]);
    },
  );
});
