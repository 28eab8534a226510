/** Who is meant by a matcher: used for rule scopes, per-campaign parameters, stages and hands-off entries. */
import type { GroupMember, HandsOff, Matcher } from "./brand.ts";
import type { Day } from "./day.ts";
import type { Entity } from "./entity.ts";

/** Where shares count what the campaigns of no stage spent. */
export const UNMAPPED_STAGE = "unmapped";

/**
 * True when `entity` meets every key of `matcher`; an empty matcher means everybody. `campaigns` are globs on the
 * campaign's name and `names` on the entity's own; `labels`, `ids` and `objectives` are exact and met by the entity or
 * by its campaign, because people name a campaign and mean all it contains. `campaign` is the entity itself for a
 * campaign; both are null for a brand or an account, which only an empty matcher means.
 */
export function matches(matcher: Matcher, campaign: Entity | null, entity: Entity | null): boolean {
  const both = [entity, campaign].filter((one) => one !== null);
  return (
    meets(matcher.campaigns, (glob) => campaign !== null && matchesGlob(glob, campaign.name)) &&
    meets(matcher.names, (glob) => entity !== null && matchesGlob(glob, entity.name)) &&
    meets(matcher.labels, (label) => both.some((one) => one.labels.includes(label))) &&
    meets(matcher.ids, (id) => both.some((one) => one.id === id)) &&
    meets(matcher.objectives, (objective) => both.some((one) => one.objective === objective))
  );
}

/** The stage of a campaign and of all it contains: the first member that fits, null when none does. */
export function stageOf(stages: readonly GroupMember[], campaign: Entity | null): string | null {
  if (campaign === null) return null;
  return stages.find((stage) => matches(stage.match, campaign, campaign))?.name ?? null;
}

/** The entry that takes `entity` (or its whole campaign) out of automation on `day`, `until` included; null when none does. */
export function handsOffEntry(
  entries: readonly HandsOff[],
  day: Day,
  campaign: Entity | null,
  entity: Entity,
): HandsOff | null {
  const fits = (entry: HandsOff): boolean =>
    matches(entry.match, campaign, entity) || (campaign !== null && matches(entry.match, campaign, campaign));
  return entries.find((entry) => (entry.until === null || day <= entry.until) && fits(entry)) ?? null;
}

/**
 * `*` is any run of characters, `?` exactly one; everything else stands for itself, whatever its case. Two pointers and
 * one remembered star: at most length times length steps, so no name or pattern can stall a round.
 */
export function matchesGlob(glob: string, text: string): boolean {
  const pattern = comparable(glob);
  const characters = comparable(text);
  let at = 0;
  let position = 0;
  let star = -1;
  let resume = 0;
  while (position < characters.length) {
    if (pattern[at] === "*") {
      star = at++;
      resume = position;
    } else if (pattern[at] === "?" || pattern[at] === characters[position]) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}

function meets(entries: readonly string[] | undefined, test: (entry: string) => boolean): boolean {
  return entries === undefined || entries.some(test);
}

/** One element per character as read, so that an accent typed as two code points still equals its single form. */
function comparable(text: string): string[] {
  return [...text.normalize("NFC").toLowerCase()];
}
