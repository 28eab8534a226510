import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import { message } from "../../lib/domain/figure.ts";
import { planSchema } from "../../lib/domain/plan.ts";
import { buildPlan } from "../../lib/planner/build-plan.ts";
import {
  aCut,
  aHistory,
  aHold,
  anAskOf,
  anEdit,
  aPause,
  aRaise,
  aRule,
  partsOf,
  planOf,
  told,
} from "../support/plan.ts";
import { anEvidence } from "../support/plan-view.ts";
import { aCampaign, anAccount, anAdGroup, ROUND_AT_MS } from "../support/snapshot.ts";

const NOTIFY = aRule({ type: "notify", urgency: "now", to: [], repeat: "daily" }, { id: "alarm-mer" });

describe("lib/planner/build-plan", () => {
  it("keeps with a change all that a person or a later check needs", () => {
    const rule = aRaise(20, {
      cooldownNights: 3,
      action: { type: "raiseBudget", by: { kind: "percent", percent: 20 }, ceilingMicros: 90_000_000n },
    });
    const [change] = planOf({ asks: [anAskOf(rule, "200")] }).changes;
    expect(change).toMatchObject({
      id: "atelier-lune-20260311-1",
      holderKey: "meta/1001/adGroup/200",
      target: { platform: "meta", accountId: "1001", level: "adGroup", id: "200" },
      name: "Ad group 200",
      stage: "prospecting",
      currency: "EUR",
      edit: { kind: "dailyBudget", fromMicros: 50_000_000n, toMicros: 60_000_000n },
      ruleId: "raise-proven",
      pack: "roads",
      owner: "lea",
      outcome: "proposed",
      mode: "propose",
      wantedMicros: 60_000_000n,
      bounds: { floorMicros: 1_000_000n, ceilingMicros: 90_000_000n, cooldownNights: 3 },
      worstCaseMicros: 105_000_000n,
      notes: [],
    });
    expect(change?.evidence).toHaveLength(1);
  });

  it("puts what saves money first, and numbers what can be approved before what cannot", () => {
    const asks = [
      anAskOf(aRaise(), "200"),
      anAskOf(aRaise(3, { id: "too-small" }), "201"),
      anAskOf(aCut(), "202"),
      anAskOf(aPause(), "203"),
    ];
    const plan = planOf({ asks });
    expect(
      plan.changes.map((change) => `${change.id.slice(-1)} ${change.target.id} ${told(change)}`),
    ).toEqual([
      "1 203 proposed paused",
      "2 202 proposed 40",
      "3 200 proposed 60",
      "4 201 blocked 51.5 tolerance.blocked",
    ]);
  });

  it("changes nothing where a money verdict is about what owns no budget, and says so", () => {
    const asks = [
      anAskOf(aPause(), "200"),
      anAskOf(aRaise(20, { id: "raise-elsewhere" }), "201"),
      anAskOf(aCut(20, { id: "cut-elsewhere" }), "202"),
    ];
    const entities = Object.fromEntries(["200", "201", "202"].map((id) => [id, { budget: null }]));
    const plan = planOf({ asks, entities });
    expect([plan.changes, plan.notices]).toEqual([[], []]);
    expect(plan.notActed.map((one) => `${one.ruleId} ${one.reason.key} ${one.subjects}`)).toEqual([
      "cut-elsewhere notActed.noBudget 1",
      "pause-dead notActed.noBudget 1",
      "raise-elsewhere notActed.noBudget 1",
    ]);
  });

  it("never changes a campaign and one of its ad groups in the same night", () => {
    const campaign = aCampaign({
      budget: { period: "daily", amountMicros: 50_000_000n },
      learning: "learned",
    });
    const account = anAccount({ entities: [campaign, anAdGroup()] });
    const ref = { platform: "meta", accountId: "1001", level: "campaign" as const, id: "100" };
    const subject = {
      level: "campaign" as const,
      key: "meta/1001/campaign/100",
      name: "PROS Broad FR",
      ref,
      stage: "prospecting",
    };
    const plan = planOf({
      asks: [anAskOf(aPause(), "200"), { rule: aCut(), verdict: { subject } }],
      snapshot: { accounts: [account] },
    });
    expect(plan.changes.map((change) => `${change.holderKey} ${told(change)}`)).toEqual([
      "meta/1001/campaign/100 proposed 40",
    ]);
    expect(plan.notActed.map(({ ruleId }) => ruleId)).toEqual(["pause-dead"]);
  });

  it("tells what rules notify, urgent or not, unless they are in shadow", () => {
    const quiet = aRule({ type: "notify", urgency: "digest", to: [], repeat: "daily" }, { id: "note" });
    const silent = aRule(
      { type: "notify", urgency: "now", to: [], repeat: "daily" },
      { id: "watched", mode: "shadow" },
    );
    const plan = planOf({ asks: [{ rule: NOTIFY }, { rule: quiet }, { rule: silent }] });
    expect(plan.notices.map((notice) => [notice.ruleId, notice.urgent])).toEqual([
      ["alarm-mer", true],
      ["note", false],
    ]);
  });

  it("tells of a notice's alternatives those that hold", () => {
    const sides = {
      operator: "lessThan",
      params: {},
      right: { kind: "literal", value: 5, unit: "ratio" },
    } as const;
    const rule = aRule(
      { type: "notify", urgency: "digest", to: [], repeat: "daily" },
      {
        id: "either",
        condition: {
          kind: "any",
          children: ["cac", "mer"].map((fact) => ({ kind: "leaf", leaf: { fact, ...sides } })),
        },
      },
    );
    const evidence = [anEvidence({ fact: "cac", result: "notMatched" }), anEvidence({ fact: "mer" })];
    const [notice] = planOf({ asks: [{ rule, verdict: { evidence } }] }).notices;
    expect(notice?.evidence.map(({ fact }) => fact)).toEqual(["mer"]);
  });

  it.each(["notMatched", "noData"] as const)("makes nothing of verdicts that are %s", (result) => {
    const asks = [
      anAskOf(aRaise(), "200", { result }),
      anAskOf(aCut(), "201", { result }),
      anAskOf(aPause(), "202", { result }),
    ];
    const plan = planOf({ asks: [...asks, { rule: NOTIFY, verdict: { result } }] });
    expect([plan.changes, plan.notices]).toEqual([[], []]);
  });

  it("names one hold per rule, what matched before what had no data", () => {
    const rule = aHold();
    const plan = planOf({
      asks: [
        anAskOf(rule, "200", { result: "noData" }),
        anAskOf(rule, "201"),
        anAskOf(rule, "202", { result: "notMatched" }),
      ],
    });
    expect(plan.holds.map((hold) => `${hold.ruleId} ${hold.because}`)).toEqual(["hold-under-floor matched"]);
  });

  it("names campaigns that fit several stages, which then count as in none", () => {
    const stages = [
      { name: "prospecting", match: { campaigns: ["*"] } },
      { name: "retargeting", match: { campaigns: ["RTG*"] } },
    ];
    const account = anAccount({
      entities: [aCampaign({ id: "c1", name: "RTG Cart" }), aCampaign({ id: "c2", name: "PROS" })],
    });
    const plan = planOf({ brand: { stages, shop: null }, snapshot: { accounts: [account] } });
    expect(plan.missing).toEqual([
      {
        key: "missing.stageUnclear",
        values: {
          campaign: { value: "RTG Cart", unit: "text" },
          stages: { value: "prospecting, retargeting", unit: "text" },
        },
      },
    ]);
  });

  it("says which campaigns fit several members of another partition", () => {
    const tier = [
      { name: "proven", match: { labels: ["proven"] } },
      { name: "test", match: { campaigns: ["*TEST*"] } },
    ];
    const both = aCampaign({ id: "c1", name: "TEST Cart", labels: ["proven"] });
    const account = anAccount({ entities: [both, aCampaign({ id: "c2", name: "TEST Home" })] });
    const plan = planOf({ brand: { groups: { tier }, shop: null }, snapshot: { accounts: [account] } });
    expect(plan.missing).toEqual([
      {
        key: "missing.memberUnclear",
        values: {
          campaign: { value: "TEST Cart", unit: "text" },
          group: { value: "tier", unit: "text" },
          members: { value: "proven, test", unit: "text" },
        },
      },
    ]);
  });

  it("says what is missing: accounts with their reason, and a shop that gave nothing", () => {
    const reason = message("loop.fetchFailed");
    const plan = planOf({ snapshot: { missing: [{ platform: "meta", accountId: "1002", reason }] } });
    expect(plan.missing).toEqual([
      { key: "missing.account", values: { account: { value: "meta/1002", unit: "text" } } },
      reason,
      { key: "missing.shop", values: {} },
    ]);
    expect(planOf({ snapshot: { shop: { source: "csv", days: [] } } }).missing).toEqual([]);
    expect(planOf({ brand: { shop: null } }).missing).toEqual([]);
  });

  it("states where its figures come from", () => {
    expect(planOf({}).sources).toEqual([
      {
        account: "meta/1001",
        zone: "Europe/Paris",
        conversion: "omni_purchase",
        attribution: "7dClick+1dView",
        countedOn: "click",
      },
    ]);
  });

  it("makes the same plan byte for byte in whatever order rules and verdicts come", () => {
    const rules = [
      aRaise(),
      aCut(),
      aPause(),
      aHold({ mode: "shadow" }),
      aRaise(10, { id: "raise-little" }),
      NOTIFY,
    ];
    const asks = ["200", "201", "202", "203"].flatMap((holder) => rules.map((rule) => anAskOf(rule, holder)));
    const { input, facts, verdicts } = partsOf({ asks });
    const reversed = { ...input, ruleset: { ...input.ruleset, rules: input.ruleset.rules.toReversed() } };
    expect(canonicalJson(buildPlan(reversed, facts, verdicts.toReversed()))).toBe(
      canonicalJson(buildPlan(input, facts, verdicts)),
    );
  });

  it("survives being stored: what is read back is what was made", () => {
    const plan = planOf({
      asks: [anAskOf(aRaise(35), "200"), anAskOf(aPause(), "201"), { rule: aHold() }],
      history: aHistory([
        anEdit(),
        anEdit({ atMs: ROUND_AT_MS - 1, edit: { kind: "status", to: "active" } }),
      ]),
    });
    expect(plan.foreignEdits).toHaveLength(1);
    expect(planSchema.parse(JSON.parse(canonicalJson(plan)))).toEqual(plan);
  });

  it("refuses verdicts, platforms and accounts that do not belong to it", () => {
    const { input, facts, verdicts } = partsOf({ asks: [anAskOf(aRaise(), "200")] });
    expect(() => buildPlan({ ...input, ruleset: { rules: [], hash: "0" } }, facts, verdicts)).toThrow(
      /roads\/raise-proven/,
    );
    expect(() => buildPlan({ ...input, worstDayMultiples: {} }, facts, verdicts)).toThrow(/meta/);
    expect(() =>
      buildPlan({ ...input, snapshot: { ...input.snapshot, accounts: [] } }, facts, verdicts),
    ).toThrow(/meta\/1001/);
  });
});
