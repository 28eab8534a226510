/**
 * All guardrails in the order in which they are asked. First what a rule may do at all, by its age, its nights, its group and other
 * rules, and to this holder, as people have said; then what forbids the change outright (stops, what cannot or must not be touched, the night's and the hour's earlier changes, other people's); then data
 * and evidence, which may also lower the mode, a missing account before the holds that it brings about; then cool-downs and
 * amounts, which depend on that mode; rounding and tolerance after every amount is final. Limits on the whole plan come last,
 * the blast radius before those that would hide a rule gone wild.
 */
import { accountStop } from "./account-stop.ts";
import { anchor } from "./anchor.ts";
import { atMost } from "./at-most.ts";
import { blastRadius } from "./blast-radius.ts";
import { budgetSchedule } from "./budget-schedule.ts";
import { ceiling } from "./ceiling.ts";
import { changesPerHour } from "./changes-per-hour.ts";
import { cooldown } from "./cooldown.ts";
import { disputed } from "./disputed.ts";
import { eventWindow } from "./event-window.ts";
import { evidence } from "./evidence.ts";
import { firstMatch } from "./first-match.ts";
import { floor } from "./floor.ts";
import { foreignEdit } from "./foreign-edit.ts";
import type { Guardrail } from "./guardrail.ts";
import { heldOff } from "./held-off.ts";
import { historyUnknown } from "./history-unknown.ts";
import { hold } from "./hold.ts";
import { inactive } from "./inactive.ts";
import { learning } from "./learning.ts";
import { lifetimeBudget } from "./lifetime-budget.ts";
import { missingAccount } from "./missing-account.ts";
import { mode } from "./mode.ts";
import { muted } from "./muted.ts";
import { newRule } from "./new-rule.ts";
import { nightWindow } from "./night-window.ts";
import { nightlyRaises } from "./nightly-raises.ts";
import { nightsInARow } from "./nights-in-a-row.ts";
import { noticeMissing } from "./notice-missing.ts";
import { onePerHolder } from "./one-per-holder.ts";
import { partialData } from "./partial-data.ts";
import { pausedBy } from "./paused-by.ts";
import { pausesPerNight } from "./pauses-per-night.ts";
import { rejected } from "./rejected.ts";
import { rollout } from "./rollout.ts";
import { rounding } from "./rounding.ts";
import { ruleCooldown } from "./rule-cooldown.ts";
import { ruleOff } from "./rule-off.ts";
import { scopeGrew } from "./scope-grew.ts";
import { sharedBudget } from "./shared-budget.ts";
import { specialBudget } from "./special-budget.ts";
import { stageBand } from "./stage-band.ts";
import { step } from "./step.ts";
import { stop } from "./stop.ts";
import { tolerance } from "./tolerance.ts";
import { trackingSuspect } from "./tracking-suspect.ts";
import { unansweredAlert } from "./unanswered-alert.ts";
import { unknownLearning } from "./unknown-learning.ts";
import { unsettled } from "./unsettled.ts";
import { writesPerRun } from "./writes-per-run.ts";

export const guardrails: readonly Guardrail[] = [
  mode,
  newRule,
  rollout,
  scopeGrew,
  disputed,
  nightsInARow,
  firstMatch,
  muted,
  accountStop,
  pausedBy,
  sharedBudget,
  heldOff,
  ruleOff,
  rejected,
  stop,
  inactive,
  lifetimeBudget,
  specialBudget,
  budgetSchedule,
  onePerHolder,
  foreignEdit,
  historyUnknown,
  changesPerHour,
  missingAccount,
  trackingSuspect,
  hold,
  partialData,
  stageBand,
  unsettled,
  learning,
  unknownLearning,
  nightWindow,
  unansweredAlert,
  noticeMissing,
  eventWindow,
  evidence,
  cooldown,
  ruleCooldown,
  atMost,
  step,
  anchor,
  floor,
  ceiling,
  nightlyRaises,
  rounding,
  tolerance,
  blastRadius,
  pausesPerNight,
  writesPerRun,
];
