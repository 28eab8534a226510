import type { Change } from "../../domain/change.ts";
import { type BudgetHolder, budgetHoldersOf } from "../../domain/holder.ts";
import { accountKey } from "../../domain/ids.ts";
import { type Plan, planSchema } from "../../domain/plan.ts";
import type { BrandState } from "../../domain/state.ts";
import type { LogEvent } from "../../log/events.ts";
import { recheckChange } from "../../planner/recheck.ts";
import { newestPlanned } from "../desk/night-view.ts";
import type { BrandConfig, LoopPorts } from "../ports.ts";
import { loadSnapshot } from "../snapshots.ts";

interface Allowed {
  change: Change;
  roundId: string;
  planHash: string;
  allowedBy: string;
}

/**
 * Makes the durable intent for an approved or automatic change: every hard guardrail is checked again against the very
 * state that the intent is appended to. What they refuse is closed with the reason.
 */
export async function intendChange(ports: LoopPorts, config: BrandConfig, changeId: string): Promise<null> {
  const before = await ports.log.state(config.brand.id);
  const allowed = allowedChange(before, changeId);
  if (allowed === null) return null;
  const grounds = await loadGrounds(ports, config, before, allowed);
  const stops = await ports.stops();
  const atMs = await ports.clock.nowMs();
  await ports.log.append(config.brand.id, (state): LogEvent[] | null => {
    const current = allowedChange(state, changeId);
    if (current === null) return null;
    const { change, roundId, planHash, allowedBy } = current;
    const checked = recheckChange({
      ...{ change, ...grounds, brand: config.brand, ruleset: config.ruleset },
      ...{ state, stops, nowMs: atMs },
    });
    if (!checked.ok) return [{ type: "proposalSuperseded", v: 1, atMs, changeId, reason: checked.reason }];
    return [{ type: "changeIntended", v: 1, atMs, roundId, change, planHash, allowedBy }];
  });
  return null;
}

/** What a recheck needs beside the log. Loaded before, because an append decides without waiting for anything. */
export interface Grounds {
  plan: Plan;
  newest: Plan | null;
  holder: BudgetHolder | null;
}

/** @throws BlobError when plan or snapshot is absent or corrupt: then nothing of it may be applied. */
export async function loadGrounds(
  ports: Pick<LoopPorts, "blobs">,
  { brand }: BrandConfig,
  state: BrandState,
  { planHash, change }: Pick<Allowed, "planHash" | "change">,
): Promise<Grounds> {
  const { target, holderKey } = change;
  const plan = await loadPlan(ports, planHash);
  const newestHash = newestPlanned(state)?.planHash ?? planHash;
  const newest = newestHash === planHash ? null : await loadPlan(ports, newestHash);
  // Labels and objectives stand in the snapshot alone, and only hands-off entries ask for them.
  if (brand.handsOff.length === 0) return { plan, newest, holder: null };
  const { accounts } = await loadSnapshot(ports.blobs, plan.inputs.snapshot);
  const account = accounts.find((one) => accountKey(one) === accountKey(target));
  const holders = account === undefined ? [] : budgetHoldersOf(account);
  return { plan, newest, holder: holders.find(({ key }) => key === holderKey) ?? null };
}

/** @throws BlobError when the plan is absent or corrupt: then nothing of it may be applied. */
export async function loadPlan(ports: Pick<LoopPorts, "blobs">, planHash: string): Promise<Plan> {
  return planSchema.parse(JSON.parse(await ports.blobs.get(planHash)));
}

function allowedChange(state: BrandState, changeId: string): Allowed | null {
  if (state.intents[changeId] !== undefined) return null;
  const auto = state.auto[changeId];
  if (auto !== undefined) return { ...auto, allowedBy: "mode:apply" };
  const proposal = state.proposals[changeId];
  if (proposal?.status !== "approved") return null;
  const { change, roundId, planHash, decidedBy } = proposal;
  return { change, roundId, planHash, allowedBy: `approval:${decidedBy}` };
}
