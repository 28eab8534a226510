/** What follows an answer that stands in the log, wherever it was given. */
import type { BrandState } from "../domain/state.ts";
import type { LogStore } from "../log/store.ts";
import type { AnswerOutcome } from "../loop/answers/types.ts";
import { summaryAfterAnswer } from "../loop/open-matters.ts";

/** True where the log says what was asked for, by this answer or by an earlier one. */
export function isDecided({ kind }: AnswerOutcome): boolean {
  return kind === "recorded" || kind === "stood";
}

/**
 * By the row the tick finds an approval, or a message to be shown anew, that nobody was woken for. A brand without a row has none
 * after it. @throws StoreError: the answer stands all the same, and is found at the next full hour.
 */
export async function rewriteRow(
  { store, clock }: { store: Pick<LogStore, "summary" | "putSummary">; clock: { nowMs(): Promise<number> } },
  state: BrandState,
): Promise<void> {
  const row = await store.summary(state.brand);
  if (row === null) return;
  await store.putSummary(summaryAfterAnswer(row, state, await clock.nowMs()));
}
