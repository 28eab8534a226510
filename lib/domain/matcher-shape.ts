/** How files say who is meant: the keys of a Matcher, shared by brand and rule files. */
import { z } from "zod";
import type { Matcher } from "./brand.ts";

/** More entries than a person maintains by hand; each is tried for every entity. */
const MAX_ENTRIES = 200;

/** Longer than any name a platform allows. */
const MAX_LENGTH = 400;

const words = () => z.array(z.string().min(1).max(MAX_LENGTH)).min(1).max(MAX_ENTRIES).optional();

export const matcherKeys = {
  campaigns: words().describe("Globs (* and ?) on the campaign's name; letter case does not matter."),
  names: words().describe("Globs (* and ?) on the entity's own name; letter case does not matter."),
  labels: words().describe("Labels, exactly as on the platform."),
  ids: words().describe("The platform's ids, as texts."),
  objectives: words().describe(
    "Campaign objectives: Meta's own words (OUTCOME_SALES), or Google's channel type (search, performanceMax).",
  ),
};

/** Picks the matcher's keys out of a parsed object and leaves absent ones out. */
export function matcherOf(keys: { [Key in keyof Matcher]?: Matcher[Key] | undefined }): Matcher {
  return {
    ...(keys.campaigns && { campaigns: keys.campaigns }),
    ...(keys.names && { names: keys.names }),
    ...(keys.labels && { labels: keys.labels }),
    ...(keys.ids && { ids: keys.ids }),
    ...(keys.objectives && { objectives: keys.objectives }),
  };
}

/** True when the matcher names anything; an empty one would match everything. */
export function namesAnything(keys: { [Key in keyof Matcher]?: Matcher[Key] | undefined }): boolean {
  return Object.keys(matcherOf(keys)).length > 0;
}
