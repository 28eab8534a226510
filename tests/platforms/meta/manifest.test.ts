import { describe, expect, it } from "vitest";
import { metaManifest } from "../../../lib/platforms/meta/manifest.ts";

describe("lib/platforms/meta/manifest", () => {
  it.each([
    [
      "campaign",
      "https://adsmanager.facebook.com/adsmanager/manage/campaigns?act=1001&selected_campaign_ids=42",
    ],
    ["adGroup", "https://adsmanager.facebook.com/adsmanager/manage/adsets?act=1001&selected_adset_ids=42"],
    ["ad", "https://adsmanager.facebook.com/adsmanager/manage/ads?act=1001&selected_ad_ids=42"],
  ] as const)("points at a %s in Ads Manager", (level, url) => {
    expect(metaManifest.entityUrl({ platform: "meta", accountId: "1001", level, id: "42" })).toBe(url);
  });

  it("keeps an id that carries signs of an address in its own place", () => {
    const target = { platform: "meta", accountId: "1&act=2", level: "ad", id: "4 2#\ud800" } as const;
    expect(metaManifest.entityUrl(target)).toBe(
      "https://adsmanager.facebook.com/adsmanager/manage/ads?act=1%26act%3D2&selected_ad_ids=4+2%23%EF%BF%BD",
    );
  });

  it("has no page for a shared budget, which Meta does not have", () => {
    const target = { platform: "meta", accountId: "1001", level: "sharedBudget", id: "42" } as const;
    expect(metaManifest.entityUrl(target)).toBeNull();
  });

  it("has a maturity curve that only rises, between 0 and 1", () => {
    const curve = metaManifest.maturityByAge;
    expect(curve.every((share, age) => share > (curve[age - 1] ?? 0) && share < 1)).toBe(true);
  });

  it("calls an ad group by Meta's own word in each language", () => {
    expect(metaManifest.levelWords.en.adGroup).toBe("ad set");
    expect(metaManifest.levelWords.fr.adGroup).toBe("ensemble de publicités");
  });
});
