/** What rules must remember, judged from the plans as they are stored and the log as a stranger reads it. */
import { addDays } from "../../../lib/domain/day.ts";
import { accountKey } from "../../../lib/domain/ids.ts";
import type { Plan } from "../../../lib/domain/plan.ts";
import type { StoredMessage } from "../../../lib/sandbox/slack/store.ts";
import { type ChangeStory, changesOf, raiseCents, reserves, type Told } from "./log-reader.ts";
import { MEMORY_RULES, type Setup } from "./setup.ts";

export interface MemoryEvidence {
  setup: Setup;
  told: readonly Told[];
  /** Of every night, oldest first. */
  plans: readonly Plan[];
  messages: readonly StoredMessage[];
  today: string;
  isSettled: boolean;
}

const { nightsInARow, atMost } = MEMORY_RULES["raise-proven"];
const MUTED_NIGHTS = 2;

export function memoryBroken(evidence: MemoryEvidence): string[] {
  if (!evidence.setup.remembering) return [];
  const changes = [...changesOf(evidence.told).values()];
  return [
    ...evidence.plans.flatMap((plan) => unearned(plan, evidence.plans)),
    ...tooOften(changes),
    ...unmuted(changes),
    ...wokenByNobody(changes),
    ...evidence.plans.flatMap((plan) => holdsBroken(plan, evidence.plans)),
    ...(evidence.isSettled ? untold(evidence) : []),
  ];
}

/** M-1: what counts nights asks for nothing before it has matched on so many, with at most one night in between unseen. */
function unearned({ day, changes }: Plan, plans: readonly Plan[]): string[] {
  return changes
    .filter(
      ({ ruleId, outcome }) => ruleId === "raise-proven" && (outcome === "proposed" || outcome === "auto"),
    )
    .flatMap(({ id, holderKey }) => {
      const before = plans.filter((plan) => plan.day < day && plan.day >= addDays(day, -nightsInARow));
      const results = before.flatMap(({ verdicts }) =>
        verdicts.filter(({ ruleId, subject }) => ruleId === "raise-proven" && subject.key === holderKey),
      );
      const last = results.findLast(({ result }) => result !== "noData");
      return last?.result === "matched" ? [] : [`M-1: ${id} is asked for on the first night of its match`];
    });
}

/** M-2: no more changes of a rule and holder in seven days than it says, unknown outcomes included. */
function tooOften(changes: readonly ChangeStory[]): string[] {
  const made = changes.filter(
    (change) =>
      change.rule.endsWith("/raise-proven") &&
      change.kind !== "restore" &&
      reserves(change, Number.MAX_SAFE_INTEGER),
  );
  return made.flatMap((change) => {
    const within = made.filter(
      (other) =>
        other.holderKey === change.holderKey &&
        dayOf(other) <= dayOf(change) &&
        dayOf(other) > addDays(dayOf(change), -7),
    );
    return within.length > atMost.perWeek
      ? [`M-2: ${change.id} is change ${within.length} of its rule within a week`]
      : [];
  });
}

/** M-3: what was cut is not raised by the rule that the cut mutes. */
function unmuted(changes: readonly ChangeStory[]): string[] {
  const cuts = changes.filter(
    ({ rule, kind, told }) =>
      rule.endsWith("/cut-dear") && kind !== "restore" && told.some(({ type }) => type === "changeConfirmed"),
  );
  return changes
    .filter(({ rule, kind }) => rule.endsWith("/raise-proven") && kind !== "restore")
    .flatMap((raise) => {
      const cut = cuts.find(
        (one) =>
          one.holderKey === raise.holderKey &&
          dayOf(one) < dayOf(raise) &&
          dayOf(raise) <= addDays(dayOf(one), MUTED_NIGHTS) &&
          (one.told.at(-1)?.position ?? 0) < (raise.told[0]?.position ?? 0),
      );
      return cut === undefined ? [] : [`M-3: ${raise.id} raises what ${cut.id} muted it for`];
    });
}

/** M-4: nothing is turned on but what Palier paused, or what a person takes back. */
function wokenByNobody(changes: readonly ChangeStory[]): string[] {
  return changes
    .filter(({ edit, kind }) => edit.kind === "status" && edit.to === "active" && kind !== "restore")
    .flatMap(({ id, holderKey, told }) => {
      const asked = told[0]?.position ?? 0;
      const before = changes.filter(
        (one) =>
          one.holderKey === holderKey &&
          one.edit.kind === "status" &&
          one.told.some(({ type, position }) => type === "changeConfirmed" && position < asked),
      );
      const last = before.sort((a, b) => confirmedAt(a) - confirmedAt(b)).at(-1);
      return last?.edit.to === "paused" && last.kind !== "restore"
        ? []
        : [`M-4: ${id} turns on what Palier did not pause`];
    });
}

/** M-5: a hold stands to its last night, and no raise of what it covers passes while it does. */
function holdsBroken({ day, holds, changes }: Plan, plans: readonly Plan[]): string[] {
  const raises = changes.filter(
    (change) =>
      (change.outcome === "proposed" || change.outcome === "auto") &&
      // What is turned on again is not what this hold blocks.
      change.edit.kind === "dailyBudget" &&
      raiseCents(change) > 0,
  );
  const due = plans.flatMap((plan) =>
    plan.holds.filter(({ until }) => plan.day < day && until !== null && until >= day),
  );
  const stands = (ruleId: string) => holds.some((hold) => hold.ruleId === ruleId);
  return [
    ...raises.flatMap(({ id, target }) =>
      holds.some(({ scope }) => scope === "brand" || scope === `account ${accountKey(target)}`)
        ? [`M-5: ${id} raises while a hold stands`]
        : [],
    ),
    ...due.flatMap(({ ruleId, until }) =>
      stands(ruleId) ? [] : [`M-5: ${ruleId} should hold until ${until}, and does not on ${day}`],
    ),
  ];
}

/** M-6: a channel that tonight's notices name is told of them. */
function untold({ told, messages, today }: MemoryEvidence): string[] {
  const named = told.filter(({ type, event }) => type === "rulesRemembered" && event.roundId.includes(today));
  const keys = new Set(messages.map(({ metadata }) => String(metadata?.event_payload.key)));
  return named.flatMap(({ event }) =>
    event.channels.flatMap((channel: string) =>
      keys.has(`told/${event.roundId}/${channel}`)
        ? []
        : [`M-6: ${channel} was not told of ${event.roundId}`],
    ),
  );
}

function dayOf({ roundId }: ChangeStory): string {
  return roundId.split("/")[1] ?? "";
}

function confirmedAt({ told }: ChangeStory): number {
  return told.find(({ type }) => type === "changeConfirmed")?.position ?? 0;
}
