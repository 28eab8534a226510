import { describe, expect, it } from "vitest";
import { imported, importFixture, importProblems, tableRows } from "../../support/import-fixtures.ts";

const SAID = { currency: "USD", zone: "America/New_York" };

function series(...lines: string[]) {
  return [{ name: "series.csv", text: [...lines, ""].join("\n") }];
}

/** `platform spend impressions clicks` of one date. */
function delivery(text: string | undefined, date: string): string[] {
  const rows = tableRows(text).filter((row) => row.date === date);
  return rows.map((row) =>
    [`${row.platform}/${row.entity_id}`, row.spend, row.impressions ?? "?", row.clicks ?? "?"].join(" "),
  );
}

describe("imports/kinds/weekly-series", () => {
  it("reads Meridian's national weeks, revenue being conversions times what each brought", async () => {
    const { tables, kind, notes } = await imported(
      null,
      [importFixture("series/meridian_national_all_channels.csv")],
      SAID,
    );
    expect(kind).toBe("weekly-series");
    const revenue = tableRows(tables["revenue.csv"]);
    expect(revenue).toHaveLength(156);
    expect(revenue[0]).toEqual({ date: "2021-01-25", revenue: "7725825.55903", days: "7" });
    expect(revenue[155]).toEqual({ date: "2024-01-15", revenue: "8449061.470462", days: "7" });
    // Together 1 408 304.526, a MER of 5.4859.
    expect(delivery(tables["insights.csv"], "2021-01-25")).toEqual([
      "channel0/Channel0 325137.5683 44340630 ?",
      "channel1/Channel1 101595.40427 10537596 ?",
      "channel2/Channel2 48315.04518 6501889 ?",
      "channel3/Channel3 520082.5242 66738506 ?",
      "channel4/Channel4 413173.98405 53026011 ?",
    ]);
    expect(tableRows(tables["accounts.csv"])[0]).toMatchObject({
      ...{ platform: "channel0", account_id: "channel0", currency: "USD", time_zone: "America/New_York" },
    });
    expect(notes).toContain("conversions are not taken as orders");
    expect(notes).toContain("as no channel of that name spends: Organic_channel0_impression");
  });

  it("reads Robyn's weeks, Facebook as Meta, and its events", async () => {
    const { tables } = await imported(null, [importFixture("series/robyn_dt_simulated_weekly.csv")], SAID);
    const revenue = tableRows(tables["revenue.csv"]);
    expect(revenue).toHaveLength(208);
    expect(revenue[0]).toEqual({ date: "2015-11-23", revenue: "2754371.666667", days: "7" });
    expect(delivery(tables["insights.csv"], "2015-11-23").sort()).toEqual([
      "meta/facebook 7607.132915 24301284 ?",
      "ooh/ooh 0 ? ?",
      "print/print 12728.488889 ? ?",
      "search/search 0 ? 0",
      "tv/tv 22358.346667 ? ?",
    ]);
    expect(tableRows(tables["events.csv"])).toEqual([
      { name: "event1", from: "2018-05-21", to: "2018-05-27" },
      { name: "event2", from: "2019-04-22", to: "2019-04-28" },
    ]);
  });

  it("adds places up", async () => {
    const { tables } = await imported(null, [importFixture("series/meridian_geos.csv")], SAID);
    const revenue = tableRows(tables["revenue.csv"]);
    expect(revenue).toHaveLength(5);
    expect(revenue[0]).toEqual({ date: "2021-01-25", revenue: "601551.822227", days: "7" });
    expect(delivery(tables["insights.csv"], "2021-01-25")).toEqual([
      "awarenessvideo/AwarenessVideo 23480.716 1995818 ?",
      "performancedisplay/PerformanceDisplay 6759.7871 580066 ?",
      "performancenative/PerformanceNative 17189.4453 1475441 ?",
    ]);
  });

  it("takes the one place that is chosen", async () => {
    const settings = { ...SAID, series: "Geo2" };
    const { tables } = await imported(null, [importFixture("series/meridian_geos.csv")], settings);
    const [, , , , last] = tableRows(tables["revenue.csv"]);
    expect(last).toEqual({ date: "2021-02-22", revenue: "143112.78177", days: "7" });
    expect(delivery(tables["insights.csv"], "2021-02-22")[0]).toBe(
      "awarenessvideo/AwarenessVideo 5454.8936 463656 ?",
    );
  });

  it("knows no revenue of a date that lacks a place, and its spend", async () => {
    const { tables, notes } = await imported(null, [importFixture("series/matched_markets.csv")], SAID);
    expect(tableRows(tables["revenue.csv"])).toEqual([
      { date: "2015-02-19", revenue: "9815.21" },
      { date: "2015-02-21", revenue: "3879.22" },
      { date: "2015-02-22", revenue: "4475.96" },
    ]);
    expect(delivery(tables["insights.csv"], "2015-02-20")).toEqual(["ads/ads 390.66 ? ?"]);
    expect(notes).toContain("dates that lack a place have no revenue");
  });

  it("reads numbers with an exponent and names with blanks", async () => {
    const { tables } = await imported(
      "weekly-series",
      series(
        "week,sales,Google Search Spend,Google Search Impressions,Google Search Clicks,Radio Cost",
        "2026-01-05,1.5e+04,2.5e2,1.2e3,30,10",
        "2026-01-12,16000.5,300,1300,31,0",
      ),
      SAID,
    );
    expect(tableRows(tables["revenue.csv"])[0]).toEqual({ date: "2026-01-05", revenue: "15000", days: "7" });
    expect(delivery(tables["insights.csv"], "2026-01-05")).toEqual([
      "google/Google Search 250 1200 30",
      "radio/Radio 10 ? ?",
    ]);
  });

  it("names the row at which the series has a gap, or two steps", async () => {
    const header = "date,revenue,tv_spend";
    const gap = series(header, "2026-01-05,9.5,1", "2026-01-12,9,1", "2026-01-26,9,1");
    expect(await importProblems(null, gap, SAID)).toMatchObject([
      { code: "import.seriesGap", line: 4, path: "date", found: '"2026-01-26"' },
    ]);
    const monthly = series(header, "2026-01-01,9.5,1", "2026-02-01,9,1");
    expect(await importProblems(null, monthly, SAID)).toMatchObject([
      { code: "import.seriesStep", line: 3, path: "date", found: '"2026-02-01"' },
    ]);
  });

  it("names line, column and value of what it cannot read", async () => {
    const bad = series(
      "date,revenue,tv_spend,tv_impressions",
      "2026-01-05,much,1.5,2",
      "2026-01-12,9,,2",
      "2026-01-19,9,-1,2",
      "someday,9,1,2",
      "2026-01-26,9,1,2",
      "2026-01-26,9,1,2",
    );
    expect(await importProblems(null, bad, SAID)).toMatchObject([
      { line: 2, path: "revenue", found: '"much"', code: "import.number" },
      { line: 3, path: "tv_spend", code: "import.blank" },
      { line: 4, path: "tv_spend", found: '"-1"', code: "import.negative" },
      { line: 5, path: "date", found: '"someday"', code: "import.day" },
      { line: 7, path: "date", found: '"2026-01-26"', code: "import.duplicate" },
    ]);
  });

  it("names the places of a file when the chosen one is not among them", async () => {
    const settings = { ...SAID, series: "Geo9" };
    const problems = await importProblems(null, [importFixture("series/meridian_geos.csv")], settings);
    expect(problems).toMatchObject([
      { code: "import.series", path: "geo", found: '"Geo0"', allowed: "Geo0, Geo2" },
    ]);
  });
});

describe("imports/kinds/conjura", () => {
  it("reads one series: campaigns of an account per platform, revenue less discounts, new customers", async () => {
    const settings = { series: "a1", zone: "America/New_York" };
    const { tables, kind, notes } = await imported(null, [importFixture("conjura/series.csv")], settings);
    expect(kind).toBe("conjura");
    expect(tableRows(tables["revenue.csv"])).toEqual([
      {
        ...{ date: "2023-05-01", revenue: "2189.9", orders: "30" },
        ...{ new_customers: "12", new_customer_revenue: "800.25" },
      },
      { date: "2023-05-02", revenue: "1750", orders: "25", new_customers: "9" },
      {
        ...{ date: "2023-05-03", revenue: "1919.5", orders: "28" },
        ...{ new_customers: "10", new_customer_revenue: "720" },
      },
    ]);
    // Blank spend without clicks is a day off; a channel that is blank throughout is not there.
    expect(delivery(tables["insights.csv"], "2023-05-02")).toEqual([
      "google/paid_search 45 1800 90",
      "google/pmax 0 0 0",
      "meta/facebook 110 8800 88",
      "meta/instagram 28 2900 20",
    ]);
    const accounts = tableRows(tables["accounts.csv"]);
    expect(accounts.map(({ platform, currency }) => `${platform} ${currency}`)).toEqual([
      ...["google USD", "meta USD"],
    ]);
    expect(notes).toContain("revenue is before refunds");
  });

  it("lists the series when none is chosen", async () => {
    const problems = await importProblems(null, [importFixture("conjura/series.csv")], SAID);
    expect(problems).toMatchObject([
      {
        ...{ code: "import.series", line: 5, path: "mmm_timeseries_id", found: '"b2"' },
        allowed: "one series; the file has a1 (US), b2 (All Territories)",
      },
    ]);
  });

  it("reads names in capitals and days written day first", async () => {
    const { tables } = await imported(
      null,
      series(
        "MMM_TIMESERIES_ID,DATE_DAY,CURRENCY_CODE,ALL_PURCHASES,ALL_PURCHASES_ORIGINAL_PRICE,ALL_PURCHASES_GROSS_DISCOUNT,TIKTOK_SPEND",
        "x,13-05-2023,EUR,4,100.5,10,7",
        "x,14-05-2023,EUR,5,200,0,8",
      ),
      { zone: "Europe/Paris" },
    );
    expect(tableRows(tables["revenue.csv"])).toEqual([
      { date: "2023-05-13", revenue: "90.5", orders: "4" },
      { date: "2023-05-14", revenue: "200", orders: "5" },
    ]);
    expect(delivery(tables["insights.csv"], "2023-05-13")).toEqual(["tiktok/tiktok 7 ? ?"]);
  });

  it("names line, column and value of what it cannot read", async () => {
    const header =
      "mmm_timeseries_id,date_day,currency_code,all_purchases,all_purchases_original_price,all_purchases_gross_discount,meta_facebook_spend,meta_facebook_clicks";
    const bad = series(
      header,
      "x,2023-05-01,EUR,4.5,100.5,10,7,1",
      "x,2023-05-02,USD,4,100,10,7,1",
      "x,2023-05-03,EUR,4,100,10,,12",
      "x,2023-05-03,EUR,4,100,10,7,1",
      "x,2023-05-03,EUR,4,100,10,7,1",
    );
    expect(await importProblems(null, bad, SAID)).toMatchObject([
      { line: 2, path: "all_purchases", found: '"4.5"', code: "import.number" },
      { line: 3, path: "currency_code", found: '"USD"', code: "import.currency" },
      { line: 4, path: "meta_facebook_spend", code: "import.blank" },
      { line: 6, path: "date_day", code: "import.duplicate" },
    ]);
  });
});
