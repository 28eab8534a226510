/** accounts.csv: what the accounts are, and which of their days the folder knows. */
import { addDays, type Day } from "../domain/day.ts";
import { accountKey } from "../domain/ids.ts";
import * as cells from "./cells.ts";
import type { Complaints } from "./complaints.ts";
import type { AccountSlot, Register } from "./register.ts";
import type { DatasetFolder } from "./source.ts";
import { type ColumnOf, type Row, readTable } from "./table.ts";
import type { DatasetAccount } from "./types.ts";

type AccountRow = Row<ColumnOf<"accounts.csv">>;

export async function readAccounts(
  folder: DatasetFolder,
  register: Register,
  found: Complaints,
): Promise<void> {
  await readTable(folder, "accounts.csv", found, (row) => {
    const account = register.accountOf(row);
    const currency = row.must("currency", cells.currency);
    const zone = row.must("time_zone", cells.zone);
    const name = row.read("name", cells.text);
    const from = row.read("covered_from", cells.day);
    const to = row.read("covered_to", cells.day);
    if (from !== null && to !== null && from > to) {
      row.complain("covered_from", {
        code: "dataset.coverage",
        allowed: `a day up to covered_to, which is ${to}`,
        fix: "write the first covered day before the last",
      });
    }
    if (account === null) return;
    if (account.own !== null) return refuseSecond(row, account, currency);
    account.own = { line: row.line, currency, zone, name };
    account.coveredFrom = from;
    account.coveredTo = to;
  });
}

function refuseSecond(row: AccountRow, { own, ...account }: AccountSlot, currency: string | null): void {
  const key = accountKey(account);
  if (currency !== own?.currency) {
    const fix = "keep the row with the account's own currency: its figures are all in that one";
    const allowed = `one currency for account ${key}; line ${own?.line} says ${own?.currency}`;
    row.complain("currency", { code: "dataset.twoCurrencies", allowed, fix });
    return;
  }
  const allowed = `each account once; ${key} already stands in line ${own.line}`;
  row.complain("account_id", {
    code: "dataset.duplicateAccount",
    allowed,
    fix: "remove one of the two rows",
  });
}

/** The accounts with their covered days, which are those of their insights where accounts.csv does not say. */
export function settleAccounts(
  folder: DatasetFolder,
  slots: readonly AccountSlot[],
  found: Complaints,
): DatasetAccount[] {
  return slots.flatMap((slot): DatasetAccount[] => {
    const { platform, accountId, own, seen } = slot;
    const coveredFrom = slot.coveredFrom ?? seen?.from ?? null;
    const coveredTo = slot.coveredTo ?? seen?.to ?? null;
    if (coveredFrom !== null && coveredTo !== null && coveredFrom <= coveredTo) {
      const { currency, zone, name } = own ?? { currency: null, zone: null, name: null };
      return [{ platform, accountId, currency, zone, name, coveredFrom, coveredTo }];
    }
    // Nothing spent, or nothing known: without covered days nobody can say which.
    found.add({
      code: "dataset.noDays",
      file: folder.pathOf("accounts.csv"),
      line: own?.line ?? null,
      path: "covered_from",
      found: `no insights of account ${accountKey(slot)} that say which days it covers`,
      allowed: "rows in insights.csv, or covered_from and covered_to, the first not after the last",
      fix: "write its first and last covered day into accounts.csv, or remove what names the account",
    });
    return [];
  });
}

/** Takes note of the days of a row of insights, which must be among those that accounts.csv names. */
export function coverRow(row: Row<"date" | "days">, account: AccountSlot, from: Day, days: number): void {
  const to = days === 1 ? from : addDays(from, days - 1);
  const { coveredFrom, coveredTo, seen } = account;
  if (seen === null) account.seen = { from, to };
  else {
    if (from < seen.from) seen.from = from;
    if (to > seen.to) seen.to = to;
  }
  if ((coveredFrom === null || from >= coveredFrom) && (coveredTo === null || to <= coveredTo)) return;
  const covered = `${coveredFrom ?? "the first day"} to ${coveredTo ?? "the last day"}`;
  row.complain("date", {
    code: "dataset.notCovered",
    found: days === 1 ? from : `${days} days from ${from} on`,
    allowed: `days that accounts.csv says are covered: ${covered}`,
    fix: "widen covered_from and covered_to, or remove the row",
  });
}
