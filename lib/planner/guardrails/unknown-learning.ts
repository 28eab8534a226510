import { strictest } from "../../domain/verdict.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

const MS_PER_DAY = 86_400_000;

export const unknownLearning: PlanningGuardrail = {
  id: "unknownLearning",
  doc: "Where the platform does not say whether a holder is learning, a raise waits after the last edit and needs a person.",
  scope: "change",
  atSend: false,
  figures: { blocked: { days: "days", needed: "days" }, degraded: {} },
  check(draft, { brand, state, nowMs }) {
    const { learning, createdAtMs, lastEditAtMs } = draft.holder;
    if (draft.direction !== "raise" || learning !== "unknown") return ALLOW;
    const ours = state.applied
      .filter((change) => change.holderKey === draft.holderKey)
      .map((change) => change.atMs);
    const known = [createdAtMs, lastEditAtMs, ...ours].filter((atMs) => atMs !== null);
    const days = known.length === 0 ? null : Math.floor((nowMs - Math.max(...known)) / MS_PER_DAY);
    const needed = brand.limits.learningUnknownDays;
    if (days === null || days < needed) return { kind: "block", values: { days, needed } };
    const allowed = strictest(draft.mode, "propose");
    return allowed === draft.mode ? ALLOW : { kind: "degrade", mode: allowed, values: {} };
  },
};
