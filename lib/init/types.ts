/** What was found in the accounts, what is guessed from it, and what people answer. */
import type { Day } from "../domain/day.ts";
import type { AccountSnapshot, ShopDay } from "../domain/snapshot.ts";
import type { CountedConversion, ReachableAccount } from "../platforms/port.ts";

/** An account with what it counted, most first. */
export interface CountedAccount {
  account: ReachableAccount;
  counted: readonly CountedConversion[];
}

export interface FoundAccount {
  account: ReachableAccount;
  /** What its conversions are, by the platform's own name. */
  conversion: string;
  /** Its last days at account and campaign level. */
  snapshot: AccountSnapshot;
}

export interface Findings {
  accounts: readonly FoundAccount[];
  /** The shop's days over the same time; null where nothing is known of a shop. */
  shop: readonly ShopDay[] | null;
  /** Figures are over the complete days before this one. */
  today: Day;
}

/** What nobody can read from an account. */
export interface Wishes {
  /** Share of revenue that is left before marketing; null where nobody said. */
  contributionMargin: number | null;
  /** Share of revenue that is to be left after marketing. */
  wantedProfit: number;
}

/**
 * One thing to be confirmed by yes or no. After a no, a yesNo is left out; of a choice another option may be named, of an amount
 * of money another one, in major units, and in place of an id another id.
 */
export type Guess = {
  key: string;
  question: string;
  /** The figures behind it, a line each. */
  evidence: readonly string[];
} & (
  | { kind: "yesNo"; proposed: true }
  | { kind: "choice"; proposed: string; options: readonly string[] }
  | { kind: "money"; proposed: number; currency: string }
  | { kind: "id"; proposed: string }
);

/** What is asked at one point, and what is told without a question. */
export interface Guesses {
  guesses: readonly Guess[];
  notes: readonly string[];
}

export type Answer = string | number | boolean | null;

/** By the guess's key: the value that holds, `false` or null where it is left out. */
export type Answers = Readonly<Record<string, Answer>>;
