/** Which judgements are news: each is told once, when its days have settled. */
import type { Day } from "../domain/day.ts";
import type { Judgement } from "../domain/digest.ts";
import type { FactsInput } from "../metrics/index.ts";
import { benchOf, isTooEarly, judgeChange } from "./judge.ts";
import type { MadeChange } from "./made.ts";

const SPANS = [7, 14] as const;

/**
 * The judgements that could not be made yet on `since` and can be on the snapshot's day, oldest change first. What had settled
 * on `since` is told by the same figures and their ages on that day.
 */
export function judgedSince(input: FactsInput, made: readonly MadeChange[], since: Day): Judgement[] {
  if (since >= input.snapshot.day) return [];
  const now = benchOf(input, made);
  const then = benchOf(input, made, since);
  return made
    .filter(({ judged }) => judged)
    .flatMap((one) => SPANS.map((days) => ({ one, days })))
    .filter(({ one, days }) => isTooEarly(then, one, days) && !isTooEarly(now, one, days))
    .map(({ one, days }) => judgeChange(now, one, days));
}

/** Of each change the first judgement that cannot be made yet. */
export function notJudgedYet(input: FactsInput, made: readonly MadeChange[]): Judgement[] {
  const bench = benchOf(input, made);
  return made
    .filter(({ judged }) => judged)
    .flatMap((one) => {
      const days = SPANS.find((span) => isTooEarly(bench, one, span));
      return days === undefined ? [] : [judgeChange(bench, one, days)];
    });
}

/**
 * The judgements of a longer time: of each change's spans, from the first snapshot that can say anything. `snapshots` are oldest
 * first; one a week suffices, and days beyond the oldest one's reach stay `noData`.
 */
export function judgedOver(
  inputs: readonly FactsInput[],
  made: readonly MadeChange[],
  since: Day,
): Judgement[] {
  const told = new Map<string, Judgement>();
  for (const input of inputs) {
    for (const judgement of judgedSince(input, made, since)) {
      const key = `${judgement.changeId} ${judgement.days}`;
      const known = told.get(key);
      if (known === undefined || known.verdict === "noData") told.set(key, judgement);
    }
  }
  return [...told.values()];
}
