import { directionOf } from "../../domain/change.ts";
import { reservedIn } from "../../domain/history.ts";
import { unitOf } from "../draft.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const pausesPerNight: HardGuardrail = {
  id: "pausesPerNight",
  doc: "A few pauses a night, what spent the most first: about one healthy holder in twenty looks like a dead one. An account that is stopped as a whole counts as one.",
  scope: "plan",
  atSend: true,
  bindsRestore: false,
  figures: { blocked: { pauses: "count", limit: "count" } },
  check(draft, { brand, state, roundId, before }) {
    if (draft.direction !== "pause") return ALLOW;
    const changes = [...reservedIn(state, roundId, draft.id).map(({ change }) => change), ...before];
    const units = new Set(changes.filter(({ edit }) => directionOf(edit) === "pause").map(unitOf));
    const pauses = units.size;
    const limit = brand.limits.pausesPerNight;
    return pauses < limit || units.has(unitOf(draft)) ? ALLOW : { kind: "block", values: { pauses, limit } };
  },
};
