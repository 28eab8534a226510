import { describe, expect, it } from "vitest";
import { addDays } from "../../../lib/domain/day.ts";
import { LogError } from "../../../lib/log/errors.ts";
import { googleManifest } from "../../../lib/platforms/google/manifest.ts";
import { attempted, worstOf } from "../../../lib/runtime/doctor/finding.ts";
import { checkShop } from "../../../lib/runtime/doctor/shop.ts";
import { judgeVersion } from "../../../lib/runtime/doctor/version.ts";
import { aBrand } from "../../support/snapshot.ts";

/** 2026-03-11 04:10 in Paris. */
const NIGHT_MS = 1_773_198_600_000;

describe("lib/runtime/doctor/version", () => {
  it.each([
    ["2027-05-02", "ok", "in 91 days"],
    ["2027-06-02", "warning", "in 60 days"],
    ["2027-06-01", "ok", "in 61 days"],
    ["2027-08-01", "failed", "may be gone since 2027-08-01"],
  ])("judges Google's version on %s as %s", (today, status, words) => {
    const finding = judgeVersion(googleManifest, {}, today);
    expect(finding).toMatchObject({ status, found: expect.stringContaining(words) });
  });

  it("knows no end of a version that somebody set, and of one without an announced end none is in sight", () => {
    const set = judgeVersion(googleManifest, { PALIER_GOOGLE_VERSION: "v24" }, "2026-03-11");
    expect(set).toMatchObject({ status: "warning", found: expect.stringContaining("v24") });
    const endless = judgeVersion({ ...googleManifest, apiVersionEnds: null }, {}, "2030-01-01");
    expect(endless).toMatchObject({ status: "ok" });
  });
});

describe("lib/runtime/doctor/shop", () => {
  it.each([
    [0, "ok"],
    [1, "warning"],
    [3, "warning"],
    [4, "failed"],
    [40, "failed"],
  ])("judges figures that end %i days before yesterday as %s", async (late, status) => {
    const day = addDays("2026-03-10", -late);
    const row = { day, revenueMicros: 1n, orders: null, newCustomers: null, sessions: null };
    const shop = {
      fetchDays: async (from: string, to: string) => ({
        source: "books",
        days: day >= from && day <= to ? [row] : [],
      }),
    };
    expect(await checkShop(aBrand(), shop, NIGHT_MS)).toMatchObject([{ check: "shop.figures", status }]);
  });

  it("warns of a brand without a shop", async () => {
    expect(await checkShop(aBrand(), null, NIGHT_MS)).toMatchObject([{ status: "warning" }]);
  });
});

describe("lib/runtime/doctor/finding", () => {
  it("turns one of our own errors into a finding, and lets a fault of Palier through", async () => {
    const broken = new LogError("log.tampered", "atelier-lune", 3, "the hash does not match");
    const findings = await attempted("log.readable", "atelier-lune", async () => {
      throw broken;
    });
    expect(findings).toMatchObject([{ status: "failed", found: expect.stringContaining("position 3") }]);
    const fault = attempted("log.readable", "atelier-lune", async () => {
      throw new TypeError("undefined is not a function");
    });
    await expect(fault).rejects.toThrow(TypeError);
  });

  it("tells the worst of what was found", () => {
    const of = (...statuses: ("ok" | "warning" | "failed")[]) =>
      worstOf(statuses.map((status) => ({ check: "c", subject: "s", status, found: "", fix: null })));
    expect([of("ok", "failed", "warning"), of("warning", "ok"), of("ok"), of()]).toEqual([
      "failed",
      "warning",
      "ok",
      "ok",
    ]);
  });
});
