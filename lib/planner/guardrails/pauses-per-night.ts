import { directionOf } from "../../domain/change.ts";
import { reservedIn } from "../../domain/history.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const pausesPerNight: HardGuardrail = {
  id: "pausesPerNight",
  doc: "A few pauses a night, what spent the most first: about one healthy holder in twenty looks like a dead one.",
  scope: "plan",
  atSend: true,
  bindsRestore: false,
  figures: { blocked: { pauses: "count", limit: "count" } },
  check(draft, { brand, state, roundId, before }) {
    if (draft.direction !== "pause") return ALLOW;
    const edits = [
      ...reservedIn(state, roundId, draft.id).map((intent) => intent.change.edit),
      ...before.map((one) => one.edit),
    ];
    const pauses = edits.filter((edit) => directionOf(edit) === "pause").length;
    const limit = brand.limits.pausesPerNight;
    return pauses < limit ? ALLOW : { kind: "block", values: { pauses, limit } };
  },
};
