/** What the brand is called for life. */
import type { Guesses } from "./types.ts";

export const ID_GUESS = "id";
const LONGEST = 64;

export function guessId(name: string): Guesses {
  const proposed = slugOf(name);
  const question = `Is "${proposed}" the brand's id? Its log hangs on it, so it stays.`;
  return {
    guesses: [{ key: ID_GUESS, kind: "id", proposed, question, evidence: [`from the name "${name}"`] }],
    notes: [],
  };
}

function slugOf(name: string): string {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = plain
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, LONGEST)
    .replace(/-$/, "");
  return slug === "" ? "brand" : slug;
}
