/** Who owns the budgets of an account: what would be raised and cut. */
import { budgetHoldersOf, type HolderOwner } from "../domain/holder.ts";
import { accountKey } from "../domain/ids.ts";
import { manifests } from "../platforms/index.ts";
import { nameOf } from "./accounts.ts";
import type { FoundAccount, Guesses } from "./types.ts";

/** A fact to look at: it is read anew every night, so nothing of it stands in the brand file. */
export function guessOwners(accounts: readonly FoundAccount[]): Guesses {
  const known = accounts.filter(({ snapshot }) => budgetHoldersOf(snapshot).length > 0);
  return {
    guesses: known.map((found) => ({
      key: ownersGuess(found),
      kind: "yesNo",
      proposed: true,
      question: `Are these the budgets of ${nameOf(found.account)}?`,
      evidence: evidenceOf(found),
    })),
    notes: accounts
      .filter((found) => !known.includes(found))
      .map(({ account }) => `No budget of ${nameOf(account)} is known: nothing of it would be changed.`),
  };
}

export function ownersGuess({ account }: FoundAccount): string {
  return `budgets:${accountKey(account)}`;
}

function evidenceOf({ account, snapshot }: FoundAccount): string[] {
  const holders = budgetHoldersOf(snapshot);
  const words = manifests.find(({ id }) => id === account.platform)?.levelWords.en;
  const named: Readonly<Record<HolderOwner, string>> = {
    campaign: words?.campaign ?? "campaign",
    adGroup: words?.adGroup ?? "ad group",
    shared: words?.sharedBudget ?? "shared budget",
  };
  return (["campaign", "adGroup", "shared"] as const).flatMap((owner) => {
    const own = holders.filter((holder) => holder.owner === owner);
    if (own.length === 0) return [];
    const active = own.filter(({ status }) => status === "active").length;
    const apart = own.filter(
      ({ budget }) => budget.period !== "daily" || budget.special !== undefined,
    ).length;
    const left = apart === 0 ? "" : `; ${apart} of them no ordinary daily budget, which is left alone`;
    return [`${own.length} by ${named[owner]} (${active} active)${left}`];
  });
}
