/** A row of a report of Google Ads: whose it is, of which days, and of which entity. */
import { addDays, type Day } from "../../../domain/day.ts";
import type { AccountRef } from "../../../domain/ids.ts";
import type { InsightLevel } from "../../../domain/snapshot.ts";
import { knownDayAt, knownIdAt, missingAt, type Row, textAt } from "../../row.ts";
import { customerIdAt, customerIdOf, type ExportFile, problemOf } from "../google-ads-cells.ts";
import type { Columns } from "./columns.ts";
import { clipped, lastOfMonth, type Period, reportPeriod, writtenDay, writtenMonth } from "./dates.ts";

export interface ReportRow {
  account: AccountRef;
  period: Period;
  level: Exclude<InsightLevel, "account">;
  /** Ids, or names where the report has no ids; empty above what the report is of. */
  campaign: string;
  adGroup: string;
  ad: string;
}

/**
 * Reads what every row must say; null where it does not, which is complained of. Without `needsAccount`, rows of a file that
 * does not say its account are of the account "". @throws ConfigError when the file cannot say it
 */
export function rowsOf(file: ExportFile, at: Columns, needsAccount: boolean): (row: Row) => ReportRow | null {
  const accountOf = accountsOf(file, at, needsAccount);
  const periodOf = periodsOf(file, at);
  return (row) => {
    const account = accountOf(row);
    const period = periodOf(row);
    const entity = entityOf(row, at);
    return account === null || period === null || entity === null ? null : { account, period, ...entity };
  };
}

/** A row of totals says so in its first cell, and names no campaign, ad group, ad or day. */
export function isTotal(cells: readonly string[], at: Columns): boolean {
  if (!/^total\s*(?:$|:)/i.test(cells[0] ?? "")) return false;
  return [at.campaignId, at.campaign, at.adGroupId, at.adGroup, at.adId, at.day].every(
    (column) => column === null || column === 0 || NAMELESS.has(cells[column] ?? ""),
  );
}

const NAMELESS: ReadonlySet<string> = new Set(["", "--"]);

function accountsOf(file: ExportFile, at: Columns, needsAccount: boolean): (row: Row) => AccountRef | null {
  if (at.customerId !== null) {
    const column = at.customerId;
    return (row) => {
      const accountId =
        customerIdAt(row, column) || missingAt(row, column, "an account id such as 123-456-7890");
      return accountId === null ? null : { platform: "google", accountId };
    };
  }
  const said = file.options.account;
  const accountId = said === null ? (needsAccount ? null : "") : customerIdOf(said);
  if (accountId === null)
    throw problemOf(file, {
      code: said === null ? "import.accountMissing" : "import.id",
      path: "Customer ID",
      found: said ?? "no such column",
      allowed: "an account id such as 123-456-7890",
      fix: "say it with --account 123-456-7890, or export again with the column Customer ID",
    });
  return oneAccount(at, { platform: "google", accountId });
}

/** Without ids, the names tell whether a manager's report holds several accounts. */
function oneAccount(at: Columns, account: AccountRef): (row: Row) => AccountRef | null {
  let first: string | null = null;
  return (row) => {
    const name = textAt(row, at.accountName);
    first ??= name;
    if (name === first) return account;
    row.complain(at.accountName, {
      allowed: `one account, as in the first row: ${first}`,
      fix: "export again with the column Customer ID, which tells accounts apart",
      code: "import.accounts",
    });
    return null;
  };
}

function periodsOf(file: ExportFile, at: Columns): (row: Row) => Period | null {
  const { day, week, month } = at;
  if (day !== null)
    return (row) => {
      const of = writtenDay(textAt(row, day), row.order) ?? knownDayAt(row, day);
      return of === null ? null : { from: of, to: of };
    };
  const whole = reportPeriod(file.preamble, file.order);
  if (whole === null)
    throw problemOf(file, {
      code: "import.periodMissing",
      path: "Day",
      found: "no such column, and no line of dates above the header",
      allowed: "the column Day; or, above the header, a line such as September 1, 2026 - September 30, 2026",
      fix: "export again with the column Day (segment: time, day)",
    });
  if (week !== null)
    return (row) => within(row, week, whole, writtenDay(textAt(row, week), row.order), sixDaysAfter);
  if (month !== null)
    return (row) => within(row, month, whole, writtenMonth(textAt(row, month), row.order), lastOfMonth);
  return () => whole;
}

/** The weeks and months at both ends of a report hold only its own days. */
function within(
  row: Row,
  column: number,
  whole: Period,
  from: Day | null,
  endOf: (from: Day) => Day,
): Period | null {
  const period = from === null ? null : clipped({ from, to: endOf(from) }, whole);
  if (period === null)
    row.complain(column, {
      allowed: `the first day of a week or month of the report, which is of ${whole.from} to ${whole.to}`,
      fix: "export again with the column Day (segment: time, day)",
      code: "import.day",
    });
  return period;
}

function sixDaysAfter(day: Day): Day {
  return addDays(day, 6);
}

type EntityOf = Pick<ReportRow, "level" | "campaign" | "adGroup" | "ad">;

function entityOf(row: Row, at: Columns): EntityOf | null {
  const campaign = idOrName(row, at.campaignId, at.campaign);
  if (campaign === null) return null;
  if (at.adGroupId === null && at.adGroup === null && at.adId === null)
    return { level: "campaign", campaign, adGroup: "", ad: "" };
  const group = idOrName(row, at.adGroupId, at.adGroup);
  if (group === null) return null;
  // Names of ad groups repeat from campaign to campaign.
  const adGroup = at.adGroupId === null ? `${campaign} / ${group}` : group;
  if (at.adId === null) return { level: "adGroup", campaign, adGroup, ad: "" };
  const ad = knownIdAt(row, at.adId);
  return ad === null ? null : { level: "ad", campaign, adGroup, ad };
}

function idOrName(row: Row, id: number | null, name: number | null): string | null {
  if (id === null) return textAt(row, name) || missingAt(row, name, "a name");
  return knownIdAt(row, id);
}
