/** Who is spoken to, and in which words: what the desk in the log says. */
import type { Desk } from "../../domain/desk.ts";
import type { BrandState } from "../../domain/state.ts";
import type { DeskNow } from "../../slack/home.ts";
import type { Reader } from "../../words/reader.ts";

/** Whatever language nobody could be asked for. */
export const ANYBODY: Reader = { language: "en", currency: "EUR", zone: "UTC" };

export function readerOf({ desk }: BrandState): Reader {
  return desk ?? ANYBODY;
}

/** The desk as one person finds it; null for whom it does not know. */
export function deskNow(state: BrandState, userId: string, nowMs: number): DeskNow | null {
  const { desk, brand, proposals, alerts, stop } = state;
  const person = personOf(desk, userId);
  if (desk === null || person === null) return null;
  return {
    reader: desk,
    people: desk.people,
    brand,
    brandName: desk.brandName,
    role: person.role,
    open: Object.values(proposals).filter(
      ({ status, expiresAtMs }) => status === "open" && nowMs < expiresAtMs,
    ),
    alerts: Object.values(alerts).filter(({ clearedAtMs }) => clearedAtMs === null),
    stop,
  };
}

function personOf(desk: Desk | null, userId: string) {
  return desk?.people.find(({ slack }) => slack === userId) ?? null;
}
