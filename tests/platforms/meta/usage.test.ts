import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retryAfterMs, usageOf } from "../../../lib/platforms/meta/usage.ts";

describe("lib/platforms/meta/usage", () => {
  it("reads Meta's recorded business header: 100 %, and the wait in minutes", () => {
    const header = readFileSync("tests/fixtures/meta/header_x_business_use_case_usage.json", "utf8");
    expect(usageOf({ "x-business-use-case-usage": header })).toEqual({
      highestPercent: 100,
      regainMs: 600_000,
    });
  });

  it.each<[string, Record<string, string>, number, number | null]>([
    ["the app's header", { "x-app-usage": '{"call_count":12,"total_cputime":31,"total_time":5}' }, 31, null],
    [
      "the account's header, with its wait in seconds",
      { "x-ad-account-usage": '{"acc_id_util_pct":67.5,"reset_time_duration":300}' },
      67.5,
      300_000,
    ],
    [
      "the insights header",
      { "x-fb-ads-insights-throttle": '{"app_id_util_pct":5,"acc_id_util_pct":91}' },
      91,
      null,
    ],
    [
      "the highest of several buckets and headers",
      {
        "x-app-usage": '{"call_count":80}',
        "x-business-use-case-usage":
          '{"1":[{"type":"ads_insights","call_count":20},{"type":"ads_management","total_time":95,"estimated_time_to_regain_access":2}]}',
      },
      95,
      120_000,
    ],
    ["no header", {}, 0, null],
    ["broken JSON", { "x-app-usage": '{"call_count":' }, 0, null],
    ["words for numbers", { "x-app-usage": '{"call_count":"many"}' }, 0, null],
    ["null", { "x-app-usage": "null" }, 0, null],
    ["a list of nulls", { "x-business-use-case-usage": '{"1":[null]}' }, 0, null],
  ])("reads %s", (_, headers, highestPercent, regainMs) => {
    expect(usageOf(headers)).toEqual({ highestPercent, regainMs });
  });

  it("never fails on what it cannot read", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (header) => {
        expect(usageOf({ "x-business-use-case-usage": header }).highestPercent).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it.each<[string, Record<string, string>, number | null]>([
    ["seconds in Retry-After", { "retry-after": "7" }, 7_000],
    [
      "a date in Retry-After, which Meta does not send",
      { "retry-after": "Wed, 11 Mar 2026 04:10:00 GMT" },
      null,
    ],
    ["no header", {}, null],
  ])("takes the wait from %s", (_, headers, waitMs) => {
    expect(retryAfterMs(headers)).toBe(waitMs);
  });
});
