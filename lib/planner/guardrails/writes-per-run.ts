import { attemptsIn } from "../../domain/history.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const writesPerRun: HardGuardrail = {
  id: "writesPerRun",
  doc: "A round changes a limited number of holders, whatever its rules ask; refused attempts count, too.",
  scope: "plan",
  atSend: true,
  bindsRestore: true,
  figures: { blocked: { writes: "count", limit: "count" } },
  check(draft, { brand, state, roundId, before }) {
    const writes = attemptsIn(state, roundId, draft.id).length + before.length;
    const limit = brand.limits.writesPerRun;
    return writes < limit ? ALLOW : { kind: "block", values: { writes, limit } };
  },
};
