import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { deliverySchema, parseRows } from "../../../lib/platforms/google/schemas.ts";
import { aConversionAction, aFetchRequest, aGooglePlatform } from "../../support/google-platform.ts";

const ACCOUNT = { customer: { id: "2000000002" } };
const NAME = "Purchase (web)";

function cost(date: string, metrics: object, fields: object = {}): object {
  return { ...ACCOUNT, segments: { date }, metrics, ...fields };
}

function converted(date: string, metrics: object, fields: object = {}, conversionActionName = NAME): object {
  return { ...ACCOUNT, segments: { date, conversionActionName }, metrics, ...fields };
}

async function insightsOf(answers: Parameters<typeof aGooglePlatform>[0], request = aFetchRequest()) {
  const { google, platform } = await aGooglePlatform(answers);
  const { snapshot } = await platform.fetchAccount(request);
  return { insights: snapshot.insights, queries: google.rest.map(({ gaql }) => gaql) };
}

describe("lib/platforms/google/insights", () => {
  it("joins cost and both kinds of conversion days by day, what is left out being zero", async () => {
    const { insights } = await insightsOf({
      "customer cost": [
        cost("2026-03-10", { costMicros: "1234567", impressions: "1000", clicks: "21" }),
        cost("2026-03-08", { impressions: "3" }),
      ],
      "customer conversions": [
        converted("2026-03-10", {
          conversions: 1.5,
          conversionsValue: 90.25,
          conversionsByConversionDate: 2,
          conversionsValueByConversionDate: 120,
        }),
        converted("2026-03-09", { conversionsByConversionDate: 1, conversionsValueByConversionDate: 60 }),
      ],
    });
    expect(insights).toEqual([
      {
        level: "account",
        entityId: "2000000002",
        day: "2026-03-08",
        spendMicros: 0n,
        impressions: 3,
        clicks: 0,
        linkClicks: 0,
        conversions: 0,
        conversionValueMicros: 0n,
        onConversionDay: { conversions: 0, conversionValueMicros: 0n },
      },
      {
        level: "account",
        entityId: "2000000002",
        day: "2026-03-09",
        spendMicros: 0n,
        impressions: 0,
        clicks: 0,
        linkClicks: 0,
        conversions: 0,
        conversionValueMicros: 0n,
        onConversionDay: { conversions: 1, conversionValueMicros: 60_000_000n },
      },
      {
        level: "account",
        entityId: "2000000002",
        day: "2026-03-10",
        spendMicros: 1_234_567n,
        impressions: 1_000,
        clicks: 21,
        linkClicks: 21,
        conversions: 1.5,
        conversionValueMicros: 90_250_000n,
        onConversionDay: { conversions: 2, conversionValueMicros: 120_000_000n },
      },
    ]);
  });

  it("sums several conversion actions, fractions and retractions included", async () => {
    const request = aFetchRequest({ conversions: [NAME, "L'achat"] });
    const { insights, queries } = await insightsOf(
      {
        conversion_action: [aConversionAction(), aConversionAction({ id: "2", name: "L'achat" })],
        "customer conversions": [
          converted("2026-03-10", { conversions: 0.1, conversionsValue: 12.340000000000002 }),
          converted("2026-03-10", { conversions: 0.2, conversionsValue: -2.34 }, {}, "L'achat"),
        ],
      },
      request,
    );
    expect(insights).toMatchObject([{ conversions: 0.3, conversionValueMicros: 10_000_000n }]);
    const asked = queries.find((gaql) => gaql.includes("conversion_action_name"));
    expect(asked).toMatch(/ AND segments\.conversion_action_name IN \('Purchase \(web\)', 'L\\'achat'\)$/);
    expect(asked).not.toContain("all_conversions");
  });

  it("counts an action that the plain column leaves out from the column of all", async () => {
    const request = aFetchRequest({ conversions: [NAME, "Lead"] });
    const both = {
      conversions: 1,
      conversionsByConversionDate: 1,
      allConversions: 4,
      allConversionsByConversionDate: 5,
    };
    const { insights } = await insightsOf(
      {
        conversion_action: [
          aConversionAction(),
          aConversionAction({ id: "2", name: "Lead", includeInConversionsMetric: false }),
        ],
        "customer conversions": [
          converted("2026-03-10", both),
          converted("2026-03-09", { ...both, allConversionsValue: 7, conversionsValue: 3 }, {}, "Lead"),
        ],
      },
      request,
    );
    expect(insights).toMatchObject([
      {
        day: "2026-03-09",
        conversions: 4,
        conversionValueMicros: 7_000_000n,
        onConversionDay: { conversions: 5 },
      },
      { day: "2026-03-10", conversions: 1, onConversionDay: { conversions: 1 } },
    ]);
  });

  it("counts further conversions with the same queries: those of actions that record, by their click", async () => {
    const request = aFetchRequest({
      claims: [
        { key: "lead/asSet", names: ["Lead", "Call"], attribution: "asSet" },
        { key: "shop/asSet", names: [NAME], attribution: "asSet" },
        { key: "purchase/7dClick", names: [NAME], attribution: "7dClick" },
        { key: "typo/asSet", names: ["Leed"], attribution: "asSet" },
        { key: "none/asSet", names: [], attribution: "asSet" },
      ],
    });
    const { google, platform } = await aGooglePlatform({
      conversion_action: [
        aConversionAction(),
        aConversionAction({ id: "2", name: "Lead", includeInConversionsMetric: false }),
        aConversionAction({ id: "3", name: "Call" }),
      ],
      "customer conversions": [
        converted("2026-03-10", { conversions: 2, conversionsValue: 10, allConversions: 9 }),
        converted("2026-03-10", { allConversions: 0.1, allConversionsValue: 5.5 }, {}, "Lead"),
        converted("2026-03-10", { conversions: 0.2, allConversions: 7 }, {}, "Call"),
      ],
    });
    const { snapshot, requests } = await platform.fetchAccount(request);
    expect(snapshot.claims).toEqual(["lead/asSet", "shop/asSet"]);
    expect(snapshot.insights).toMatchObject([
      {
        conversions: 2,
        conversionValueMicros: 10_000_000n,
        claims: {
          "lead/asSet": { conversions: 0.3, conversionValueMicros: 5_500_000n },
          "shop/asSet": { conversions: 2, conversionValueMicros: 10_000_000n },
        },
      },
    ]);
    // Campaigns, actions, currency, cost and conversions of the account, history.
    expect(requests).toBe(6);
    const gaql = google.rest.map((one) => one.gaql).find((one) => one.includes("IN ("));
    expect(gaql).toMatch(/ IN \('Purchase \(web\)', 'Lead', 'Call'\)$/);
  });

  it("asks each level for the covered days, and keeps campaigns that the census does not list", async () => {
    const request = aFetchRequest({ levels: ["campaign"] });
    const { insights, queries } = await insightsOf(
      {
        "customer cost": [cost("2026-02-04", { costMicros: "5" })],
        "campaign cost": [cost("2026-02-04", { costMicros: "5" }, { campaign: { id: "4999" } })],
      },
      request,
    );
    expect(insights).toMatchObject([{}, { level: "campaign", entityId: "4999", spendMicros: 5n }]);
    expect(queries[3]).toBe(
      "SELECT customer.id, segments.date, metrics.cost_micros, metrics.impressions, metrics.clicks FROM customer WHERE segments.date BETWEEN '2026-02-04' AND '2026-03-10'",
    );
    expect(queries[5]).toMatch(/^SELECT customer\.id, campaign\.id, segments\.date, .* FROM campaign WHERE /);
  });

  it.each<[string, Parameters<typeof aGooglePlatform>[0]]>([
    [
      "a row of another account",
      { "customer cost": [cost("2026-03-10", {}, { customer: { id: "2000000003" } })] },
    ],
    ["a day before those asked for", { "customer cost": [cost("2026-02-03", {})] }],
    ["a day after those asked for", { "customer conversions": [converted("2026-03-11", {})] }],
    ["a day twice", { "customer cost": [cost("2026-03-10", {}), cost("2026-03-10", {})] }],
    [
      "conversions twice",
      { "customer conversions": [converted("2026-03-10", {}), converted("2026-03-10", {})] },
    ],
    ["another action", { "customer conversions": [converted("2026-03-10", {}, {}, "Lead")] }],
    ["a campaign's row without its id", { "campaign cost": [cost("2026-03-10", {})] }],
    ["a cost that is no integer", { "customer cost": [cost("2026-03-10", { costMicros: "1.5" })] }],
    [
      "a count that is no number",
      { "customer conversions": [converted("2026-03-10", { conversions: "NaN" })] },
    ],
  ])("calls an answer with %s malformed", async (_, answers) => {
    const request = aFetchRequest({ levels: ["campaign"] });
    await expect(insightsOf(answers, request)).rejects.toMatchObject({ details: { kind: "malformed" } });
  });

  it.each<[string, string, Parameters<typeof aGooglePlatform>[0]]>([
    [
      "its campaigns spent on a day without the account",
      "2026-03-09 by campaigns and of none by account",
      {
        "customer cost": [cost("2026-03-10", { costMicros: "7" })],
        "campaign cost": [
          cost("2026-03-10", { costMicros: "7" }, { campaign: { id: "5001" } }),
          cost("2026-03-09", { costMicros: "7" }, { campaign: { id: "5001" } }),
        ],
      },
    ],
    [
      "it spent without any of its campaigns",
      "2026-03-10 by account and of none by campaigns",
      {
        "customer cost": [cost("2026-03-10", { costMicros: "7" })],
        "campaign cost": [cost("2026-03-10", { clicks: "1" }, { campaign: { id: "5001" } })],
      },
    ],
  ])("fails the account when %s: one of the answers is not whole", async (_, told, answers) => {
    const request = aFetchRequest({ levels: ["campaign"] });
    await expect(insightsOf(answers, request)).rejects.toMatchObject({
      message: `Google tells of spend on ${told}`,
      details: { kind: "malformed" },
    });
  });

  it("reads the rows of a recorded answer once they name their account", () => {
    const [batch] = JSON.parse(
      readFileSync("tests/fixtures/google/search_stream_customer_daily.json", "utf8"),
    );
    const named = batch.results.map((row: object) => ({ ...row, customer: { id: "123321321" } }));
    const rows = parseRows(deliverySchema, named, "a recording");
    expect(rows[0]).toMatchObject({
      segments: { date: "2024-06-01" },
      metrics: { costMicros: 1_061_083_620n, clicks: 204, impressions: 0 },
    });
  });
});
