/** All checks beyond what the loader refuses. */
import type { Check } from "./check.ts";
import { alwaysFires } from "./checks/always-fires.ts";
import { applyWithoutCooldown } from "./checks/apply-without-cooldown.ts";
import { claimsAdded } from "./checks/claims-added.ts";
import { cpaSeries } from "./checks/cpa-series.ts";
import { cpaWithoutConversions } from "./checks/cpa-without-conversions.ts";
import { deadAlternative } from "./checks/dead-alternative.ts";
import { emptyScope } from "./checks/empty-scope.ts";
import { expired } from "./checks/expired.ts";
import { idleCondition } from "./checks/idle-condition.ts";
import { neverFires } from "./checks/never-fires.ts";
import { noTarget } from "./checks/no-target.ts";
import { notActedYet } from "./checks/not-acted-yet.ts";
import { oneDayWindow } from "./checks/one-day-window.ts";
import { oppositeRules } from "./checks/opposite-rules.ts";
import { ownerless } from "./checks/ownerless.ts";
import { ownsNoBudget } from "./checks/owns-no-budget.ts";
import { pauseOutlivesRule } from "./checks/pause-outlives-rule.ts";
import { raiseBrandSearch } from "./checks/raise-brand-search.ts";
import { raiseWithoutConversions } from "./checks/raise-without-conversions.ts";
import { raiseWithoutSpend } from "./checks/raise-without-spend.ts";
import { relativeOnly } from "./checks/relative-only.ts";
import { reviewDue } from "./checks/review-due.ts";
import { shareForPercent } from "./checks/share-for-percent.ts";
import { todayAtNight } from "./checks/today-at-night.ts";
import { todayOnly } from "./checks/today-only.ts";
import { tooShortToAct } from "./checks/too-short-to-act.ts";
import { unreachableInLayer } from "./checks/unreachable-in-layer.ts";

export const checks: readonly Check[] = [
  neverFires,
  tooShortToAct,
  unreachableInLayer,
  todayAtNight,
  cpaWithoutConversions,
  alwaysFires,
  deadAlternative,
  idleCondition,
  raiseWithoutSpend,
  raiseWithoutConversions,
  relativeOnly,
  raiseBrandSearch,
  shareForPercent,
  oneDayWindow,
  todayOnly,
  cpaSeries,
  claimsAdded,
  applyWithoutCooldown,
  oppositeRules,
  ownsNoBudget,
  emptyScope,
  noTarget,
  notActedYet,
  expired,
  pauseOutlivesRule,
  reviewDue,
  ownerless,
];
