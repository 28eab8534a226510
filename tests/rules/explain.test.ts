import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExplainedCondition } from "../../lib/domain/explanation.ts";
import type { Evidence, Result } from "../../lib/domain/verdict.ts";
import { explainCondition } from "../../lib/rules/explain/condition.ts";
import { exclusionsOf } from "../../lib/rules/explain/scope.ts";
import { inScope } from "../../lib/rules/judge/scope.ts";
import { leavesToTurn } from "../../lib/rules/judge/turning.ts";
import { type Condition, EVERYBODY, type Scope } from "../../lib/rules/types.ts";
import { aLeaf, aRaise } from "../support/plan.ts";
import { aFigure } from "../support/plan-facts.ts";
import { factsOf } from "../support/readings.ts";
import { aBrand, aCampaign, anAccount, anAdGroup, aSharingAccount, aSnapshot } from "../support/snapshot.ts";

const leaf: Condition = {
  kind: "leaf",
  leaf: {
    fact: "conversions",
    params: { window: "14d" },
    operator: "greaterThanInclusive",
    right: { kind: "literal", value: 15, unit: "count" },
  },
};
const all = (...children: Condition[]): Condition => ({ kind: "all", children });
const any = (...children: Condition[]): Condition => ({ kind: "any", children });

/** At least 15, as it came out for so many; null is no data. */
function conversions(count: number | null): Evidence {
  const result: Result = count === null ? "noData" : count >= 15 ? "matched" : "notMatched";
  const distancePercent = count === null || count >= 15 ? null : Math.round((15 - count) / 0.015) / 10;
  return aLeaf({ value: aFigure(count, "count", "14d"), result, distancePercent });
}

/** "all no (conversions no, any yes)", with a star on what decided. */
function drawn(node: ExplainedCondition): string {
  const own = `${node.decides ? "*" : ""}${node.result}`;
  return node.kind === "leaf" ? own : `${own} ${node.kind}(${node.children.map(drawn).join(", ")})`;
}

describe("lib/rules/explain", () => {
  it("marks in an all what failed, and nothing that held beside it", () => {
    const tree = explainCondition(all(leaf, leaf), [conversions(20), conversions(13)]);
    expect(drawn(tree)).toBe("*notMatched all(matched, *notMatched)");
  });

  it("marks in an any what held, and everything where nothing did", () => {
    const held = explainCondition(any(leaf, leaf), [conversions(13), conversions(20)]);
    const failed = explainCondition(any(leaf, leaf), [conversions(13), conversions(14)]);
    expect(drawn(held)).toBe("*matched any(notMatched, *matched)");
    expect(drawn(failed)).toBe("*notMatched any(*notMatched, *notMatched)");
  });

  it("lets one failing condition settle an all that also lacks data, and one that holds an any", () => {
    const evidence = [conversions(null), conversions(13), conversions(null), conversions(20)];
    const tree = explainCondition(any(all(leaf, leaf), any(leaf, leaf)), evidence);
    expect(drawn(tree)).toBe(
      "*matched any(notMatched all(noData, notMatched), *matched any(noData, *matched))",
    );
    const lacking = explainCondition(all(leaf, any(leaf, leaf)), [
      conversions(20),
      conversions(null),
      conversions(13),
    ]);
    expect(drawn(lacking)).toBe("*noData all(matched, *noData any(*noData, notMatched))");
  });

  it("tells the way to the threshold in the figure's unit and in percent, on both sides of it", () => {
    const margins = [conversions(13), conversions(20), conversions(null)].map((one) => {
      const told = explainCondition(leaf, [one]);
      return told.kind === "leaf" ? [told.margin?.value ?? null, told.marginPercent, told.missing] : null;
    });
    expect(margins).toEqual([
      [2, 13.3, []],
      [5, 33.333, []],
      [null, null, ["value"]],
    ]);
  });

  it("has no margin where a figure equals what it should", () => {
    const sold = { operator: "equal", threshold: aFigure(0, "count", null) } as const;
    const none = aLeaf({ ...sold, value: aFigure(0, "count", "14d") });
    const some = aLeaf({ ...sold, value: aFigure(13, "count", "14d"), result: "notMatched" });
    const told = [none, some].map((one) => explainCondition(leaf, [one]));
    expect(told).toMatchObject([
      { margin: null, marginPercent: null },
      { margin: { value: 13, unit: "count" }, marginPercent: null },
    ]);
  });
});

describe("lib/rules/turning", () => {
  const values = (leaves: readonly Evidence[]) => leaves.map(({ value }) => value.value);

  it("asks all failing conditions of an all to turn, the nearest first, what has no data last", () => {
    const evidence = [conversions(null), conversions(6), conversions(20), conversions(13)];
    expect(values(leavesToTurn(all(leaf, leaf, leaf, leaf), evidence, true))).toEqual([13, 6, null]);
  });

  it("asks of alternatives the nearest alone", () => {
    const evidence = [conversions(14), conversions(14), conversions(9), conversions(12)];
    expect(values(leavesToTurn(any(all(leaf, leaf), leaf, leaf), evidence, true))).toEqual([12]);
  });

  it("stops an all by the one that is nearest to failing, and an any by all that hold", () => {
    const evidence = [conversions(40), conversions(16), conversions(20)];
    expect(values(leavesToTurn(all(leaf, leaf, leaf), evidence, false))).toEqual([16]);
    expect(values(leavesToTurn(any(leaf, leaf, leaf), evidence, false))).toEqual([16, 20, 40]);
    expect(values(leavesToTurn(any(leaf, leaf), [conversions(16), conversions(3)], false))).toEqual([16]);
  });

  it("has nothing to turn where it is so already", () => {
    expect(leavesToTurn(any(leaf, leaf), [conversions(16), conversions(3)], true)).toEqual([]);
    expect(leavesToTurn(all(leaf, leaf), [conversions(16), conversions(3)], false)).toEqual([]);
  });
});

describe("lib/rules/explain/scope", () => {
  const sharing = { platform: "google", accountId: "2000000002" };
  const snapshot = aSnapshot({
    accounts: [
      anAccount({
        entities: [
          aCampaign({ labels: ["proven"] }),
          anAdGroup(),
          anAdGroup({ id: "201", status: "paused" }),
        ],
      }),
      aSharingAccount({}, sharing),
    ],
  });
  const asSet = { conversions: ["purchase"], attribution: "asSet" };
  const accounts = [
    { platform: "meta", accountId: "1001", ...asSet },
    { ...sharing, ...asSet },
  ];
  const facts = factsOf({ snapshot, brand: aBrand({ accounts }), maturity: { meta: [], google: [] } });
  const [first] = facts.subjects("budgetHolder").filter(({ key }) => key === "meta/1001/adGroup/200");
  const anybody = aRaise().appliesTo;

  function excluded(scope: Partial<Scope>): string[] {
    if (first === undefined) throw new Error("ad group 200 holds no budget");
    return exclusionsOf({ ...anybody, ...scope }, first, facts).map(
      ({ key, wanted, found }) => `${key}: ${wanted.join(",")} / ${found.join(",")}`,
    );
  }

  it("names each key that keeps the subject out, with what it wants and what it finds", () => {
    expect(excluded({ stages: ["retargeting"], status: ["paused"] })).toEqual([
      "stages: retargeting / prospecting",
      "status: paused / active",
    ]);
    expect(excluded({ platforms: ["google"], accounts: ["7"] })).toEqual([
      "platforms: google / meta",
      "accounts: 7 / 1001",
    ]);
    expect(excluded({ budget: { owner: ["campaign"], period: ["lifetime"] } })).toEqual([
      "budget.owner: campaign / adGroup",
      "budget.period: lifetime / daily",
    ]);
    expect(excluded({ match: { labels: ["new"], ids: ["9"] } })).toEqual([
      "labels: new / proven",
      "ids: 9 / 200,100",
    ]);
    expect(excluded({ except: { ...EVERYBODY, match: { labels: ["proven"] } } })).toEqual([
      expect.stringMatching(/^except: proven/),
    ]);
  });

  it("excludes nobody whom the rule looks at", () => {
    expect(excluded({})).toEqual([]);
  });

  it("excludes exactly where rules give no verdict, shared budgets and several keys included", () => {
    const list = (...words: string[]) => fc.option(fc.subarray(words, { minLength: 1 }), { nil: null });
    const scopes = fc.record({
      platforms: list("meta", "google"),
      accounts: list("1001", "2000000002"),
      stages: list("prospecting", "retargeting", "mixed"),
      status: fc.subarray(["active", "paused"] as const, { minLength: 1 }),
      budget: fc.record({
        owner: fc.option(fc.subarray(["campaign", "adGroup", "shared"] as const, { minLength: 1 }), {
          nil: null,
        }),
        period: fc.subarray(["daily", "lifetime"] as const, { minLength: 1 }),
      }),
      match: fc.record(
        { campaigns: fc.constant(["PROS *"]), labels: fc.constant(["proven"]), ids: fc.constant(["200"]) },
        { requiredKeys: [] },
      ),
      except: fc.option(fc.constant({ ...EVERYBODY, match: { ids: ["201"] } }), { nil: null }),
    });
    const subjects = facts.subjects("budgetHolder");
    expect(subjects.map(({ key }) => key)).toContain("google/2000000002/sharedBudget/900");
    fc.assert(
      fc.property(scopes, fc.constantFrom(...subjects), (given, subject) => {
        const scope: Scope = { ...EVERYBODY, level: "budgetHolder", ...given };
        expect(exclusionsOf(scope, subject, facts).length === 0).toBe(inScope(scope, subject, facts));
      }),
      { numRuns: 300 },
    );
  });
});
