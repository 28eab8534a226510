/** Takes a push in: checks it whole, then keeps every day that it states anew. */
import { addDays, type Day, instantOf, localDay } from "../../domain/day.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import { type PushRow, parsePush } from "./parse.ts";
import type { PushedDay, PushStore } from "./store.ts";

/** Fourteen hours ahead of UTC: no calendar is further. */
const EASTERNMOST = "Pacific/Kiritimati";

/** Twelve hours behind UTC: no calendar is further. What was sent after its midnight is of a whole day in every zone. */
const WESTERNMOST = "Etc/GMT+12";

/** Puts in flight at once: 400 days one after the other would take too long. */
const PUTS_AT_ONCE = 16;

/**
 * `stored`: days kept anew, the others stood there with the same figures. `overtaken`: a statement that was signed at the same
 * moment or later says something else of a day, so that this one would not count; nothing was kept.
 */
export type PushOutcome =
  | { kind: "stored"; stored: Day[]; unchanged: Day[] }
  | { kind: "overtaken"; day: Day; sentAtMs: number }
  | { kind: "problems"; problems: ConfigProblem[] };

export interface Push {
  brand: string;
  text: string;
  sentAtMs: number;
  receivedAtMs: number;
}

/** @throws PushStoreError: some days may be kept; the same push again keeps the rest. */
export async function receivePush(store: PushStore, push: Push): Promise<PushOutcome> {
  const { brand, text, sentAtMs, receivedAtMs } = push;
  const parsed = parsePush(text, localDay(receivedAtMs, EASTERNMOST));
  if (!parsed.ok) return { kind: "problems", problems: parsed.problems };
  const newest = await newestByDay(store, brand, parsed.rows);
  const changed = parsed.rows.filter((row) => !isKnown(row, newest.get(row.day), sentAtMs));
  for (const { day } of changed) {
    const known = newest.get(day);
    if (known !== undefined && known.sentAtMs >= sentAtMs) {
      return { kind: "overtaken", day, sentAtMs: known.sentAtMs };
    }
  }
  for (let start = 0; start < changed.length; start += PUTS_AT_ONCE) {
    const part = changed.slice(start, start + PUTS_AT_ONCE);
    await Promise.all(part.map((row) => store.put(brand, { ...row, sentAtMs, receivedAtMs })));
  }
  const stored = changed.map(({ day }) => day);
  const unchanged = parsed.rows.map(({ day }) => day).filter((day) => !stored.includes(day));
  return { kind: "stored", stored, unchanged };
}

/**
 * Whether the statement is kept already. The same figures that were sent before the day was over do not count as a whole day's:
 * said again later they are news, for a shop may have sold nothing since.
 */
function isKnown({ day, body }: PushRow, known: PushedDay | undefined, sentAtMs: number): boolean {
  if (known?.body !== body) return false;
  const overAtMs = instantOf(addDays(day, 1), "00:00", WESTERNMOST);
  return known.sentAtMs >= sentAtMs || Math.min(known.sentAtMs, known.receivedAtMs) >= overAtMs;
}

async function newestByDay(
  store: PushStore,
  brand: string,
  rows: readonly PushRow[],
): Promise<Map<Day, PushedDay>> {
  const days = rows.map(({ day }) => day).sort();
  const statements = await store.statements(brand, days[0] ?? "", days.at(-1) ?? "");
  return new Map(statements.map((one) => [one.day, one]));
}
