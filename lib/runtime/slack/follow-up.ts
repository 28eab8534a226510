/** What follows an answer that stands in the log: none of it can lose the answer, and the tick makes good what is missing. */
import type { BrandState } from "../../domain/state.ts";
import type { Lane } from "../../lanes/port.ts";
import type { Answer, AnswerOutcome } from "../../loop/answers/types.ts";
import { isDecided, rewriteRow } from "../answered.ts";
import type { SlackParts } from "./parts.ts";

/** Slack waits three seconds in all; what is not done by then is left to the next tick. */
const FOLLOW_UP_MS = 1_500;

/** Answers after which a platform may have something to be told. */
const WAKES_APPLY: ReadonlySet<Answer["kind"]> = new Set(["approve", "approveSafe", "restore", "resume"]);

/** Of an answer, and of one that came too late: the card may still say otherwise. */
export async function followUp(
  parts: SlackParts,
  answer: Answer,
  outcome: AnswerOutcome,
  more: readonly Promise<void>[] = [],
): Promise<void> {
  const { kind, state } = outcome;
  const decided = isDecided(outcome);
  await within(parts, [
    ...(decided && WAKES_APPLY.has(answer.kind) ? [wake(parts, "apply", state)] : []),
    ...(kind === "unknown" ? [] : [wake(parts, "observe", state)]),
    ...(decided ? [tellTick(parts, state)] : []),
    ...more,
  ]);
}

/** Waits for all of it, but no longer than whoever asked does. */
export async function within({ wall, telemetry }: SlackParts, work: readonly Promise<void>[]): Promise<void> {
  const guarded = work.map((one) =>
    one.catch((error: unknown) => telemetry.error("what follows an answer in Slack failed", error)),
  );
  await Promise.race([Promise.all(guarded), wall.wait(FOLLOW_UP_MS)]);
}

async function wake({ lanes, telemetry }: SlackParts, lane: Lane, state: BrandState): Promise<void> {
  const { brand, position } = state;
  try {
    await lanes.wake(lane, brand, `${brand}#${position}`);
  } catch (error) {
    telemetry.error("a lane was not woken; the next tick wakes it", error, { brand, lane });
  }
}

async function tellTick({ rows, clock, telemetry }: SlackParts, state: BrandState): Promise<void> {
  if (rows === null) return;
  try {
    await rewriteRow({ store: rows, clock }, state);
  } catch (error) {
    const { brand } = state;
    telemetry.error("the summary row was not rewritten; the next run does it", error, { brand });
  }
}
