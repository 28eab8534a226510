import { strictest } from "../../domain/verdict.ts";
import { nightsWatched, rolloutMode } from "../watched.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const rollout: PlanningGuardrail = {
  id: "rollout",
  doc: "A rule with a rollout walks up to its mode by itself, some nights watched and some nights asking, and starts again when it is edited.",
  scope: "rule",
  atSend: false,
  figures: { degraded: { mode: "state", nights: "nights", needed: "nights" } },
  check({ rule, mode }, { state }) {
    const step = rolloutMode(rule, state);
    const allowed = strictest(mode, step);
    if (rule.rollout === null || allowed === mode) return ALLOW;
    const { shadowNights, proposeNights } = rule.rollout;
    const needed = step === "shadow" ? shadowNights : shadowNights + proposeNights;
    const values = { mode: step, nights: nightsWatched(rule, state), needed };
    return { kind: "degrade", mode: allowed, values };
  },
};
