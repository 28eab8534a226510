/** What computing a fact comes to, before it becomes a reading. */
import type { Message } from "../domain/figure.ts";

/** `reason` explains a value (why a result is not stable); `source` says what it was counted from or where it was set. */
export interface Known {
  kind: "known";
  value: number | string | boolean | string[];
  reason: Message | null;
  source: string | null;
}

export interface NoData {
  kind: "noData";
  reason: Message;
}

export type Outcome = Known | NoData;

export function known(
  value: Known["value"],
  source: string | null = null,
  reason: Message | null = null,
): Known {
  return { kind: "known", value, reason, source };
}

export function noData(reason: Message): NoData {
  return { kind: "noData", reason };
}
