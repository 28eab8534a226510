/** What somebody types after a no. */
import { slugSchema } from "../domain/ids.ts";
import type { Answer, Guess } from "./types.ts";

/** Above any amount that is a target. */
const MOST = 1_000_000_000;

export type Read = { ok: true; answer: Answer } | { ok: false; expected: string };

/** Null is what is left out; nothing typed leaves out whatever can be. */
export function readAnswer(guess: Guess, typed: string): Read {
  const text = typed.trim();
  if (text === "" && guess.kind !== "id") return { ok: true, answer: null };
  switch (guess.kind) {
    case "yesNo":
      return { ok: true, answer: false };
    case "choice": {
      const option = guess.options.find((one) => one.toLowerCase() === text.toLowerCase());
      return option === undefined
        ? { ok: false, expected: `one of ${guess.options.join(", ")}` }
        : { ok: true, answer: option };
    }
    case "money": {
      const amount = /^\d{1,10}([.,]\d{1,6})?$/.test(text) ? Number(text.replace(",", ".")) : Number.NaN;
      return amount > 0 && amount <= MOST
        ? { ok: true, answer: amount }
        : { ok: false, expected: `an amount above 0 in ${guess.currency}, such as 35 or 35.50` };
    }
    case "id":
      return slugSchema.safeParse(text).success
        ? { ok: true, answer: text }
        : { ok: false, expected: "small letters, digits and dashes, at most 64" };
  }
}
