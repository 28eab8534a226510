/** Which round of the night is to be done now, for processes that are woken again and again. */
import type { Brand } from "../domain/brand.ts";
import { instantOf, localDay } from "../domain/day.ts";
import { NIGHT_SLOT, roundIdOf } from "../domain/ids.ts";
import type { BrandState } from "../domain/state.ts";
import type { DueRound } from "./next-step.ts";

/** Tonight's round from the beginning of its window on, however late, until it is planned; null when there is none to do. */
export function dueNight({ id, zone, limits }: Brand, state: BrandState, nowMs: number): DueRound | null {
  const day = localDay(nowMs, zone);
  const roundId = roundIdOf(id, day, NIGHT_SLOT);
  const planned = (state.rounds[roundId]?.planHash ?? null) !== null;
  if (planned || nowMs < instantOf(day, limits.nightFrom, zone)) return null;
  return { roundId, day, slot: NIGHT_SLOT };
}
