import { cutAtLeast, cutOf } from "../money-edit.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const floor: HardGuardrail = {
  id: "floor",
  doc: "No cut ends under the highest of the platform's minimum, the brand's floor and the rule's.",
  scope: "change",
  atSend: true,
  bindsRestore: true,
  figures: { clamped: { limit: "money" }, blocked: { limit: "money" } },
  check(draft, { brand }) {
    const cut = cutOf(draft);
    const brandFloor = brand.limits.dailyFloorMicros ?? 0n;
    const limit = brandFloor > draft.bounds.floorMicros ? brandFloor : draft.bounds.floorMicros;
    return cut === null ? ALLOW : cutAtLeast(cut, limit, { limit });
  },
};
