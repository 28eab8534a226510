import { describe, expect, it } from "vitest";
import { googleManifest } from "../../../lib/platforms/google/manifest.ts";

describe("lib/platforms/google/manifest", () => {
  it.each([
    ["campaign", "https://ads.google.com/aw/campaigns?campaignId=42&__e=2000000002"],
    ["adGroup", "https://ads.google.com/aw/adgroups?adGroupId=42&__e=2000000002"],
    ["sharedBudget", "https://ads.google.com/aw/budgets?__e=2000000002"],
    ["ad", null],
  ] as const)("points at a %s in Google Ads where there is a page for it", (level, url) => {
    expect(googleManifest.entityUrl({ platform: "google", accountId: "2000000002", level, id: "42" })).toBe(
      url,
    );
  });

  it.each([
    ["campaign", "https://ads.google.com/aw/campaigns?campaignId=4%262%23&__e=2%26__e%3D3"],
    ["adGroup", "https://ads.google.com/aw/adgroups?adGroupId=4%262%23&__e=2%26__e%3D3"],
    ["sharedBudget", "https://ads.google.com/aw/budgets?__e=2%26__e%3D3"],
  ] as const)("keeps the id of a %s that carries signs of an address in its own place", (level, url) => {
    expect(googleManifest.entityUrl({ platform: "google", accountId: "2&__e=3", level, id: "4&2#" })).toBe(
      url,
    );
  });
});
