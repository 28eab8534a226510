/** What people decide: approve, reject, stop, resume. Each is judged against the log at the position it is appended to. */
import type { Message } from "../domain/figure.ts";
import type { BrandState, Proposal } from "../domain/state.ts";
import type { LogEvent } from "../log/events.ts";
import { stopFor } from "../planner/stops.ts";
import type { LoopPorts } from "./ports.ts";

/** `recorded`: this call decided. `stood`: the same decision stood already. `refused`: it cannot be decided any more. */
export type DecisionOutcome =
  | { kind: "recorded"; proposal: Proposal }
  | { kind: "stood"; proposal: Proposal }
  | { kind: "refused"; proposal: Proposal; stop: Message | null }
  | { kind: "unknown" };

export interface Answer {
  changeId: string;
  verdict: "approved" | "rejected";
  by: string;
  reason: string | null;
}

/**
 * Records a person's answer to a proposal. Answering twice changes nothing the second time; an expired, superseded or
 * otherwise answered proposal is refused, and so is an approval under a stop.
 * @throws LogError, StoreError: nothing was recorded.
 */
export async function answerProposal(
  ports: Pick<LoopPorts, "log" | "clock" | "stops">,
  brand: string,
  answer: Answer,
): Promise<DecisionOutcome> {
  const stops = await ports.stops();
  const atMs = await ports.clock.nowMs();
  let outcome: DecisionOutcome = { kind: "unknown" };
  await ports.log.append(brand, (state) => {
    const proposal = state.proposals[answer.changeId];
    if (proposal === undefined) {
      outcome = { kind: "unknown" };
      return null;
    }
    outcome = judge(proposal, answer, state, stops, atMs);
    return outcome.kind === "recorded" ? [answerEvent(answer, atMs)] : null;
  });
  return outcome;
}

function judge(
  proposal: Proposal,
  answer: Answer,
  state: BrandState,
  stops: Awaited<ReturnType<LoopPorts["stops"]>>,
  nowMs: number,
): DecisionOutcome {
  if (proposal.status === answer.verdict) return { kind: "stood", proposal };
  if (proposal.status !== "open") return { kind: "refused", proposal, stop: null };
  if (nowMs >= proposal.expiresAtMs)
    return { kind: "refused", proposal: { ...proposal, status: "expired" }, stop: null };
  const stop = answer.verdict === "approved" ? stopFor(proposal.change.target, state, stops) : null;
  return stop === null ? { kind: "recorded", proposal } : { kind: "refused", proposal, stop };
}

function answerEvent(answer: Answer, atMs: number): LogEvent {
  const { changeId, by } = answer;
  return answer.verdict === "approved"
    ? { type: "proposalApproved", v: 1, atMs, changeId, by }
    : { type: "proposalRejected", v: 1, atMs, changeId, by, reason: answer.reason };
}

/** Stops all new writes of one brand. False when it was stopped already. */
export async function stopBrand(
  ports: Pick<LoopPorts, "log" | "clock">,
  brand: string,
  by: string,
  reason: string | null,
): Promise<boolean> {
  const atMs = await ports.clock.nowMs();
  const appended = await ports.log.append(brand, (state) =>
    state.stop === null ? [{ type: "stopped", v: 1, atMs, by, reason }] : null,
  );
  return appended !== null;
}

/** Lifts the brand's own stop; global and account stops stay. False when there was none. */
export async function resumeBrand(
  ports: Pick<LoopPorts, "log" | "clock">,
  brand: string,
  by: string,
): Promise<boolean> {
  const atMs = await ports.clock.nowMs();
  const appended = await ports.log.append(brand, (state) =>
    state.stop === null ? null : [{ type: "resumed", v: 1, atMs, by }],
  );
  return appended !== null;
}
