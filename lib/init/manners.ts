/** How Palier is to speak, and what becomes of brand search. */
import { idsOfStage } from "./stages.ts";
import type { Answers, Findings, Guesses } from "./types.ts";

export const LANGUAGE_GUESS = "language";
export const LEAVE_BRAND_SEARCH = "brandSearch:rules";

/** Zones of France, where its people read French. */
const FRENCH_ZONES = [
  ...["America/Cayenne", "America/Guadeloupe", "America/Martinique", "Europe/Paris", "Indian/Mayotte"],
  ...["Indian/Reunion", "Pacific/Noumea", "Pacific/Tahiti"],
];

export function guessLanguage({ accounts }: Findings): Guesses {
  const zone = accounts[0]?.snapshot.zone ?? "";
  const language = FRENCH_ZONES.includes(zone) ? "fr" : "en";
  const named = { en: "English", fr: "French" }[language];
  return {
    guesses: [
      {
        key: LANGUAGE_GUESS,
        kind: "choice",
        proposed: language,
        options: ["en", "fr"],
        question: `Shall reports be in ${named}?`,
        evidence: [`the accounts' zone is ${zone}`],
      },
    ],
    notes: [],
  };
}

/** A no takes brand search out of every rule's hands, cuts included. */
export function guessBrandSearch(findings: Findings, answers: Answers): Guesses {
  const count = idsOfStage(findings, answers, "brandSearch").size;
  if (count === 0) return { guesses: [], notes: [] };
  return {
    guesses: [
      {
        key: LEAVE_BRAND_SEARCH,
        kind: "yesNo",
        proposed: true,
        question: "Is brand search left to the rules? (no: hands off, nothing of it is ever changed)",
        evidence: [
          `${count} ${count === 1 ? "campaign" : "campaigns"}; the shipped rules raise prospecting and retargeting alone`,
        ],
      },
    ],
    notes: [],
  };
}
