/** Every minute: whom to wake, and the figures that alarms look at. */
import { z } from "zod";
import { LaneError } from "../../lanes/errors.ts";
import type { Lane, Lanes } from "../../lanes/port.ts";
import { sqsLanes } from "../../lanes/sqs.ts";
import { dynamoStore } from "../../log/dynamo-store.ts";
import type { LogStore } from "../../log/store.ts";
import { tick, type Wake } from "../../loop/tick.ts";
import type { Environment } from "../../platforms/port.ts";
import { dynamoClient, sqsClient } from "./clients.ts";
import { tickSettings } from "./settings.ts";
import { awsTelemetry, type Telemetry } from "./telemetry.ts";

const MS_PER_MINUTE = 60_000;

/** Source: Amazon EventBridge Scheduler, the event of a target without an input of its own. */
const eventSchema = z.object({ time: z.iso.datetime({ offset: true }) });

export interface TickContainer {
  store: Pick<LogStore, "summaries" | "controlStops">;
  lanes: Lanes;
  telemetry: Telemetry;
}

/** @throws RuntimeError `settings.invalid`. */
export function openTickContainer(env: Environment): TickContainer {
  const settings = tickSettings(env);
  const queues = { observe: settings.PALIER_OBSERVE_QUEUE_URL, apply: settings.PALIER_APPLY_QUEUE_URL };
  return {
    store: dynamoStore(dynamoClient()),
    lanes: sqsLanes(sqsClient(), queues),
    telemetry: awsTelemetry("tick", settings.PALIER_STAGE),
  };
}

/**
 * Wakes what is due at the event's minute. The same event again wakes nobody twice: the minute is the deduplication id.
 * @throws LaneError when a brand could not be woken, after all others were; StoreError. The event is then sent again.
 */
export async function answerTick({ store, lanes, telemetry }: TickContainer, event: unknown): Promise<void> {
  try {
    const { time } = eventSchema.parse(event);
    const minute = Math.floor(Date.parse(time) / MS_PER_MINUTE);
    const [summaries, stops] = await Promise.all([store.summaries(), store.controlStops()]);
    const { wakes, missedNights } = tick(summaries, minute * MS_PER_MINUTE);
    for (const brand of missedNights) telemetry.warn("a night passed without a plan", { brand });
    telemetry.count("Ticks", 1);
    telemetry.count("BrandsSeen", summaries.length);
    telemetry.count("MissedNights", missedNights.length);
    telemetry.count("StopsSet", stops.length + summaries.filter(({ stopped }) => stopped).length);
    const notWoken = [
      ...(await wakeLane(lanes, "observe", wakes, minute)),
      ...(await wakeLane(lanes, "apply", wakes, minute)),
    ];
    for (const { brand, reason } of notWoken) telemetry.warn("a brand was not woken", { brand, reason });
    if (notWoken.length > 0) throw new LaneError(`${notWoken.length} of ${wakes.length} wake-ups failed`);
  } catch (error) {
    telemetry.error("the tick failed", error);
    throw error;
  } finally {
    telemetry.flush();
  }
}

async function wakeLane(lanes: Lanes, lane: Lane, wakes: readonly Wake[], minute: number) {
  const brands = wakes.filter(({ part }) => part === lane).map(({ brand }) => brand);
  return await lanes.wakeAll(
    lane,
    brands.map((brand) => ({ brand, dedupe: `${brand}#${minute}` })),
  );
}
