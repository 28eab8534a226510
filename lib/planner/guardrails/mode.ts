import { strictest } from "../../domain/verdict.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const mode: HardGuardrail = {
  id: "mode",
  doc: "A rule goes no further than its brand: the stricter of both modes wins.",
  scope: "rule",
  atSend: true,
  bindsRestore: true,
  figures: { degraded: { mode: "state" } },
  check(draft, { brand }) {
    const allowed = strictest(draft.mode, brand.mode);
    return allowed === draft.mode ? ALLOW : { kind: "degrade", mode: allowed, values: { mode: brand.mode } };
  },
};
