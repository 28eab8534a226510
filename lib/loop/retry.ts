/** How long a step that failed waits, so that a platform or a channel in trouble is not asked every minute. */
import { figure, type Message, message } from "../domain/figure.ts";
import { MessengerError } from "../domain/messenger.ts";
import type { BrandState } from "../domain/state.ts";
import type { LogEvent } from "../log/events.ts";
import { PlatformError } from "../platforms/errors.ts";
import type { LoopPorts } from "./ports.ts";

const MS_PER_MINUTE = 60_000;
/** Waits after the first, second ... failure; the last one from then on. */
const WAIT_MINUTES = [1, 2, 4, 8, 15];
/** What is refused stays refused until a person mends its cause: asked less and less often, once a day at last. */
const REFUSED_WAIT_MINUTES = [5, 15, 60, 240, 1440];

/** Records a failure with the moment of the next try. A wish to be left alone longer is granted. */
export async function recordFailure(
  ports: LoopPorts,
  brand: string,
  step: string,
  error: unknown,
): Promise<void> {
  const atMs = await ports.clock.nowMs();
  const detail = error instanceof Error ? error.message : String(error);
  const reason = message("loop.stepFailed", { detail: figure(detail, "text") });
  await ports.log.append(brand, (state) => [stepFailed(state, step, error, reason, atMs)]);
}

/** `reason` is null where another event of the same entry says it. */
export function stepFailed(
  state: BrandState,
  step: string,
  error: unknown,
  reason: Message | null,
  atMs: number,
): LogEvent {
  const refused = error instanceof MessengerError && error.outcome === "refused";
  const waits = refused ? REFUSED_WAIT_MINUTES : WAIT_MINUTES;
  const triesBefore = state.retries[step]?.tries ?? 0;
  const minutes = waits[Math.min(triesBefore, waits.length - 1)] ?? 0;
  const waitMs = Math.max(minutes * MS_PER_MINUTE, wishOf(error) ?? 0);
  return { type: "stepFailed", v: 1, atMs, step, nextTryAtMs: atMs + waitMs, reason };
}

/** For how long whoever failed wants to be left alone. */
function wishOf(error: unknown): number | null {
  if (error instanceof PlatformError) return error.details.retryAfterMs;
  return error instanceof MessengerError ? error.retryAfterMs : null;
}
