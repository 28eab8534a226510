import { describe, expect, it } from "vitest";
import { imported, importFixture, importProblems, tableRows } from "../../support/import-fixtures.ts";

const HEADER =
  "Name,Email,Financial Status,Currency,Taxes,Total,Created at,Cancelled at,Refunded Amount,Duties";

function orders(...lines: string[]) {
  return [{ name: "orders.csv", text: [HEADER, ...lines, ""].join("\n") }];
}

describe("imports/kinds/shopify-orders", () => {
  it("takes revenue net of VAT and refunds by the order's own day, one order per Name", async () => {
    const { tables, kind } = await imported(null, [importFixture("shopify/orders_export.csv")]);
    expect(kind).toBe("shopify-orders");
    // #1001: 105.90 - 17.65. #1002: (120 - 20) x 90/120. #1003: 60 - 10, of #1001's customer. #1008: 8.34 x 6.68/10.01.
    expect(tableRows(tables["revenue.csv"])).toEqual([
      {
        ...{ date: "2026-03-01", revenue: "88.25", orders: "1", new_customers: "1" },
        ...{ new_customer_revenue: "88.25", refunds: "0" },
      },
      {
        ...{ date: "2026-03-02", revenue: "125", orders: "2", new_customers: "1" },
        ...{ new_customer_revenue: "75", refunds: "25" },
      },
      { date: "2026-03-03", revenue: "0", orders: "0", new_customers: "0", new_customer_revenue: "0" },
      {
        ...{ date: "2026-03-04", revenue: "5.565554", orders: "2", new_customers: "2" },
        ...{ new_customer_revenue: "5.565554", refunds: "22.774446" },
      },
    ]);
  });

  it("tells what it left out and how revenue is made", async () => {
    const { notes } = await imported(null, [importFixture("shopify/orders_export.csv")]);
    expect(notes).toContain("order left out: a test payment");
    expect(notes).toContain("order left out: cancelled");
    expect(notes).toContain("order left out: payment pending");
    expect(notes).toContain("revenue holds the shipping that customers paid");
  });

  it("keeps no address of a customer in the dataset", async () => {
    const { tables } = await imported(null, [importFixture("shopify/orders_export.csv")]);
    expect(Object.values(tables).join("\n")).not.toContain("example.com");
  });

  it("takes the day of the zone that is asked for", async () => {
    const line = "#1,a@b.c,paid,EUR,0,10,2026-03-01 23:58:12 -0500,,0,";
    const asWritten = await imported("shopify-orders", orders(line));
    const inParis = await imported("shopify-orders", orders(line), { zone: "Europe/Paris" });
    expect(tableRows(asWritten.tables["revenue.csv"])[0]?.date).toBe("2026-03-01");
    expect(tableRows(inParis.tables["revenue.csv"])[0]?.date).toBe("2026-03-02");
  });

  it("takes duties off, which are the state's", async () => {
    const { tables } = await imported(
      "shopify-orders",
      orders("#1,a@b.c,paid,USD,5,60,2026-03-01 10:00:00 +0000,,0,15"),
    );
    expect(tableRows(tables["revenue.csv"])[0]?.revenue).toBe("40");
  });

  it("refuses orders in two currencies, unless one is chosen", async () => {
    const files = orders(
      "#1,a@b.c,paid,EUR,0,10,2026-03-01 10:00:00 +0100,,0,",
      "#2,a@b.c,paid,USD,0,20,2026-03-01 11:00:00 +0100,,0,",
    );
    expect(await importProblems("shopify-orders", files)).toMatchObject([
      { code: "import.twoCurrencies", file: "orders.csv", line: 3 },
    ]);
    const { tables, notes } = await imported("shopify-orders", files, { currency: "USD" });
    expect(tableRows(tables["revenue.csv"])).toMatchObject([{ revenue: "20", orders: "1" }]);
    expect(notes).toContain("order left out: in EUR");
  });

  it("names line, column and value of what it cannot read", async () => {
    const problems = await importProblems(
      "shopify-orders",
      orders(
        "#1,a@b.c,paid,EUR,0,ten,2026-03-01 10:00:00 +0100,,0,",
        "#2,a@b.c,paid,EUR,0,10.50,yesterday,,0,",
        "#3,a@b.c,settled,EUR,0,10.50,2026-03-01 10:00:00 +0100,,0,",
        "#4,a@b.c,paid,EUR,0,10.50,2026-03-01 10:00:00 +0100,,10.51,",
        "#5,a@b.c,paid,EUR,,10.50,2026-03-01 10:00:00 +0100,,0,",
      ),
    );
    expect(problems).toMatchObject([
      { line: 2, path: "Total", found: '"ten"', code: "import.number" },
      { line: 3, path: "Created at", found: '"yesterday"', code: "import.day" },
      { line: 4, path: "Financial Status", found: '"settled"', code: "import.orderStatus" },
      { line: 5, path: "Total", found: '"10.50"', code: "import.orderAmounts" },
      { line: 6, path: "Taxes", code: "import.blank" },
    ]);
  });

  it("refuses a line of items whose order is not above it", async () => {
    const problems = await importProblems(
      "shopify-orders",
      orders("#1,a@b.c,paid,EUR,0,10.50,2026-03-01 10:00:00 +0100,,0,", "#2,a@b.c,,,,,,,,"),
    );
    expect(problems).toMatchObject([{ line: 3, path: "Name", found: '"#2"', code: "import.orderLine" }]);
  });

  it("refuses the same order twice", async () => {
    const line = "#1,a@b.c,paid,EUR,0,10.50,2026-03-01 10:00:00 +0100,,0,";
    const problems = await importProblems("shopify-orders", orders(line, line));
    expect(problems).toMatchObject([{ line: 3, code: "import.duplicateRow" }]);
  });
});

describe("imports/kinds/shopify-report", () => {
  it("takes Net sales as revenue, returns as refunds, and leaves the totals", async () => {
    const { tables, kind, notes } = await imported(null, [
      importFixture("shopify/total_sales_over_time.csv"),
    ]);
    expect(kind).toBe("shopify-report");
    expect(tableRows(tables["revenue.csv"])).toEqual([
      {
        ...{ date: "2026-03-01", revenue: "4538.92", orders: "18", new_customers: "11" },
        ...{ sessions: "612", refunds: "48.12" },
      },
      {
        ...{ date: "2026-03-02", revenue: "2340.83", orders: "11", new_customers: "7" },
        ...{ sessions: "580", refunds: "0" },
      },
      {
        ...{ date: "2026-03-03", revenue: "-60", orders: "0", new_customers: "0" },
        ...{ sessions: "401", refunds: "60" },
      },
    ]);
    expect(notes).toContain("row of totals not read");
  });

  it("reads the French report with semicolons and decimal commas", async () => {
    const { tables } = await imported(null, [importFixture("shopify/ventes_au_fil_du_temps.csv")]);
    expect(tableRows(tables["revenue.csv"])).toEqual([
      { date: "2026-03-01", revenue: "4538.92", orders: "18", refunds: "48.12" },
      { date: "2026-03-02", revenue: "2340.83", orders: "11", refunds: "0" },
    ]);
  });

  it("names line, column and value of what it cannot read", async () => {
    const rows = ["2026-03-01,1.5,10.00", "2026-02-30,2,ten", "2026-03-03,2,", ",9,30.50", ",2,5.00"];
    const text = `Day,Orders,Net sales\n${rows.join("\n")}\n`;
    expect(await importProblems("shopify-report", [{ name: "report.csv", text }])).toMatchObject([
      { file: "report.csv", line: 2, path: "Orders", found: '"1.5"' },
      { line: 3, path: "Day", found: '"2026-02-30"' },
      { line: 3, path: "Net sales", found: '"ten"' },
      { line: 4, path: "Net sales", code: "import.blank" },
      { line: 6, path: "Day", code: "import.blank" },
    ]);
  });
});
