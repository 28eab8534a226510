import { describe, expect, it } from "vitest";
import { message } from "../../lib/domain/figure.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import type { Snapshot } from "../../lib/domain/snapshot.ts";
import type { Rule } from "../../lib/rules/types.ts";
import {
  type Ask,
  aCut,
  aHold,
  anAskOf,
  aPause,
  aRaise,
  type Night,
  noteOf,
  partsOf,
  planOf,
  told,
} from "../support/plan.ts";
import { aCampaign, aGoogleAccount } from "../support/snapshot.ts";

const GOOGLE = { platform: "google", accountId: "2000000002" } as const;
const ACCOUNTS = [
  { platform: "meta", accountId: "1001", conversions: ["omni_purchase"], attribution: "7dClick+1dView" },
  { ...GOOGLE, conversions: ["Purchase (web)"], attribution: "asSet" },
];
/** Google campaigns of 50 EUR a day. */
const CAMPAIGNS = ["300", "301", "302", "303", "304"] as const;

function aSearchAccount(given: Parameters<typeof aGoogleAccount>[0] = {}) {
  const budget = { period: "daily", amountMicros: 50_000_000n } as const;
  const entities = CAMPAIGNS.map((id) =>
    aCampaign({ ...GOOGLE, id, name: `PROS Search ${id}`, budget, learning: "learned" }),
  );
  return aGoogleAccount({ entities, ...given });
}

/** Ten ad groups on Meta beside five campaigns on Google Ads: 750 EUR a day. */
function bothOf(given: Partial<Snapshot> = {}): Partial<Snapshot> {
  return { accounts: [...partsOf({}).input.snapshot.accounts, aSearchAccount()], ...given };
}

function planFor(asks: readonly Ask[], { brand, ...night }: Night = {}): Plan {
  return planOf({ snapshot: bothOf(), ...night, brand: { ...brand, accounts: ACCOUNTS }, asks });
}

function onGoogle(rule: Rule, id: string): Ask {
  const ref = { ...GOOGLE, level: "campaign" as const, id };
  const key = `google/2000000002/campaign/${id}`;
  const subject = {
    level: "budgetHolder" as const,
    key,
    name: `PROS Search ${id}`,
    ref,
    stage: "prospecting",
  };
  return { rule, verdict: { subject } };
}

const raises = [anAskOf(aRaise(), "200"), onGoogle(aRaise(), "300")];
const ends = (plan: Plan) => plan.changes.map((change) => `${change.target.id} ${told(change)}`);

describe("lib/planner, one brand on two platforms", () => {
  it("raises on each, and says what a day may cost by the platform's own worst day", () => {
    const plan = planFor(raises);
    expect(ends(plan)).toEqual(["300 proposed 60", "200 proposed 60"]);
    expect(plan.changes.map((change) => change.worstCaseMicros)).toEqual([120_000_000n, 105_000_000n]);
    expect(plan.sources.map(({ account, countedOn }) => [account, countedOn])).toEqual([
      ["meta/1001", "click"],
      ["google/2000000002", "click"],
    ]);
  });

  it("holds raises on both by one hold, and still cuts and pauses", () => {
    expect(
      ends(planFor([{ rule: aHold() }, ...raises, anAskOf(aPause(), "201"), onGoogle(aCut(), "301")])),
    ).toEqual([
      "201 proposed paused",
      "301 proposed 40",
      "300 blocked 60 hold.blocked",
      "200 blocked 60 hold.blocked",
    ]);
  });

  it("gives both one allowance: 2 % of 750", () => {
    expect(ends(planFor(raises, { brand: { limits: { nightlyRaisePercent: 2 } } }))).toEqual([
      "300 proposed 60",
      "200 proposed 55 nightlyRaises.clamped",
    ]);
  });

  it("refuses a plan for what it touches on both: 4 of 15 holders", () => {
    const two = [anAskOf(aPause(), "200"), anAskOf(aPause(), "201"), onGoogle(aPause(), "300")];
    const asks = [...two, onGoogle(aCut(), "301")];
    expect(planFor(two).refused).toBeNull();
    expect(planFor(asks).refused?.values).toMatchObject({ holders: { value: 4 }, active: { value: 15 } });
  });

  it("counts pauses and changes of both together", () => {
    const asks = [anAskOf(aPause(), "200"), anAskOf(aPause(), "201"), onGoogle(aPause(), "300")];
    expect(ends(planFor(asks, { brand: { limits: { pausesPerNight: 2 } } }))).toEqual([
      "300 proposed paused",
      "200 proposed paused",
      "201 blocked paused pausesPerNight.blocked",
    ]);
    expect(ends(planFor(raises, { brand: { limits: { writesPerRun: 1 } } }))).toEqual([
      "300 proposed 60",
      "200 blocked 60 writesPerRun.blocked",
    ]);
  });

  it("raises nothing on one while the other is out of reach, before any hold that comes of it, and still cuts", () => {
    const reason = message("loop.accountFailed");
    const snapshot = {
      accounts: partsOf({}).input.snapshot.accounts,
      missing: [{ ...GOOGLE, reason }],
    };
    const asks = [
      { rule: aHold(), verdict: { result: "noData" as const } },
      anAskOf(aRaise(), "200"),
      anAskOf(aCut(), "201"),
    ];
    const plan = planFor(asks, { snapshot });
    expect(ends(plan)).toEqual(["201 proposed 40", "200 blocked 60 missingAccount.blocked"]);
    const [, raise] = plan.changes;
    expect(raise && noteOf(raise, "missingAccount")).toEqual({ account: "google/2000000002" });
    expect(plan.missing.slice(0, 2)).toEqual([
      { key: "missing.account", values: { account: { value: "google/2000000002", unit: "text" } } },
      reason,
    ]);
  });

  it("counts an account of the brand that the snapshot does not even miss as out of reach", () => {
    const snapshot = { accounts: partsOf({}).input.snapshot.accounts };
    expect(ends(planFor([anAskOf(aRaise(), "200")], { snapshot }))).toEqual([
      "200 blocked 60 missingAccount.blocked",
    ]);
  });

  it("raises nothing on one while the other does not cover yesterday", () => {
    const stale = aSearchAccount({ coveredTo: "2026-03-09" });
    const snapshot = { accounts: [...partsOf({}).input.snapshot.accounts, stale] };
    expect(ends(planFor([anAskOf(aRaise(), "200"), anAskOf(aCut(), "201")], { snapshot }))).toEqual([
      "201 proposed 40",
      "200 blocked 60 partialData.blocked",
    ]);
  });

  it("raises nothing in the account alone whose history nobody may read", () => {
    const snapshot = {
      accounts: [...partsOf({}).input.snapshot.accounts, aSearchAccount({ history: null })],
    };
    expect(ends(planFor(raises, { snapshot }))).toEqual([
      "200 proposed 60",
      "300 blocked 60 historyUnknown.blocked",
    ]);
  });
});
