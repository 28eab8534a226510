import { instantOf } from "../../domain/day.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const nightWindow: HardGuardrail = {
  id: "nightWindow",
  doc: "Outside its night window a brand is only asked, never changed.",
  scope: "change",
  atSend: true,
  bindsRestore: false,
  figures: { degraded: { from: "text", to: "text" } },
  check(draft, { brand, day, nowMs }) {
    const { nightFrom: from, nightTo: to } = brand.limits;
    const within = nowMs >= instantOf(day, from, brand.zone) && nowMs < instantOf(day, to, brand.zone);
    return draft.mode !== "apply" || within
      ? ALLOW
      : { kind: "degrade", mode: "propose", values: { from, to } };
  },
};
