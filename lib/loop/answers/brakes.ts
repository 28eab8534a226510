/** Stopping the brand, letting it go on, and taking an alert on. */
import { type Asked, type Judged, reasonText, refused } from "./judged.ts";
import { answerMessage } from "./messages.ts";
import type { Answer } from "./types.ts";

/** Stops all new writes of the brand. */
export function judgeStop(
  { state, person, nowMs: atMs }: Asked,
  { reason }: Extract<Answer, { kind: "stop" }>,
): Judged {
  if (state.stop !== null) return { kind: "stood", changeIds: [] };
  const event = { type: "stopped", v: 1, atMs, by: person.name, reason: reasonText(reason) } as const;
  return { kind: "record", events: [event], changeIds: [] };
}

/** Lifts the brand's own stop; global and account stops stay. */
export function judgeResume({ state, person, nowMs: atMs }: Asked): Judged {
  if (state.stop === null) return { kind: "stood", changeIds: [] };
  return { kind: "record", events: [{ type: "resumed", v: 1, atMs, by: person.name }], changeIds: [] };
}

/** Somebody looks into it: whoever was first is named from then on. */
export function judgeTakeAlert(
  { state, person, nowMs: atMs }: Asked,
  { alertId }: Extract<Answer, { kind: "takeAlert" }>,
): Judged {
  const alert = state.alerts[alertId];
  if (alert === undefined) return { kind: "unknown" };
  if (alert.takenBy !== null) return { kind: "stood", changeIds: [] };
  if (alert.clearedAtMs !== null) return refused(answerMessage("answer.alertOver", {}), null);
  const event = { type: "alertTaken", v: 1, atMs, alertId, by: person.name } as const;
  return { kind: "record", events: [event], changeIds: [] };
}
