import { strictest } from "../../domain/verdict.ts";
import { hasMoved, lastRejection, rejectedUntilMs } from "../rejections.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

/** A state with a word of its own. */
const NO_REASON = "noReasonGiven";

export const rejected: PlanningGuardrail = {
  id: "rejected",
  doc: "What somebody rejected is not asked again for some days, unless a figure of its evidence has moved by a stated amount; until then it is never made without asking.",
  scope: "rule",
  atSend: false,
  figures: {
    blocked: { by: "text", at: "instant", reason: "state", until: "instant", limit: "percent" },
    degraded: { by: "text", at: "instant" },
  },
  check(draft, { brand: { limits }, state, rejections, nowMs }) {
    const last = lastRejection(state, draft);
    const until = last === null ? nowMs : rejectedUntilMs(last, limits);
    if (last === null || nowMs >= until) return ALLOW;
    const { by, atMs: at, reason } = last;
    const before = rejections.find(({ changeId }) => changeId === last.changeId)?.evidence ?? [];
    const limit = limits.rejectedEvidencePercent;
    if (!hasMoved(before, draft.evidence, limit)) {
      return { kind: "block", values: { by, at, reason: reason ?? NO_REASON, until, limit } };
    }
    const mode = strictest(draft.mode, "propose");
    return mode === draft.mode ? ALLOW : { kind: "degrade", mode, values: { by, at } };
  },
};
