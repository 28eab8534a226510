import { describe, expect, it } from "vitest";
import { imported, importFixture, importProblems, tableRows } from "../../support/import-fixtures.ts";

const TABLES = ["order", "order_line", "refund", "order_line_refund", "transaction"];
const FILES = TABLES.map((table) => importFixture(`fivetran-orders/shopify_${table}_data.csv`));
const ORDER_HEADER =
  "id,email,currency,total_tax,total_price,created_at,customer_id,financial_status,cancelled_at,test";

function orderFile(...lines: string[]) {
  return { name: "order.csv", text: [ORDER_HEADER, ...lines, ""].join("\n") };
}

describe("imports/kinds/fivetran-orders", () => {
  it("reads the tables as they are, one currency of them, by the shop's days", async () => {
    const { tables, kind, notes } = await imported(null, FILES, { currency: "GBP", zone: "Europe/London" });
    expect(kind).toBe("fivetran-orders");
    // 23:01:54 UTC on the 9th is the 10th in London; two of the orders are of one customer.
    expect(tableRows(tables["revenue.csv"])).toEqual([
      ...[
        {
          date: "2020-09-09",
          revenue: "5.39",
          orders: "1",
          new_customers: "1",
          new_customer_revenue: "5.39",
        },
      ],
      ...[
        { date: "2020-09-10", revenue: "3.79", orders: "1", new_customers: "0", new_customer_revenue: "0" },
      ],
      ...[
        { date: "2020-09-11", revenue: "2.8", orders: "1", new_customers: "1", new_customer_revenue: "2.8" },
      ],
    ]);
    expect(notes).toContain("order left out: in USD");
    expect(notes).toContain("5 lines of refunds that no file has are left out");
    expect(notes).toContain("table transaction not read");
  });

  it("takes the tax off, in dollars", async () => {
    const { tables } = await imported(null, FILES, { currency: "USD", zone: "America/New_York" });
    const rows = tableRows(tables["revenue.csv"]);
    expect(rows.map(({ date, revenue }) => `${date} ${revenue}`)).toEqual([
      ...["2025-05-01 100", "2025-05-02 100", "2025-05-03 50", "2025-05-04 205", "2025-05-05 160"],
    ]);
  });

  it("refuses two currencies when none is chosen", async () => {
    const problems = await importProblems(null, FILES, { zone: "Europe/London" });
    expect(problems[0]).toMatchObject({
      ...{ code: "import.twoCurrencies", file: "shopify_order_data.csv", line: 5 },
      found: "an order in USD after orders in GBP",
    });
  });

  it("asks for the zone of the shop, as times are in UTC", async () => {
    const problems = await importProblems(null, FILES, { currency: "GBP" });
    expect(problems).toMatchObject([
      { code: "import.zone", file: "shopify_order_data.csv", found: "times in UTC" },
    ]);
  });

  it.each([
    { name: "orders before refunds", turn: (files: unknown[]) => files },
    { name: "refunds before orders", turn: (files: unknown[]) => [...files].reverse() },
  ])("takes refunds from the revenue of their order's day, $name", async ({ turn }) => {
    const files = [
      orderFile(
        "1,a@b.c,EUR,20.00,120.00,2026-03-01 10:00:00,7,partially_refunded,,FALSE",
        "2,d@e.f,EUR,1.50,9.50,2026-03-02 10:00:00,8,paid,,FALSE",
      ),
      { name: "refund.csv", text: "id,created_at,restock,order_id\n9,2026-03-05 10:00:00,FALSE,1\n" },
      {
        name: "lines.csv",
        text: "id,refund_id,order_line_id,subtotal\n91,9,11,25.00\n92,9,12,5.50\n",
      },
    ];
    const { tables } = await imported("fivetran-orders", turn(files) as typeof files, { zone: "UTC" });
    expect(tableRows(tables["revenue.csv"])).toMatchObject([
      { date: "2026-03-01", revenue: "69.5", orders: "1", refunds: "30.5" },
      { date: "2026-03-02", revenue: "8", orders: "1" },
    ]);
  });

  it("leaves out what was never paid, is a test or was cancelled", async () => {
    const file = orderFile(
      "1,,EUR,0,10.5,2026-03-01 10:00:00,7,paid,,FALSE",
      "2,,EUR,0,10.5,2026-03-01 10:00:00,7,paid,,TRUE",
      "3,,EUR,0,10.5,2026-03-01 10:00:00,7,pending,,FALSE",
      "4,,EUR,0,10.5,2026-03-01 10:00:00,7,paid,2026-03-01 12:00:00,FALSE",
    );
    const { tables } = await imported("fivetran-orders", [file], { zone: "UTC" });
    expect(tableRows(tables["revenue.csv"])).toMatchObject([{ revenue: "10.5", orders: "1" }]);
  });

  it("names line, column and value of what it cannot read", async () => {
    const file = orderFile(
      "1,,EUR,0,10.5,2026-03-01 10:61:00,7,paid,,FALSE",
      "2,,EUR,11,10.5,2026-03-01 10:00:00,7,paid,,FALSE",
      "3,,EUR,x,10.5,2026-03-01 10:00:00,7,paid,,FALSE",
    );
    expect(await importProblems("fivetran-orders", [file], { zone: "UTC" })).toMatchObject([
      { line: 2, path: "created_at", found: '"2026-03-01 10:61:00"' },
      { line: 3, path: "total_price", found: '"10.5"' },
      { line: 4, path: "total_tax", found: '"x"' },
    ]);
  });
});
