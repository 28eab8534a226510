/**
 * Fivetran's tables of Meta's actions: a row per ad, day and action type. One sale stands under several types, so exactly one
 * is read, never a sum of them.
 */
import type { Day } from "../../domain/day.ts";
import { ConfigError } from "../../domain/problem.ts";
import type { ImportColumn, InsightRow, OpenFile, RowReader } from "../kind.ts";
import { amountAt, knownDayAt, knownIdAt, numberAt, type Row, textAt } from "../row.ts";
import { createSyncs, withoutPrefix } from "./fivetran-meta-cells.ts";

export const ACTION_COLUMNS = {
  adId: { names: ["ad_id"], required: true },
  date: { names: ["date"], required: true },
  type: { names: ["action_type"], required: true },
  value: { names: ["value"], required: true },
  synced: { names: ["_fivetran_synced"], required: false },
} satisfies Record<string, ImportColumn>;

/** Where nobody names the action type: the first of these that the file has, from all places of a sale to one. */
const PURCHASES = ["omni_purchase", "purchase", "offsite_conversion.fb_pixel_purchase"];

type Counters = Pick<InsightRow, "conversions" | "conversionValueMicros">;

/** Held until the end, since a better type may follow: an ad's day has many rows of other types for each that is held. */
interface AdDay {
  adId: string;
  day: Day;
  counters: Map<string, Counters>;
}

/** @throws ConfigError when nobody says whose the figures are. */
export function openActions(file: OpenFile, counter: keyof Counters): RowReader {
  const accountId = accountOf(file);
  const types = file.options.conversion === null ? PURCHASES : [file.options.conversion];
  const idColumn = file.indexOf(ACTION_COLUMNS.adId);
  const date = file.indexOf(ACTION_COLUMNS.date);
  const typeColumn = file.indexOf(ACTION_COLUMNS.type);
  const value = file.indexOf(ACTION_COLUMNS.value);
  const adDays = new Map<string, AdDay>();
  const seen = new Set<string>();
  const syncs = createSyncs(file, file.indexOf(ACTION_COLUMNS.synced));
  const unknown: Counters = { conversions: null, conversionValueMicros: null };
  const zero: Counters =
    counter === "conversions" ? { ...unknown, conversions: 0 } : { ...unknown, conversionValueMicros: 0n };
  return {
    row(cells, complain) {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      const adId = knownIdAt(row, idColumn);
      const day = knownDayAt(row, date);
      if (adId === null || day === null) return;
      const key = `${adId} ${day}`;
      const adDay = adDays.get(key) ?? { adId, day, counters: new Map() };
      adDays.set(key, adDay);
      syncs.see(row, day);
      const type = textAt(row, typeColumn);
      if (!types.includes(type)) return;
      seen.add(type);
      if (adDay.counters.has(type)) {
        row.complain(typeColumn, {
          allowed: "an action type once per ad and day",
          fix: "write the table to CSV again without its breakdowns",
          code: "import.twice",
        });
      }
      adDay.counters.set(
        type,
        counter === "conversions"
          ? { ...unknown, conversions: numberAt(row, value) }
          : { ...unknown, conversionValueMicros: amountAt(row, value) },
      );
    },
    end() {
      syncs.tell();
      const type = types.find((one) => seen.has(one));
      if (type === undefined) {
        file.sink.note(`no action of type ${types.join(", ")}: conversions stay unknown`);
        return;
      }
      const account = { platform: "meta", accountId };
      file.sink.account({ ...account, conversion: type });
      for (const { adId, day, counters } of adDays.values()) {
        file.sink.insight({
          ...account,
          ...{ level: "ad", entityId: adId, day, spendMicros: null, impressions: null, clicks: null },
          ...(counters.get(type) ?? zero),
        });
      }
    },
  };
}

function accountOf(file: OpenFile): string {
  if (file.options.account !== null) return withoutPrefix(file.options.account);
  throw new ConfigError([
    {
      ...{ code: "import.account", file: file.name, line: file.headerLine, path: "" },
      found: "a table without account_id",
      allowed: "the account's number by --account",
      fix: "add --account and the digits of the ad account, as ad_history has them",
    },
  ]);
}
