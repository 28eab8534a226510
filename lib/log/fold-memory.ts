/** The fold of what rules remember: what a night left, and what changes that took effect leave for ever. */
import type { Change } from "../domain/change.ts";
import type { Day } from "../domain/day.ts";
import { NIGHT_SLOT } from "../domain/ids.ts";
import type { BrandState, RuleMemory } from "../domain/state.ts";
import type { LogEventOf } from "./events.ts";
import { unpackTables } from "./remembered.ts";
import { illegal, knownRound, type Origin, withEntry, without } from "./transition.ts";

/** Legal once, right after the plan of its night and in the same entry. */
export function foldRulesRemembered(
  state: BrandState,
  event: LogEventOf<"rulesRemembered">,
  origin: Origin,
): BrandState {
  const { roundId, scopes, pausesOver, channels } = event;
  const round = knownRound(state, roundId, origin);
  if (round.slot !== NIGHT_SLOT) illegal(origin, `${roundId} is no night, and only nights are remembered`);
  const here = origin.events.filter((one) => "roundId" in one && one.roundId === roundId);
  const times = (type: string) => here.filter((one) => one.type === type).length;
  if (round.planHash === null || times("planned") !== 1) {
    illegal(origin, `${roundId} is remembered in another entry than its plan's`);
  }
  if (times("rulesRemembered") !== 1) illegal(origin, `${roundId} is remembered twice`);
  const tables = unpackTables(event.tables) ?? illegal(origin, `what ${roundId} leaves cannot be read`);
  const { memory } = state;
  const unknown = pausesOver.find((holderKey) => memory.pauses[holderKey] === undefined);
  if (unknown !== undefined) illegal(origin, `a pause of ${unknown} is over that nobody made`);
  const pauses = pausesOver.reduce<RuleMemory["pauses"]>(without, memory.pauses);
  return {
    ...state,
    rounds: withEntry(state.rounds, roundId, { ...round, channels }),
    memory: { ...memory, ...tables, scopes, pauses },
  };
}

/**
 * What a rule did counts for ever, the end of its own pause as part of it; what a person took back is nobody's act but theirs. A
 * pause is Palier's while nobody moved on.
 */
export function withMemory(
  state: BrandState,
  { id: changeId, holderKey, ruleId, pack, edit, until, endsPause }: Change,
  { day, atMs, confirmed }: { day: Day; atMs: number; confirmed: boolean },
): BrandState {
  const { memory } = state;
  const isRestore = state.proposals[changeId]?.kind === "restore";
  const isAct = !isRestore && endsPause === undefined;
  const known = memory.acts[ruleId] ?? {};
  const act = { times: (known[holderKey]?.times ?? 0) + 1, day };
  const acts = isAct ? withEntry(memory.acts, ruleId, withEntry(known, holderKey, act)) : memory.acts;
  if (edit.kind !== "status") return { ...state, memory: { ...memory, acts } };
  const ours = confirmed && edit.to === "paused" && !isRestore;
  const pauses = ours
    ? withEntry(memory.pauses, holderKey, { ruleId, pack, changeId, atMs, until: until ?? null })
    : without(memory.pauses, holderKey);
  return { ...state, memory: { ...memory, acts, pauses } };
}
