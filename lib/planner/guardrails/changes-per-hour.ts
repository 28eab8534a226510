import { attemptsOn } from "../../domain/history.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

const MS_PER_HOUR = 3_600_000;

export const changesPerHour: HardGuardrail = {
  id: "changesPerHour",
  doc: "Changes of one holder within an hour stay below what its platform accepts; refused attempts count there, too.",
  scope: "change",
  atSend: true,
  bindsRestore: true,
  figures: { blocked: { changes: "count", limit: "count" } },
  check(draft, { brand, state, nowMs }) {
    const recent = attemptsOn(state, draft.holderKey, draft.id).filter(
      (intent) => intent.intendedAtMs > nowMs - MS_PER_HOUR,
    );
    // A second send of one intent is a second change to the platform.
    const changes = recent.reduce((sum, intent) => sum + Math.max(1, intent.sends), 0);
    const limit = brand.limits.changesPerHour;
    return changes < limit ? ALLOW : { kind: "block", values: { changes, limit } };
  },
};
