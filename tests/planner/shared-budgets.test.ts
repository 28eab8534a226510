import { describe, expect, it } from "vitest";
import type { Entity } from "../../lib/domain/entity.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import type { AccountSnapshot, SharedBudget } from "../../lib/domain/snapshot.ts";
import type { Verdict } from "../../lib/domain/verdict.ts";
import type { Rule } from "../../lib/rules/types.ts";
import {
  type Ask,
  aCut,
  aPause,
  aRaise,
  changeOf,
  type Night,
  noteOf,
  planOf,
  told,
} from "../support/plan.ts";
import {
  aGoogleAccount,
  aSharedBudget,
  aSharingAccount,
  aSnapshot,
  ROUND_AT_MS,
} from "../support/snapshot.ts";

const KEY = "google/2000000002/sharedBudget/900";
const ACCOUNT = { platform: "google", accountId: "2000000002" } as const;
const REF = { ...ACCOUNT, level: "sharedBudget", id: "900" } as const;
const BRAND_ACCOUNT = { ...ACCOUNT, conversions: ["Purchase (web)"], attribution: "asSet" };

interface Shared {
  campaigns?: { 100?: Partial<Entity>; 101?: Partial<Entity> };
  budget?: Partial<SharedBudget>;
  night?: Night;
}

/** A Google Ads account in which campaigns 100 and 101 draw on one budget. */
function aSearchAccount(campaigns: Shared["campaigns"], budget: Shared["budget"]): AccountSnapshot {
  const { entities } = aSharingAccount(campaigns);
  return aGoogleAccount({
    entities: entities.map((entity) => ({ ...entity, ...ACCOUNT })),
    sharedBudgets: [aSharedBudget(budget)],
  });
}

/** A night of that account whose campaigns 100 and 101 share 120 EUR a day, asked by these rules. */
function planFor(rules: readonly Rule[], { campaigns, budget, night }: Shared = {}): Plan {
  const account = aSearchAccount(campaigns, budget);
  const asks = rules.map((rule): Ask => ({ rule, verdict: verdict() }));
  const brand = { ...night?.brand, accounts: [BRAND_ACCOUNT] };
  return planOf({ ...night, brand, asks, snapshot: { accounts: [account] } });
}

function verdict(): Partial<Verdict> {
  return {
    subject: { level: "budgetHolder", key: KEY, name: "Search budget", ref: REF, stage: "prospecting" },
  };
}

const outcomes = (plan: Plan) => plan.changes.map((change) => `${change.ruleId} ${told(change)}`);
const ROOM = { brand: { limits: { nightlyRaisePercent: 50 } } };

describe("lib/planner, shared budgets", () => {
  it("proposes to raise the budget itself, by what it is and who it feeds", () => {
    const plan = planFor([aRaise()], { night: ROOM });
    expect(changeOf(plan, "900")).toMatchObject({
      holderKey: KEY,
      target: REF,
      name: "Search budget",
      stage: "prospecting",
      outcome: "proposed",
      edit: { kind: "dailyBudget", fromMicros: 120_000_000n, toMicros: 144_000_000n },
    });
    expect(plan.holders).toMatchObject([
      {
        subject: { key: KEY, ref: REF },
        campaignName: "PROS Broad FR, PROS Narrow FR",
        owner: "shared",
        status: "active",
        learning: "learned",
        budgetMicros: 120_000_000n,
      },
    ]);
  });

  it("counts its money once in the night's allowance: 10 % of 120", () => {
    expect(outcomes(planFor([aRaise()]))).toEqual(["raise-proven proposed 132 nightlyRaises.clamped"]);
  });

  it("cannot pause it, and says so", () => {
    expect(outcomes(planFor([aPause()]))).toEqual(["pause-dead blocked paused sharedBudget.blocked"]);
  });

  it("lets a cut pass where a pause is impossible, but no raise", () => {
    expect(outcomes(planFor([aPause(), aCut()]))).toEqual([
      "cut-dear proposed 96",
      "pause-dead blocked paused sharedBudget.blocked",
    ]);
    const kept = planFor([aPause(), aRaise()], { night: ROOM });
    expect(outcomes(kept)).toEqual([
      "pause-dead blocked paused sharedBudget.blocked",
      "raise-proven blocked 144 conflict.blocked",
    ]);
  });

  it.each<[string, Partial<Entity>, string]>([
    ["learns", { learning: "learning" }, "blocked 144 learning.blocked"],
    [
      "was created yesterday and learns nobody knows how",
      { learning: "unknown", createdAtMs: ROUND_AT_MS - 86_400_000 },
      "blocked 144 unknownLearning.blocked",
    ],
    ["has a scheduled increase", { budgetScheduled: true }, "blocked 144 budgetSchedule.blocked"],
    ["is paused", { status: "paused" }, "proposed 144"],
  ])("judges a raise by the campaign that %s", (_, campaign, end) => {
    expect(outcomes(planFor([aRaise()], { campaigns: { 101: campaign }, night: ROOM }))).toEqual([
      `raise-proven ${end}`,
    ]);
  });

  it("is not raised when any stage that it feeds is over its band", () => {
    const campaigns = { 101: { name: "RTG Cart" } };
    const shares = (retargeting: number): Shared => ({
      campaigns,
      night: {
        ...ROOM,
        brandFigures: { stageShare: { awareness: 0, prospecting: 75, retargeting, unmapped: 0 } },
      },
    });
    expect(outcomes(planFor([aRaise()], shares(20)))).toEqual(["raise-proven proposed 144"]);
    const blocked = planFor([aRaise()], shares(21));
    expect(noteOf(changeOf(blocked, "900"), "stageBand")).toEqual({
      stage: "retargeting",
      share: 21,
      limit: 20,
    });
  });

  it.each<[string, Shared, string, object]>([
    [
      "removed",
      { budget: { status: "removed", platformStatus: "REMOVED" } },
      "inactive",
      { status: "REMOVED" },
    ],
    [
      "of paused campaigns only",
      {
        campaigns: {
          100: { status: "paused", platformStatus: "PAUSED" },
          101: { status: "paused", platformStatus: "PAUSED" },
        },
      },
      "inactive",
      { status: "PAUSED" },
    ],
    [
      "for the campaigns' whole life",
      { budget: { budget: { period: "lifetime", amountMicros: 1n } } },
      "lifetimeBudget",
      {},
    ],
    [
      "of a special kind",
      { budget: { budget: { period: "daily", amountMicros: 120_000_000n, special: "FIXED_CPA" } } },
      "specialBudget",
      { kind: "FIXED_CPA" },
    ],
  ])("leaves a budget alone that is %s, each with its own reason", (_, shared, guardrail, figures) => {
    const change = changeOf(planFor([aCut()], shared), "900");
    expect([change.outcome, change.notes.map((note) => note.guardrail)]).toEqual(["blocked", [guardrail]]);
    expect(noteOf(change, guardrail)).toEqual(figures);
  });

  it("says what one day may cost at worst on its platform: twice the budget", () => {
    expect(changeOf(planFor([aRaise()], { night: ROOM }), "900").worstCaseMicros).toBe(288_000_000n);
  });

  it("never has the budget and one of its campaigns as holders", () => {
    const own = { period: "daily", amountMicros: 10_000_000n } as const;
    const plan = planFor([], { campaigns: { 100: { budget: own } } });
    expect(plan.holders.map((line) => line.subject.key)).toEqual([KEY]);
  });

  it("names what no rule looks at, and counts it as seen by a rule over all its campaigns", () => {
    expect(planFor([]).uncovered.map(({ name, level }) => [name, level])).toEqual([
      ["Search budget", "sharedBudget"],
    ]);
    const over = (id: string): Ask => {
      const ref = { ...ACCOUNT, level: "campaign" as const, id };
      const subject = {
        level: "campaign" as const,
        key: `google/2000000002/campaign/${id}`,
        name: id,
        ref,
        stage: null,
      };
      return { rule: aRaise(), verdict: { subject, result: "notMatched" } };
    };
    const names = (...ids: string[]) =>
      planOf({
        asks: ids.map(over),
        snapshot: aSnapshot({ accounts: [aSearchAccount({}, {})] }),
      }).uncovered.map(({ name }) => name);
    expect(names("100")).toEqual(["Search budget"]);
    expect(names("100", "101")).toEqual([]);
  });
});
