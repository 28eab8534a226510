/** How long a step that failed waits, so that a platform in trouble is not asked every minute. */
import { figure, type Message, message } from "../domain/figure.ts";
import type { BrandState } from "../domain/state.ts";
import type { LogEvent } from "../log/events.ts";
import type { PlatformError } from "../platforms/errors.ts";
import type { LoopPorts } from "./ports.ts";

const MS_PER_MINUTE = 60_000;
/** Waits after the first, second ... failure; the last one from then on. */
const WAIT_MINUTES = [1, 2, 4, 8, 15];

/** Records a failure with the moment of the next try. A platform's own wish to be left alone longer is granted. */
export async function recordFailure(
  ports: LoopPorts,
  brand: string,
  step: string,
  error: PlatformError,
): Promise<void> {
  const atMs = await ports.clock.nowMs();
  const reason = message("loop.stepFailed", { detail: figure(error.message, "text") });
  await ports.log.append(brand, (state) => [stepFailed(state, step, error, reason, atMs)]);
}

/** `reason` is null where another event of the same entry says it. */
export function stepFailed(
  state: BrandState,
  step: string,
  { details }: PlatformError,
  reason: Message | null,
  atMs: number,
): LogEvent {
  const triesBefore = state.retries[step]?.tries ?? 0;
  const minutes = WAIT_MINUTES[Math.min(triesBefore, WAIT_MINUTES.length - 1)] ?? 0;
  const waitMs = Math.max(minutes * MS_PER_MINUTE, details.retryAfterMs ?? 0);
  return { type: "stepFailed", v: 1, atMs, step, nextTryAtMs: atMs + waitMs, reason };
}
