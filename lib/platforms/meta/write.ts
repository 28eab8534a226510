/**
 * One edit, one request, no retry. What matters is telling a clear refusal from an unknown outcome: a second call after a
 * first one that took effect would be a second change.
 */
import type { Edit } from "../../domain/change.ts";
import type { TargetRef } from "../../domain/ids.ts";
import type { WriteOutcome } from "../port.ts";
import type { MetaApi } from "./api.ts";
import { minorFromMicros } from "./currency.ts";
import { codeText, type MetaFailure, neverConnected } from "./errors.ts";
import { idSegment } from "./read.ts";

/** `currency` is the account's own. Amounts that Meta cannot hold are refused before anything is sent. */
export async function writeEdit(
  api: MetaApi,
  target: TargetRef,
  edit: Edit,
  currency: string,
): Promise<WriteOutcome> {
  const fields = fieldsOf(edit, currency);
  if (fields === null) {
    const detail = `the amount is not a positive whole number of ${currency} minor units`;
    return { kind: "refused", code: "invalidAmount", detail };
  }
  const answer = await api.post([idSegment(target.id)], fields);
  if (answer.kind === "failure") return outcomeOf(answer.failure);
  if ("success" in answer.body && answer.body.success === true) return { kind: "applied" };
  return {
    kind: "unknown",
    code: "noSuccess",
    detail: "Meta answered without saying that the change was made",
  };
}

function fieldsOf(edit: Edit, currency: string): Record<string, string | number> | null {
  if (edit.kind === "status") return { status: edit.to === "active" ? "ACTIVE" : "PAUSED" };
  const minorUnits = minorFromMicros(edit.toMicros, currency);
  return minorUnits === null ? null : { daily_budget: minorUnits };
}

/** Only Meta's own definite error proves that nothing was done, or that no connection was ever made. */
function outcomeOf(failure: MetaFailure): WriteOutcome {
  const said = { code: codeText(failure), detail: failure.text };
  if (neverConnected(failure)) return { kind: "refused", ...said, code: "unavailable" };
  const throttled = failure.kind === "throttled";
  const serverFault = failure.status !== null && failure.status >= 500;
  const definite =
    failure.answered &&
    failure.kind !== "unavailable" &&
    (throttled || !serverFault) &&
    failure.status !== 200;
  return definite ? { kind: "refused", ...said } : { kind: "unknown", ...said };
}
