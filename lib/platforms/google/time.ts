/** Google's clock faces: `2026-03-10 04:05:06.789` in the account's zone, without saying which zone that is. */
import { Temporal } from "temporal-polyfill";

/**
 * The instant of a clock face; null for what is none. In the hour that a clock shows twice it is the later one, so that
 * whatever counts from it lasts longer rather than shorter.
 */
export function instantOf(clockFace: string, zone: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)$/.exec(clockFace);
  if (match === null) return null;
  try {
    const face = Temporal.PlainDateTime.from(`${match[1]}T${match[2]}`);
    return face.toZonedDateTime(zone, { disambiguation: "later" }).epochMilliseconds;
  } catch {
    return null;
  }
}

/** What a clock in `zone` shows at an instant, to the second. */
export function clockFace(atMs: number, zone: string): string {
  const face = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone).toPlainDateTime();
  return face.toString({ smallestUnit: "second" }).replace("T", " ");
}
