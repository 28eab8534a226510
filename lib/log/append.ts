/** Appending: fold, decide, put at the next position; whoever loses the position folds and decides again. */
import type { BrandState } from "../domain/state.ts";
import { sealEntry } from "./chain.ts";
import { LogError, StoreError } from "./errors.ts";
import type { LogEvent } from "./events.ts";
import { foldEntry } from "./fold.ts";
import type { LogStore, StoredEntry } from "./store.ts";

/** Far beyond any real contention on one brand: reaching it means that something appends without end. */
const MAX_TRIES = 50;

/** Puts of one and the same entry while the store is out of reach. */
const MAX_PUTS = 3;

const FIRST_WAIT_MS = 4;
const LONGEST_WAIT_MS = 250;

/** What the log is given from outside: nothing here reads a clock, draws a number or waits by itself. */
export interface WriterDeps {
  /** Unique per running process. */
  writerId: string;
  /** Fresh on every call. */
  newEntryId: () => string;
  nowMs: () => number;
  /** Uniform in [0, 1). */
  random: () => number;
  sleep: (ms: number) => Promise<void>;
}

/** Where the state to decide by comes from. */
export interface States {
  /** Of what this writer read or appended last; null before it did. */
  known(): BrandState | null;
  /** After every entry appended before the call. */
  fold(): Promise<BrandState>;
}

/** The events to append after `state`, or null (or none) when there is nothing to do. Called again with a newer state after a lost race. */
export type Decide = (state: BrandState) => readonly LogEvent[] | null;

export interface Appended {
  /** The state after the appended entry. */
  state: BrandState;
  events: readonly LogEvent[];
}

/**
 * Appends what `decide` makes of the newest state; null when it decided on nothing.
 * @throws LogError `log.contended` after 50 lost races, `log.illegal` for events that do not follow (nothing is written);
 * StoreError `store.unreachable` when it is unknown whether the entry was written.
 */
export async function appendDecided(
  store: LogStore,
  deps: WriterDeps,
  { known, fold }: States,
  decide: Decide,
): Promise<Appended | null> {
  // What is known is the newest state nearly always, and the put itself tells: reading it first would only take longer.
  const guess = known();
  const guessed = guess === null ? "nothing" : await tryAppend(store, deps, guess, decide);
  if (typeof guessed === "object") return guessed;
  for (let tries = 1; ; tries += 1) {
    const state = await fold();
    const appended = await tryAppend(store, deps, state, decide);
    if (appended === "nothing") return null;
    if (appended !== "lost") return appended;
    if (tries === MAX_TRIES) {
      throw new LogError(
        "log.contended",
        state.brand,
        state.position + 1,
        `lost ${MAX_TRIES} races for the next position`,
      );
    }
    await wait(deps, tries);
  }
}

async function tryAppend(
  store: LogStore,
  deps: WriterDeps,
  state: BrandState,
  decide: Decide,
): Promise<Appended | "nothing" | "lost"> {
  const events = decide(state);
  if (events === null || events.length === 0) return "nothing";
  const { brand, position } = state;
  const draft = { brand, position: position + 1, writerId: deps.writerId, atMs: deps.nowMs(), events };
  const { stored, entry } = sealEntry(state.hash, { ...draft, entryId: deps.newEntryId() });
  const next = foldEntry(state, entry);
  return (await isAppended(store, deps, brand, stored)) ? { state: next, events: entry.events } : "lost";
}

/**
 * True when the position holds this very entry. A lost reply looks like a lost race, because a repeated put fails its own
 * condition: only the hash tells them apart. Repeating a put is safe for the same reason.
 */
async function isAppended(
  store: LogStore,
  deps: WriterDeps,
  brand: string,
  stored: StoredEntry,
): Promise<boolean> {
  for (let puts = 1; ; puts += 1) {
    try {
      if ((await store.put(brand, stored)) === "appended") return true;
      const found = await store.get(brand, stored.position);
      return found?.hash === stored.hash;
    } catch (error) {
      const unknown = error instanceof StoreError && error.code === "store.unreachable";
      if (!unknown || puts === MAX_PUTS) throw error;
      await wait(deps, puts);
    }
  }
}

/** Full jitter: anywhere between nothing and a wait that doubles with each try. */
function wait({ random, sleep }: WriterDeps, tries: number): Promise<void> {
  return sleep(random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries));
}
