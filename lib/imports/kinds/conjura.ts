/** The daily series of the public Conjura data set of marketing-mix models: column names of its data dictionary. */
import { may, must } from "../header.ts";
import type { Complain, ImportKind, OpenFile, RowReader } from "../kind.ts";
import { knownDayAt, type Row, textAt } from "../row.ts";
import type { Exact } from "./exact.ts";
import { type Channel, type Delivered, emitSeries, type Point } from "./series.ts";
import { countAt, deliveredAt, exactAt, placesOf } from "./shop-cells.ts";

const COLUMNS = {
  series: must("mmm_timeseries_id"),
  day: must("date_day"),
  currency: must("currency_code"),
  orders: must("all_purchases"),
  price: must("all_purchases_original_price"),
  discount: must("all_purchases_gross_discount"),
  territory: may("territory_name"),
  newCustomers: may("first_purchases"),
  newPrice: may("first_purchases_original_price"),
  newDiscount: may("first_purchases_gross_discount"),
};

type Places = Record<keyof typeof COLUMNS, number | null>;

interface PlacedChannel extends Channel {
  spend: number;
  impressions: number | null;
  clicks: number | null;
}

const MAX_NAMED = 20;

export const conjura: ImportKind = {
  id: "conjura",
  label: "Conjura data set",
  where:
    "The Conjura multi-region data set of e-commerce brands as CSV, one series of it (--series, an mmm_timeseries_id). Revenue is all_purchases_original_price less all_purchases_gross_discount: the set knows no refunds, and does not say whether VAT is in its prices.",
  tables: [
    {
      id: "series",
      columns: [...Object.values(COLUMNS), must("*_spend"), may("*_impressions"), may("*_clicks")],
      rows: "once",
      open: readSeries,
    },
  ],
};

function readSeries(file: OpenFile): RowReader {
  const at = placesOf(file, COLUMNS);
  const channels = channelsOf(file.header);
  const points = new Map<string, Point>();
  /** Territory by series. */
  const seen = new Map<string, string>();
  let chosen = file.options.series;
  let currency: string | null = null;
  let isWhole = true;
  let complainOfSeries: Complain | null = null;
  return {
    row(cells, complain) {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      const id = textAt(row, at.series);
      chosen ??= id;
      seen.set(id, textAt(row, at.territory));
      if (id !== chosen) {
        complainOfSeries ??= complain;
        return;
      }
      currency ??= textAt(row, at.currency);
      if (textAt(row, at.currency) !== currency) complainOfCurrency(at.currency, currency, complain);
      const point = readPoint(row, at, channels, file);
      isWhole &&= point !== null;
      if (point === null) return;
      if (points.has(point.day)) complainOfDay(at.day, complain);
      points.set(point.day, point);
    },
    end() {
      if (complainOfSeries !== null && (file.options.series === null || !seen.has(file.options.series))) {
        complainOfChoice(at.series, [...seen], complainOfSeries);
        return;
      }
      // What was complained of would look like a gap.
      if (!isWhole) return;
      if (complainOfSeries !== null) file.sink.note("rows of other series are left out");
      file.sink.note("revenue is before refunds; whether VAT is in it, the data set does not say");
      emitSeries(points.values(), channels, { currency, zone: file.options.zone }, emission(file, at));
    },
  };
}

function emission({ sink }: OpenFile, at: Places) {
  return { sink, dayColumn: at.day };
}

function channelsOf(header: readonly string[]): PlacedChannel[] {
  const lower = header.map((name) => name.toLowerCase());
  const placeOf = (name: string) => (lower.includes(name) ? lower.indexOf(name) : null);
  return lower.flatMap((name, spend) => {
    const [, platform, channel] = /^([a-z][a-z0-9]*)(?:_(.+))?_spend$/.exec(name) ?? [];
    if (platform === undefined) return [];
    const base = name.slice(0, -"_spend".length);
    return [
      {
        ...{ platform, accountId: platform, campaignId: channel ?? platform, spend },
        ...{ impressions: placeOf(`${base}_impressions`), clicks: placeOf(`${base}_clicks`) },
      },
    ];
  });
}

/** Null when a cell was complained of. */
function readPoint(
  row: Row,
  at: Places,
  channels: readonly PlacedChannel[],
  { header, sink }: OpenFile,
): Point | null {
  const day = knownDayAt(row, at.day);
  const orders = countAt(row, at.orders);
  const newCustomers = countAt(row, at.newCustomers);
  const revenue = discounted(row, at.price, at.discount);
  const newCustomerRevenue = discounted(row, at.newPrice, at.newDiscount);
  const delivered: (Delivered | null)[] = [];
  for (const channel of channels) {
    const read = deliveredBy(row, channel);
    if (read === undefined) return null;
    if (read === null) sink.note(`blank cells of ${header[channel.spend]} read as no delivery`);
    delivered.push(read);
  }
  const isRead = orders !== undefined && newCustomers !== undefined && newCustomerRevenue !== undefined;
  if (day === null || revenue === undefined || !isRead) return null;
  if (revenue === null) sink.note("days without a price or a discount have no revenue");
  const shop = { revenue, orders, newCustomers, newCustomerRevenue };
  return { day, ...shop, delivered, events: [], complain: row.complain };
}

/** Null when one of the two is blank; a discount takes away, whichever sign it is written with. */
function discounted(
  row: Row,
  priceColumn: number | null,
  discountColumn: number | null,
): Exact | null | undefined {
  const price = exactAt(row, priceColumn);
  const discount = exactAt(row, discountColumn);
  if (price === undefined || discount === undefined) return undefined;
  if (price === null || discount === null) return null;
  return price - (discount < 0n ? -discount : discount);
}

/** The set leaves cells blank on days on which a channel did not run; blank spend beside clicks is something else. */
function deliveredBy(row: Row, channel: PlacedChannel): Delivered | null | undefined {
  const spend = deliveredAt(row, channel.spend);
  const impressions = deliveredAt(row, channel.impressions);
  const clicks = deliveredAt(row, channel.clicks);
  if (spend === undefined || impressions === undefined || clicks === undefined) return undefined;
  if (spend !== null) return { spend, impressions, clicks };
  if ((impressions ?? 0n) === 0n && (clicks ?? 0n) === 0n) return null;
  row.complain(channel.spend, {
    allowed: "what the channel spent, as it has impressions or clicks",
    fix: "fill the cell, or leave the channel's columns out of the file",
    code: "import.blank",
  });
  return undefined;
}

function complainOfChoice(
  column: number | null,
  series: readonly (readonly [string, string])[],
  complain: Complain,
): void {
  const named = series.map(([id, territory]) => (territory === "" ? id : `${id} (${territory})`)).sort();
  const more = named.length > MAX_NAMED ? ` and ${named.length - MAX_NAMED} more` : "";
  complain(column, {
    allowed: `one series; the file has ${named.slice(0, MAX_NAMED).join(", ")}${more}`,
    fix: "choose one with --series",
    code: "import.series",
  });
}

function complainOfCurrency(column: number | null, currency: string, complain: Complain): void {
  complain(column, {
    allowed: `${currency}, as in the rows above`,
    fix: "keep the rows of one currency",
    code: "import.currency",
  });
}

function complainOfDay(column: number | null, complain: Complain): void {
  complain(column, {
    allowed: "one row per day",
    fix: "take one of the two rows out",
    code: "import.duplicate",
  });
}
