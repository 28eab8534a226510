/** What a platform can do to a call, drawn: every kind but those that only cost time. */
import type { FaultKind } from "../../../lib/sandbox/index.ts";
import type { Draws } from "./draws.ts";
import type { Story } from "./story.ts";

type Faults = readonly [FaultKind, ...FaultKind[]];

const EITHER: Faults = [
  { kind: "dropBefore" },
  { kind: "dropAfter" },
  { kind: "errorAfter" },
  { kind: "html502" },
  { kind: "throttle", code: 613, subcode: 1487632 },
  { kind: "throttle", code: 80004, subcode: null },
  { kind: "expiredToken" },
  { kind: "permissionDenied" },
  { kind: "malformed" },
];
const READS: Faults = [...EITHER, { kind: "emptyData" }, { kind: "wrongAccount" }];
const WRITES: Faults = [
  ...EITHER,
  { kind: "dropAfter" },
  { kind: "dropBefore" },
  { kind: "clamp", cents: 4321 },
];
/** Bulk reads, then reads of one holder, whose ids begin so in every world. */
const READ_PATHS = [
  "/act_1001",
  "/act_1001/insights",
  "/act_1001/adsets",
  "/act_1001/campaigns",
  "/act_1001/activities",
  "/1202*",
] as const;

const GOOGLE: Faults = [
  { kind: "dropBefore" },
  { kind: "dropAfter" },
  { kind: "errorAfter" },
  { kind: "expiredToken" },
  { kind: "permissionDenied" },
  { kind: "quota", code: "RESOURCE_TEMPORARILY_EXHAUSTED", retryAfterSeconds: 30 },
];
const GOOGLE_READS: Faults = [
  ...GOOGLE,
  { kind: "html502" },
  { kind: "malformed" },
  { kind: "emptyData" },
  { kind: "wrongAccount" },
];
const GOOGLE_WRITES: Faults = [...GOOGLE, { kind: "dropAfter" }, { kind: "clamp", cents: 4321 }];

interface DrawnFault {
  method: "GET" | "POST" | "GRPC";
  path: string;
  isWrite: boolean;
  fault: FaultKind;
}

export async function drawFault({ machine, draws }: Story): Promise<void> {
  const { method, path, isWrite, fault } = draws.chance(0.7) ? onMeta(draws) : onGoogle(draws);
  // A retry meets the next one in the queue, so some faults come often enough to outlast them.
  const times = isWrite ? 1 : draws.pick([1, 1, 2, 4]);
  machine.trace.push(`    ${times} x ${fault.kind} on ${method} ${path}`);
  for (let time = 0; time < times; time++) await machine.world.fault({ method, path, fault });
}

function onMeta(draws: Draws): DrawnFault {
  return draws.chance(0.5)
    ? { method: "POST", path: "/1202*", isWrite: true, fault: draws.pick(WRITES) }
    : { method: "GET", path: draws.pick(READ_PATHS), isWrite: false, fault: draws.pick(READS) };
}

/** Google's reads are posts, its writes gRPC. */
function onGoogle(draws: Draws): DrawnFault {
  return draws.chance(0.5)
    ? { method: "GRPC", path: "/CampaignBudgetService/*", isWrite: true, fault: draws.pick(GOOGLE_WRITES) }
    : { method: "POST", path: "/customers/*", isWrite: false, fault: draws.pick(GOOGLE_READS) };
}
