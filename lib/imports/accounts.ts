/** What files say of accounts: once, or twice the same. */
import { accountId, currency, platform, text, zone } from "../dataset/cells.ts";
import type { ImportedAccount } from "../dataset/types.ts";
import { type AccountRef, accountKey } from "../domain/ids.ts";
import { type Complaints, type Place, placeText, shown } from "./complaints.ts";
import type { AccountRow, ImportOptions } from "./kind.ts";
import type { Cells } from "./write.ts";

type Attribute = "currency" | "zone" | "name" | "conversion" | "attribution";
const ATTRIBUTES = ["currency", "zone", "name", "conversion", "attribution"] as const;

interface Known extends AccountRef {
  said: Partial<Record<Attribute, { value: string; at: Place }>>;
  /** Attributions of the folder and of the files, where they are not one. */
  attributions: readonly string[];
}

export interface AccountBook {
  add(row: AccountRow, at: Place): void;
  /** What the dataset has already: an account's currency and zone stay, the rest gives way to the files. */
  keep(cells: Cells, at: Place): void;
  /** What the folder's figures count: a sum over old days and new ones must be of one thing. */
  keepImported(account: ImportedAccount, at: Place): void;
  /** By account key, sorted. */
  cells(): Map<string, Record<string, string>>;
  imported(): ImportedAccount[];
  notes(): string[];
}

const KINDS = { currency, zone, name: text, conversion: text, attribution: text };

export function createAccountBook(options: ImportOptions, complaints: Complaints): AccountBook {
  const accounts = new Map<string, Known>();
  const kept = new Map<string, Cells>();
  const slot = (row: AccountRef, at: Place): Known => {
    const key = accountKey(row);
    const known = accounts.get(key);
    if (known !== undefined) return known;
    checkRef(row, at, complaints);
    const made: Known = { platform: row.platform, accountId: row.accountId, said: {}, attributions: [] };
    accounts.set(key, made);
    return made;
  };
  return {
    add(row, at) {
      const known = slot(row, at);
      if (row.currency !== undefined && options.currency !== null && row.currency !== options.currency) {
        complainOfCurrency(row.currency, options.currency, known, at, complaints);
      }
      for (const attribute of ATTRIBUTES) {
        const value = row[attribute];
        if (value !== undefined) say(known, attribute, value, at, complaints);
      }
    },
    keep(cells, at) {
      const ref = { platform: cells.platform ?? "", accountId: cells.account_id ?? "" };
      const known = slot(ref, at);
      kept.set(accountKey(ref), cells);
      for (const [attribute, value] of [
        ["currency", cells.currency],
        ["zone", cells.time_zone],
      ] as const) {
        if (value !== undefined) say(known, attribute, value, at, complaints);
      }
      if (cells.name !== undefined) known.said.name ??= { value: cells.name, at };
    },
    keepImported({ conversion, attribution, ...ref }, at) {
      const known = slot(ref, at);
      if (conversion !== null) say(known, "conversion", conversion, at, complaints);
      const { attribution: fresh } = known.said;
      if (fresh === undefined && attribution !== null) known.said.attribution = { value: attribution, at };
      else if (fresh !== undefined && fresh.value !== attribution) {
        known.attributions = [attribution ?? "not said", fresh.value];
      }
    },
    cells: () => accountCells(accounts, kept, options),
    imported: () =>
      [...accounts.values()]
        .filter(({ said }) => said.conversion !== undefined || said.attribution !== undefined)
        .map(({ platform, accountId: id, said, attributions }) => ({
          ...{ platform, accountId: id },
          conversion: said.conversion?.value ?? null,
          attribution: attributions.length > 0 ? null : (said.attribution?.value ?? null),
        })),
    notes: () =>
      [...accounts].flatMap(([key, { said, attributions }]) => [
        ...lacksNote(key, said, options),
        ...(attributions.length > 0
          ? [`${key} has days of two attributions: ${attributions.join(", ")}`]
          : []),
      ]),
  };
}

/** Rows of accounts.csv, by account key. */
function accountCells(
  accounts: ReadonlyMap<string, Known>,
  kept: ReadonlyMap<string, Cells>,
  options: ImportOptions,
): Map<string, Record<string, string>> {
  const known = [...accounts].flatMap(([key, { platform, accountId: id, said }]) => {
    const ofAccount = said.currency?.value ?? options.currency;
    const ofZone = said.zone?.value ?? options.zone;
    if (ofAccount === null || ofZone === null) return [];
    const { covered_from = "", covered_to = "" } = kept.get(key) ?? {};
    const cells: Record<string, string> = {
      ...{ platform, account_id: id, currency: ofAccount, time_zone: ofZone },
      ...{ name: said.name?.value ?? "", covered_from, covered_to },
    };
    return [[key, cells] as const];
  });
  return new Map(known.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function lacksNote(key: string, said: Known["said"], options: ImportOptions): string[] {
  const lacks = [
    ...((said.currency?.value ?? options.currency) === null ? ["the currency (--currency EUR)"] : []),
    ...((said.zone?.value ?? options.zone) === null ? ["the time zone (--zone Europe/Paris)"] : []),
  ];
  if (lacks.length === 0) return [];
  return [`${key} is not in accounts.csv: the files do not say ${lacks.join(" and ")}; a night needs both`];
}

/** An account is told of at its first row, so that each is checked once. */
function checkRef(row: AccountRef, at: Place, complaints: Complaints): void {
  for (const [path, kind, value] of [
    ["platform", platform, row.platform],
    ["account_id", accountId, row.accountId],
  ] as const) {
    if (kind.parse(value) !== null) continue;
    complaints.add(at, {
      ...{ code: "import.badAccount", path, found: shown(value), allowed: kind.allowed },
      fix: "give the account's id with --account",
    });
  }
}

function say(known: Known, attribute: Attribute, value: string, at: Place, complaints: Complaints): void {
  const before = known.said[attribute];
  if (before?.value === value) return;
  const kind = KINDS[attribute];
  if (before === undefined) {
    known.said[attribute] = { value, at };
    if (kind.parse(value) !== null) return;
    complaints.add(at, {
      ...{ code: "import.badAccount", path: attribute, found: shown(value) },
      ...{ allowed: kind.allowed, fix: `correct the ${attribute} of ${accountKey(known)}` },
    });
    return;
  }
  complaints.add(at, {
    code: attribute === "currency" ? "import.twoCurrencies" : "import.saidTwice",
    path: attribute,
    found: `${shown(value)} for ${accountKey(known)}`,
    allowed: `one ${attribute} per account; ${placeText(before.at)} says ${shown(before.value)}`,
    fix: FIXES[attribute] ?? `export the account with one ${attribute}`,
  });
}

const FIXES: Partial<Record<Attribute, string>> = {
  currency: "export the account in one currency, and each account by itself",
  conversion: "name the same column with --conversion for all files, or import into another folder",
};

function complainOfCurrency(
  found: string,
  option: string,
  known: Known,
  at: Place,
  complaints: Complaints,
): void {
  complaints.add(at, {
    ...{ code: "import.twoCurrencies", path: "currency", found: `${shown(found)} for ${accountKey(known)}` },
    allowed: `${option}, which --currency names`,
    fix: "leave --currency out: the file says which it is",
  });
}
