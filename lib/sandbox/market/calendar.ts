/** Local days as spans of time: 23, 24 or 25 hours long. */
import { addDays, type Day, instantOf } from "../../domain/day.ts";

const startsMs = new Map<string, number>();

/** The instant at which `day` begins in `zone`. Remembered, because a year of insights asks for the same few hundred days. */
export function dayStartMs(day: Day, zone: string): number {
  const key = `${zone} ${day}`;
  const known = startsMs.get(key);
  if (known !== undefined) return known;
  const startMs = instantOf(day, "00:00", zone);
  startsMs.set(key, startMs);
  return startMs;
}

/** The instant at which `day` is over in `zone`. */
export function dayEndMs(day: Day, zone: string): number {
  return dayStartMs(addDays(day, 1), zone);
}
