import { describe, expect, it } from "vitest";
import { PlatformError } from "../../../lib/platforms/errors.ts";
import type { Access, Platform } from "../../../lib/platforms/port.ts";
import { createWatch } from "../../../lib/runtime/aws/watch.ts";
import { aBrand } from "../../support/snapshot.ts";
import { recordingTelemetry } from "../../support/telemetry.ts";

const HOUR_MS = 3_600_000;
/** 2026-12-31 in Paris: Meta's v25 may be gone from 2027-02-18 on. */
const NOW_MS = Date.parse("2026-12-31T04:10:00+01:00");

function aWatch(answer: Partial<Access> | Error) {
  const telemetry = recordingTelemetry();
  const time = { nowMs: NOW_MS };
  const asked: string[] = [];
  const clock = { nowMs: async () => time.nowMs, monotonicMs: () => 0, wait: async () => {} };
  const checkAccess = async (account: { accountId: string }) => {
    asked.push(account.accountId);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const ports = { clock, platform: async () => ({ checkAccess }) as unknown as Platform };
  const watch = createWatch(telemetry);
  return { telemetry, time, asked, tell: async () => await watch.afterWork(ports, aBrand()) };
}

describe("lib/runtime/aws/watch", () => {
  it("counts whole hours to the end of a token, and days to the end of the API's version", async () => {
    const { telemetry, tell } = aWatch({ endsAtMs: NOW_MS + 47.9 * HOUR_MS });
    await tell();
    expect(telemetry.counts).toEqual({ ApiVersionDaysLeft: 49, TokenHoursLeft: 47 });
  });

  it("says nothing of a token that does not end", async () => {
    const { telemetry, tell } = aWatch({ endsAtMs: null });
    await tell();
    expect(telemetry.counts).toEqual({ ApiVersionDaysLeft: 49 });
  });

  it("asks a platform once in six hours, whichever brands' nights are over", async () => {
    const { asked, time, tell } = aWatch({ endsAtMs: null });
    await tell();
    time.nowMs += 6 * HOUR_MS - 1;
    await tell();
    expect(asked).toEqual(["1001"]);
    time.nowMs += 1;
    await tell();
    expect(asked).toEqual(["1001", "1001"]);
  });

  it("lets no platform's trouble into a night that is over", async () => {
    const details = { code: null, subcode: null, traceId: null, retryAfterMs: null };
    const away = new PlatformError("no answer", { platform: "meta", kind: "unavailable", ...details });
    const { telemetry, tell } = aWatch(away);
    await tell();
    expect(telemetry.lines).toMatchObject([{ fields: { platform: "meta", detail: "no answer" } }]);
  });
});
