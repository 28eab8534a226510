import { describe, expect, it } from "vitest";
import { parseSeries } from "../../../lib/rules/cases/series.ts";

describe("lib/rules/cases/series", () => {
  it.each([
    ["20x3", ["20", "20", "20"]],
    ["10 12 0 - 15x2", ["10", "12", "0", null, "15", "15"]],
    ["-x2 0.5", [null, null, "0.5"]],
    ["-3.25", ["-3.25"]],
    ["  7   8  ", ["7", "8"]],
  ])("reads %j, oldest first", (text, days) => {
    expect(parseSeries(text)).toEqual(days);
  });

  it.each(["", "20x", "x3", "20x0", "20 x3", "1e3", "1,5", "--", "0.1234567", "20x801", "1x800 1", "NaN"])(
    "refuses %j",
    (text) => {
      expect(parseSeries(text)).toBeNull();
    },
  );

  it("reads as many days as two years have", () => {
    expect(parseSeries("1x731")).toHaveLength(731);
  });
});
