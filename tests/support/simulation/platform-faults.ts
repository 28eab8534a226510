/** What a platform can do to a call, drawn: every kind but those that only cost time. */
import type { FaultKind } from "../../../lib/sandbox/index.ts";
import type { Story } from "./story.ts";

const EITHER: readonly FaultKind[] = [
  { kind: "dropBefore" },
  { kind: "dropAfter" },
  { kind: "errorAfter" },
  { kind: "html502" },
  { kind: "throttle", code: 613, subcode: 1487632 },
  { kind: "throttle", code: 80004, subcode: null },
  { kind: "expiredToken" },
  { kind: "malformed" },
];
const READS: readonly FaultKind[] = [...EITHER, { kind: "emptyData" }, { kind: "wrongAccount" }];
const WRITES: readonly FaultKind[] = [
  ...EITHER,
  { kind: "dropAfter" },
  { kind: "dropBefore" },
  { kind: "clamp", cents: 4321 },
];
/** Bulk reads, then reads of one holder, whose ids begin so in every world. */
const READ_PATHS = ["/act_1001", "/act_1001/insights", "/act_1001/adsets", "/act_1001/campaigns", "/1202*"];

export async function drawFault({ machine, draws }: Story): Promise<void> {
  const onWrite = draws.chance(0.5);
  const fault = draws.pickFrom(onWrite ? WRITES : READS) ?? { kind: "dropBefore" as const };
  const path = onWrite ? "/1202*" : (draws.pickFrom(READ_PATHS) ?? "*");
  // A retry meets the next one in the queue, so some faults come often enough to outlast them.
  const times = onWrite ? 1 : draws.pick([1, 1, 2, 4]);
  machine.trace.push(`    ${times} x ${fault.kind} on ${onWrite ? "POST" : "GET"} ${path}`);
  for (let time = 0; time < times; time++) {
    await machine.world.fault({ method: onWrite ? "POST" : "GET", path, fault });
  }
}
