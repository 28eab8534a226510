/** The port of pushed days: statements of a shop, each kept as it came. */
import type { Day } from "../../domain/day.ts";

/** One day as the shop stated it once. A restated day is another one of these. */
export interface PushedDay {
  day: Day;
  /** When the shop signed it: the newest statement of a day counts. */
  sentAtMs: number;
  /** By our clock. */
  receivedAtMs: number;
  /** Canonical JSON of the row's cells by column, as text. */
  body: string;
}

export interface PushStore {
  /** Puts the statement if there is none with its day, moment and content yet; false when there was. */
  put(brand: string, pushed: PushedDay): Promise<boolean>;
  /** Every statement of the days, both ends included, by day and then by moment sent. Consistent, complete. */
  statements(brand: string, from: Day, to: Day): Promise<PushedDay[]>;
}

/** The table did not do what was asked: nothing is known of the shop then. */
export class PushStoreError extends Error {
  override name = "PushStoreError";
  readonly code = "push.store";
}
