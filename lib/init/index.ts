/** From accounts as they were found to a proposed brand file. */
export { chosenAccounts, guessAccounts } from "./accounts.ts";
export { readAnswer } from "./answer.ts";
export { brandFile } from "./brand-file.ts";
export { chosenConversions, guessConversions } from "./conversions.ts";
export { guessId, ID_GUESS } from "./identity.ts";
export { SETTINGS } from "./settings.ts";
export type {
  Answers,
  CountedAccount,
  Findings,
  FoundAccount,
  Guess,
  Guesses,
  Wishes,
} from "./types.ts";
