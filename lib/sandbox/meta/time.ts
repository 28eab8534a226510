/** Times as Graph writes them: local, with the zone's offset. */
import { Temporal } from "temporal-polyfill";

const NS_PER_HOUR = 3_600_000_000_000;

/** `2026-03-09T10:15:00+0100`. */
export function graphTime(atMs: number, zone: string): string {
  const text = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
  return `${text.toPlainDateTime().toString({ smallestUnit: "second" })}${text.offset.replace(":", "")}`;
}

export function offsetHours(atMs: number, zone: string): number {
  return (
    Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone).offsetNanoseconds / NS_PER_HOUR
  );
}
