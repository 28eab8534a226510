import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import {
  loadPlatform,
  manifests,
  maturityOf,
  PLATFORM_WORDS,
  platformIds,
} from "../../lib/platforms/index.ts";

const EFFECTS = { sleep: async () => {} };

describe("lib/platforms/index", () => {
  it("knows each platform by its manifest and curve", () => {
    expect(manifests.map(({ id, worstDayMultiple }) => [id, worstDayMultiple])).toEqual([
      ["meta", 1.75],
      ["google", 2],
    ]);
    expect(platformIds).toEqual(["meta", "google"]);
    const curves = maturityOf([{ platform: "meta" }, { platform: "google" }, { platform: "tv" }]);
    expect(curves.meta?.slice(0, 3)).toEqual([0.35, 0.6, 0.7]);
    expect(curves.google?.slice(0, 3)).toEqual([0.4, 0.6, 0.7]);
    expect(curves.tv).toEqual([1]);
  });

  it("sends who writes another name of a platform to its id", () => {
    expect(PLATFORM_WORDS.instead).toMatchObject({ facebook: "meta", adwords: "google" });
  });

  it("says on which day each platform counts a conversion", () => {
    expect(manifests.map(({ id, countedOn }) => [id, countedOn])).toEqual([
      ["meta", "conversion"],
      ["google", "click"],
    ]);
  });

  it("makes a platform once its SDK is loaded", async () => {
    const module = await loadPlatform("meta");
    const platform = module?.fromEnvironment({ PALIER_META_TOKEN: "EAA" }, EFFECTS);
    expect(Object.keys(platform ?? {}).sort()).toEqual([
      "checkAccess",
      "fetchAccount",
      "listAccounts",
      "listConversions",
      "preflight",
      "readEdits",
      "readHolder",
      "write",
    ]);
  });

  it("has nothing for a platform that it does not know", async () => {
    expect(await loadPlatform("tiktok")).toBeNull();
  });

  it("loads no SDK for its manifests, and loads Meta's in plain Node without touching its crash reporter", () => {
    const script = `
      const { createRequire } = await import("node:module");
      const cache = createRequire(process.cwd() + "/x.js").cache;
      const sdkLoaded = () => Object.keys(cache).some((file) => file.includes("facebook-nodejs-business-sdk"));
      const { loadPlatform } = await import("./lib/platforms/index.ts");
      const before = sdkLoaded();
      const module = await loadPlatform("meta");
      module.fromEnvironment({ PALIER_META_TOKEN: "EAA" }, { sleep: async () => {} });
      console.log(JSON.stringify([before, sdkLoaded(), process.listenerCount("uncaughtException")]));`;
    const out = execFileSync("node_modules/.bin/node", ["--input-type=module", "-e", script], {
      encoding: "utf8",
    });
    expect(JSON.parse(out)).toEqual([false, true, 0]);
  });
});
