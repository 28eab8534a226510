import { historyOf } from "../../domain/foreign.ts";
import { strictest } from "../../domain/verdict.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

const MS_PER_DAY = 86_400_000;

export const unknownLearning: PlanningGuardrail = {
  id: "unknownLearning",
  doc: "Where the platform does not say whether a holder is learning, a raise waits after the last edit, whoever made it, and needs a person.",
  scope: "change",
  atSend: false,
  figures: { blocked: { days: "days", needed: "days" }, degraded: {} },
  check(draft, { brand, state, snapshot, nowMs }) {
    const { learning, createdAtMs, lastEditAtMs } = draft.holder;
    if (draft.direction !== "raise" || learning !== "unknown") return ALLOW;
    const ours = state.applied
      .filter((change) => change.holderKey === draft.holderKey)
      .map((change) => change.atMs);
    const history = historyOf(draft.holder, snapshot);
    const told = (history?.edits ?? []).map(({ atMs }) => atMs);
    const known = [createdAtMs, lastEditAtMs, ...ours, ...told].filter((atMs) => atMs !== null);
    // Nobody knows what was edited before the history begins.
    const lastAtMs = history === null || known.length === 0 ? null : Math.max(...known, history.fromMs);
    const days = lastAtMs === null ? null : Math.floor((nowMs - lastAtMs) / MS_PER_DAY);
    const needed = brand.limits.learningUnknownDays;
    if (days === null || days < needed) return { kind: "block", values: { days, needed } };
    const allowed = strictest(draft.mode, "propose");
    return allowed === draft.mode ? ALLOW : { kind: "degrade", mode: allowed, values: {} };
  },
};
