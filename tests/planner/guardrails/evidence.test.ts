import { describe, expect, it } from "vitest";
import { message } from "../../../lib/domain/figure.ts";
import {
  aCut,
  aLeaf,
  anEdit,
  applied,
  aRaise,
  changeOf,
  type Night,
  noteOf,
  partsOf,
  planOf,
  told,
} from "../../support/plan.ts";
import { aFigure } from "../../support/plan-facts.ts";
import { anAccount, ROUND_AT_MS } from "../../support/snapshot.ts";

const raise = { rule: aRaise(), holder: "200" };
const applying = { rule: aRaise(20, { mode: "apply" }), holder: "200" };
const cut = { rule: aCut(), holder: "200" };
const DAY_MS = 86_400_000;
/** conversionValue / spend. */
const POAS = {
  unit: "ratio",
  formula: {
    kind: "binary",
    operator: "/",
    left: { kind: "name", name: "conversionValue" },
    right: { kind: "name", name: "spend" },
  },
  source: "the file",
} as const;

function of200(night: Night): string {
  return told(changeOf(planOf({ brand: { mode: "apply" }, ...night }), "200"));
}

describe("lib/planner/guardrails: data and evidence", () => {
  it("raises nothing in a night with an account missing, and still cuts", () => {
    const snapshot = {
      missing: [{ platform: "meta", accountId: "1002", reason: message("loop.fetchFailed") }],
    };
    expect([of200({ asks: [raise], snapshot }), of200({ asks: [cut], snapshot })]).toEqual([
      "blocked 60 missingAccount.blocked",
      "proposed 40",
    ]);
    const change = changeOf(planOf({ asks: [raise], snapshot }), "200");
    expect(noteOf(change, "missingAccount")).toEqual({ account: "meta/1002" });
  });

  it("raises nothing while any account does not cover yesterday, and still cuts", () => {
    const stale = anAccount({ accountId: "1002", coveredTo: "2026-03-09" });
    const plan = (ask: typeof raise) => {
      const accounts = [...partsOf({}).input.snapshot.accounts, stale];
      return planOf({ asks: [ask], snapshot: { accounts } });
    };
    expect([told(changeOf(plan(raise), "200")), told(changeOf(plan(cut), "200"))]).toEqual([
      "blocked 60 partialData.blocked",
      "proposed 40",
    ]);
    expect(noteOf(changeOf(plan(raise), "200"), "partialData")).toEqual({
      account: "meta/1002",
      coveredTo: "2026-03-09",
    });
  });

  it.each([
    [80, "proposed 60"],
    [80.1, "blocked 60 stageBand.blocked"],
    [null, "blocked 60 stageBand.blocked"],
  ])("asks whether the stage's share of %s %% is within its band", (share, expected) => {
    expect(
      of200({
        asks: [raise],
        brandFigures: { stageShare: { awareness: 0, prospecting: share, retargeting: 0, unmapped: 0 } },
      }),
    ).toBe(expected);
  });

  it("lets a cut, and a campaign of no stage, pass over the band", () => {
    const stageShare = { awareness: 0, prospecting: 99, retargeting: 0, unmapped: 1 };
    expect(of200({ asks: [cut], brandFigures: { stageShare } })).toBe("proposed 40");
    expect(of200({ asks: [raise], brandFigures: { stageShare }, campaign: { name: "Summer" } })).toBe(
      "proposed 60",
    );
  });

  it.each([
    [85, "proposed 60"],
    [84.9, "blocked 60 unsettled.blocked"],
    [null, "blocked 60 unsettled.blocked"],
  ])("waits until %s %% of the conversions have arrived", (settledPercent14d, expected) => {
    expect(of200({ asks: [raise], figures: { "200": { settledPercent14d } } })).toBe(expected);
  });

  it("asks about the longest window over which the rule counted conversions", () => {
    const leaf = (fact: string, window: string) =>
      aLeaf({ fact, params: { window }, value: aFigure(1, "ratio", window) });
    const ask = (...evidence: ReturnType<typeof leaf>[]) => ({ ...raise, verdict: { evidence } });
    expect(of200({ asks: [ask(leaf("cpa", "7d"), leaf("mer", "28d"))] })).toBe(
      "blocked 60 unsettled.blocked",
    );
    expect(of200({ asks: [ask(leaf("cpa", "7d"), leaf("conversions", "14d"))] })).toBe("proposed 60");
    expect(of200({ asks: [ask(leaf("spend", "7d"))] })).toBe("proposed 60");
  });

  it("asks about evidence, ranks and the brand's own metrics as about conversions", () => {
    const ask = (fact: string, params: Record<string, string>) =>
      of200({
        asks: [
          {
            ...raise,
            verdict: {
              evidence: [
                aLeaf({ fact, params: { window: "7d", ...params }, value: aFigure(1, "ratio", "7d") }),
              ],
            },
          },
        ],
        brand: { mode: "apply", metrics: { poas: POAS } },
      });
    const blocked = "blocked 60 unsettled.blocked";
    expect(["evidenceUp", "marginalCpa", "cpaUpper80", "poas"].map((fact) => ask(fact, {}))).toEqual(
      new Array(4).fill(blocked),
    );
    expect([ask("rank", { by: "roas" }), ask("rank", { by: "spend" }), ask("frequency", {})]).toEqual([
      blocked,
      "proposed 60",
      "proposed 60",
    ]);
  });

  it.each([
    ["learning", "blocked 60 learning.blocked"],
    ["learned", "proposed 60"],
    ["limited", "proposed 60"],
  ] as const)("raises a holder that is %s accordingly", (learning, expected) => {
    expect(of200({ asks: [raise], entities: { "200": { learning } } })).toBe(expected);
  });

  it("cuts a holder in its learning phase", () => {
    expect(of200({ asks: [cut], entities: { "200": { learning: "learning" } } })).toBe("proposed 40");
  });

  it.each([
    [7 * DAY_MS, "proposed 60"],
    [7 * DAY_MS - 1, "blocked 60 unknownLearning.blocked"],
  ])("waits after the last edit where learning is unknown: %d ms", (agoMs, expected) => {
    const entities = { "200": { learning: "unknown" as const, lastEditAtMs: ROUND_AT_MS - agoMs } };
    expect(of200({ asks: [raise], entities })).toBe(expected);
  });

  it.each([
    [7 * DAY_MS, "proposed 60"],
    [7 * DAY_MS - 1, "blocked 60 unknownLearning.blocked"],
  ])("waits after the last edit that the history tells, too: %d ms", (agoMs, expected) => {
    const entities = { "200": { learning: "unknown" as const } };
    const history = { fromMs: ROUND_AT_MS - 8 * DAY_MS, edits: [anEdit({ atMs: ROUND_AT_MS - agoMs })] };
    expect(of200({ asks: [raise], entities, history })).toBe(expected);
  });

  it("takes what a short history does not tell for an edit just before it, where learning is unknown", () => {
    const entities = { "200": { learning: "unknown" as const } };
    const history = { fromMs: ROUND_AT_MS - 4 * DAY_MS, edits: [] };
    expect(noteOf(changeOf(planOf({ asks: [raise], entities, history }), "200"), "unknownLearning")).toEqual({
      days: 4,
      needed: 7,
    });
  });

  it("counts Palier's own changes as edits where learning is unknown", () => {
    const entities = { "200": { learning: "unknown" as const } };
    const state = { applied: [applied({ day: "2026-03-07", atMs: ROUND_AT_MS - 4 * DAY_MS })] };
    expect(of200({ asks: [raise], entities, state })).toBe("blocked 60 unknownLearning.blocked");
  });

  it("never raises where neither learning nor any edit is known", () => {
    const entities = { "200": { learning: "unknown" as const, createdAtMs: null } };
    expect(noteOf(changeOf(planOf({ asks: [raise], entities }), "200"), "unknownLearning")).toEqual({
      days: null,
      needed: 7,
    });
  });

  it("only proposes a raise where learning is unknown", () => {
    const figures = { "200": { conversions14d: 40, cpaOkProbability14d: 0.95 } };
    const entities = { "200": { learning: "unknown" as const } };
    expect(of200({ asks: [applying], figures, entities })).toBe("proposed 60 unknownLearning.degraded");
  });

  it.each([
    [15, 0.85, "proposed 60"],
    [14.9, 0.85, "blocked 60 evidence.blocked"],
    [15, 0.849, "blocked 60 evidence.blocked"],
    [null, 0.99, "blocked 60 evidence.blocked"],
    [99, null, "blocked 60 evidence.blocked"],
  ])(
    "needs a floor of evidence for a proposed raise: %s conversions at %s",
    (conversions14d, cpaOkProbability14d, expected) => {
      expect(of200({ asks: [raise], figures: { "200": { conversions14d, cpaOkProbability14d } } })).toBe(
        expected,
      );
    },
  );

  it.each([
    [30, 0.9, "auto 55 step.clamped"],
    [29.9, 0.9, "proposed 60 evidence.degraded"],
    [30, 0.899, "proposed 60 evidence.degraded"],
    [14, 0.99, "blocked 60 evidence.blocked"],
  ])(
    "needs more to raise unasked, and asks otherwise: %s conversions at %s",
    (conversions14d, cpaOkProbability14d, expected) => {
      expect(of200({ asks: [applying], figures: { "200": { conversions14d, cpaOkProbability14d } } })).toBe(
        expected,
      );
    },
  );

  it("cuts without any evidence floor", () => {
    const figures = { "200": { conversions14d: 0, cpaOkProbability14d: null, settledPercent14d: null } };
    expect(of200({ asks: [cut], figures })).toBe("proposed 40");
  });
});
