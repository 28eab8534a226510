/** Verification: does a stored log hold exactly what was appended, in order, up to its head? */
import { z } from "zod";
import { openEntry } from "./chain.ts";
import { LogError, type LogErrorCode } from "./errors.ts";
import { emptyState, foldEntry } from "./fold.ts";
import type { Head } from "./heads.ts";
import type { StoredEntry } from "./store.ts";

/**
 * `missing`: no entry there, but later ones; `misplaced`: written for another place, so inserted, moved or reordered;
 * `tampered`: body or hash changed; `truncated`: the head is further than the log; `rewritten`: the head names another hash;
 * `malformed`, `unknownEvent` and `illegal`: on the chain, and yet not what a writer of this version appends.
 */
type VerifyProblem =
  | "illegal"
  | "malformed"
  | "misplaced"
  | "missing"
  | "rewritten"
  | "tampered"
  | "truncated"
  | "unknownEvent";

/** `witnessed` is the head's position: entries after it have no witness outside the table. Null without a head. */
export type VerifyResult =
  | { ok: true; entries: number; head: Head; witnessed: number | null }
  | { ok: false; position: number; problem: VerifyProblem; detail: string };

/** Names the first bad position of a log as stored, read from position 1 on after `head` was. */
export function verifyEntries(
  brand: string,
  stored: readonly StoredEntry[],
  head: Head | null,
): VerifyResult {
  let state = emptyState(brand);
  for (const found of stored) {
    const bad = findBad(brand, state.position + 1, found);
    if (bad !== null) return bad;
    try {
      state = foldEntry(state, openEntry(brand, state.hash, state.position + 1, found));
    } catch (error) {
      if (error instanceof LogError) return problem(error.position, problemOf(error.code), error.message);
      throw error;
    }
    const here = head?.position === state.position;
    if (here && head.hash !== state.hash) {
      return problem(state.position, "rewritten", `the head names ${head.hash}, the log holds ${state.hash}`);
    }
  }
  const { position, hash } = state;
  if (head !== null && head.position > position) {
    return problem(position + 1, "truncated", `the head is at ${head.position}, the log ends at ${position}`);
  }
  return { ok: true, entries: position, head: { position, hash }, witnessed: head?.position ?? null };
}

/** What is wrong with the place of an entry, judged before its hash, because it says more than "does not match". */
function findBad(brand: string, expected: number, found: StoredEntry): VerifyResult | null {
  if (found.position > expected) {
    return problem(expected, "missing", `the next entry found is at position ${found.position}`);
  }
  const place = placeOf(found.body);
  if (place === null || (place.brand === brand && place.position === expected)) return null;
  return problem(
    expected,
    "misplaced",
    `the body was written for ${place.brand}, position ${place.position}`,
  );
}

const placeSchema = z.object({ brand: z.string(), position: z.number() });

/** Null when the body does not say, which its hash then speaks for. */
function placeOf(body: string): z.output<typeof placeSchema> | null {
  try {
    return placeSchema.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

function problemOf(code: LogErrorCode): VerifyProblem {
  if (code === "log.illegal") return "illegal";
  if (code === "log.malformed") return "malformed";
  return code === "log.unknownEvent" ? "unknownEvent" : "tampered";
}

function problem(position: number, problem: VerifyProblem, detail: string): VerifyResult {
  return { ok: false, position, problem, detail };
}
