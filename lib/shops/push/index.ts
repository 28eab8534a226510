/** A shop that sends its figures: for each day its newest statement counts, as long as the day was over by then. */
import { addDays, type Day, instantOf } from "../../domain/day.ts";
import type { Shop } from "../port.ts";
import { dayOfBody } from "./parse.ts";
import { type PushedDay, type PushStore, PushStoreError } from "./store.ts";

export interface PushShopOptions {
  store: PushStore;
  brand: string;
  /** IANA zone of the brand: a day is over when it is over there. */
  zone: string;
}

/** `fetchDays` throws PushStoreError. */
export function createPushShop({ store, brand, zone }: PushShopOptions): Shop {
  return {
    async fetchDays(from, to) {
      const statements = await store.statements(brand, from, to);
      const whole = statements.filter((one) => isWhole(one, zone));
      // Ascending by moment, so that the last one of a day replaces those before.
      const newest = new Map<Day, PushedDay>(whole.map((one) => [one.day, one]));
      return { source: "push", days: [...newest.values()].map(({ day, body }) => readDay(day, body)) };
    },
  };
}

/** Half a day that looks like a whole one would make every budget look bad. */
function isWhole({ day, sentAtMs, receivedAtMs }: PushedDay, zone: string): boolean {
  return Math.min(sentAtMs, receivedAtMs) >= instantOf(addDays(day, 1), "00:00", zone);
}

function readDay(day: Day, body: string) {
  try {
    const read = dayOfBody(body);
    if (read.day === day) return read;
  } catch {
    // Told below in our own words: what stands there is not ours to quote.
  }
  throw new PushStoreError(`the pushed figures of ${day} cannot be read`);
}
