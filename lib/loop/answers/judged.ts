/** What every kind of answer is judged from, and what the judgement may be. */
import type { Desk, Person } from "../../domain/desk.ts";
import type { Message } from "../../domain/figure.ts";
import type { ScopedStop } from "../../domain/plan.ts";
import type { BrandState } from "../../domain/state.ts";
import type { LogEvent } from "../../log/events.ts";
import type { Grounds } from "./grounds.ts";

/** Everything at the position that the answer is appended to; `grounds` are those of the answer's plan, null where none is known. */
export interface Asked {
  state: BrandState;
  /** Null before the first run of a version that knows desks. */
  desk: Desk | null;
  person: Person;
  stops: readonly ScopedStop[];
  grounds: Grounds | null;
  clickId: string | null;
  nowMs: number;
}

/** `changeIds` are the proposals that the outcome shows, as they stand afterwards. */
export type Judged =
  | {
      kind: "record";
      events: readonly LogEvent[];
      changeIds: readonly string[];
      needsSecond?: boolean;
      left?: readonly { changeId: string; reason: Message }[];
      notes?: readonly Message[];
    }
  | { kind: "stood"; changeIds: readonly string[] }
  | Refused
  | { kind: "unknown" };

/** `onRecord`: somebody tried what they may not, which the log keeps. */
export interface Refused {
  kind: "refused";
  reason: Message;
  changeId: string | null;
  onRecord: boolean;
}

export function refused(reason: Message, changeId: string | null, onRecord = false): Refused {
  return { kind: "refused", reason, changeId, onRecord };
}

/** Longest reason that the log keeps: some sentences, not a page. */
const REASON_CHARACTERS = 300;

/** What somebody typed as their reason, on one line; null where they typed nothing. */
export function reasonText(text: string | null): string | null {
  const words = (text ?? "").replaceAll(/\s+/gu, " ").trim();
  return words === "" ? null : [...words].slice(0, REASON_CHARACTERS).join("").trimEnd();
}
