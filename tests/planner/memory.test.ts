import { describe, expect, it } from "vitest";
import type { ActiveHold, Notice, Plan } from "../../lib/domain/plan.ts";
import {
  NO_MEMORY,
  type OwnPause,
  type Remembered,
  type RuleMemory,
  type Streak,
} from "../../lib/domain/state.ts";
import type { Dispute, Subject, Verdict } from "../../lib/domain/verdict.ts";
import { buildPlan } from "../../lib/planner/build-plan.ts";
import { holdUntil, nightsWith, rememberedBy } from "../../lib/planner/memory.ts";
import type { Rule } from "../../lib/rules/types.ts";
import {
  aHistory,
  aHold,
  anAskOf,
  anEdit,
  anIntent,
  aRaise,
  aRule,
  type Night,
  partsOf,
} from "../support/plan.ts";
import { aCampaign, anAccount, anAdGroup, ROUND_AT_MS, ROUND_DAY } from "../support/snapshot.ts";

const HOUR_MS = 3_600_000;
const HASH = "a".repeat(64);
const KEY = "meta/1001/adGroup/200";
const SUBJECT = `budgetHolder ${KEY}`;
const MISSING = { platform: "meta", accountId: "1001", reason: { key: "missing.shop", values: {} } };

const counting = (given: Partial<Rule> = {}) => aRaise(20, { nightsInARow: 3, ...given });
const memory = (given: Partial<RuleMemory>): RuleMemory => ({ ...NO_MEMORY, ...given });
const streak = (nights: number, day: string, blind = 0): RuleMemory =>
  memory({ streaks: { [HASH]: { [SUBJECT]: { nights, blind, day } } } });

function remembered(night: Night, over: Partial<Plan> = {}): Remembered {
  const { input, facts, verdicts } = partsOf(night);
  return rememberedBy(input, facts, verdicts, { ...buildPlan(input, facts, verdicts), ...over });
}

/** What becomes of a streak of ad group 200 in the night of 2026-03-11. */
function left(
  before: RuleMemory,
  verdict: Partial<Verdict> | null,
  given: Partial<Rule> = {},
): Streak | undefined {
  const rule = counting(given);
  const asks = verdict === null ? [anAskOf(rule, "201")] : [anAskOf(rule, "200", verdict)];
  return remembered({ asks, state: { memory: before } }).streaks[HASH]?.[SUBJECT];
}

describe("lib/planner/memory", () => {
  describe("counts nights in a row", () => {
    it.each([
      ["a first match", NO_MEMORY, "matched", { nights: 1, blind: 0, day: ROUND_DAY }],
      ["a match after another", streak(2, "2026-03-10"), "matched", { nights: 3, blind: 0, day: ROUND_DAY }],
      ["one night without data", streak(2, "2026-03-10"), "noData", { nights: 2, blind: 1, day: ROUND_DAY }],
      [
        "a match after such a night",
        streak(2, "2026-03-10", 1),
        "matched",
        { nights: 3, blind: 0, day: ROUND_DAY },
      ],
      ["two nights without data", streak(2, "2026-03-10", 1), "noData", undefined],
      ["no match", streak(2, "2026-03-10"), "notMatched", undefined],
      ["no data before any match", NO_MEMORY, "noData", undefined],
      ["a missed night", streak(2, "2026-03-09"), "matched", { nights: 3, blind: 0, day: ROUND_DAY }],
      ["two missed nights", streak(2, "2026-03-08"), "matched", { nights: 1, blind: 0, day: ROUND_DAY }],
      ["a missed night and one without data", streak(2, "2026-03-09"), "noData", undefined],
    ] as const)("through %s", (_, before, result, expected) => {
      expect(left(before, { result })).toEqual(expected);
    });

    it("takes a night in which it did not look at the subject for one without data", () => {
      expect(left(streak(2, "2026-03-10"), null)).toEqual({ nights: 2, blind: 0, day: "2026-03-10" });
      expect(left(streak(2, "2026-03-09"), null)).toBeUndefined();
    });

    it("does not count what the two executors judge differently", () => {
      const dispute: Dispute = { compiled: "matched", reference: "notMatched", conditions: [] };
      const disputed: Partial<Verdict> = { result: "matched", dispute };
      expect(left(streak(2, "2026-03-10"), disputed)).toEqual({ nights: 2, blind: 1, day: ROUND_DAY });
    });

    it("goes on in shadow, and remembers nothing of a rule that counts none", () => {
      expect(left(streak(2, "2026-03-10"), { result: "matched" }, { mode: "shadow" })?.nights).toBe(3);
      expect(left(streak(2, "2026-03-10"), { result: "matched" }, { nightsInARow: 1 })).toBeUndefined();
    });

    it("tells the planner of tonight's match as the next night, also to a preview after the night", () => {
      const subject = { level: "budgetHolder", key: KEY } as const;
      const nights = (before: RuleMemory) => nightsWith(before, counting(), subject, ROUND_DAY);
      expect(
        [NO_MEMORY, streak(2, "2026-03-10"), streak(2, ROUND_DAY), streak(2, ROUND_DAY, 1)].map(nights),
      ).toEqual([1, 3, 2, 3]);
    });
  });

  describe("keeps what was told", () => {
    const rule = aRule(
      { type: "notify", urgency: "digest", to: [], repeat: "onChange" },
      { id: "tell", onNoData: "notify" },
    );
    const verdict = partsOf({ asks: [anAskOf(rule, "200")] }).verdicts[0] as Verdict;
    const notice = (given: Partial<Notice> = {}): Notice => ({
      ...{ ruleId: "tell", pack: "roads", urgent: false, to: [], blind: false },
      ...{ subject: verdict.subject, evidence: [] },
      ...given,
    });
    const before = { since: "2026-03-09", on: "2026-03-09" };
    const known = memory({ told: { tell: { [SUBJECT]: before } } });
    const told = (
      {
        result = "matched",
        state = known,
        mode = "propose",
      }: Partial<Verdict & Pick<Rule, "mode">> & { state?: RuleMemory },
      notices: Notice[] = [],
      snapshot: Night["snapshot"] = {},
    ) =>
      remembered(
        { asks: [anAskOf({ ...rule, mode }, "200", { result })], state: { memory: state }, snapshot },
        { notices },
      ).told;

    it("from the night that told it, and since when it stands", () => {
      expect(told({ state: NO_MEMORY }, [notice()])).toEqual({
        tell: { [SUBJECT]: { since: ROUND_DAY, on: ROUND_DAY } },
      });
      expect(told({}, [notice()])).toEqual({ tell: { [SUBJECT]: { since: "2026-03-09", on: ROUND_DAY } } });
    });

    it("while it stands without being told again, and for want of data", () => {
      expect(told({})).toEqual({ tell: { [SUBJECT]: before } });
      expect(told({ result: "noData" })).toEqual({ tell: { [SUBJECT]: before } });
      expect(told({ result: "notMatched" })).toEqual({});
      expect(told({ mode: "shadow" })).toEqual({});
    });

    it("apart from what was told for want of data", () => {
      const blind = { tell: { [`noData ${SUBJECT}`]: before } };
      expect(told({ result: "noData", state: NO_MEMORY }, [notice({ blind: true })])).toEqual({
        tell: { [`noData ${SUBJECT}`]: { since: ROUND_DAY, on: ROUND_DAY } },
      });
      expect(told({ result: "noData", state: memory({ told: blind }) })).toEqual(blind);
      expect(told({ result: "matched", state: memory({ told: blind }) })).toEqual({});
    });

    it("while its account cannot be read, and not once it is out of scope", () => {
      const gone = (snapshot: NonNullable<Night["snapshot"]>) => {
        const night = {
          asks: [anAskOf(rule, "201", { result: "notMatched" })],
          state: { memory: known },
          snapshot,
        };
        return remembered(night).told;
      };
      expect(gone({ accounts: [], missing: [MISSING] })).toEqual({ tell: { [SUBJECT]: before } });
      expect(gone({})).toEqual({});
    });

    it("without what a rule said beside its change", () => {
      const raise = aRaise(20, { notify: { to: ["#media"] } });
      const notices = [notice({ ruleId: raise.id, to: ["#media"] })];
      expect(remembered({ asks: [anAskOf(raise, "200")] }, { notices }).told).toEqual({});
    });
  });

  it("names the channels of tonight's notices besides the brand's own, each once", () => {
    const subject: Subject = { level: "brand", key: "b", name: "b", ref: null, stage: null };
    const common = { pack: "roads", urgent: false, blind: false, subject, evidence: [] };
    const notices = [
      { ...common, ruleId: "one", to: ["#media", "C0BUDGETS"] },
      { ...common, ruleId: "two", to: ["#data", "#media"] },
    ];
    expect(remembered({}, { notices }).channels).toEqual(
      ["#data", "#media", "C0BUDGETS"].filter((one) => one !== ""),
    );
  });

  describe("holds that last", () => {
    const lasting = aHold({
      action: { type: "hold", blocks: ["raise"], scope: { kind: "brand" }, forAtLeastNights: 3 },
    });
    const until = (last: string | null, matched: boolean, rule = lasting) =>
      holdUntil({ holds: last === null ? {} : { [rule.id]: { brand: { until: last } } } }, rule, {
        what: "brand",
        day: ROUND_DAY,
        matched,
      });

    it("go on to the last night that they were begun for, prolonged by every match", () => {
      expect([until(null, true), until("2026-03-12", true), until("2026-03-20", true)]).toEqual([
        "2026-03-13",
        "2026-03-13",
        "2026-03-20",
      ]);
      expect([until("2026-03-11", false), until("2026-03-10", false), until(null, false)]).toEqual([
        "2026-03-11",
        null,
        null,
      ]);
      expect(until("2026-03-20", true, aHold())).toBeNull();
    });

    it("are kept as the plan says them", () => {
      const hold: ActiveHold = {
        ...{ ruleId: lasting.id, pack: "roads", blocks: ["raise"], scope: "stage:cold" },
        ...{ because: "matched", until: "2026-03-13", evidence: [] },
      };
      const holds = [hold, { ...hold, scope: "brand", until: null }];
      expect(remembered({ asks: [{ rule: lasting }] }, { holds }).holds).toEqual({
        [lasting.id]: { "stage:cold": { until: "2026-03-13" } },
      });
    });
  });

  describe("sizes of scopes", () => {
    const asks = [anAskOf(aRaise(), "200"), anAskOf(aRaise(), "201")];

    it("are the subjects that each rule looked at", () => {
      expect(remembered({ asks }).scopes).toEqual({ [HASH]: 2 });
    });

    it("are never smaller than before while an account is missing", () => {
      const night = { asks, state: { memory: memory({ scopes: { [HASH]: 9 } }) } };
      expect(remembered(night).scopes).toEqual({ [HASH]: 2 });
      const other = { ...MISSING, accountId: "9" };
      expect(remembered({ ...night, snapshot: { missing: [other] } }).scopes).toEqual({ [HASH]: 9 });
    });
  });

  describe("ends a pause of its own", () => {
    const pausedAtMs = ROUND_AT_MS - 24 * HOUR_MS;
    const pause: OwnPause = {
      ...{
        ruleId: "stop",
        pack: "roads",
        changeId: "atelier-lune-20260310-1",
        atMs: pausedAtMs,
        until: null,
      },
    };
    const target = { platform: "meta", accountId: "1001", level: "adGroup" as const, id: "200" };
    const edit = { kind: "status", from: "active", to: "paused", budgetMicros: 50_000_000n } as const;
    const sent = anIntent({
      change: { id: pause.changeId, holderKey: KEY, target, edit },
      ...{ status: "confirmed", sends: 1, sendBeforeMs: pausedAtMs - 2_000 },
    });
    const over = (given: Partial<Night>, atMs = pausedAtMs) =>
      remembered({
        entities: { "200": { status: "paused" } },
        state: {
          intents: { [pause.changeId]: sent },
          memory: memory({ pauses: { [KEY]: { ...pause, atMs } } }),
        },
        ...given,
      }).pausesOver;
    const status = (atMs: number, to: "active" | "paused") =>
      anEdit({ target, atMs, edit: { kind: "status", to } });

    it("not while it is seen paused and nobody else touched it", () => {
      expect(over({})).toEqual([]);
      expect(over({ history: aHistory([status(pausedAtMs - 1_000, "paused")]) })).toEqual([]);
      expect(over({ history: null })).toEqual([]);
    });

    it("when it is seen in another state or not at all", () => {
      expect(over({ entities: { "200": { status: "active" } } })).toEqual([KEY]);
      expect(over({ entities: { "200": { status: "removed" } } })).toEqual([KEY]);
      const without = anAccount({ entities: [aCampaign(), anAdGroup({ id: "201" })] });
      expect(over({ snapshot: { accounts: [without] } })).toEqual([KEY]);
    });

    it("when somebody paused it again, so that it is theirs", () => {
      expect(over({ history: aHistory([status(ROUND_AT_MS - HOUR_MS, "paused")]) })).toEqual([KEY]);
      const budget = anEdit({ target, atMs: ROUND_AT_MS - HOUR_MS });
      expect(over({ history: aHistory([budget]) })).toEqual([]);
    });

    it("not by figures from before the pause, nor while its account cannot be read", () => {
      const entities = { "200": { status: "active" } } as const;
      expect(over({ entities }, ROUND_AT_MS - 60_000)).toEqual([]);
      expect(over({ snapshot: { accounts: [], missing: [MISSING] } })).toEqual([]);
    });
  });
});
