/** What every step of the fold knows of the entry it folds, and how it refuses one. */
import type { Day } from "../domain/day.ts";
import type { BrandState, Round } from "../domain/state.ts";
import { LogError } from "./errors.ts";
import type { LogEvent } from "./events.ts";

export interface Origin {
  brand: string;
  position: number;
  writerId: string;
  /** All of the entry: what belongs together stands in one. */
  events: readonly LogEvent[];
}

/** @throws LogError `log.illegal`: no correct writer appends this, so the log itself is suspect. */
export function illegal(origin: Origin, what: string): never {
  throw new LogError("log.illegal", origin.brand, origin.position, what);
}

export function knownRound(state: BrandState, roundId: string, origin: Origin): Round {
  return state.rounds[roundId] ?? illegal(origin, `round ${roundId} was never started`);
}

/** Of all rounds that were started; empty before the first. */
export function newestDay({ rounds }: BrandState): Day {
  return Object.values(rounds).reduce((latest, { day }) => (day > latest ? day : latest), "");
}

/** The record with one field replaced. */
export function withEntry<T>(record: Readonly<Record<string, T>>, key: string, value: T): Record<string, T> {
  return { ...record, [key]: value };
}

export function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

/** The state in which none of those steps waits any more. */
export function withoutRetries(state: BrandState, isOver: (step: string) => boolean): BrandState {
  const waiting = Object.entries(state.retries);
  const left = waiting.filter(([step]) => !isOver(step));
  return left.length === waiting.length ? state : { ...state, retries: Object.fromEntries(left) };
}
