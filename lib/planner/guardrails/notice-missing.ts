import { noticeKey } from "../../domain/content.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const noticeMissing: HardGuardrail = {
  id: "noticeMissing",
  doc: "Where the brand wants notice of a night before its automatic changes, they are proposed unless that notice reached the channel.",
  scope: "change",
  atSend: true,
  bindsRestore: false,
  figures: { degraded: {} },
  check(draft, { brand, state, roundId }) {
    if (brand.slack?.noticeBeforeApply !== true || draft.mode !== "apply") return ALLOW;
    const delivered = (state.messages[noticeKey(roundId)]?.ts ?? null) !== null;
    return delivered ? ALLOW : { kind: "degrade", mode: "propose", values: {} };
  },
};
