import type { DueRound } from "../next-step.ts";
import type { BrandConfig, LoopPorts } from "../ports.ts";

/** Opens the round in the log; whoever else opened it meanwhile is as good. */
export async function startRound(ports: LoopPorts, config: BrandConfig, due: DueRound): Promise<null> {
  const atMs = await ports.clock.nowMs();
  await ports.log.append(config.brand.id, (state) =>
    state.rounds[due.roundId] === undefined
      ? [{ type: "roundStarted", v: 1, atMs, roundId: due.roundId, day: due.day, slot: due.slot }]
      : null,
  );
  return null;
}
