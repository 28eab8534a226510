/** What is asked once the accounts are read. Later questions depend on earlier answers, so each step is asked by itself. */
import { guessBrandSearch, guessLanguage } from "./manners.ts";
import { guessOwners } from "./owners.ts";
import { guessStages } from "./stages.ts";
import { guessTargets } from "./targets.ts";
import type { Answers, Findings, Guesses, Wishes } from "./types.ts";

type Step = (findings: Findings, wishes: Wishes, answers: Answers) => Guesses;

export const SETTINGS: readonly Step[] = [
  ({ accounts }) => guessOwners(accounts),
  (findings) => guessStages(findings),
  (findings, _, answers) => guessBrandSearch(findings, answers),
  guessTargets,
  (findings) => guessLanguage(findings),
];
