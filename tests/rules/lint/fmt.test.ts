import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brandFileSchema } from "../../../lib/brand/schema.ts";
import { readEveryRule } from "../../../lib/rules/files/load.ts";
import { formatFile, orderOf } from "../../../lib/rules/lint/fmt/index.ts";
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
const isPack = ({ path }: { path: string }) => path.endsWith("/pack.json");
const shipped = files.filter((file) => !isPack(file));

type Kind = Parameters<typeof formatFile>[0]["kind"];
const BRAND: Kind = { brand: orderOf(brandFileSchema) };

function formatted(text: string, parameters: readonly string[] = [], kind: Kind = "rule"): string {
  const result = formatFile({ path: "stop.json", text, kind }, new Set(parameters));
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
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  // A rule that this brand cannot use decides nothing before and after, for the same reasons.
  return [...read.rules.map(({ rule }) => rule.hash), ...read.problems.map(({ code }) => code).sort()];
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
          { metric: "Amount spent", params: { period: "YESTERDAY" }, operator: ">=", threshold: 5 },
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

  it("puts the words of schedules, exceptions, ranks and targets to move towards", () => {
    const typed = {
      schedule: [
        { weekdays: ["mon"], times: ["09:00"] },
        { interval: "1h", timezone: "Europe/Paris" },
      ],
      appliesTo: { except: { platforms: ["facebook"], label: ["proven"] } },
      conditions: {
        all: [
          { fact: "rank", params: { rankBy: "purchaseRoas", window: "last_30d" }, operator: "<=", value: 3 },
        ],
      },
      action: { type: "setBudget", toward: { metric: "cpl", window: "LAST_30_DAYS" } },
    };
    expect(rewritten(typed)).toEqual({
      schedule: [
        { days: ["mon"], at: ["09:00"] },
        { every: "1h", zone: "Europe/Paris" },
      ],
      appliesTo: { except: { platforms: ["meta"], labels: ["proven"] } },
      conditions: {
        all: [
          { fact: "rank", params: { by: "roas", window: "30d" }, operator: "lessThanInclusive", value: 3 },
        ],
      },
      action: { type: "setBudget", toward: { metric: "cpa", window: "30d" } },
    });
    expect(rewritten(typed, ["cpl"])).toMatchObject({ action: { toward: { metric: "cpl" } } });
  });

  it("orders what limits a rule, what its action moves towards, and what packs and brands say", () => {
    const orders: [Kind, string, string][] = [
      [
        "rule",
        `{"atMost":{"perLife":5,"perDay":1},"rollout":{"propose":"9d","shadow":"7d"}}`,
        `{"rollout":{"shadow":"7d","propose":"9d"},"atMost":{"perDay":1,"perLife":5}}`,
      ],
      [
        "rule",
        `{"schedule":[{"days":["mon"],"at":["09:00"]}]}`,
        `{"schedule":[{"at":["09:00"],"days":["mon"]}]}`,
      ],
      [
        "rule",
        `{"action":{"floor":5,"toward":{"band":[1,2],"metric":"roas"},"type":"setBudget"}}`,
        `{"action":{"type":"setBudget","toward":{"metric":"roas","band":[1,2]},"floor":5}}`,
      ],
      [
        "rule",
        `{"mutes":{"for":"9d","rules":["up"]},"notify":{"to":["#media"]},"mode":"apply"}`,
        `{"mode":"apply","mutes":{"rules":["up"],"for":"9d"},"notify":{"to":["#media"]}}`,
      ],
      [
        "pack",
        `{"layers":["b","a"],"parameters":{"z":{"default":1,"unit":"ratio"}},"extends":"roads","id":"mine"}`,
        `{"id":"mine","extends":"roads","parameters":{"z":{"unit":"ratio","default":1}},"layers":["b","a"]}`,
      ],
      [
        BRAND,
        `{"groups":{"tier":{"z":{"labels":["z"],"campaigns":["*z*"]},"a":{"ids":["1"]}}},"zone":"UTC","accounts":[{"id":"1","platform":"meta"}],"id":"x"}`,
        `{"id":"x","zone":"UTC","accounts":[{"platform":"meta","id":"1"}],"groups":{"tier":{"z":{"campaigns":["*z*"],"labels":["z"]},"a":{"ids":["1"]}}}}`,
      ],
      [
        BRAND,
        `{"calendar":{"sale":[{"to":"2026-11-30","from":"2026-11-27"}]},"metrics":{"poas":{"formula":"roas","unit":"ratio"}}}`,
        `{"metrics":{"poas":{"unit":"ratio","formula":"roas"}},"calendar":{"sale":[{"from":"2026-11-27","to":"2026-11-30"}]}}`,
      ],
    ];
    for (const [kind, typed, ordered] of orders) {
      expect(JSON.stringify(JSON.parse(formatted(typed, [], kind)))).toBe(ordered);
    }
  });

  it("has nothing to say of brand and pack files a second time", () => {
    const brand = readFileSync("rules/brands/atelier-lune.json", "utf8");
    const all: [Kind, string][] = [
      [BRAND, brand],
      ...files.filter(isPack).map(({ text }): [Kind, string] => ["pack", text]),
    ];
    for (const [kind, text] of all) expect(formatted(text, [], kind)).toBe(text);
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.infiniteStream(fc.nat()), ([kind, text], stream) => {
        const once = formatted(JSON.stringify(shuffled(JSON.parse(text), stream)), [], kind);
        expect(JSON.parse(once)).toEqual(JSON.parse(text));
        expect(formatted(once, [], kind)).toBe(once);
      }),
      { numRuns: 30 },
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
