/** All checks beyond what the loader refuses. */
import type { Check } from "./check.ts";
import { alwaysFires } from "./checks/always-fires.ts";
import { applyWithoutCooldown } from "./checks/apply-without-cooldown.ts";
import { cpaWithoutConversions } from "./checks/cpa-without-conversions.ts";
import { deadAlternative } from "./checks/dead-alternative.ts";
import { emptyScope } from "./checks/empty-scope.ts";
import { expired } from "./checks/expired.ts";
import { idleCondition } from "./checks/idle-condition.ts";
import { neverFires } from "./checks/never-fires.ts";
import { oneDayWindow } from "./checks/one-day-window.ts";
import { oppositeRules } from "./checks/opposite-rules.ts";
import { ownerless } from "./checks/ownerless.ts";
import { raiseWithoutConversions } from "./checks/raise-without-conversions.ts";
import { raiseWithoutSpend } from "./checks/raise-without-spend.ts";
import { relativeOnly } from "./checks/relative-only.ts";
import { reviewDue } from "./checks/review-due.ts";

export const checks: readonly Check[] = [
  neverFires,
  cpaWithoutConversions,
  alwaysFires,
  deadAlternative,
  idleCondition,
  raiseWithoutSpend,
  raiseWithoutConversions,
  relativeOnly,
  oneDayWindow,
  applyWithoutCooldown,
  oppositeRules,
  emptyScope,
  expired,
  reviewDue,
  ownerless,
];
