/** What a platform can do to a call, drawn: every kind but those that only cost time. */
import type { FaultKind } from "../../../lib/sandbox/index.ts";
import type { Story } from "./story.ts";
import { PLATFORMS, type PlatformId, WRITES_OF } from "./witness.ts";

/** More faults than a call is tried. */
const OUTLASTING = 4;

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
  { kind: "html502" },
  { kind: "malformed" },
  { kind: "emptyData" },
  { kind: "wrongAccount" },
  { kind: "expiredToken" },
  { kind: "permissionDenied" },
  { kind: "quota", code: "RESOURCE_TEMPORARILY_EXHAUSTED", retryAfterSeconds: 30 },
  { kind: "quota", code: "RESOURCE_EXHAUSTED", retryAfterSeconds: null },
];
const GOOGLE_WRITES: Faults = [
  ...GOOGLE,
  { kind: "dropAfter" },
  { kind: "errorAfter" },
  { kind: "clamp", cents: 4321 },
];
const GOOGLE_TOKENS: Faults = [{ kind: "dropBefore" }, { kind: "html502" }, { kind: "expiredToken" }];
/** By the resource that is asked for; the first takes whatever comes next. */
const GOOGLE_READ_PATHS = [
  "/customers/*",
  "/customers/*/campaign",
  "/customers/*/campaign_budget",
  "/customers/*/change_event",
  "/customers/*/currency_constant",
  "/token",
] as const;

export async function drawFault(story: Story): Promise<void> {
  const { draws } = story;
  const id = draws.pick(PLATFORMS);
  if (draws.chance(0.5)) await faultOnWrite(story, id);
  else await onReads(story, id);
}

/** Happens to the platform's next write or, on Google, to the question before it whether the edit would be taken. */
export async function faultOnWrite({ machine, draws }: Story, id: PlatformId): Promise<void> {
  const fault = draws.pick(id === "meta" ? WRITES : GOOGLE_WRITES);
  machine.trace.push(`    ${fault.kind} on ${id}'s next write`);
  await machine.world.fault({ ...WRITES_OF[id], fault });
}

async function onReads({ machine, draws }: Story, id: PlatformId): Promise<void> {
  const path = id === "meta" ? draws.pick(READ_PATHS) : draws.pick(GOOGLE_READ_PATHS);
  const fault = draws.pick(id === "meta" ? READS : path === "/token" ? GOOGLE_TOKENS : GOOGLE);
  // A retry meets the next one in the queue, so some faults come often enough to outlast them: as if the platform were silent.
  const times = draws.pick([1, 1, 2, OUTLASTING]);
  if (times === OUTLASTING) machine.outages.push({ id, atMs: machine.clockMs });
  machine.trace.push(`    ${times} x ${fault.kind} on ${path}`);
  // Google's reads are posts.
  const method = id === "meta" ? "GET" : "POST";
  for (let time = 0; time < times; time++) await machine.world.fault({ method, path, fault });
}
