/** What may stand in a cell of a dataset, and how it is read. Strict: what can be read in two ways is refused. */
import { type Day, dayNumber, isDay, isZone } from "../domain/day.ts";
import { platformWordSchema } from "../domain/ids.ts";
import { microsFromMajor } from "../domain/money.ts";

export interface CellKind<Value> {
  allowed: string;
  fix: string;
  /** Null for what may not stand there. */
  parse(text: string): Value | null;
}

export const MAX_MICROS = BigInt(Number.MAX_SAFE_INTEGER);

/** Names and ids are told in reports and kept in keys. */
const MAX_TEXT = 400;

/** Nothing reports longer periods in one row. */
const MAX_DAYS = 366;

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

const PLAIN = "write it plainly, with a point as decimal mark; leave the cell blank if it is unknown";

/** Days since 1970-01-01 of days that were let through, each worked out once: a million rows have a few hundred. */
const numbers = new Map<Day, number>();

/** Words that were let through: a file has a few, each in every row. */
const platforms = new Set<string>();

export const text: CellKind<string> = {
  allowed: `a text of at most ${MAX_TEXT} characters in one line`,
  fix: "shorten it",
  parse: (cell) => (cell.length <= MAX_TEXT && !/\p{Cc}/u.test(cell) ? cell : null),
};

export const platform: CellKind<string> = {
  allowed: "meta, google or another word in small letters, such as tiktok or tv",
  fix: "write the platform as one word in small letters",
  parse(cell) {
    if (!platforms.has(cell) && !platformWordSchema.safeParse(cell).success) return null;
    platforms.add(cell);
    return cell;
  },
};

/** Slashes would make two keys look like one. */
export const accountId: CellKind<string> = {
  allowed: "the account's id: at most 100 characters without / and blanks",
  fix: "write the id as the platform shows it",
  parse: (cell) => (/^[^\s/\p{Cc}]{1,100}$/u.test(cell) ? cell : null),
};

export const day: CellKind<Day> = {
  allowed: "a calendar day from 1970 to 2099 written as 2026-03-31",
  fix: "write year, month and day with dashes",
  parse: (cell) => (numbers.has(cell) || isInRange(cell) ? cell : null),
};

function isInRange(cell: string): boolean {
  const fits = isDay(cell) && cell >= "1970-01-01" && cell <= "2099-12-31";
  if (fits) numbers.set(cell, dayNumber(cell));
  return fits;
}

/** Days since 1970-01-01. */
export function numberOf(day: Day): number {
  return numbers.get(day) ?? dayNumber(day);
}

export const money: CellKind<bigint> = {
  allowed:
    "a plain amount of 0 or more, such as 1250.50, under 9 billion, without currency or thousands separator",
  fix: PLAIN,
  parse(cell) {
    if (!/^\d{1,15}(\.\d{1,20})?$/.test(cell)) return null;
    const micros = microsFromMajor(cell);
    return micros <= MAX_MICROS ? micros : null;
  },
};

export const budget: CellKind<bigint> = {
  allowed: "a plain amount above 0, such as 25.50",
  fix: "leave the cell blank where the entity has no such budget",
  parse: (cell) => money.parse(cell) || null,
};

export const wholeNumber: CellKind<number> = {
  allowed: "a whole number from 0 on, such as 42",
  fix: PLAIN,
  parse: (cell) => (/^\d{1,15}$/.test(cell) ? Number(cell) : null),
};

export const decimal: CellKind<number> = {
  allowed: "a plain number of 0 or more, such as 3 or 2.5",
  fix: PLAIN,
  parse: (cell) => (/^\d{1,12}(\.\d{1,20})?$/.test(cell) ? Number(cell) : null),
};

export const span: CellKind<number> = {
  allowed: `a whole number of days from 1 to ${MAX_DAYS}`,
  fix: "write how many days from date on the row covers: 7 for a week, blank for one",
  parse: (cell) => (/^[1-9]\d{0,2}$/.test(cell) && Number(cell) <= MAX_DAYS ? Number(cell) : null),
};

export const currency: CellKind<string> = {
  allowed: "an ISO 4217 code such as EUR",
  fix: "write the account's currency as its three letters",
  parse: (cell) => (CURRENCIES.has(cell) ? cell : null),
};

export const zone: CellKind<string> = {
  allowed: "an IANA zone such as Europe/Paris",
  fix: "write the account's zone by its IANA name",
  parse: (cell) => (isZone(cell) ? cell : null),
};

export const labels: CellKind<readonly string[]> = {
  allowed: "labels with ; between them",
  fix: "shorten it",
  parse: (cell) =>
    cell
      .split(";")
      .map((label) => label.trim())
      .filter((label) => label !== ""),
};

export function oneOf<Word extends string>(words: readonly Word[]): CellKind<Word> {
  return {
    allowed: words.join(", "),
    fix: "use one of these words; leave the cell blank if it is unknown",
    parse: (cell) => words.find((word) => word === cell) ?? null,
  };
}
