import type { BrandConfig, LoopPorts } from "../ports.ts";

/** Silence is rejection: an open proposal past its time is closed. */
export async function expireProposal(ports: LoopPorts, config: BrandConfig, changeId: string): Promise<null> {
  const atMs = await ports.clock.nowMs();
  await ports.log.append(config.brand.id, (state) => {
    const proposal = state.proposals[changeId];
    const due = proposal?.status === "open" && atMs >= proposal.expiresAtMs;
    return due ? [{ type: "proposalExpired", v: 1, atMs, changeId }] : null;
  });
  return null;
}
