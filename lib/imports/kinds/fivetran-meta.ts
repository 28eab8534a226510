/** Meta's tables as Fivetran's connector writes them: one file per table, any of them. */
import type { EntityLevel } from "../../domain/ids.ts";
import { may, must } from "../header.ts";
import type { ImportColumn, ImportKind, ImportTable, OpenFile, RowReader } from "../kind.ts";
import { knownDayAt, knownIdAt, numberAt, type Row, textAt } from "../row.ts";
import { ACTION_COLUMNS, openActions } from "./fivetran-meta-actions.ts";
import { amountOrZero, createSyncs, zeroIfBlank } from "./fivetran-meta-cells.ts";

const AD_DAILY = {
  adId: must("ad_id"),
  date: must("date"),
  accountId: must("account_id"),
  spend: must("spend"),
  impressions: may("impressions"),
  links: may("inline_link_clicks"),
  reach: may("reach"),
  synced: may("_fivetran_synced"),
};

const HISTORY = {
  id: must("id"),
  accountId: must("account_id"),
  name: may("name"),
  synced: must("_fivetran_synced"),
  status: may("effective_status"),
  objective: may("objective"),
  bidStrategy: may("bid_strategy"),
};
const CAMPAIGN_ID = must("campaign_id");
const AD_SET_ID = must("ad_set_id");

/** Meta's own words; what is under a paused campaign stands still as well. */
const STATUSES: Readonly<Record<string, "active" | "paused" | "removed">> = {
  ...{ ACTIVE: "active", PAUSED: "paused", CAMPAIGN_PAUSED: "paused", ADSET_PAUSED: "paused" },
  ...{ ARCHIVED: "removed", DELETED: "removed" },
};

const adDaily: ImportTable = {
  id: "ad_daily",
  columns: Object.values(AD_DAILY),
  rows: "once",
  open: openAdDaily,
};

const adHistory: ImportTable = {
  id: "ad_history",
  columns: [...Object.values(HISTORY), CAMPAIGN_ID, AD_SET_ID],
  rows: "once",
  open: (file) => openHistory(file, "ad", AD_SET_ID),
};

const adSetHistory: ImportTable = {
  id: "ad_set_history",
  columns: [...Object.values(HISTORY), CAMPAIGN_ID],
  unlike: AD_SET_ID.names,
  rows: "once",
  open: (file) => openHistory(file, "adGroup", CAMPAIGN_ID),
};

const campaignHistory: ImportTable = {
  id: "campaign_history",
  columns: Object.values(HISTORY),
  unlike: [...CAMPAIGN_ID.names, ...AD_SET_ID.names],
  rows: "once",
  open: (file) => openHistory(file, "campaign", null),
};

/** Counts and amounts stand in tables of the same columns. */
const actions: ImportTable = {
  id: "actions",
  columns: Object.values(ACTION_COLUMNS),
  fileName: { like: /actions(?!_?values)/i, example: "basic_ad_actions.csv" },
  rows: "once",
  open: (file) => openActions(file, "conversions"),
};

const actionValues: ImportTable = {
  id: "action_values",
  columns: Object.values(ACTION_COLUMNS),
  fileName: { like: /actions?_?values/i, example: "basic_ad_action_values.csv" },
  rows: "once",
  open: (file) => openActions(file, "conversionValueMicros"),
};

export const fivetranMeta: ImportKind = {
  id: "fivetran-meta",
  label: "Fivetran tables of Meta (Facebook Ads)",
  where:
    "The tables basic_ad, ad_history, ad_set_history, campaign_history, basic_ad_actions and basic_ad_action_values of Fivetran's Facebook Ads connector, each written to CSV with its column names.",
  tables: [adDaily, adHistory, adSetHistory, campaignHistory, actions, actionValues],
};

function openAdDaily(file: OpenFile): RowReader {
  const at = (column: ImportColumn) => file.indexOf(column);
  const adId = at(AD_DAILY.adId);
  const accountColumn = at(AD_DAILY.accountId);
  const date = at(AD_DAILY.date);
  const spend = at(AD_DAILY.spend);
  const impressions = at(AD_DAILY.impressions);
  const links = at(AD_DAILY.links);
  const reach = at(AD_DAILY.reach);
  const syncs = createSyncs(file, at(AD_DAILY.synced));
  if (links !== null) file.sink.note("clicks are link clicks: the table has no others");
  return {
    row(cells, complain) {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      const entityId = knownIdAt(row, adId);
      const accountId = knownIdAt(row, accountColumn);
      const day = knownDayAt(row, date);
      if (entityId === null || accountId === null || day === null) return;
      const account = { platform: "meta", accountId };
      syncs.see(row, day);
      const count = (column: number | null) => (column === null ? null : zeroIfBlank(file, row, column));
      file.sink.insight({
        ...account,
        ...{ level: "ad", entityId, day },
        spendMicros: amountOrZero(file, row, spend),
        impressions: count(impressions),
        clicks: count(links),
        conversions: null,
        conversionValueMicros: null,
        ...(reach === null || textAt(row, reach) === "" ? {} : { reach: numberAt(row, reach) ?? 0 }),
      });
    },
    end: syncs.tell,
  };
}

/** Several versions of each entity, the newest of which holds. */
function openHistory(file: OpenFile, level: EntityLevel, parent: ImportColumn | null): RowReader {
  const id = file.indexOf(HISTORY.id);
  const accountColumn = file.indexOf(HISTORY.accountId);
  const statusColumn = file.indexOf(HISTORY.status);
  const synced = file.indexOf(HISTORY.synced);
  const parentColumn = parent === null ? null : file.indexOf(parent);
  const texts = {
    name: file.indexOf(HISTORY.name),
    objective: level === "campaign" ? file.indexOf(HISTORY.objective) : null,
    bidStrategy: file.indexOf(HISTORY.bidStrategy),
  };
  return {
    row(cells, complain) {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      const own = knownIdAt(row, id);
      const accountId = knownIdAt(row, accountColumn);
      const parentId = parentColumn === null ? undefined : knownIdAt(row, parentColumn);
      if (own === null || accountId === null || parentId === null) return;
      const status = STATUSES[textAt(row, statusColumn)];
      const said = Object.entries(texts).flatMap(([key, column]) => {
        const text = textAt(row, column);
        return text === "" ? [] : [[key, text]];
      });
      file.sink.entity(
        {
          ...{ platform: "meta", accountId, level, id: own },
          ...(parentId === undefined ? {} : { parentId }),
          ...(status === undefined ? {} : { status }),
          ...Object.fromEntries(said),
        },
        textAt(row, synced),
      );
    },
  };
}
