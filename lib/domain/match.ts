/** Who is meant by a matcher: used for rule scopes, per-campaign parameters, stages and hands-off entries. */
import type { Brand, GroupMember, HandsOff, Matcher } from "./brand.ts";
import type { Day } from "./day.ts";
import type { Entity } from "./entity.ts";
import type { BudgetHolder } from "./holder.ts";

/** Stages that brands use unless they name others. */
export const USUAL_STAGES = [
  "awareness",
  "prospecting",
  "retargeting",
  "existing",
  "brandSearch",
  "mixed",
] as const;

/** Where shares count what the campaigns of no stage spent. */
export const UNMAPPED_STAGE = "unmapped";

/** The name that rules have for the partition that the stages are. */
export const STAGE_GROUP = "stage";

/** What feeds campaigns of several stages is in none of them, so no rule for one stage moves the others' money. */
const MIXED_STAGE = "mixed";

/** What a matcher looks at: entities, and shared budgets under their own name and id. */
export type Named = Pick<Entity, "id" | "name" | "labels" | "objective">;

/**
 * True when `entity` meets every key of `matcher`; an empty matcher means everybody. `campaigns` are globs on the
 * campaign's name and `names` on the entity's own; `labels`, `ids` and `objectives` are exact and met by the entity or
 * by its campaign, because people name a campaign and mean all it contains. `campaign` is the entity itself for a
 * campaign; both are null for a brand or an account, which only an empty matcher means.
 */
export function matches(matcher: Matcher, campaign: Entity | null, entity: Named | null): boolean {
  const both = [entity, campaign].filter((one) => one !== null);
  return (
    meets(matcher.campaigns, (glob) => campaign !== null && matchesGlob(glob, campaign.name)) &&
    meets(matcher.names, (glob) => entity !== null && matchesGlob(glob, entity.name)) &&
    meets(matcher.labels, (label) => both.some((one) => one.labels.includes(label))) &&
    meets(matcher.ids, (id) => both.some((one) => one.id === id)) &&
    meets(matcher.objectives, (objective) => both.some((one) => one.objective === objective))
  );
}

/** A partition by the name that rules have for it; null where the brand has none of that name. */
export function partitionOf(
  { stages, groups }: Pick<Brand, "stages" | "groups">,
  group: string,
): readonly GroupMember[] | null {
  if (group === STAGE_GROUP) return stages;
  return Object.hasOwn(groups, group) ? (groups[group] ?? null) : null;
}

/** Every member of a partition whose patterns fit the campaign, in the brand's order; more than one is a mistake in the brand file. */
export function membersOf(members: readonly GroupMember[], campaign: Entity | null): string[] {
  if (campaign === null) return [];
  return members.filter(({ match }) => matches(match, campaign, campaign)).map(({ name }) => name);
}

/** The member (a stage, a tier) of a campaign and of all it contains; null when none fits, or several: which is meant is not guessed. */
export function memberOf(members: readonly GroupMember[], campaign: Entity | null): string | null {
  const [member = null, ...others] = membersOf(members, campaign);
  return others.length === 0 ? member : null;
}

/**
 * True when `matcher` means the whole holder: of a shared budget every campaign that it feeds, because a rule for some
 * campaigns must not move money that others live on. One whose campaigns are not all known is meant only by an empty
 * matcher, or by its own name or id.
 */
export function matchesHolder(matcher: Matcher, holder: BudgetHolder): boolean {
  const { self, campaigns } = namedParts(holder);
  return campaigns.every((campaign) => matches(matcher, campaign, self));
}

/**
 * True when `matcher` means any part of the holder: for exceptions, where one campaign that is to be left alone keeps the
 * money of all untouched. A campaign that is not known may be that one. `also` is asked of each campaign besides.
 */
export function touchesHolder(
  matcher: Matcher,
  holder: BudgetHolder,
  also: (campaign: Entity) => boolean = () => true,
): boolean {
  const { self, campaigns } = namedParts(holder);
  return (
    holder.unclearFeeds.length > 0 ||
    campaigns.some((campaign) => campaign !== null && matches(matcher, campaign, self) && also(campaign))
  );
}

/** The holder as matchers see it, with its campaigns one by one; null stands for those that are not known. */
export function namedParts(holder: BudgetHolder): { self: Named | null; campaigns: (Entity | null)[] } {
  const unknown = holder.unclearFeeds.length > 0 ? [null] : [];
  const shared = { id: holder.ref.id, name: holder.name, labels: [], objective: null };
  const self = holder.owner === "shared" ? shared : (holder.feeds[0] ?? null);
  return { self, campaigns: [...holder.campaigns, ...unknown] };
}

/** Every stage that the holder feeds or may be meant to, in the brand's order; campaigns of no stage add none. */
export function stagesOfHolder(stages: readonly GroupMember[], holder: BudgetHolder): string[] {
  const fed = new Set(holder.campaigns.flatMap((campaign) => membersOf(stages, campaign)));
  return stages.map((stage) => stage.name).filter((name) => fed.has(name));
}

/** The stage that all the holder's campaigns have in common, `mixed` where they differ or are not all known. */
export function stageOfHolder(stages: readonly GroupMember[], holder: BudgetHolder): string | null {
  const common = commonMember(stages, holder);
  return common === undefined ? MIXED_STAGE : common;
}

/** The member that all the holder's campaigns have in common; null where they differ or are not all known. */
export function memberOfHolder(members: readonly GroupMember[], holder: BudgetHolder): string | null {
  return commonMember(members, holder) ?? null;
}

/** Undefined where its campaigns differ or are not all known. */
function commonMember(members: readonly GroupMember[], holder: BudgetHolder): string | null | undefined {
  const [first = null, ...others] = holder.campaigns.map((campaign) => memberOf(members, campaign));
  return holder.unclearFeeds.length > 0 || others.some((member) => member !== first) ? undefined : first;
}

/** The entry that takes the holder out of automation: that of any campaign which a shared budget feeds. */
export function handsOffHolder(
  entries: readonly HandsOff[],
  day: Day,
  holder: BudgetHolder,
): HandsOff | null {
  const { self, campaigns } = namedParts(holder);
  const found = campaigns.map((campaign) => handsOffEntry(entries, day, campaign, self));
  return found.find((entry) => entry !== null) ?? null;
}

/** The entry that takes `entity` (or its whole campaign) out of automation on `day`, `until` included; null when none does. */
export function handsOffEntry(
  entries: readonly HandsOff[],
  day: Day,
  campaign: Entity | null,
  entity: Named | null,
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
