import { describe, expect, it } from "vitest";
import { holds, spanOf } from "../../lib/sandbox/google/gaql/conditions.ts";
import { type Condition, parseQuery } from "../../lib/sandbox/google/gaql/parse.ts";
import { GoogleError } from "../../lib/sandbox/google/google-error.ts";

function codeThrownBy(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof GoogleError) return error.problems[0]?.error_code.query_error;
    throw error;
  }
  return undefined;
}

function condition(text: string): Condition {
  const [parsed] = parseQuery(`SELECT campaign.id FROM campaign WHERE ${text}`).where;
  if (parsed === undefined) throw new Error("no condition");
  return parsed;
}

describe("lib/sandbox/google/gaql", () => {
  it("reads every clause, keywords in any case", () => {
    const query = parseQuery(
      `select campaign.id, metrics.clicks From campaign
       WHERE campaign.status IN ('ENABLED', PAUSED) AND metrics.clicks >= 10 and campaign.name NOT LIKE "%old\\"%"
       ORDER BY metrics.clicks DESC, campaign.id LIMIT 5 PARAMETERS include_drafts=false`,
    );
    expect(query).toEqual({
      select: ["campaign.id", "metrics.clicks"],
      from: "campaign",
      where: [
        { field: "campaign.status", operator: "IN", values: ["ENABLED", "PAUSED"] },
        { field: "metrics.clicks", operator: ">=", values: ["10"] },
        { field: "campaign.name", operator: "NOT LIKE", values: ['%old"%'] },
      ],
      orderBy: [
        { field: "metrics.clicks", descending: true },
        { field: "campaign.id", descending: false },
      ],
      limit: 5,
      parameters: { include_drafts: "false" },
    });
  });

  it.each([
    ["campaign.id BETWEEN 1 AND 3", "BETWEEN", ["1", "3"]],
    ["campaign.labels CONTAINS ANY ('a', 'b')", "CONTAINS ANY", ["a", "b"]],
    ["campaign.name IS NOT NULL", "IS NOT NULL", []],
    ["segments.date DURING LAST_7_DAYS", "DURING", ["LAST_7_DAYS"]],
    ["campaign.id NOT IN (1)", "NOT IN", ["1"]],
  ])("reads the condition %s", (text, operator, values) => {
    expect(condition(text)).toMatchObject({ operator, values });
  });

  it.each([
    ["", "EXPECTED_SELECT"],
    ["SELECT FROM campaign", "EXPECTED_FROM"],
    ["SELECT campaign.id", "EXPECTED_FROM"],
    ["SELECT campaign.id, FROM", "EXPECTED_FROM"],
    ["SELECT campaign.id FROM campaign WHERE", "UNEXPECTED_END_OF_QUERY"],
    ["SELECT campaign.id FROM campaign WHERE campaign.id", "UNEXPECTED_END_OF_QUERY"],
    ["SELECT campaign.id FROM campaign WHERE campaign.id ( 5", "BAD_OPERATOR"],
    ["SELECT campaign.id FROM campaign WHERE campaign.id BETWEEN 1, 2", "EXPECTED_AND"],
    ["SELECT campaign.id FROM campaign WHERE campaign.id IN 5", "EXPECTED_LIST"],
    ["SELECT campaign.id FROM campaign WHERE campaign.id IN ()", "PROHIBITED_EMPTY_LIST_IN_CONDITION"],
    ["SELECT campaign.id FROM campaign ORDER campaign.id", "EXPECTED_BY"],
    ["SELECT campaign.id FROM campaign LIMIT 0", "LIMIT_VALUE_TOO_LOW"],
    ["SELECT campaign.id FROM campaign LIMIT many", "BAD_LIMIT_VALUE"],
    ["SELECT campaign.id FROM campaign WHERE campaign.name = 'open", "STRING_NOT_TERMINATED"],
    ["SELECT campaign.id FROM campaign WHERE campaign.name = 'a\\b'", "BAD_ESCAPE_SEQUENCE"],
    ["SELECT campaign.id FROM campaign; DROP", "BAD_SYMBOL"],
    ["SELECT campaign.id FROM campaign LIMIT 5 WHERE campaign.id = 1", "UNEXPECTED_INPUT"],
  ])("refuses %s as %s", (text, code) => {
    expect(codeThrownBy(() => parseQuery(text))).toBe(code);
  });

  it.each([
    ["campaign.id < 9", 10, "int64", false],
    ["campaign.id > 9", 10, "int64", true],
    ["campaign.id = 007", 7, "int64", true],
    ["campaign.name = '10'", "9", "string", false],
    ["campaign.name LIKE '%Search%'", "PROS | Search | FR", "string", true],
    ["campaign.name LIKE 'Search'", "PROS | Search | FR", "string", false],
    ["campaign.name LIKE '100[%]_'", "100%!", "string", true],
    ["campaign.name LIKE 'a.c'", "abc", "string", false],
    ["campaign.labels CONTAINS ALL ('a', 'b')", ["a"], "string list", false],
    ["campaign.labels CONTAINS ANY ('a', 'b')", ["a"], "string list", true],
    ["campaign.labels CONTAINS NONE ('b')", ["a"], "string list", true],
    ["customer.manager = TRUE", true, "bool", true],
    ["campaign.name IS NULL", undefined, "string", true],
    ["campaign.id <= 5", undefined, "int64", false],
    ["campaign.id != 5", undefined, "int64", true],
    ["campaign.id NOT IN (1, 2)", 2, "int64", false],
  ])("decides %s on %j", (text, value, type, verdict) => {
    expect(holds(condition(text), value, type)).toBe(verdict);
  });

  it.each([
    ["segments.date = '2026-03-04'", "2026-03-04", "2026-03-04"],
    ["segments.date BETWEEN '20260304' AND '20260306'", "2026-03-04", "2026-03-06"],
    ["segments.date > '2026-02-28'", "2026-03-01", null],
    ["segments.date < '2026-03-01'", null, "2026-02-28"],
    ["segments.date >= '2026-03-01' AND segments.date <= '2026-03-02'", "2026-03-01", "2026-03-02"],
    ["segments.date DURING LAST_7_DAYS", "2026-03-04", "2026-03-10"],
    ["segments.date DURING TODAY", "2026-03-11", "2026-03-11"],
  ])("takes the days of %s", (text, from, to) => {
    const { where } = parseQuery(`SELECT campaign.id FROM campaign WHERE ${text}`);
    expect(spanOf(where, "2026-03-11")).toEqual({ from, to });
  });

  it.each([
    ["segments.date = '2026-02-30'", "INVALID_DATE_FORMAT"],
    ["segments.date BETWEEN '2026-03-06' AND '2026-03-04'", "INVALID_VALUE_WITH_BETWEEN_OPERATOR"],
    ["segments.date DURING LAST_8_DAYS", "INVALID_VALUE_WITH_DURING_OPERATOR"],
    ["segments.date DURING LAST_MONTH", "QUERY_ERROR"],
    ["segments.date != '2026-03-04'", "OPERATOR_FIELD_MISMATCH"],
  ])("refuses the days of %s as %s", (text, code) => {
    expect(codeThrownBy(() => spanOf([condition(text)], "2026-03-11"))).toBe(code);
  });
});
