/** Tables of Fivetran's Google Ads connector: its reports by day and device, and the histories of campaigns and accounts. */
import type { EntityLevel } from "../../domain/ids.ts";
import type { AccountRow, ImportColumn, ImportKind, ImportTable, OpenFile, RowReader } from "../kind.ts";
import { amountAt, dayAt, type Row, textAt } from "../row.ts";
import {
  cellMissing,
  conversionsAt,
  countAt,
  customerIdAt,
  idAt,
  knownDayAt,
  resourceIdAt,
  spendAt,
} from "./google-ads-cells.ts";
import { conversionsOf } from "./google-ads-conversions.ts";
import { objectiveOf, statusOf } from "./google-ads-words.ts";

const CUSTOMER = must("customer_id");
const DATE = must("date");
const COST = must("cost_micros");
const IMPRESSIONS = may("impressions");
const CLICKS = may("clicks");
const CONVERSIONS = may("conversions");
const VALUE = may("conversions_value");
const ALL_CONVERSIONS = may("all_conversions");
const ALL_VALUE = may("all_conversions_value");

const COUNTERS = [CUSTOMER, DATE, COST, IMPRESSIONS, CLICKS, CONVERSIONS, VALUE, ALL_CONVERSIONS, ALL_VALUE];

/** Columns that name an entity and those above it, from its own up. The first of a level's columns that a row fills names it. */
type Lineage = readonly { level: EntityLevel; columns: readonly ImportColumn[] }[];

const ID = must("id");
const AD_ID = must("ad_id");
const CAMPAIGN_ID = may("campaign_id");
/** Its resource name first: that is what the row's campaign agrees with in every version of the table. */
const AD_GROUP = [may("ad_group"), may("ad_group_id")];

const HISTORY = {
  id: ID,
  version: must("updated_at"),
  customer: CUSTOMER,
  type: must("advertising_channel_type"),
  status: must("status"),
  name: may("name"),
  start: may("start_date"),
};

const ACCOUNT = {
  id: ID,
  version: must("updated_at"),
  currency: must("currency_code"),
  zone: must("time_zone"),
  name: may("descriptive_name"),
};

export const fivetranGoogle: ImportKind = {
  id: "fivetran-google",
  label: "Fivetran tables of Google Ads",
  where:
    "your warehouse, where Fivetran's connector Google Ads writes: its tables campaign_stats, ad_group_stats or ad_stats as CSV with every column, and best campaign_history and account_history.",
  tables: [
    stats("campaign_stats", [{ level: "campaign", columns: [ID] }], ["campaign_id", "ad_id"]),
    stats(
      "ad_group_stats",
      [
        { level: "adGroup", columns: [ID] },
        { level: "campaign", columns: [must("campaign_id")] },
      ],
      ["ad_id"],
    ),
    stats(
      "ad_stats",
      [
        { level: "ad", columns: [AD_ID] },
        { level: "adGroup", columns: AD_GROUP },
        { level: "campaign", columns: [CAMPAIGN_ID] },
      ],
      [],
    ),
    { id: "campaign_history", columns: Object.values(HISTORY), rows: "once", open: openCampaigns },
    { id: "account_history", columns: Object.values(ACCOUNT), rows: "once", open: openAccounts },
  ],
};

function stats(id: string, lineage: Lineage, unlike: readonly string[]): ImportTable {
  const columns = [...COUNTERS, ...lineage.flatMap((one) => one.columns)];
  // A row for each device and network, of which the day is the sum.
  return { id, columns, unlike, rows: "sum", open: (file) => openStats(file, lineage) };
}

function openStats(file: OpenFile, lineage: Lineage): RowReader {
  const figuresOf = figuresIn(file);
  const places = lineage.map(({ level, columns }) => ({ level, at: columns.map(file.indexOf) }));
  const [customer, date] = [placeOf(file, CUSTOMER), placeOf(file, DATE)];
  const counted = conversionsIn(file);
  return {
    row(cells, complain) {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      const account = accountAt(row, customer);
      const day = knownDayAt(row, date);
      const [own, ...above] = places.map(({ level, at }) => ({ level, id: firstIdAt(row, at), at: at[0] }));
      const figures = figuresOf(row);
      if (own !== undefined && own.id === "") cellMissing(row, own.at ?? null, "an id in digits");
      if (own === undefined || own.id === "" || account === null || day === null || figures === null) return;
      file.sink.account({ ...account, ...(counted.name === null ? {} : { conversion: counted.name }) });
      nameLineage(file, account, [own, ...above]);
      file.sink.insight({ ...account, level: own.level, entityId: own.id, day, ...figures });
    },
  };
}

function nameLineage(
  { sink }: OpenFile,
  account: { platform: string; accountId: string },
  lineage: readonly { level: EntityLevel; id: string }[],
): void {
  for (const [index, { level, id }] of lineage.entries()) {
    const parentId = lineage[index + 1]?.id ?? "";
    if (id !== "") sink.entity({ ...account, level, id, ...(parentId === "" ? {} : { parentId }) });
  }
}

function figuresIn(file: OpenFile) {
  const cost = placeOf(file, COST);
  const [impressions, clicks] = [file.indexOf(IMPRESSIONS), file.indexOf(CLICKS)];
  const counted = conversionsIn(file);
  return (row: Row) => {
    const spendMicros = spendAt(row, cost, true);
    const figures = {
      impressions: countAt(row, impressions),
      clicks: countAt(row, clicks),
      conversions: conversionsAt(row, counted.count),
      conversionValueMicros: amountAt(row, counted.value),
    };
    return spendMicros === null ? null : { spendMicros, ...figures };
  };
}

function conversionsIn(file: OpenFile) {
  return conversionsOf(file, [
    { count: file.indexOf(CONVERSIONS), value: file.indexOf(VALUE), name: "Conversions" },
    { count: file.indexOf(ALL_CONVERSIONS), value: file.indexOf(ALL_VALUE), name: "All conv." },
  ]);
}

function openCampaigns(file: OpenFile): RowReader {
  const at = (column: ImportColumn) => file.indexOf(column);
  const [id, version] = [placeOf(file, HISTORY.id), placeOf(file, HISTORY.version)];
  const customer = placeOf(file, HISTORY.customer);
  const [type, status, name, start] = [HISTORY.type, HISTORY.status, HISTORY.name, HISTORY.start].map(at);
  return {
    row(cells, complain) {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      const account = accountAt(row, customer);
      const campaign = idAt(row, id) || cellMissing(row, id, "an id in digits");
      const since = textAt(row, version) || cellMissing(row, version, "a time, such as 2026-03-31T04:05:06");
      const createdOn = dayAt(row, start ?? null);
      if (account === null || campaign === null || since === null) return;
      const words = { name: textAt(row, name ?? null), type: textAt(row, type ?? null) };
      const known = statusOf(textAt(row, status ?? null));
      file.sink.entity(
        {
          ...{ ...account, level: "campaign", id: campaign },
          ...(words.name === "" ? {} : { name: words.name }),
          ...(words.type === "" ? {} : { objective: objectiveOf(words.type) }),
          ...(known === undefined ? {} : { status: known }),
          ...(createdOn === null ? {} : { createdOn }),
        },
        since.replace(" ", "T"),
      );
    },
  };
}

function openAccounts(file: OpenFile): RowReader {
  const [id, version] = [placeOf(file, ACCOUNT.id), placeOf(file, ACCOUNT.version)];
  const [currency, zone] = [placeOf(file, ACCOUNT.currency), placeOf(file, ACCOUNT.zone)];
  const name = file.indexOf(ACCOUNT.name);
  const newest = new Map<string, { since: string; account: AccountRow }>();
  return {
    row(cells, complain) {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      const account = accountAt(row, id);
      const since = textAt(row, version).replace(" ", "T");
      const words = [textAt(row, currency).toUpperCase(), textAt(row, zone), textAt(row, name)];
      if (account === null || since < (newest.get(account.accountId)?.since ?? "")) return;
      const [currencyWord = "", zoneWord = "", nameWord = ""] = words;
      newest.set(account.accountId, {
        since,
        account: {
          ...account,
          ...(currencyWord === "" ? {} : { currency: currencyWord }),
          ...(zoneWord === "" ? {} : { zone: zoneWord }),
          ...(nameWord === "" ? {} : { name: nameWord }),
        },
      });
    },
    end() {
      for (const { account } of newest.values()) file.sink.account(account);
    },
  };
}

function accountAt(row: Row, column: number): { platform: string; accountId: string } | null {
  const accountId = customerIdAt(row, column) || cellMissing(row, column, "an account id such as 1234567890");
  return accountId === null ? null : { platform: "google", accountId };
}

function firstIdAt(row: Row, columns: readonly (number | null)[]): string {
  return resourceIdAt(row, columns.find((column) => textAt(row, column) !== "") ?? null);
}

/** A required column: the file was found by it. */
function placeOf(file: OpenFile, column: ImportColumn): number {
  return file.indexOf(column) ?? 0;
}

function must(name: string): ImportColumn {
  return { names: [name], required: true };
}

function may(name: string): ImportColumn {
  return { names: [name], required: false };
}
