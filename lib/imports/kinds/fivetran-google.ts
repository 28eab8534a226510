/** Tables of Fivetran's Google Ads connector: its reports by day and device, and the histories of campaigns and accounts. */
import { may, must } from "../header.ts";
import type { AccountRow, ImportColumn, ImportKind, OpenFile, RowReader } from "../kind.ts";
import { dayAt, knownIdAt, missingAt, type Row, textAt } from "../row.ts";
import { accountAt, placeOf, type StatsTable, statsTable } from "./fivetran-stats.ts";
import { objectiveOf, statusOf } from "./google-ads-words.ts";

const ID = must("id");
const CUSTOMER = must("customer_id");

const STATS = {
  platform: "google",
  account: CUSTOMER,
  spend: { column: must("cost_micros"), inMicros: true },
  conversions: [
    { count: may("conversions"), value: may("conversions_value"), name: "Conversions" },
    { count: may("all_conversions"), value: may("all_conversions_value"), name: "All conv." },
  ],
} as const satisfies Partial<StatsTable>;

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
    statsTable({
      ...STATS,
      id: "campaign_stats",
      lineage: [{ level: "campaign", columns: [ID] }],
      unlike: ["campaign_id", "ad_id"],
    }),
    statsTable({
      ...STATS,
      id: "ad_group_stats",
      lineage: [
        { level: "adGroup", columns: [ID] },
        { level: "campaign", columns: [must("campaign_id")] },
      ],
      unlike: ["ad_id"],
    }),
    statsTable({
      ...STATS,
      id: "ad_stats",
      lineage: [
        { level: "ad", columns: [must("ad_id")] },
        // Its resource name first: that is what agrees with the row's campaign in every version of the table.
        { level: "adGroup", columns: [may("ad_group"), may("ad_group_id")] },
        { level: "campaign", columns: [may("campaign_id")] },
      ],
    }),
    { id: "campaign_history", columns: Object.values(HISTORY), rows: "once", open: openCampaigns },
    { id: "account_history", columns: Object.values(ACCOUNT), rows: "once", open: openAccounts },
  ],
};

function openCampaigns(file: OpenFile): RowReader {
  const at = (column: ImportColumn) => file.indexOf(column);
  const [id, version] = [placeOf(file, HISTORY.id), placeOf(file, HISTORY.version)];
  const customer = placeOf(file, HISTORY.customer);
  const [type, status, name, start] = [HISTORY.type, HISTORY.status, HISTORY.name, HISTORY.start].map(at);
  return {
    row(cells, complain) {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      const account = accountAt(row, "google", customer);
      const campaign = knownIdAt(row, id);
      const since = textAt(row, version) || missingAt(row, version, "a time, such as 2026-03-31T04:05:06");
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
      const account = accountAt(row, "google", id);
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
