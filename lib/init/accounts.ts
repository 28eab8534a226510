/** Which of the accounts that a credential reaches the brand is made of. */
import { accountKey } from "../domain/ids.ts";
import type { ReachableAccount } from "../platforms/port.ts";
import type { Answers, Guesses } from "./types.ts";

/** A brand has one currency and one zone: the one that most accounts have is proposed, the others are told. */
export function guessAccounts(reachable: readonly ReachableAccount[]): Guesses {
  const usable = reachable.filter(({ status }) => status === "active");
  const places = usable.map(placeOf);
  const [place] = [...new Set(places)].sort((a, b) => countOf(places, b) - countOf(places, a));
  return {
    guesses: usable
      .filter((account) => placeOf(account) === place)
      .map((account) => ({
        key: accountGuess(account),
        kind: "yesNo",
        proposed: true,
        question: `Is ${nameOf(account)} an account of the brand?`,
        evidence: [placeOf(account)],
      })),
    notes: [
      ...reachable
        .filter(({ status }) => status !== "active")
        .map((account) => `${nameOf(account)} is left out: it is closed, hidden or does not deliver.`),
      ...usable
        .filter((account) => placeOf(account) !== place)
        .map((account) => `${nameOf(account)} is left out: ${placeOf(account)} would be another brand's.`),
    ],
  };
}

export function chosenAccounts(reachable: readonly ReachableAccount[], answers: Answers): ReachableAccount[] {
  return reachable.filter((account) => answers[accountGuess(account)] === true);
}

/** The account's own name with its key, for people. */
export function nameOf(account: ReachableAccount): string {
  const key = accountKey(account);
  return account.name === key ? key : `"${account.name}" (${key})`;
}

function accountGuess(account: ReachableAccount): string {
  return `account:${accountKey(account)}`;
}

function placeOf({ currency, zone }: ReachableAccount): string {
  return `${currency}, ${zone}`;
}

function countOf(places: readonly string[], place: string): number {
  return places.filter((one) => one === place).length;
}
