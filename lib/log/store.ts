/**
 * The port of the table that holds all logs. Any store passes `tests/log/store-contract.ts`: the embedded DynamoDB and
 * the in-memory one do.
 */

/** One appended entry. `body` is canonical JSON and `hash` = SHA-256(previous hash + body), both exactly as stored. */
export interface StoredEntry {
  position: number;
  body: string;
  hash: string;
}

/** The summary row of a brand: a rebuildable cache that may be stale. */
export interface BrandSummary {
  brand: string;
  /** When reading or deciding is due next: the night, a proposal's end, another try. */
  nextDueAtMs: number;
  /** When a change is to be made or judged next; null while there is none. */
  nextApplyAtMs: number | null;
  /** End of the window of the next night that has no plan yet. */
  nightEndsAtMs: number;
  openProposals: number;
  unsettled: number;
  stopped: boolean;
  lastNight: string | null;
  head: { position: number; hash: string };
}

/** A stop outside any log: `scope` is `everything` or an `accountKey`. */
export interface ControlStop {
  scope: string;
  by: string;
  atMs: number;
  reason: string | null;
}

export interface LogStore {
  /**
   * Puts the entry if its position is free; one atomic conditional write.
   * `taken` says that the position holds an entry, which may be this very one after a lost reply: compare hashes.
   * @throws StoreError when the outcome is unknown or the store is out of reach.
   */
  put(brand: string, entry: StoredEntry): Promise<"appended" | "taken">;
  /** Consistent read of one position. */
  get(brand: string, position: number): Promise<StoredEntry | null>;
  /** Consistent, ascending, complete from `from` on (positions start at 1). */
  read(brand: string, from: number): Promise<StoredEntry[]>;
  /** Consistent read of the entry with the highest position; null for an empty log. */
  latest(brand: string): Promise<StoredEntry | null>;
  /**
   * Takes the account for the brand if no brand has it; one atomic conditional write, never undone by this port. Answers
   * the brand that has it now: this one, or the one that was first.
   */
  claim(accountKey: string, brand: string): Promise<string>;
  /** Leaves a row alone that knows more of the log: of two writers the slower one often knows less. */
  putSummary(summary: BrandSummary): Promise<void>;
  /** Consistent read of one row; null for a brand without one. */
  summary(brand: string): Promise<BrandSummary | null>;
  summaries(): Promise<BrandSummary[]>;
  putControlStop(stop: ControlStop): Promise<void>;
  deleteControlStop(scope: string): Promise<void>;
  /** Consistent read of all stops in force. @throws StoreError: the caller then writes nothing anywhere. */
  controlStops(): Promise<ControlStop[]>;
}
