/** Series of marketing-mix models: one row per week or day, and per place where there are several; a column of spend per channel. */
import { ConfigError } from "../../domain/problem.ts";
import { may, must } from "../header.ts";
import type { Complain, ImportKind, OpenFile, RowReader } from "../kind.ts";
import { knownDayAt, type Row, textAt } from "../row.ts";
import { type Exact, times } from "./exact.ts";
import { type Channel, type Delivered, emitSeries, type Point, plus } from "./series.ts";
import { deliveredAt, exactAt, placesOf } from "./shop-cells.ts";

const COLUMNS = {
  day: must("date", "time", "week", "ds"),
  revenue: may("revenue", "sales"),
  conversions: may("conversions"),
  perConversion: may("revenue_per_conversion"),
  place: may("geo", "region"),
  events: may("events"),
};
/** What tells such a file: both of these, under some name. */
const REVENUE = must("revenue", "sales", "revenue_per_conversion");
const SPEND = must("*_spend", "* spend", "*_cost", "*_s", "cost", "spend");

const SPEND_OF = /^(?:(.+)[_ ])?(?:spend|cost|s)$/;
/** How its delivery is called, behind the channel's name. */
const IMPRESSIONS = ["_impression", "_impressions", " impressions", "_i"];
const CLICKS = ["_clicks", " clicks", "_clicks_p"];
const DELIVERY = [IMPRESSIONS, CLICKS].map((ends) => may(...ends.map((end) => `*${end}`)));
/** Of files with one channel, whose column has no name before it. */
const ONLY_CHANNEL = "ads";
const KNOWN_PLATFORMS: Readonly<Record<string, string>> = {
  facebook: "meta",
  meta: "meta",
  google: "google",
};
const NO_EVENT: ReadonlySet<string> = new Set(["", "na", "none", "0"]);
const MAX_NAMED = 20;

interface PlacedChannel extends Channel {
  spend: number;
  impressions: number | null;
  clicks: number | null;
}

type Places = Record<keyof typeof COLUMNS, number | null>;

/** One place at one time, or several added up. */
interface Sums extends Point {
  places: Set<string>;
  delivered: Delivered[];
}

export const weeklySeries: ImportKind = {
  id: "weekly-series",
  label: "weekly or daily series of several channels",
  where:
    "A CSV as marketing-mix models read it (Robyn, Meridian, your own): a date, revenue or sales (or conversions and revenue_per_conversion), and per channel <channel>_spend, with <channel>_impressions and <channel>_clicks where known. Several places (geo) are added up, or one is chosen with --series.",
  tables: [
    {
      id: "series",
      columns: [...Object.values(COLUMNS), REVENUE, SPEND, ...DELIVERY],
      unlike: ["mmm_timeseries_id", "campaign", "campaign id", "campaign name", "campaign_id", "account_id"],
      rows: "once",
      open: readSeries,
    },
  ],
};

function readSeries(file: OpenFile): RowReader {
  const at = placesOf(file, COLUMNS);
  const channels = channelsOf(file.header);
  checkHeader(file, at, channels);
  tellUnread(file, at, channels);
  const wanted = file.options.series;
  const sums = new Map<string, Sums>();
  const places = new Set<string>();
  let complainOfFirst: Complain | null = null;
  let isWhole = true;
  return {
    row(cells, complain) {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      complainOfFirst ??= complain;
      const place = textAt(row, at.place);
      places.add(place);
      if (wanted !== null && place !== wanted) return;
      const read = readPoint(row, at, channels, place);
      isWhole &&= read !== null;
      if (read === null) return;
      const before = sums.get(read.day);
      if (before?.places.has(place)) complainOfTwice(at, complain);
      sums.set(read.day, before === undefined ? read : added(before, read));
    },
    end() {
      if (wanted !== null && !places.has(wanted) && complainOfFirst !== null) {
        complainOfChoice(at.place, [...places], complainOfFirst);
        return;
      }
      // What was complained of would look like a gap.
      if (!isWhole) return;
      const count = wanted === null ? places.size : 1;
      const points = [...sums.values()].map((one) => ofAllPlaces(one, count, file));
      const { currency, zone } = file.options;
      emitSeries(points, channels, { currency, zone }, { sink: file.sink, dayColumn: at.day });
    },
  };
}

function channelsOf(header: readonly string[]): PlacedChannel[] {
  const lower = header.map((name) => name.toLowerCase());
  const placeOf = (base: string, ends: readonly string[]) =>
    ends.map((end) => lower.indexOf(`${base}${end}`)).find((place) => place >= 0) ?? null;
  return lower.flatMap((name, spend) => {
    const match = SPEND_OF.exec(name);
    if (match === null || name === "s") return [];
    const base = match[1] ?? ONLY_CHANNEL;
    const campaignId = match[1] === undefined ? base : (header[spend] ?? base).slice(0, base.length);
    const platform = platformOf(base);
    const impressions = placeOf(base, IMPRESSIONS);
    const clicks = placeOf(base, CLICKS);
    return [{ platform, accountId: platform, campaignId, spend, impressions, clicks }];
  });
}

/** `facebook_video` is of Meta; any other channel is a platform of its own. */
function platformOf(base: string): string {
  const known = KNOWN_PLATFORMS[base.split(/[_ ]/)[0] ?? ""];
  return known ?? base.replace(/[^a-z0-9]+/g, "_");
}

/** Null when a cell was complained of. */
function readPoint(row: Row, at: Places, channels: readonly PlacedChannel[], place: string): Sums | null {
  const day = knownDayAt(row, at.day);
  const revenue = revenueAt(row, at);
  const delivered: Delivered[] = [];
  for (const channel of channels) {
    const spend = deliveredAt(row, channel.spend);
    const impressions = deliveredAt(row, channel.impressions);
    const clicks = deliveredAt(row, channel.clicks);
    if (spend === null) complainOfBlank(channel.spend, row.complain);
    if (impressions === undefined || clicks === undefined || (spend ?? undefined) === undefined) return null;
    delivered.push({ spend: spend ?? 0n, impressions, clicks });
  }
  if (day === null || revenue === undefined) return null;
  const event = textAt(row, at.events);
  const events = NO_EVENT.has(event.toLowerCase()) ? [] : [event];
  const unknown = { orders: null, newCustomers: null, newCustomerRevenue: null };
  return { day, revenue, ...unknown, delivered, events, complain: row.complain, places: new Set([place]) };
}

/** Null where it is not known. */
function revenueAt(row: Row, at: Places): Exact | null | undefined {
  if (at.revenue !== null) return exactAt(row, at.revenue);
  const conversions = exactAt(row, at.conversions);
  const each = exactAt(row, at.perConversion);
  if (conversions === undefined || each === undefined) return undefined;
  return conversions === null || each === null ? null : times(conversions, each);
}

function added(one: Sums, other: Sums): Sums {
  const delivered = one.delivered.map((before, index) => {
    const more = other.delivered[index] ?? before;
    const impressions = plus(before.impressions, more.impressions);
    return { spend: before.spend + more.spend, impressions, clicks: plus(before.clicks, more.clicks) };
  });
  for (const place of other.places) one.places.add(place);
  const events = [...new Set([...one.events, ...other.events])];
  return { ...one, revenue: plus(one.revenue, other.revenue), delivered, events };
}

/** A place without a row spent nothing, as everywhere; what it earned is not known, and so the sum is not. */
function ofAllPlaces(sums: Sums, places: number, { sink }: OpenFile): Point {
  if (sums.places.size === places) return sums;
  sink.note("dates that lack a place have no revenue");
  return { ...sums, revenue: null };
}

/** @throws ConfigError */
function checkHeader(
  { name, headerLine, header, options }: OpenFile,
  at: Places,
  channels: readonly Channel[],
): void {
  const problem = { file: name, line: headerLine, found: header.join(", ") };
  const bad = channels.find(({ platform }) => !/^[a-z][a-z0-9_]{0,39}$/.test(platform));
  if (bad !== undefined) {
    const allowed = "names of channels that begin with a letter, of at most 40 letters and digits";
    const place = { path: bad.campaignId, found: bad.campaignId };
    throw new ConfigError([
      { code: "import.channel", ...problem, ...place, allowed, fix: "rename the channel's columns" },
    ]);
  }
  if (options.series !== null && at.place === null) {
    const fix = "leave --series out: the file is one series";
    throw new ConfigError([
      { code: "import.series", ...problem, path: "--series", allowed: "a column geo or region", fix },
    ]);
  }
  if (at.revenue === null && (at.conversions === null || at.perConversion === null)) {
    const allowed = "revenue, or sales, or conversions together with revenue_per_conversion";
    const fix = "add the column that is missing";
    throw new ConfigError([{ code: "import.revenue", ...problem, path: "revenue", allowed, fix }]);
  }
}

/** Columns of none of these names are told by the import itself. */
function tellUnread({ header, sink }: OpenFile, at: Places, channels: readonly PlacedChannel[]): void {
  const used = new Set(channels.flatMap(({ impressions, clicks }) => [impressions, clicks]));
  for (const [index, name] of header.entries()) {
    const isDelivery = [...IMPRESSIONS, ...CLICKS].some((end) => name.toLowerCase().endsWith(end));
    if (isDelivery && !used.has(index))
      sink.note(`column not read, as no channel of that name spends: ${name}`);
  }
  // What a model calls so is any outcome, and often a fraction.
  if (at.conversions !== null) sink.note("conversions are not taken as orders");
  sink.note("revenue as in the file: whether VAT, discounts and refunds are in it, the file does not say");
}

function complainOfBlank(column: number, complain: Complain): void {
  complain(column, {
    allowed: "what the channel spent, 0 where it spent nothing",
    fix: "fill the cell",
    code: "import.blank",
  });
}

function complainOfTwice(at: Places, complain: Complain): void {
  complain(at.day, {
    allowed: at.place === null ? "one row per date" : "one row per date and place",
    fix: "take one of the two rows out",
    code: "import.duplicate",
  });
}

function complainOfChoice(column: number | null, places: readonly string[], complain: Complain): void {
  const more = places.length > MAX_NAMED ? ` and ${places.length - MAX_NAMED} more` : "";
  complain(column, {
    allowed: `${[...places].sort().slice(0, MAX_NAMED).join(", ")}${more}`,
    fix: "name one of them with --series, or leave it out to add them up",
    code: "import.series",
  });
}
