import { attemptsIn } from "../../domain/history.ts";
import { unitOf } from "../draft.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const writesPerRun: HardGuardrail = {
  id: "writesPerRun",
  doc: "A round changes a limited number of holders, whatever its rules ask; refused attempts count, too, and an account that is stopped as a whole as one. The ends of pauses count one by one, so that a large account comes back over several nights.",
  scope: "plan",
  atSend: true,
  bindsRestore: true,
  figures: { blocked: { writes: "count", limit: "count" } },
  check(draft, { brand, state, roundId, before }) {
    const changes = [...attemptsIn(state, roundId, draft.id).map(({ change }) => change), ...before];
    // What is tried twice counts twice, unless it is one of those that stop an account.
    const stopped = new Set(changes.filter((one) => one.accountStop === true).map(unitOf));
    const writes = changes.filter((one) => one.accountStop !== true).length + stopped.size;
    const limit = brand.limits.writesPerRun;
    const counted = draft.accountStop === true && stopped.has(unitOf(draft));
    return writes < limit || counted ? ALLOW : { kind: "block", values: { writes, limit } };
  },
};
