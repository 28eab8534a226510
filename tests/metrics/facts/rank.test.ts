import { describe, expect, it } from "vitest";
import type { Subject } from "../../../lib/domain/verdict.ts";
import type { Facts, Params } from "../../../lib/metrics/port.ts";
import { factsOf, reading } from "../../support/readings.ts";
import { aBrand, aCampaign, anAccount, anAdGroup, anInsight, aSnapshot } from "../../support/snapshot.ts";

/** Ad group, campaign, spend and conversions: CPA 10, 20, 20, 40 in 100, and 5, 50 in 101; 206 has spent and brought nothing. */
const GROUPS = [
  ["200", "100", 10, 1],
  ["201", "100", 40, 2],
  ["202", "100", 20, 1],
  ["203", "100", 40, 1],
  ["204", "101", 5, 1],
  ["205", "101", 50, 1],
  ["206", "101", 30, 0],
] as const;

function ranking(handsOff: string[] = []): Facts {
  const entities = [
    aCampaign(),
    aCampaign({ id: "101", name: "RTG 30d" }),
    ...GROUPS.map(([id, parentId]) => anAdGroup({ id, parentId })),
  ];
  const insights = [
    anInsight({ level: "campaign", entityId: "100", spendMicros: 110_000_000n }),
    anInsight({ level: "campaign", entityId: "101", spendMicros: 85_000_000n }),
    ...GROUPS.map(([entityId, , euros, conversions]) =>
      anInsight({ entityId, spendMicros: BigInt(euros) * 1_000_000n, conversions }),
    ),
  ];
  return factsOf({
    brand: aBrand({ handsOff: handsOff.map((id) => ({ match: { ids: [id] }, until: null, by: "lea" })) }),
    snapshot: aSnapshot({ accounts: [anAccount({ entities, insights })] }),
  });
}

const FACTS = ranking();

function keyOf(id: string): string {
  return `meta/1001/adGroup/${id}`;
}

/** Of every ad group in turn; null for those without a place. */
function places(fact: string, params: Params, facts = FACTS, among?: readonly Subject[]): unknown[] {
  return facts
    .everySubject("adGroup")
    .map((subject) => facts.read(subject, fact, { window: "1d", ...params }, among).value);
}

describe("lib/metrics/facts: rank", () => {
  it("gives the best first place by the metric's good side, and equal figures the better one", () => {
    // CPA 10, 20, 20, 40, 5, 50, none
    expect(places("rank", { by: "cpa" })).toEqual([2, 3, 3, 5, 1, 6, null]);
    // conversions 1, 2, 1, 1, 1, 1, 0
    expect(places("rank", { by: "conversions" })).toEqual([2, 1, 2, 2, 2, 2, 7]);
  });

  it("takes the highest first where a metric has no good side", () => {
    expect(places("rank", { by: "spend" })).toEqual([6, 2, 5, 2, 7, 1, 4]);
  });

  it("turns round with worstFirst", () => {
    expect(places("rank", { by: "cpa", order: "worstFirst" })).toEqual([5, 3, 3, 2, 6, 1, null]);
  });

  it("ranks within each group by itself", () => {
    expect(places("rank", { by: "cpa", within: "campaign" })).toEqual([1, 2, 2, 4, 1, 2, null]);
    expect(places("rank", { by: "cpa", within: "stage" })).toEqual([1, 2, 2, 4, 1, 2, null]);
    expect(places("rank", { by: "cpa", within: "account" })).toEqual([2, 3, 3, 5, 1, 6, null]);
  });

  it("tells the place in percent of those ranked, so that of 4 nobody is in the top 20 %", () => {
    expect(places("rankPercent", { by: "cpa", within: "campaign" })).toEqual([
      25,
      50,
      50,
      100,
      50,
      100,
      null,
    ]);
    expect(places("rankPercent", { by: "cpa" })[0]).toBe(33.333333);
  });

  it("ranks those whom a rule looks at and no others", () => {
    const among = FACTS.subjects("adGroup").filter(({ key }) => key !== keyOf("204") && key !== keyOf("201"));
    expect(places("rank", { by: "cpa" }, FACTS, among)).toEqual([1, null, 2, 3, null, 4, null]);
    const unseen = FACTS.read(
      { level: "adGroup", key: keyOf("204"), name: "", ref: null, stage: null },
      "rank",
      { by: "cpa", window: "1d" },
      among,
    );
    expect(unseen).toMatchObject({ value: null, reason: { key: "noData.notRanked" }, from: "2026-03-10" });
  });

  it("leaves hands-off entities out where nobody says whom a rule looks at", () => {
    expect(places("rank", { by: "cpa" }, ranking(["204"]))).toEqual([1, 2, 2, 4, null, 5, null]);
  });

  it("keeps the metric's days and reasons, and says of how many it is which", () => {
    const first = reading(FACTS, "adGroup", keyOf("204"), "rank", { by: "cpa", window: "1d" });
    expect(first).toMatchObject({
      value: 1,
      unit: "count",
      from: "2026-03-10",
      to: "2026-03-10",
      source: "meta/1001 adGroup 204 omni_purchase 7dClick+1dView by click day",
    });
    expect(first.reason).toEqual({
      key: "rank.place",
      values: { place: { value: 1, unit: "count" }, ranked: { value: 6, unit: "count" } },
    });
    const none = reading(FACTS, "adGroup", keyOf("206"), "rank", { by: "cpa", window: "1d" });
    expect(none.reason?.key).toBe("noData.noConversions");
  });

  it("passes what is the metric's own on to it", () => {
    // Each ad group stands where its campaign does: 110 euros before 85.
    expect(places("rank", { by: "spend", of: "campaign" })).toEqual([1, 1, 1, 1, 5, 5, 5]);
    expect(places("rank", { by: "spend", of: "campaign", order: "worstFirst" })).toEqual([
      4, 4, 4, 4, 1, 1, 1,
    ]);
  });

  it("reads all of a level as one by one", () => {
    const params = { by: "cpa", window: "1d", within: "campaign" };
    expect(FACTS.readAll("adGroup", "rank", params).map(({ value }) => value)).toEqual([
      1,
      2,
      2,
      4,
      1,
      2,
      null,
    ]);
  });

  it("refuses what it cannot be ranked by or within", () => {
    const bad = expect.objectContaining({ code: "metrics.badParams" });
    expect(() => places("rank", {})).toThrow(bad);
    expect(() => places("rank", { by: "rankPercent" })).toThrow(bad);
    expect(() => places("rank", { by: "status" })).toThrow(bad);
    expect(() => places("rank", { by: "cpa", within: "siblings" })).toThrow(bad);
    expect(() => places("rank", { by: "cpa", order: "highFirst" })).toThrow(bad);
  });
});
