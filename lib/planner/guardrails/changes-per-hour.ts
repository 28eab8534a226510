import { attemptsOn } from "../history.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

const MS_PER_HOUR = 3_600_000;

export const changesPerHour: HardGuardrail = {
  id: "changesPerHour",
  doc: "Changes of one holder within an hour stay below what its platform accepts; refused attempts count there, too.",
  scope: "change",
  atSend: true,
  figures: { blocked: { changes: "count", limit: "count" } },
  check(draft, { brand, state, nowMs }) {
    const recent = attemptsOn(state, draft.holderKey, draft.id).filter(
      (intent) => intent.intendedAtMs > nowMs - MS_PER_HOUR,
    );
    const limit = brand.limits.changesPerHour;
    return recent.length < limit ? ALLOW : { kind: "block", values: { changes: recent.length, limit } };
  },
};
