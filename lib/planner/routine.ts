/** Which proposals only a mode keeps from being applied without asking. */
import type { Draft } from "./draft.ts";
import { judgeAmong, judgeRule, type Round } from "./guardrails/apply.ts";

/**
 * Judges what the rule asked for as if rule and brand applied: true when the very amount that is proposed comes out of it. No
 * notice of the night is asked for, because whoever is asked has noticed.
 */
export function isRoutine(draft: Draft, others: readonly Draft[], round: Round): boolean {
  const { brand } = round;
  const slack = brand.slack === null ? null : { ...brand.slack, noticeBeforeApply: false };
  const unasked: Round = { ...round, brand: { ...brand, mode: "apply", slack } };
  const judged = judgeAmong(judgeRule(askedFor(draft), unasked), others, unasked);
  if (judged.blocked || judged.mode !== "apply") return false;
  if (judged.edit.kind === "status" || draft.edit.kind === "status") return true;
  return judged.edit.toMicros === draft.edit.toMicros;
}

/** The draft as its rule made it, had the rule applied. */
function askedFor(draft: Draft): Draft {
  const { edit, wantedMicros } = draft;
  const wanted = edit.kind === "status" || wantedMicros === null ? edit : { ...edit, toMicros: wantedMicros };
  return { ...draft, mode: "apply", edit: wanted, notes: [] };
}
