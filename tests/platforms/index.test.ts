import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { loadPlatform, manifests, maturityByPlatform } from "../../lib/platforms/index.ts";

describe("lib/platforms/index", () => {
  it("knows Meta by its manifest and curve", () => {
    expect(manifests.map(({ id, worstDayMultiple }) => [id, worstDayMultiple])).toEqual([["meta", 1.75]]);
    expect(maturityByPlatform.meta?.slice(0, 3)).toEqual([0.35, 0.6, 0.7]);
  });

  it("makes a platform once its SDK is loaded", async () => {
    const create = await loadPlatform("meta");
    const platform = create({ token: "EAA", sleep: async () => {} });
    expect(Object.keys(platform).sort()).toEqual(["fetchAccount", "readHolder", "write"]);
  });

  it("loads no SDK for its manifests, and loads Meta's in plain Node without touching its crash reporter", () => {
    const script = `
      const { createRequire } = await import("node:module");
      const cache = createRequire(process.cwd() + "/x.js").cache;
      const sdkLoaded = () => Object.keys(cache).some((file) => file.includes("facebook-nodejs-business-sdk"));
      const { loadPlatform } = await import("./lib/platforms/index.ts");
      const before = sdkLoaded();
      const create = await loadPlatform("meta");
      create({ token: "EAA", sleep: async () => {} });
      console.log(JSON.stringify([before, sdkLoaded(), process.listenerCount("uncaughtException")]));`;
    const out = execFileSync("node_modules/.bin/node", ["--input-type=module", "-e", script], {
      encoding: "utf8",
    });
    expect(JSON.parse(out)).toEqual([false, true, 0]);
  });
});
