import { z } from "zod";
import type { Brand } from "../../domain/brand.ts";
import { canonicalJson, hashOf, sha256 } from "../../domain/canonical.ts";
import { type Change, termsOf } from "../../domain/change.ts";
import { figure, message } from "../../domain/figure.ts";
import { NIGHT_SLOT, roundIdOf } from "../../domain/ids.ts";
import { type Outcome, type Plan, plannedChangeSchema } from "../../domain/plan.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import type { BrandState } from "../../domain/state.ts";
import type { LogEvent } from "../../log/events.ts";
import { packTables } from "../../log/remembered.ts";
import type { FormerNight } from "../../planner/build-input.ts";
import { type Decision, decideAndRemember } from "../../planner/decide.ts";
import { type Rejection, standingRejections } from "../../planner/rejections.ts";
import { manifestOf, maturityOf } from "../../platforms/index.ts";
import { disputeAlerts, merAlerts } from "../desk/alerts.ts";
import type { BrandConfig, LoopPorts } from "../ports.ts";
import { loadSnapshot } from "../snapshots.ts";

const MS_PER_HOUR = 3_600_000;

/** Evidence alone, so that the plans of earlier versions can be read for it, too. */
const evidenceOfPlanSchema = z.object({
  changes: z.array(plannedChangeSchema.pick({ id: true, evidence: true })),
});

const holdersOfPlanSchema = z.object({
  holders: z.array(z.object({ subject: z.object({ key: z.string() }) })),
});

/** Tries at deciding against a state that others keep moving. */
const MAX_TRIES = 10;

/**
 * Makes the round's plan and records it as one entry. Decided against one state and appended only if that state still
 * stands; otherwise decided again.
 */
export async function decideRound(ports: LoopPorts, config: BrandConfig, roundId: string): Promise<null> {
  ports.onProgress({ kind: "step", step: "decide", subject: roundId });
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const state = await ports.log.state(config.brand.id);
    const round = state.rounds[roundId];
    if (round === undefined || round.snapshotHash === null || round.planHash !== null) return null;
    const snapshot = await loadSnapshot(ports.blobs, round.snapshotHash);
    const decision = await makeDecision(ports, config, snapshot, round.snapshotHash, state);
    const { plan } = decision;
    await ports.blobs.put(brandBlob(config));
    await ports.blobs.put(rulesBlob(config));
    const planHash = await ports.blobs.put(canonicalJson(plan));
    const appended = await ports.log.append(config.brand.id, (current) =>
      current.hash === state.hash ? plannedEvents(config, current, decision, planHash) : null,
    );
    if (appended !== null) return null;
  }
  throw new Error(`${config.brand.id}: the log kept moving while ${roundId} was being decided`);
}

export type DecidePorts = Pick<LoopPorts, "stops" | "engineVersion"> & {
  blobs: Pick<LoopPorts["blobs"], "get">;
  clock: Pick<LoopPorts["clock"], "nowMs">;
};

/** The plan for a snapshot and a state, of which nothing is left for another night. */
export async function makePlan(...given: Parameters<typeof makeDecision>): Promise<Plan> {
  return (await makeDecision(...given)).plan;
}

/** The decision on a snapshot and a state: the same call for the night, the preview and the re-derivation. */
export async function makeDecision(
  ports: DecidePorts,
  config: BrandConfig,
  snapshot: Snapshot,
  snapshotHash: string,
  state: BrandState,
): Promise<Decision> {
  const nowMs = await ports.clock.nowMs();
  return await decideAndRemember({
    brand: config.brand,
    ruleset: config.ruleset,
    snapshot,
    state,
    stops: await ports.stops(),
    rejections: await loadRejections(ports.blobs, config.brand, state, nowMs),
    former: await loadFormer(ports.blobs, state, snapshot),
    nowMs,
    engineVersion: ports.engineVersion,
    maturity: maturityOf(config.brand.accounts),
    worstDayMultiples: Object.fromEntries(
      config.brand.accounts.map(({ platform }) => [platform, manifestOf(platform).worstDayMultiple]),
    ),
    inputs: {
      brand: sha256(brandBlob(config)),
      rules: sha256(rulesBlob(config)),
      snapshot: snapshotHash,
      state: hashOf(state),
    },
  });
}

/** Of every no that still stands, the evidence in the plan that asked. @throws BlobError when a plan is absent or corrupt. */
async function loadRejections(
  blobs: DecidePorts["blobs"],
  { limits }: Brand,
  state: BrandState,
  nowMs: number,
): Promise<Rejection[]> {
  return await Promise.all(
    standingRejections(state, limits, nowMs).map(async ({ changeId, proposal }) => {
      const plan = evidenceOfPlanSchema.parse(JSON.parse(await blobs.get(proposal.planHash)));
      const asked = plan.changes.find(({ id }) => id === proposal.origin);
      return { changeId, evidence: asked?.evidence ?? [] };
    }),
  );
}

/** What the night before listed: of the newest that was planned before this one's day. @throws BlobError as above. */
async function loadFormer(
  blobs: DecidePorts["blobs"],
  { rounds }: BrandState,
  { day }: Snapshot,
): Promise<FormerNight | null> {
  const nights = Object.values(rounds).filter(
    (round) => round.slot === NIGHT_SLOT && round.planHash !== null && round.day < day,
  );
  const round = nights.toSorted((a, b) => (a.day < b.day ? -1 : 1)).at(-1);
  if (round === undefined || round.planHash === null) return null;
  const { holders } = holdersOfPlanSchema.parse(JSON.parse(await blobs.get(round.planHash)));
  const unread = Object.keys(round.failed).sort();
  return { holders: holders.map(({ subject: { key } }) => key), unread };
}

/** The brand file and the rule files as they were read: enough to make the decision again years later. */
function brandBlob(config: BrandConfig): string {
  return canonicalJson({ file: config.source.brandFile, text: config.source.brandText });
}

function rulesBlob(config: BrandConfig): string {
  return canonicalJson(config.source.ruleFiles);
}

function plannedEvents(
  config: BrandConfig,
  state: BrandState,
  { plan, remembered }: Decision,
  planHash: string,
): LogEvent[] {
  const atMs = plan.decidedAtMs;
  const { scopes, pausesOver, channels, ...tables } = remembered;
  const superseded = Object.values(state.proposals)
    .filter((proposal) => proposal.status === "open")
    .map((proposal): LogEvent => {
      const reason = message("loop.newerPlan", { round: figure(plan.roundId, "text") });
      return { type: "proposalSuperseded", v: 1, atMs, changeId: proposal.change.id, reason };
    });
  return [
    ...superseded,
    {
      type: "planned",
      v: 1,
      atMs,
      roundId: plan.roundId,
      planHash,
      inputs: plan.inputs,
      engineVersion: plan.engineVersion,
      ruleHashes: config.ruleset.rules.map((rule) => rule.hash),
      refused: plan.refused,
      proposed: changesWith(plan, "proposed"),
      auto: changesWith(plan, "auto"),
      expiresAtMs: atMs + config.brand.limits.proposalHours * MS_PER_HOUR,
    },
    // Rounds by day see another part of the day: what they find is no night of a streak.
    ...(plan.roundId === roundIdOf(plan.brand, plan.day, NIGHT_SLOT)
      ? [
          {
            ...{ type: "rulesRemembered", v: 1, atMs, roundId: plan.roundId },
            ...{ tables: packTables(tables), scopes, pausesOver: [...pausesOver], channels: [...channels] },
          } satisfies LogEvent,
        ]
      : []),
    ...merAlerts(state, plan),
    ...disputeAlerts(state, plan),
  ];
}

/** The changes alone: evidence and guardrail notes stay in the plan's blob. */
function changesWith(plan: Plan, outcome: Outcome): Change[] {
  return plan.changes
    .filter((change) => change.outcome === outcome)
    .map((change) => ({
      id: change.id,
      holderKey: change.holderKey,
      target: change.target,
      name: change.name,
      stage: change.stage,
      currency: change.currency,
      edit: change.edit,
      ruleId: change.ruleId,
      pack: change.pack,
      owner: change.owner,
      ...termsOf(change),
    }));
}
