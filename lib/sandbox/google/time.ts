/** Times as Google Ads writes them: local, without an offset. */
import { Temporal } from "temporal-polyfill";

/** `2026-03-09 10:15:00.000000`. */
export function googleTime(atMs: number, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone).toPlainDateTime();
  return local.toString({ fractionalSecondDigits: 6 }).replace("T", " ");
}
