import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatFile } from "../../../lib/rules/lint/fmt/index.ts";
import { readEveryRule } from "../../../lib/rules/load.ts";
import type { Json } from "../../support/rule.ts";
import { aBrand } from "../../support/snapshot.ts";

const PACKS = "rules/packs";
const packs = readdirSync(PACKS);

function filesOf(pack: string): { path: string; text: string }[] {
  return readdirSync(`${PACKS}/${pack}`)
    .filter((name) => name.endsWith(".json") && !name.endsWith(".test.json"))
    .map((name) => `${PACKS}/${pack}/${name}`)
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}

const files = packs.flatMap(filesOf);
const shipped = files.filter(({ path }) => !path.endsWith("/pack.json"));

function formatted(text: string, parameters: readonly string[] = []): string {
  const result = formatFile({ path: "stop.json", text, kind: "rule" }, new Set(parameters));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

function rewritten(rule: Json, parameters: readonly string[] = []): unknown {
  return JSON.parse(formatted(JSON.stringify(rule), parameters));
}

function hashesOf(path: string, text: string): string[] {
  const pack = path.split("/").at(-2) ?? "";
  const all = files.map((file) => (file.path === path ? { path, text } : file));
  const only = path.split("/").at(-1)?.replace(".json", "") ?? "";
  const monthBudget = { unit: "money", default: { value: 9_000_000_000, source: "" }, values: [] } as const;
  const brand = aBrand({
    packs: { [pack]: { off: [], modes: {}, parameters: {} } },
    parameters: { ...aBrand().parameters, monthBudget },
    limits: { dailyFloorMicros: 5_000_000n },
  });
  const read = readEveryRule(all, brand, { only });
  if (!read.ok || read.problems.length > 0) throw new Error(JSON.stringify(read.problems));
  return read.rules.map(({ rule }) => rule.hash);
}

describe("lib/rules/lint/fmt", () => {
  it.each(shipped)("leaves $path as it is", ({ text }) => {
    expect(formatted(text)).toBe(text);
  });

  it("puts the language's words where people type others", () => {
    const typed = {
      id: "stop",
      scope: { level: "holder", platforms: ["facebook"] },
      conditions: {
        and: [
          { metric: "cost", params: { period: "yesterday" }, operator: ">=", threshold: 5 },
          { none: { fact: "purchases", params: { window: "week" }, operator: "is", value: 0 } },
          {
            fact: "cpl",
            params: { window: "7d" },
            operator: ">",
            value: { fact: "targetCpa", params: { factor: 2 } },
          },
        ],
      },
      event: { type: "turnOff" },
    };
    expect(rewritten(typed)).toEqual({
      id: "stop",
      appliesTo: { level: "budgetHolder", platforms: ["meta"] },
      conditions: {
        all: [
          { fact: "spend", params: { window: "1d" }, operator: "greaterThanInclusive", value: 5 },
          { not: { fact: "conversions", params: { window: "7d" }, operator: "equal", value: 0 } },
          {
            fact: "cpa",
            params: { window: "7d" },
            operator: "greaterThan",
            value: { fact: "targetCpa", params: { times: 2 } },
          },
        ],
      },
      action: { type: "pause" },
    });
  });

  const kept: [string, Json][] = [
    ["a name that may mean something else", { name: "Stop what costs too much" }],
    ["a word beside the better one", { conditions: { all: [] }, condition: { all: [] } }],
    ["a list under the word for one condition", { conditions: { none: [{ fact: "spend" }] } }],
    [
      "percent that may run 0 to 1",
      { conditions: { all: [{ fact: "conversionRate", operator: "equal", value: 0.03 }] } },
    ],
    [
      "a window that is several words",
      { conditions: { all: [{ fact: "spend", params: { window: "month" } }] } },
    ],
    ["a number of days", { conditions: { all: [{ fact: "spend", params: { days: 7 } }] } }],
    ["a stage that is no list", { appliesTo: { stage: "prospecting" } }],
    ["ad sets that need not own their budget", { appliesTo: { level: "adset" } }],
    ["words in values", { description: "cost", owner: "yesterday" }],
    ["words that nobody knows", { banana: ">=" }],
  ];
  it.each(kept)("keeps %s", (_, rule) => {
    expect(rewritten(rule)).toEqual(rule);
  });

  it("reads ad sets as budget holders where they own their budget", () => {
    const rule = { appliesTo: { level: "adset", budget: { owner: ["adGroup"] } } };
    expect(rewritten(rule)).toEqual({ appliesTo: { level: "budgetHolder", budget: { owner: ["adGroup"] } } });
  });

  it("keeps a parameter that a brand called so", () => {
    const rule = { conditions: { all: [{ fact: "cost", operator: "greaterThan", value: 3 }] } };
    expect(rewritten(rule, ["cost"])).toEqual(rule);
  });

  it("puts keys in order, two spaces, and keeps the spelling of values", () => {
    const text = `{"action":{"percent":2e1,"type":"raiseBudget"},\n\t"note":"\\u00e9","conditions":{"all":[{"value":0.90,"operator":"lessThan","fact":"roas","params":{"window":"7d"}}]},"id":"up"}`;
    expect(formatted(text)).toBe(
      [
        "{",
        '  "id": "up",',
        '  "conditions": {',
        '    "all": [{ "fact": "roas", "params": { "window": "7d" }, "operator": "lessThan", "value": 0.90 }]',
        "  },",
        '  "action": { "type": "raiseBudget", "percent": 2e1 },',
        '  "note": "\\u00e9"',
        "}",
        "",
      ].join("\n"),
    );
  });

  it("says of what is no JSON where it breaks", () => {
    const result = formatFile({ path: "stop.json", text: '{ "id": "stop", }', kind: "rule" }, new Set());
    expect(result).toMatchObject({
      ok: false,
      problems: [{ file: "stop.json", line: 1, code: "json.syntax" }],
    });
  });

  it("never changes what a rule decides, and has nothing to say the second time", () => {
    const spaces = fc.constantFrom<string | number>("", 1, 2, 4, "\t");
    fc.assert(
      fc.property(
        fc.constantFrom(...shipped),
        spaces,
        fc.infiniteStream(fc.nat()),
        ({ path, text }, indent, stream) => {
          const messy = JSON.stringify(shuffled(JSON.parse(text), stream), null, indent);
          const once = formatted(messy);
          expect(hashesOf(path, once)).toEqual(hashesOf(path, messy));
          expect(formatted(once)).toBe(once);
        },
      ),
      { numRuns: 60 },
    );
  });
});

function shuffled(value: unknown, numbers: Iterator<number>): unknown {
  if (Array.isArray(value)) return value.map((one) => shuffled(one, numbers));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => ({
    at: Number(numbers.next().value) % 97,
    entry: [key, shuffled(one, numbers)] as const,
  }));
  return Object.fromEntries(entries.toSorted((a, b) => a.at - b.at).map(({ entry }) => entry));
}
