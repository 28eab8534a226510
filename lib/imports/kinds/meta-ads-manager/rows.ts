/** What a row of an Ads Manager export is about: whose, which days; or the totals of the others. */
import { addDays, type Day, daysBetween } from "../../../domain/day.ts";
import type { AccountRef, EntityLevel } from "../../../domain/ids.ts";
import { ConfigError } from "../../../domain/problem.ts";
import type { InsightLevel } from "../../../domain/snapshot.ts";
import { dayOf } from "../../cells.ts";
import type { ImportColumn, OpenFile } from "../../kind.ts";
import { knownDayAt, type Row, textAt } from "../../row.ts";
import { withoutPrefix } from "../fivetran-meta-cells.ts";
import { COLUMNS } from "./columns.ts";

export type Export = Omit<OpenFile, "sink">;

/** A level that the file has columns of: its id, or its name where ids were not exported. */
export interface LevelColumns {
  level: EntityLevel;
  id: number | null;
  name: number | null;
}

export interface RowSubject {
  account: AccountRef;
  level: InsightLevel;
  entityId: string;
  name: string;
  /** From the campaign down to the row's own level; empty for rows of the account. */
  path: readonly { level: EntityLevel; id: string; name: string }[];
  from: Day;
  to: Day;
}

/** No name, or what stands for one in a row of totals. */
const TOTAL = /^(?:|totals?|totaux|total général|results? from \d.*|résultats? (?:de|des|pour|sur) \d.*)$/i;

export interface RowKeys {
  levels: readonly LevelColumns[];
  /** Without a name on its level, or without a day where accounts have days, a row is the sum of the others. */
  isTotal(row: Row): boolean;
  /** Null when the row was complained of. */
  subjectOf(row: Row): RowSubject | null;
}

/**
 * Without `needsAccount`, entities of a file that does not say its account are of the account "".
 * @throws ConfigError when the file does not say which account or which days its rows are of.
 */
export function rowKeys(file: Export, needsAccount: boolean): RowKeys {
  const at = (column: ImportColumn) => file.indexOf(column);
  const accountId = at(COLUMNS.accountId);
  const levels = levelsOf(file);
  if (accountId === null && file.options.account === null && (needsAccount || levels.length === 0)) {
    throw new ConfigError([
      {
        ...{ code: "import.account", file: file.name, line: file.headerLine, path: "", found: "no account" },
        allowed: "a column Account ID, or the account's number by --account",
        fix: "add --account and the digits of the ad account, as Ads Manager's address shows them after act=",
      },
    ]);
  }
  const told = file.options.account === null ? null : withoutPrefix(file.options.account);
  const accountName = at(COLUMNS.accountName);
  const periodOf = periodReader(file);
  const period = at(COLUMNS.day) ?? at(COLUMNS.week) ?? at(COLUMNS.month);
  const own = levels.at(-1);
  const ofAccount = period === null ? [accountId, accountName] : [period];
  const named = own === undefined ? ofAccount : [own.id, own.name];
  const key = named.filter((column) => column !== null);
  return {
    levels,
    isTotal: (row) => key.length > 0 && key.every((column) => TOTAL.test(textAt(row, column))),
    subjectOf(row) {
      const account = accountAt(row, accountId, told);
      const path = pathAt(row, levels);
      const days = periodOf(row);
      if (account === null || path === null || days === null) return null;
      const entity = path.at(-1);
      const name = entity?.name ?? textAt(row, accountName);
      const { level, id: entityId } = entity ?? { level: "account" as const, id: account };
      return { account: { platform: "meta", accountId: account }, level, entityId, name, path, ...days };
    },
  };
}

function levelsOf(file: Export): LevelColumns[] {
  const all: LevelColumns[] = [
    { level: "campaign", id: file.indexOf(COLUMNS.campaignId), name: file.indexOf(COLUMNS.campaignName) },
    { level: "adGroup", id: file.indexOf(COLUMNS.adSetId), name: file.indexOf(COLUMNS.adSetName) },
    { level: "ad", id: file.indexOf(COLUMNS.adId), name: file.indexOf(COLUMNS.adName) },
  ];
  return all.filter(({ id, name }) => id !== null || name !== null);
}

function accountAt(row: Row, column: number | null, told: string | null): string | null {
  if (column === null) return told ?? "";
  const account = withoutPrefix(textAt(row, column));
  if (!/^\d{1,20}$/.test(account)) {
    row.complain(column, {
      allowed: "the digits of an ad account",
      fix: "export the report again without opening it in a spreadsheet, which shortens long numbers",
      code: "import.id",
    });
    return null;
  }
  if (told !== null && told !== account) {
    row.complain(column, {
      allowed: `account ${told}, which --account names`,
      fix: "leave --account out: the file says whose its rows are",
      code: "import.account",
    });
    return null;
  }
  return account;
}

function pathAt(row: Row, levels: readonly LevelColumns[]): RowSubject["path"] | null {
  const path = levels.map(({ level, id, name }) => {
    const text = textAt(row, id ?? name);
    return { level, id: text, name: textAt(row, name), column: id ?? name, isNumber: id !== null };
  });
  const wrong = path.find(({ id, isNumber }) => id === "" || (isNumber && !/^\d+$/.test(id)));
  if (wrong === undefined) return path.map(({ level, id, name }) => ({ level, id, name }));
  row.complain(wrong.column, {
    allowed: wrong.isNumber ? "an id, digits alone" : "a name",
    fix: wrong.isNumber
      ? "export the report again without opening it in a spreadsheet, which shortens long numbers"
      : "add the column of ids to the report and export it again",
    code: "import.id",
  });
  return null;
}

type Period = Pick<RowSubject, "from" | "to">;

/** A day's own column before the dates of the whole report, which then stand beside every row. */
function periodReader(file: Export): (row: Row) => Period | null {
  const day = file.indexOf(COLUMNS.day);
  if (day !== null) {
    return (row) => {
      const from = knownDayAt(row, day);
      return from === null ? null : { from, to: from };
    };
  }
  const span = file.indexOf(COLUMNS.week) ?? file.indexOf(COLUMNS.month);
  if (span !== null) return (row) => spanAt(row, span);
  const starts = file.indexOf(COLUMNS.starts);
  const ends = file.indexOf(COLUMNS.ends);
  if (ends === null) {
    throw new ConfigError([
      {
        ...{ code: "import.days", file: file.name, line: file.headerLine, path: "" },
        found: "Reporting starts without Reporting ends",
        allowed: "a column Day, or both ends of the report",
        fix: "export the report again with the breakdown by day",
      },
    ]);
  }
  return (row) => {
    const from = knownDayAt(row, starts);
    const to = knownDayAt(row, ends);
    return from === null || to === null ? null : inOrder(row, ends, { from, to });
  };
}

/** `2026-03-01 - 2026-03-07`, as the breakdown by week or month writes it. */
function spanAt(row: Row, column: number): Period | null {
  const [first = "", last = ""] = textAt(row, column).split(/\s+[-–]\s+/);
  const from = dayOf(first, row.order);
  const to = dayOf(last, row.order);
  if (from !== null && to !== null) return inOrder(row, column, { from, to });
  row.complain(column, {
    allowed: "two days, such as 2026-03-01 - 2026-03-07",
    fix: "export the report again with the breakdown by day, week or month",
    code: "import.day",
  });
  return null;
}

function inOrder(row: Row, column: number, period: Period): Period | null {
  if (daysBetween(period.from, period.to) >= 0) return period;
  row.complain(column, {
    allowed: `a day from ${period.from} on`,
    fix: `correct the end of the row's days, such as ${addDays(period.from, 6)}`,
    code: "import.days",
  });
  return null;
}
