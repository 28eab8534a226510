/** Campaigns of a stage as few patterns, none of which fits a campaign that is not meant. */
import type { Matcher } from "../domain/brand.ts";
import type { Entity } from "../domain/entity.ts";
import { matchesGlob } from "../domain/match.ts";
import type { Stage, Word } from "./stage-words.ts";

/** What a stage in a brand file may list. */
const MOST_ENTRIES = 200;

export interface Staged {
  campaign: Entity;
  stage: Stage;
  word: Word | null;
}

/** Campaigns that one question is asked of: those that a pattern fits, or what is left of a stage. */
export interface Group {
  stage: Stage;
  /** Null where the campaigns have no pattern in common and are named by their ids. */
  glob: string | null;
  campaigns: readonly Entity[];
}

/** Each campaign in exactly one group; a group's pattern fits its own campaigns and, of all there are, no other. */
export function groupsOf(staged: readonly Staged[], all: readonly Entity[]): Group[] {
  const stages = [...new Set(staged.map(({ stage }) => stage))];
  return stages.flatMap((stage) => {
    const left = staged.filter((one) => one.stage === stage);
    const groups: Group[] = [];
    for (let best = bestGlob(left, all); best !== null; best = bestGlob(left, all)) {
      groups.push({ stage, ...best });
      for (const campaign of best.campaigns) {
        left.splice(
          left.findIndex((one) => one.campaign === campaign),
          1,
        );
      }
    }
    const rest = left.map(({ campaign }) => campaign);
    return rest.length === 0 ? groups : [...groups, { stage, glob: null, campaigns: rest }];
  });
}

/** Two campaigns at least: a single name shares nothing, so its id says more. */
function bestGlob(
  left: readonly Staged[],
  all: readonly Entity[],
): { glob: string; campaigns: Entity[] } | null {
  const mine = new Set(left.map(({ campaign }) => campaign));
  const globs = new Set(left.flatMap(({ campaign, word }) => (word === null ? [] : globOf(campaign, word))));
  const fitting = [...globs]
    .map((glob) => ({ glob, campaigns: all.filter(({ name }) => matchesGlob(glob, name)) }))
    .filter(({ campaigns }) => campaigns.length > 1 && campaigns.every((campaign) => mine.has(campaign)))
    .sort((a, b) => b.campaigns.length - a.campaigns.length || (a.glob < b.glob ? -1 : 1));
  return fitting[0] ?? null;
}

/** The word with what stands around it in the name, so that it is found as a word: `PROS *`, `* PROS *`, `*_RTG`. */
function globOf({ name }: Entity, { start, end }: Word): string {
  const before = start === 0 ? "" : `*${apart(name.slice(0, start), /[^\p{L}\p{N}]+$/u)}`;
  const after = end === name.length ? "" : `${apart(name.slice(end), /^[^\p{L}\p{N}]+/u)}*`;
  return `${before}${name.slice(start, end)}${after}`;
}

/** The nearest character that parts the word from its neighbour, for patterns to be as short as people write them. */
function apart(text: string, pattern: RegExp): string {
  const run = pattern.exec(text)?.[0] ?? "";
  return pattern.source.startsWith("^") ? run.slice(0, 1) : run.slice(-1);
}

/** A stage's groups as one matcher; null where neither names nor ids can tell its campaigns from all others. */
export function matcherOf(groups: readonly Group[], all: readonly Entity[]): Matcher | null {
  const campaigns = groups.flatMap((group) => group.campaigns);
  const globs = groups.flatMap(({ glob, campaigns: own }) => glob ?? own.map(({ name }) => name));
  const unique = [...new Set(globs)];
  const others = all.filter((campaign) => !campaigns.includes(campaign));
  const isPlain = groups.some(({ glob }) => glob !== null);
  const isApart = !others.some(({ name }) => unique.some((glob) => matchesGlob(glob, name)));
  if (isPlain && isApart && unique.length <= MOST_ENTRIES) return { campaigns: unique };
  const ids = campaigns.map(({ id }) => id);
  const isShared = others.some(({ id }) => ids.includes(id));
  return isShared || ids.length > MOST_ENTRIES ? null : { ids };
}
