/** The log of every brand over one store: fold to the newest state, append what is decided from it, read, verify. */
import { FileError } from "../domain/files.ts";
import type { BrandState } from "../domain/state.ts";
import { type Appended, appendDecided, type Decide, type States, type WriterDeps } from "./append.ts";
import { type LogEntry, openEntry } from "./chain.ts";
import { CHECKPOINT_EVERY, type CheckpointStore, checkpointState, checkpointText } from "./checkpoint.ts";
import { LogError } from "./errors.ts";
import { emptyState, foldEntry } from "./fold.ts";
import type { HeadStore } from "./heads.ts";
import type { LogStore } from "./store.ts";
import { type VerifyResult, verifyEntries } from "./verify.ts";

export interface LogDeps extends WriterDeps {
  store: LogStore;
  heads: HeadStore;
  checkpoints: CheckpointStore;
}

/** All methods throw StoreError when the table is out of reach, and LogError when the log cannot be followed. */
export interface Log {
  /** What `changeSent` must name as its writer. */
  writerId: string;
  /** The state after every entry appended before the call. */
  state(brand: string): Promise<BrandState>;
  /** Appends what `decide` makes of the newest state; null when it decided on nothing. See `appendDecided`. */
  append(brand: string, decide: Decide): Promise<Appended | null>;
  /** The entries from position `from` (default 1) on, their chain checked. */
  entries(brand: string, from?: number): Promise<LogEntry[]>;
  /** Reads the whole log as stored and compares it with its head. */
  verify(brand: string): Promise<VerifyResult>;
}

export function openLog(deps: LogDeps): Log {
  const { store, heads } = deps;
  const states = foldedStates(deps);
  const inTurn = turns();

  async function appendNow(brand: string, decide: Decide): Promise<Appended | null> {
    const appended = await appendDecided(store, deps, states.of(brand), decide);
    if (appended !== null) {
      await heads.advance(brand, { position: appended.state.position, hash: appended.state.hash });
      await states.remember(appended.state);
    }
    return appended;
  }

  return {
    writerId: deps.writerId,
    state: states.fold,
    append: async (brand, decide) => await inTurn(brand, () => appendNow(brand, decide)),
    async entries(brand, from = 1) {
      const before = from === 1 ? null : await store.get(brand, from - 1);
      const stored = await store.read(brand, from);
      const entries: LogEntry[] = [];
      let hash = before?.hash ?? emptyState(brand).hash;
      for (const [index, found] of stored.entries()) {
        const entry = openEntry(brand, hash, from + index, found);
        entries.push(entry);
        hash = entry.hash;
      }
      return entries;
    },
    async verify(brand) {
      const head = await heads.get(brand);
      return verifyEntries(brand, await store.read(brand, 1), head);
    },
  };
}

/** One append of a brand after another: those of one process would only lose races against each other, each of which is a put. */
function turns(): <T>(brand: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (brand, work) => {
    const mine = (last.get(brand) ?? Promise.resolve()).then(work, work);
    last.set(brand, mine);
    return mine;
  };
}

interface FoldedStates {
  fold(brand: string): Promise<BrandState>;
  of(brand: string): States;
  remember(state: BrandState): Promise<void>;
}

/** Keeps each brand's last state, so that the next fold reads only the entries after it. */
function foldedStates({ store, heads, checkpoints }: LogDeps): FoldedStates {
  const known = new Map<string, BrandState>();
  const checkpointed = new Map<string, number>();

  async function fold(brand: string): Promise<BrandState> {
    const base = known.get(brand);
    const state = base === undefined ? await firstFold(brand) : await follow(base);
    await remember(state);
    return state;
  }

  /** The head is read before the log, which another process may be extending meanwhile. */
  async function firstFold(brand: string): Promise<BrandState> {
    const head = await heads.get(brand);
    const state = await follow((await checkpointOnChain(brand)) ?? emptyState(brand));
    if (head !== null && head.position > state.position) throw truncated(state, head.position);
    return state;
  }

  async function follow(base: BrandState): Promise<BrandState> {
    const tail = await store.read(base.brand, base.position + 1);
    return tail.reduce(
      (before, found) => foldEntry(before, openEntry(before.brand, before.hash, before.position + 1, found)),
      base,
    );
  }

  async function remember(state: BrandState): Promise<void> {
    const { brand, position } = state;
    if (position <= (known.get(brand)?.position ?? 0)) return;
    known.set(brand, state);
    if (position < (checkpointed.get(brand) ?? 0) + CHECKPOINT_EVERY) return;
    checkpointed.set(brand, position);
    await putCheckpoint(state);
  }

  async function putCheckpoint(state: BrandState): Promise<void> {
    try {
      await checkpoints.put(state.brand, checkpointText(state));
    } catch (error) {
      // Without the cache the next reader folds more entries; nobody's decision depends on it.
      if (!(error instanceof FileError)) throw error;
    }
  }

  async function checkpointOnChain(brand: string): Promise<BrandState | null> {
    const text = await checkpoints.get(brand);
    const state = text === null ? null : checkpointState(brand, text);
    if (state === null) return null;
    const entry = await store.get(brand, state.position);
    if (entry?.hash !== state.hash) return null;
    checkpointed.set(brand, state.position);
    return state;
  }

  const of = (brand: string) => ({ known: () => known.get(brand) ?? null, fold: () => fold(brand) });
  return { fold, of, remember };
}

/** A log that lost its end has lost intents and stops with it: acting on the rest could repeat a change. */
function truncated(state: BrandState, headPosition: number): LogError {
  return new LogError(
    "log.truncated",
    state.brand,
    state.position + 1,
    `entries are missing at the end: the head is at ${headPosition}, the log ends at ${state.position}. ` +
      "Restore the log's folder; nothing is done for this brand before",
  );
}
