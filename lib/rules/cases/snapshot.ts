/** What a night would see of a case: a snapshot like that of real accounts, which the real figures are read from. */
import { type Day, instantOf } from "../../domain/day.ts";
import { accountKey, entityKey, NIGHT_SLOT, roundIdOf } from "../../domain/ids.ts";
import type { AccountSnapshot, Snapshot } from "../../domain/snapshot.ts";
import type { AppliedChange } from "../../domain/state.ts";
import { manifestOf } from "../../platforms/index.ts";
import { entitiesOf, sharedBudgetsOf } from "./entities.ts";
import { coverageOf, insightsOf, keyOfClaim, peopleOf } from "./insights.ts";
import { appliedOf, historyOf } from "./past.ts";
import { type Placed, placedOf } from "./placed.ts";
import type { RuleCase } from "./read.ts";
import { shopOf } from "./shop.ts";

export const CASE_BRAND = "test-brand";
export const CASE_ZONE = "UTC";

/** Inside every night window. */
const NIGHT_TIME = "04:10";

export interface CaseNight {
  snapshot: Snapshot;
  nowMs: number;
  placed: readonly Placed[];
  /** The entity that the case is about, as a budget holder. */
  holderKey: string;
  accountKey: string;
  applied: readonly AppliedChange[];
}

/** @throws DomainError `money.malformed` for an amount that is none. */
export function nightOf(one: RuleCase, currency: string, ruleId: string): CaseNight {
  const { day } = one;
  const nowMs = instantOf(day, one.at ?? NIGHT_TIME, CASE_ZONE);
  const placed = placedOf(one);
  const byAccount = Map.groupBy(placed, accountKey);
  const accounts = [...byAccount.values()].map((all) => accountOf(all, { day, nowMs, currency }));
  const [subject] = placed;
  if (subject === undefined) throw new Error("a case has at least its own entity");
  return {
    snapshot: {
      v: 1,
      brand: CASE_BRAND,
      roundId: roundIdOf(CASE_BRAND, day, NIGHT_SLOT),
      day,
      asOfMs: nowMs,
      accounts,
      missing: [],
      shop: shopOf(one),
    },
    nowMs,
    placed,
    holderKey: entityKey(subject.target),
    accountKey: accountKey(subject),
    applied: appliedOf(one, placed, { day, nowMs, ruleId }),
  };
}

interface Moment {
  day: Day;
  nowMs: number;
  currency: string;
}

function accountOf(placed: readonly Placed[], moment: Moment): AccountSnapshot {
  const [first] = placed;
  const { platform = "", accountId = "" } = first ?? {};
  const { from, to } = coverageOf(placed, moment.day);
  const claims = [...new Set(placed.flatMap(({ file }) => Object.keys(file.claims ?? {}).map(keyOfClaim)))];
  const people = peopleOf(placed, moment.day);
  return {
    platform,
    accountId,
    name: accountId,
    currency: moment.currency,
    zone: CASE_ZONE,
    fetchedAtMs: moment.nowMs,
    coveredFrom: from,
    coveredTo: to,
    levels: ["account", "campaign", "adGroup", "ad"],
    conversion: "primary",
    attribution: "asSet",
    countedOn: manifestOf(platform).countedOn,
    minDailyBudgetMicros: 1_000_000n,
    budgetUnitMicros: 10_000n,
    entities: entitiesOf(placed, moment.nowMs),
    sharedBudgets: sharedBudgetsOf(placed),
    insights: insightsOf(placed, accountId, moment.day),
    history: historyOf(placed, moment),
    ...(claims.length > 0 && { claims }),
    ...(people !== undefined && { people }),
  };
}
