/** Local days as spans of time: 23, 24 or 25 hours long. */
import { addDays, type Day, eachDay, instantOf } from "../../domain/day.ts";

const startsMs = new Map<string, number>();
const endsMs = new Map<string, number>();

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
  const key = `${zone} ${day}`;
  const known = endsMs.get(key);
  if (known !== undefined) return known;
  const endMs = dayStartMs(addDays(day, 1), zone);
  endsMs.set(key, endMs);
  return endMs;
}

const lookBacks = new Map<string, readonly Day[]>();

/** The days that end with `day`, that many before it and itself. Remembered as `dayStartMs` is. */
export function daysUpTo(day: Day, before: number): readonly Day[] {
  const key = `${day} ${before}`;
  const known = lookBacks.get(key);
  if (known !== undefined) return known;
  const days = eachDay(addDays(day, -before), day);
  lookBacks.set(key, days);
  return days;
}
