import { describe, expect, it } from "vitest";
import type { Access, Platform } from "../../../lib/platforms/port.ts";
import { type AccessQuestion, checkAccess } from "../../../lib/runtime/doctor/access.ts";

/** 22 November 2026, 12:00 UTC. */
const NOW_MS = 1_795_348_800_000;
const HOUR_MS = 3_600_000;
const ACCOUNT = { platform: "google", accountId: "1", conversions: ["p"], attribution: "asSet" };

/** The finding of one check, of an account where everything else is well. */
async function found(check: string, told: Partial<Access>, asked: Partial<AccessQuestion> = {}) {
  const checkup = async (): Promise<Access> => ({
    writing: "allowed",
    detail: "said so",
    endsAtMs: null,
    quotaUsedPercent: null,
    platformMs: NOW_MS,
    ...told,
  });
  const platform = { checkAccess: checkup } as unknown as Platform;
  const question = { role: "everything", leftShadow: true, wallMs: () => NOW_MS, ...asked } as const;
  const findings = await checkAccess(ACCOUNT, platform, question);
  expect(findings).toHaveLength(4);
  const others = findings.filter((one) => one.check !== check);
  expect(others.map(({ status }) => status)).toEqual(["ok", "ok", "ok"]);
  return findings.find((one) => one.check === check);
}

describe("lib/runtime/doctor/access", () => {
  it.each([
    ["everything", "allowed", true, "ok"],
    ["everything", "allowed", false, "warning"],
    ["everything", "refused", true, "warning"],
    ["everything", "refused", false, "ok"],
    ["everything", "unknown", true, "warning"],
    ["reading", "allowed", true, "failed"],
    ["reading", "allowed", false, "failed"],
    ["reading", "refused", true, "ok"],
    ["reading", "unknown", false, "warning"],
  ] as const)(
    "judges a credential for %s whose writing is %s (a rule has left shadow: %s) as %s",
    async (...row) => {
      const [role, writing, leftShadow, status] = row;
      expect(await found("access.reach", { writing }, { role, leftShadow })).toMatchObject({
        status,
        subject: "google/1",
        found: expect.stringContaining("said so"),
        fix:
          status === "ok"
            ? null
            : expect.stringMatching(/read-only access in Google Ads|permission to write/),
      });
    },
  );

  it.each([
    [24 * 8, "ok"],
    [24 * 7 - 1, "warning"],
    [48, "warning"],
    [47, "failed"],
    [-3, "failed"],
  ])("judges a credential that ends in %i hours as %s", async (hours, status) => {
    expect(await found("access.end", { endsAtMs: NOW_MS + hours * HOUR_MS })).toMatchObject({ status });
  });

  it.each([
    [74, "ok"],
    [75, "warning"],
    [90, "failed"],
  ])("judges %i %% of the quota as %s", async (quotaUsedPercent, status) => {
    expect(await found("access.quota", { quotaUsedPercent })).toMatchObject({ status });
  });

  it.each([
    [60_000, "ok", "60 s behind"],
    [-61_000, "ok", "60 s ahead of"],
    [62_000, "failed", "62 s behind"],
    [-63_000, "failed", "62 s ahead of"],
  ])("judges a platform's clock %i ms from ours as %s", async (offMs, status, words) => {
    const finding = await found("access.clock", { platformMs: NOW_MS + offMs });
    expect(finding).toMatchObject({ status, found: expect.stringContaining(words) });
  });

  it("takes the time that a slow answer needs for no difference, and an answer without a time for a warning", async () => {
    const times = [NOW_MS - 90_000, NOW_MS];
    const wallMs = () => times.shift() ?? 0;
    expect(await found("access.clock", { platformMs: NOW_MS - 80_000 }, { wallMs })).toMatchObject({
      status: "ok",
      found: expect.stringContaining("agree"),
    });
    expect(await found("access.clock", { platformMs: null })).toMatchObject({ status: "warning" });
  });
});
