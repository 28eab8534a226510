/** A stage for every campaign whose name or objective speaks of one; the others are told and left to people. */
import type { Matcher } from "../domain/brand.ts";
import type { Entity } from "../domain/entity.ts";
import { USUAL_STAGES } from "../domain/match.ts";
import { deliveredBy, keyOf } from "./spend.ts";
import { type Group, groupsOf, matcherOf } from "./stage-globs.ts";
import { spokenBy } from "./stage-words.ts";
import type { Answers, Findings, Guess, Guesses } from "./types.ts";

/** Names that are shown of many. */
const MOST_NAMES = 5;

export function guessStages(findings: Findings): Guesses {
  const all = campaignsOf(findings);
  const groups = stageGroups(findings);
  const unsaid = all.filter((campaign) => !groups.some(({ campaigns }) => campaigns.includes(campaign)));
  return {
    guesses: groups.map(
      (group): Guess => ({
        key: stageGuess(group),
        kind: "choice",
        proposed: group.stage,
        options: USUAL_STAGES,
        question:
          group.glob === null
            ? `Do these campaigns belong to the stage "${group.stage}"?`
            : `Do campaigns named ${group.glob} belong to the stage "${group.stage}"?`,
        evidence: [shareOf(findings, group.campaigns, all.length), namesOf(group.campaigns)],
      }),
    ),
    notes:
      unsaid.length === 0
        ? []
        : [
            `No stage is guessed for ${shareOf(findings, unsaid, all.length)}: ${namesOf(unsaid)}. ` +
              "Until groups.stage names them, no rule for a stage looks at them.",
          ],
  };
}

/** The stages that hold, each with who is meant; those that no pattern can tell apart are left out and told. */
export function chosenStages(
  findings: Findings,
  answers: Answers,
): { stages: ReadonlyMap<string, Matcher>; notes: readonly string[] } {
  const all = campaignsOf(findings);
  const groups = stageGroups(findings);
  const stages = new Map<string, Matcher>();
  const notes: string[] = [];
  for (const stage of USUAL_STAGES) {
    const own = groups.filter((group) => answers[stageGuess(group)] === stage);
    if (own.length === 0) continue;
    const matcher = matcherOf(own, all);
    if (matcher === null) {
      notes.push(`The stage "${stage}" is left out: its campaigns cannot be told from others by name or id.`);
    } else stages.set(stage, matcher);
  }
  return { stages, notes };
}

/** The campaigns that hold a stage by the answers, as keys of `deliveredBy`. */
export function idsOfStage(findings: Findings, answers: Answers, stage: string): ReadonlySet<string> {
  const own = stageGroups(findings).filter((group) => answers[stageGuess(group)] === stage);
  return new Set(own.flatMap(({ campaigns }) => campaigns.map((campaign) => keyOf(campaign, campaign.id))));
}

export function campaignsOf({ accounts }: Findings): Entity[] {
  return accounts.flatMap(({ snapshot }) => snapshot.entities.filter(({ level }) => level === "campaign"));
}

function stageGroups(findings: Findings): Group[] {
  const all = campaignsOf(findings);
  const staged = all.flatMap((campaign) => {
    const spoken = spokenBy(campaign);
    return spoken === null ? [] : [{ campaign, ...spoken }];
  });
  return groupsOf(staged, all);
}

function stageGuess({ stage, glob }: Group): string {
  return `stage:${stage}:${glob ?? "ids"}`;
}

function shareOf(findings: Findings, campaigns: readonly Entity[], of: number): string {
  const { accounts, today } = findings;
  const keys = new Set(campaigns.map((campaign) => keyOf(campaign, campaign.id)));
  const own = deliveredBy(accounts, keys, today)?.spendMicros;
  const total = deliveredBy(accounts, null, today)?.spendMicros;
  const counted = `${campaigns.length} of ${of} campaigns`;
  if (own === undefined || total === undefined || total === 0n) return counted;
  return `${counted}, ${Math.round((Number(own) / Number(total)) * 100)} % of spend`;
}

function namesOf(campaigns: readonly Entity[]): string {
  const shown = campaigns.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = campaigns.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
