import { describe, expect, it } from "vitest";
import { dayOfBody, parsePush } from "../../../lib/shops/push/parse.ts";

const TODAY = "2026-03-11";

function rowsOf(days: unknown) {
  const parsed = parsePush(JSON.stringify({ days }), TODAY);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.rows;
}

function problemsOf(text: string) {
  const parsed = parsePush(text, TODAY);
  return parsed.ok ? [] : parsed.problems;
}

const dayOf = (row: object) => rowsOf([row]).map(({ body }) => dayOfBody(body))[0];

describe("lib/shops/push/parse", () => {
  it("reads amounts in major units, as numbers or as texts, and counts", () => {
    const row = {
      date: "2026-03-10",
      revenue: "4310.55",
      orders: 52,
      new_customers: "31",
      sessions: 4100,
      new_customer_revenue: 900,
      product_cost: 1500.5,
      fees: 0,
      refunds: 12,
      leads: 3,
      qualified_leads: 2,
      revenue_from_meta: 1388,
      revenue_from_email: 295.1,
    };
    expect(dayOf(row)).toEqual({
      day: "2026-03-10",
      revenueMicros: 4_310_550_000n,
      orders: 52,
      newCustomers: 31,
      sessions: 4100,
      newCustomerRevenueMicros: 900_000_000n,
      productCostMicros: 1_500_500_000n,
      feesMicros: 0n,
      refundsMicros: 12_000_000n,
      leads: 3,
      qualifiedLeads: 2,
      revenueBySource: { meta: 1_388_000_000n, email: 295_100_000n },
    });
  });

  it("keeps every column as it came, a blank one too", () => {
    const [row] = rowsOf([{ date: "2026-03-10", revenue: 10.5, refunds: 2, sessions: null }]);
    expect(row).toEqual({
      day: "2026-03-10",
      body: '{"date":"2026-03-10","refunds":"2","revenue":"10.5","sessions":""}',
    });
  });

  it("takes null as unknown, and a day of refunds as it is", () => {
    const row = { date: "2026-03-10", revenue: -35.5, orders: null, revenue_from_meta: null };
    expect(dayOf(row)).toEqual({
      day: "2026-03-10",
      revenueMicros: -35_500_000n,
      orders: null,
      newCustomers: null,
      sessions: null,
    });
  });

  it("says the same of one content however its keys are ordered", () => {
    expect(rowsOf([{ revenue: 1, date: "2026-03-10" }])).toEqual(
      rowsOf([{ date: "2026-03-10", revenue: 1 }]),
    );
  });

  it("takes the day that has begun somewhere, and none after it", () => {
    expect(rowsOf([{ date: TODAY, revenue: 1 }])).toHaveLength(1);
  });

  const whole = { date: "2026-03-09", revenue: 100 };
  it.each<[string, object, string, string]>([
    ["a decimal comma", { revenue: "1,5" }, "shop.badNumber", "revenue"],
    ["a currency", { revenue: "12 EUR" }, "shop.badNumber", "revenue"],
    ["an exponent", { revenue: 1e-7 }, "shop.badNumber", "revenue"],
    ["true as an amount", { revenue: true }, "shop.badNumber", "revenue"],
    ["a list as an amount", { revenue: [1] }, "shop.badNumber", "revenue"],
    ["negative orders", { orders: -1 }, "shop.badNumber", "orders"],
    ["half an order", { orders: 1.5 }, "shop.badNumber", "orders"],
    ["a wrong cell that is not used yet", { fees: "x" }, "shop.badNumber", "fees"],
    ["a week", { days: 7 }, "shop.severalDays", "days"],
    ["a day that does not exist", { date: "2026-02-30" }, "shop.badDate", "date"],
    ["a day as a number", { date: 20260310 }, "shop.badDate", "date"],
    ["no revenue", { revenue: null }, "shop.missingColumn", "revenue"],
    ["no day", { date: null }, "shop.missingColumn", "date"],
    ["a day to come", { date: "2026-03-12" }, "shop.futureDay", "date"],
    ["the same day twice", { date: "2026-03-01" }, "shop.duplicateDay", "date"],
    ["an unknown column", { profit: 1 }, "shop.unknownColumn", "profit"],
    ["a part of every object", { constructor: 1 }, "json.forbiddenKey", "constructor"],
  ])("refuses %s by row and field", (_, over, code, field) => {
    const text = JSON.stringify({
      days: [
        { date: "2026-03-01", revenue: 1 },
        { ...whole, ...over },
      ],
    });
    expect(problemsOf(text)).toMatchObject([{ code, path: `days[1].${field}` }]);
  });

  it("refuses sources that are more than the whole", () => {
    const row = { ...whole, revenue_from_meta: 60, revenue_from_google: 41 };
    expect(problemsOf(JSON.stringify({ days: [row] }))).toMatchObject([
      {
        code: "shop.sourcesAboveRevenue",
        path: 'days[0]["revenue_from_*"]',
        found: "sources that add up to 1 more than the day's revenue",
      },
    ]);
  });

  it("refuses more sources than a shop tells apart", () => {
    const sources = Object.fromEntries(
      Array.from({ length: 31 }, (_, index) => [`revenue_from_s${index}`, 0]),
    );
    expect(problemsOf(JSON.stringify({ days: [{ ...whole, ...sources }] }))).toMatchObject([
      { code: "shop.tooManySources", found: "31 columns" },
    ]);
  });

  it("suggests the column that was meant, with its line", () => {
    expect(problemsOf('{ "days": [\n{ "date": "2026-03-01", "revenu": 3 }] }')).toMatchObject([
      { path: "days[0].revenu", line: 2, fix: 'did you mean "revenue"?' },
      { path: "days[0].revenue", line: 2, code: "shop.missingColumn" },
    ]);
  });

  it.each<[string, string, string, string]>([
    ["no JSON", "date,revenue\n", "json.syntax", ""],
    ["nothing", "", "json.empty", ""],
    ["a bare list", "[]", "push.wrongType", ""],
    ["no days", "{}", "push.missing", "days"],
    ["an empty list of days", '{"days":[]}', "push.outOfRange", "days"],
    ["a day that is no object", '{"days":[7]}', "push.wrongType", "days[0]"],
    ["another key", '{"days":[{"date":"2026-03-01","revenue":1}],"brand":"x"}', "push.unknownKey", "brand"],
    [
      "one key twice",
      '{"days":[{"date":"2026-03-01","revenue":1,"revenue":2}]}',
      "json.duplicateKey",
      "days[0].revenue",
    ],
  ])("refuses %s", (_, text, code, path) => {
    expect(problemsOf(text)).toMatchObject([{ code, path }]);
  });

  it("takes 400 days and refuses one more", () => {
    const days = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        date: new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10),
        revenue: 1,
      }));
    expect(rowsOf(days(400))).toHaveLength(400);
    expect(problemsOf(JSON.stringify({ days: days(401) }))).toMatchObject([
      { code: "push.outOfRange", path: "days", allowed: "at most 400 entries" },
    ]);
  });

  it("names all problems at once, but not without end", () => {
    const days = Array.from({ length: 60 }, () => ({ date: "x", revenue: "y" }));
    expect(problemsOf(JSON.stringify({ days }))).toHaveLength(50);
  });
});
