import { describe, expect, it } from "vitest";
import type { LogEvent } from "../../../lib/log/events.ts";
import { RepublishedError, whilePublished } from "../../../lib/runtime/aws/published.ts";
import { deskChanged } from "../../support/desk-events.ts";
import { aLog, BRAND, NIGHT_MS, roundStarted, snapshotSealed } from "../../support/log.ts";

const [OLD, NEW] = ["1".repeat(64), "2".repeat(64)];

function publishedAs(sourceHash: string): LogEvent {
  return { type: "rulesPublished", v: 1, atMs: NIGHT_MS, by: "lea", sourceHash, ruleHashes: [] };
}

describe("lib/runtime/aws/published", () => {
  it.each([
    ["decides nothing", "older", snapshotSealed(), "appended"],
    ["brings back whom the newer desk took off", "older", deskChanged(), "refused"],
    ["puts its own desk on record", "same", deskChanged(), "appended"],
  ] as const)("a run that %s, over the %s files", async (_what, files, event, told) => {
    const log = aLog();
    await log.append(BRAND, () => [publishedAs(OLD), roundStarted()]);
    const current = whilePublished(log, OLD);
    if (files === "older") await log.append(BRAND, () => [publishedAs(NEW)]);
    const appended = current.append(BRAND, () => [event]);
    if (told === "refused") await expect(appended).rejects.toThrow(RepublishedError);
    else expect((await appended)?.events).toEqual([event]);
    expect((await log.state(BRAND)).desk === null).toBe(event.type !== "deskChanged" || told === "refused");
  });
});
