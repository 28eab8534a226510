/**
 * The loop without wire or disk: the log on the memory store, a plan with a raise, a cut and a pause, all approved, a clock
 * that moves only when it is told to, and a platform that keeps a ledger of every call.
 */

import { deskOf } from "../../lib/domain/brand.ts";
import { canonicalJson, sha256 } from "../../lib/domain/canonical.ts";
import type { Edit } from "../../lib/domain/change.ts";
import type { TargetRef } from "../../lib/domain/ids.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import type { PastEdit } from "../../lib/domain/snapshot.ts";
import type { LogEvent } from "../../lib/log/events.ts";
import type { Log } from "../../lib/log/log.ts";
import type { ControlStop } from "../../lib/log/store.ts";
import type { BrandConfig, LoopPorts } from "../../lib/loop/ports.ts";
import { storeSnapshot } from "../../lib/loop/snapshots.ts";
import type { LiveHolder, Platform, PreflightOutcome, WriteOutcome } from "../../lib/platforms/port.ts";
import {
  aLog,
  appendAll,
  NIGHT_MS,
  planned,
  proposalApproved,
  roundStarted,
  rulesRemembered,
  snapshotSealed,
} from "./log.ts";
import { aCut, anAskOf, aPause, aRaise, partsOf, planOf } from "./plan.ts";
import { aBrand } from "./snapshot.ts";

const ASKS = [anAskOf(aRaise(), "200"), anAskOf(aCut(), "201"), anAskOf(aPause(), "202")];

interface Called {
  call: "read" | "write";
  id: string;
  atMs: number;
}

export interface TestLoop {
  ports: LoopPorts;
  config: BrandConfig;
  /** Both clocks: the world's, and the one that never goes back. */
  time: { nowMs: number; monotonicMs: number };
  calls: Called[];
  /** The platform's history, to which a test adds what somebody changed. */
  edits: PastEdit[];
  /** What the platform holds, by ad-group id: 50 EUR a day each. */
  live: Map<string, LiveHolder>;
  stops: ControlStop[];
  /** Ids of the changes: the raise of ad group 200, the cut of 201, the pause of 202. */
  ids: { raise: string; cut: string; pause: string };
}

export interface LoopOptions {
  brand?: Parameters<typeof aBrand>[0];
  /** Answer of every preflight; by default the platform does not offer one. */
  preflight?: (id: string) => PreflightOutcome;
  /** Answer of every write; by default it is applied. */
  write?: (id: string, edit: Edit) => WriteOutcome;
  log?: Log;
  /** Hashes of the rules that the plan's night has watched. */
  ruleHashes?: readonly string[];
  /** What the plan tells channels besides the brand's own. */
  notices?: Plan["notices"];
}

/** A loop whose three proposals are approved and not yet intended. */
export async function aLoop(options: LoopOptions = {}): Promise<TestLoop> {
  const { brand, log = aLog(), ruleHashes = [] } = options;
  const time = { nowMs: NIGHT_MS + 60_000, monotonicMs: 1_000 };
  const calls: Called[] = [];
  const live = new Map(
    ["200", "201", "202"].map((id): [string, LiveHolder] => [
      id,
      { status: "active", dailyBudgetMicros: 50_000_000n, budgetName: id },
    ]),
  );
  const stops: ControlStop[] = [];
  const edits: PastEdit[] = [];
  const texts = new Map<string, string>();
  const put = async (text: string) => {
    texts.set(sha256(text), text);
    return sha256(text);
  };
  const plan = await storedPlan(put, options.notices ?? []);
  const desk = deskOf(aBrand(brand));
  await appendAll(log, [
    [{ type: "deskChanged", v: 1, atMs: NIGHT_MS, by: "brand file", desk }],
    ...story(plan, await put(canonicalJson(plan)), ruleHashes),
  ]);
  const ports: LoopPorts = {
    log,
    blobs: { put, get: async (hash) => texts.get(hash) ?? unstated(`blob ${hash}`) },
    platform: async () => aPlatform({ live, calls, time, edits }, options),
    shop: null,
    messenger: null,
    clock: {
      nowMs: async () => time.nowMs,
      monotonicMs: () => time.monotonicMs,
      wait: async (ms) => {
        time.nowMs += ms;
        time.monotonicMs += ms;
      },
    },
    stops: async () => [...stops],
    putStop: async (stop) => {
      stops.push(stop);
    },
    putSummary: async () => {},
    engineVersion: "test",
    onProgress: () => {},
  };
  const config: BrandConfig = {
    brand: aBrand(brand),
    ruleset: { rules: ASKS.map(({ rule }) => rule), hash: "c".repeat(64) },
    source: { brandFile: "brand.json", brandText: "{}", ruleFiles: [] },
  };
  const idOf = (holder: string) => plan.changes.find(({ target }) => target.id === holder)?.id ?? "";
  return {
    ports,
    config,
    time,
    calls,
    edits,
    live,
    stops,
    ids: { raise: idOf("200"), cut: idOf("201"), pause: idOf("202") },
  };
}

/** The writes among the calls, as ids of ad groups. */
export function writesOf({ calls }: TestLoop): string[] {
  return calls.flatMap(({ call, id }) => (call === "write" ? [id] : []));
}

async function storedPlan(put: (text: string) => Promise<string>, notices: Plan["notices"]): Promise<Plan> {
  const { accounts, ...rest } = partsOf({ asks: ASKS }).input.snapshot;
  const hashes = await Promise.all(accounts.map((account) => put(canonicalJson(account))));
  const snapshot = await storeSnapshot({ put, get: unstated }, rest, hashes);
  const plan = planOf({ asks: ASKS });
  return { ...plan, notices, inputs: { ...plan.inputs, snapshot } };
}

/** The round up to the approvals: one entry each. */
function story(plan: Plan, planHash: string, ruleHashes: readonly string[]): LogEvent[][] {
  const { inputs } = plan;
  const proposed = plan.changes.map(
    ({ id, holderKey, target, name, stage, currency, edit, ruleId, pack, owner }) => {
      return { id, holderKey, target, name, stage, currency, edit, ruleId, pack, owner };
    },
  );
  return [
    [roundStarted()],
    [snapshotSealed({ snapshotHash: inputs.snapshot })],
    [
      planned({ planHash, inputs, proposed, ruleHashes: [...ruleHashes] }),
      rulesRemembered({ channels: plan.notices.flatMap(({ to }) => to) }),
    ],
    ...proposed.map(({ id }) => [proposalApproved({ changeId: id, atMs: NIGHT_MS + 30_000 })]),
  ];
}

function aPlatform(
  { live, calls, time, edits }: Pick<TestLoop, "live" | "calls" | "time" | "edits">,
  { write, preflight }: LoopOptions,
): Platform {
  return {
    fetchAccount: unstated,
    async readHolder({ id }: TargetRef) {
      calls.push({ call: "read", id, atMs: time.monotonicMs });
      return live.get(id) ?? unstated(id);
    },
    readEdits: async (_account, fromMs) => ({ fromMs, edits: edits.filter(({ atMs }) => atMs >= fromMs) }),
    checkAccess: unstated,
    preflight: async ({ id }) => preflight?.(id) ?? { kind: "notOffered" },
    async write({ id }: TargetRef, edit: Edit) {
      calls.push({ call: "write", id, atMs: time.monotonicMs });
      const outcome = write?.(id, edit) ?? { kind: "applied" };
      const held = live.get(id) ?? unstated(id);
      if (outcome.kind === "applied")
        live.set(
          id,
          edit.kind === "status"
            ? { ...held, status: edit.to }
            : { ...held, dailyBudgetMicros: edit.toMicros },
        );
      return outcome;
    },
  };
}

function unstated(what: unknown): never {
  throw new Error(`unstated: ${String(what)}`);
}
