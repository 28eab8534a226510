/** What counts as the brand's conversion in each account, by the platform's own names. */
import { accountKey } from "../domain/ids.ts";
import { majorFromMicros } from "../domain/money.ts";
import type { CountedConversion, ReachableAccount } from "../platforms/port.ts";
import { nameOf } from "./accounts.ts";
import type { Answers, CountedAccount, Guess, Guesses } from "./types.ts";

/** More would be no choice any more. */
const MOST_OPTIONS = 12;

/** One question for the accounts of a platform that would count the same. */
export function guessConversions(accounts: readonly CountedAccount[], days: number): Guesses {
  const groups = groupsOf(accounts);
  return {
    guesses: groups.map(({ key, best, members }): Guess => {
      const options = [...new Set(members.flatMap(({ counted }) => counted.map(({ name }) => name)))];
      return {
        key,
        kind: "choice",
        proposed: best,
        options: options.slice(0, MOST_OPTIONS),
        question: `Is "${best}" what counts as a conversion on ${listed(members)}?`,
        evidence: options.slice(0, MOST_OPTIONS).map((name) => figuresOf(name, members, days)),
      };
    }),
    notes: accounts
      .filter(({ counted }) => counted.length === 0)
      .map(({ account }) => `${nameOf(account)} is left out: it counted no conversion in ${days} days.`),
  };
}

/** By account key; an account without one is left out of the brand. */
export function chosenConversions(
  accounts: readonly CountedAccount[],
  answers: Answers,
): ReadonlyMap<string, string> {
  return new Map(
    groupsOf(accounts).flatMap(({ key, members }) => {
      const answer = answers[key];
      if (typeof answer !== "string") return [];
      return members
        .filter(({ counted }) => counted.some(({ name }) => name === answer))
        .map(({ account }) => [accountKey(account), answer] as const);
    }),
  );
}

function groupsOf(accounts: readonly CountedAccount[]) {
  const groups = new Map<string, { key: string; best: string; members: CountedAccount[] }>();
  for (const one of accounts) {
    const best = bestOf(one.counted);
    if (best === null) continue;
    const key = `conversion:${one.account.platform}:${best}`;
    const group = groups.get(key) ?? { key, best, members: [] };
    groups.set(key, { ...group, members: [...group.members, one] });
  }
  return [...groups.values()];
}

/** The primary one with most value, else the one that was counted most. */
function bestOf(counted: readonly CountedConversion[]): string | null {
  const primary = counted.filter((one) => one.primary);
  const [best] = (primary.length > 0 ? [...primary] : [...counted]).sort(
    (a, b) =>
      Number(b.conversionValueMicros > a.conversionValueMicros) -
        Number(b.conversionValueMicros < a.conversionValueMicros) || b.conversions - a.conversions,
  );
  return best?.name ?? null;
}

function figuresOf(name: string, members: readonly CountedAccount[], days: number): string {
  const own = members.flatMap(({ counted }) => counted.filter((one) => one.name === name));
  const conversions = own.reduce((sum, one) => sum + one.conversions, 0);
  const value = own.reduce((sum, one) => sum + one.conversionValueMicros, 0n);
  const currency = members[0]?.account.currency ?? "";
  const primary = own.some((one) => one.primary) ? ", in the platform's own column" : "";
  const worth = value > 0n ? ` worth ${majorFromMicros(value)} ${currency}` : "";
  return `${name}: ${Number(conversions.toFixed(2))}${worth} in ${days} days${primary}`;
}

function listed(members: readonly { account: ReachableAccount }[]): string {
  return members.map(({ account }) => nameOf(account)).join(", ");
}
