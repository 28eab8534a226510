import { describe, expect, it } from "vitest";
import type { Progress } from "../../lib/loop/ports.ts";
import { fetchAccount } from "../../lib/loop/steps/fetch.ts";
import { PlatformError } from "../../lib/platforms/errors.ts";
import type { FetchRequest, FetchResult } from "../../lib/platforms/port.ts";
import { BRAND, ROUND_ID } from "../support/log.ts";
import { aLoop } from "../support/loop.ts";
import { aCampaign, anAccount } from "../support/snapshot.ts";

const DOWN = new PlatformError("no answer from Meta", {
  platform: "meta",
  kind: "unavailable",
  code: null,
  subcode: null,
  traceId: null,
  retryAfterMs: null,
});

const DAY_MS = 86_400_000;

describe("lib/loop/steps/fetch", () => {
  it.each([
    ["comes in", async () => ({ snapshot: anAccount(), requests: 6 }), null],
    ["fails", () => Promise.reject(DOWN), DOWN],
  ] as const)(
    "adds nothing to a round that another process sealed meanwhile: the account %s",
    async (_name, answer, error) => {
      const loop = await aLoop();
      const [account] = loop.config.brand.accounts;
      if (account === undefined) throw new Error("the brand has an account");
      const before = (await loop.ports.log.state(BRAND)).position;
      const ports = {
        ...loop.ports,
        platform: async (id: string) => ({
          ...(await loop.ports.platform(id)),
          fetchAccount: async (): Promise<FetchResult> => await answer(),
        }),
      };
      expect(await fetchAccount(ports, loop.config, ROUND_ID, account)).toBe(error);
      expect((await loop.ports.log.state(BRAND)).position).toBe(before);
    },
  );

  it("tells what a night's requests were for, beside the ordinary", async () => {
    const told: Progress[] = [];
    const loop = await aLoop();
    const [account] = loop.config.brand.accounts;
    if (account === undefined) throw new Error("the brand has an account");
    const span = { from: "2026-03-04", to: "2026-03-10", reach: 4, impressions: 9 };
    const shares = { impressionPercent: 40, lostToBudgetPercent: 35, lostToRankPercent: 25 };
    const snapshot = anAccount({
      claims: ["lead/asSet"],
      people: ["1", "2"].map((entityId) => ({ level: "adGroup", span: "7d", entityId, ...span })),
      entities: [aCampaign({ searchShares: shares })],
    });
    const platform = async (id: string) => ({
      ...(await loop.ports.platform(id)),
      fetchAccount: async (): Promise<FetchResult> => ({ snapshot, requests: 6 }),
    });
    const onProgress = (progress: Progress) => void told.push(progress);
    await fetchAccount({ ...loop.ports, platform, onProgress }, loop.config, ROUND_ID, account);
    expect(told.at(-1)).toMatchObject({
      kind: "fetched",
      requests: 6,
      further: ["conversions of lead/asSet", "people 7d of adGroup", "shares of searches"],
    });
  });

  it.each([
    ["3 days for other people's edits and 7 for an unknown learning state", {}, 7 * DAY_MS],
    ["8 days for other people's edits", { foreignEditHours: 192 }, 8 * DAY_MS],
    ["20 days for an unknown learning state", { learningUnknownDays: 20 }, 20 * DAY_MS],
  ])("asks for the history as far back as the brand looks: %s", async (_name, limits, agoMs) => {
    const loop = await aLoop({ brand: { limits } });
    const [account] = loop.config.brand.accounts;
    if (account === undefined) throw new Error("the brand has an account");
    const asked: FetchRequest[] = [];
    const ports = {
      ...loop.ports,
      platform: async (id: string) => ({
        ...(await loop.ports.platform(id)),
        fetchAccount: async (request: FetchRequest): Promise<FetchResult> => {
          asked.push(request);
          return await Promise.reject(DOWN);
        },
      }),
    };
    await fetchAccount(ports, loop.config, ROUND_ID, account);
    expect(asked.map(({ nowMs, editsFromMs }) => nowMs - editsFromMs)).toEqual([agoMs]);
  });
});
