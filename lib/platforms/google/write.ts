/**
 * One edit, one mutate, no retry. What matters is telling a clear refusal from an unknown outcome: a second call after a first
 * one that took effect would be a second change.
 */
import type { Edit } from "../../domain/change.ts";
import type { TargetRef } from "../../domain/ids.ts";
import { floorToUnit } from "../../domain/money.ts";
import type { LiveHolder, PreflightOutcome, WriteOutcome } from "../port.ts";
import type { GoogleApi, Mutation } from "./api.ts";
import { type GoogleFailure, platformError } from "./errors.ts";

type Refused = Extract<WriteOutcome, { kind: "refused" }>;
type Planned = { kind: "mutation"; mutation: Mutation } | Refused;

/**
 * What the edit is to Google; anything that Google cannot hold or that is not this target's is refused unsent. `unitMicros` is
 * the smallest step of the account's amounts, null before any live read has told it.
 */
export function mutationOf(
  target: TargetRef,
  edit: Edit,
  live: LiveHolder,
  unitMicros: bigint | null,
): Planned {
  const { accountId, level, id } = target;
  if (
    !/^\d{1,20}$/.test(accountId) ||
    !/^\d{1,20}$/.test(id) ||
    (level !== "campaign" && level !== "sharedBudget")
  ) {
    return refused("notSent", "on Google only campaigns and shared budgets own money");
  }
  if (edit.kind === "status") {
    if (level === "sharedBudget")
      return refused("notSent", "a shared budget cannot be paused, only its campaigns");
    const status = edit.to === "active" ? "ENABLED" : "PAUSED";
    return {
      kind: "mutation",
      mutation: { resource: "campaign", name: `customers/${accountId}/campaigns/${id}`, status },
    };
  }
  // A campaign on a shared budget is read without one: by its name alone the edit would move all the others' money as well.
  if (live.dailyBudgetMicros === null) {
    return refused("notSent", "the live read shows no daily budget of this target's own");
  }
  const [, owner, budgetId] = /^customers\/(\d+)\/campaignBudgets\/(\d+)$/.exec(live.budgetName) ?? [];
  if (owner !== accountId || (level === "sharedBudget" && budgetId !== id)) {
    return refused("notSent", "the budget that was read is not this target's");
  }
  if (unitMicros === null) return refused("notSent", "no live read has told the smallest step of amounts");
  const amountMicros = Number(edit.toMicros);
  const whole = edit.toMicros > 0n && floorToUnit(edit.toMicros, unitMicros) === edit.toMicros;
  if (!whole || !Number.isSafeInteger(amountMicros)) {
    return refused("invalidAmount", `the amount is not a positive multiple of ${unitMicros} micros`);
  }
  return { kind: "mutation", mutation: { resource: "campaignBudget", name: live.budgetName, amountMicros } };
}

/** Makes the change with the one mutate. */
export async function send(api: GoogleApi, accountId: string, mutation: Mutation): Promise<WriteOutcome> {
  const answer = await api.mutate(accountId, mutation, false);
  if (answer.kind === "failure") return outcomeOf(answer.failure);
  const { value: names } = answer;
  if (names.length === 1 && names[0] === mutation.name) return { kind: "applied" };
  return {
    kind: "unknown",
    code: "noResult",
    detail: "Google answered without saying that the change was made",
  };
}

/** The same mutate, which Google is told to check only. @throws PlatformError `throttled`: the change then waits. */
export async function ask(api: GoogleApi, accountId: string, mutation: Mutation): Promise<PreflightOutcome> {
  const answer = await api.mutate(accountId, mutation, true);
  if (answer.kind === "answer") return { kind: "passed" };
  const { failure } = answer;
  if (failure.kind === "throttled") throw platformError(failure);
  return failure.definite ? refused(codeOf(failure), failure.text) : { kind: "notOffered" };
}

/** Only Google's own definite error proves that nothing was done, or that no connection was ever made. */
function outcomeOf(failure: GoogleFailure): WriteOutcome {
  if (failure.definite) return refused(codeOf(failure), failure.text);
  if (failure.neverSent)
    return refused(failure.kind === "unavailable" ? "unavailable" : codeOf(failure), failure.text);
  return { kind: "unknown", code: codeOf(failure), detail: failure.text };
}

function codeOf({ code, kind }: GoogleFailure): string {
  return code ?? kind;
}

function refused(code: string, detail: string): Refused {
  return { kind: "refused", code, detail };
}
