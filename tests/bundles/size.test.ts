/** What the built functions may weigh, and what stands in them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtFolder, builtSizes, bundlesAsked } from "../support/aws/bundles.ts";

const BUNDLING_MS = 60_000;
const PLATFORM_FILES = ["axios.js", "google.js", "index.js", "meta.js"];

describe.runIf(bundlesAsked)("bundles/size", () => {
  it.each([
    ["tick", 600],
    ["revenue", 600],
    ["anchor", 600],
    // It answers in words, in the brand's language, and reads from the published brand file which that is: the words of both
    // languages, for all that rules can say, are a quarter of it.
    ["slack", 625],
  ])(
    "keeps %s, which knows no platform, within %i KB",
    async (name, limitKb) => {
      const sizes = await builtSizes(name);
      expect(Object.keys(sizes)).toEqual(["index.js"]);
      expect(sizes["index.js"]).toBeLessThan(limitKb * 1000);
    },
    BUNDLING_MS,
  );

  it.each([
    // Both read rule files and brand files whole: their schemas, windows, formulas and a hundred facts are a third of what is ours.
    ["apply", 1_125, PLATFORM_FILES],
    // It puts into words, in two languages, what is shown in Slack; both are first run for a brand in Slack.
    ["observe", 1_325, [...PLATFORM_FILES, "slack-web.js"]],
  ] as const)(
    "keeps %s with its SDKs within 17 MB, and what is read at its start within %i KB",
    async (name, limitKb, files) => {
      const sizes = await builtSizes(name);
      expect(Object.keys(sizes)).toEqual(files);
      expect(sizes["index.js"]).toBeLessThan(limitKb * 1000);
      expect(Object.values(sizes).reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(17_000_000);
    },
    BUNDLING_MS,
  );

  it(
    "has one copy of axios, on which limits are set, and none of the sandbox",
    async () => {
      const { outputs } = JSON.parse(readFileSync(join(await builtFolder(), "meta.json"), "utf8")) as {
        outputs: Record<string, { inputs: Record<string, unknown> }>;
      };
      const inputs = Object.entries(outputs).flatMap(([output, { inputs }]) =>
        Object.keys(inputs).map((input) => ({ output: output.split("/").at(-1), input })),
      );
      const axios = inputs.filter(({ input }) => /node_modules\/axios\/.*axios/.test(input));
      expect(axios).toEqual([{ output: "axios.js", input: "node_modules/axios/dist/node/axios.cjs" }]);
      expect(inputs.filter(({ input }) => /^lib\/sandbox|dynalite/.test(input))).toEqual([]);
    },
    BUNDLING_MS,
  );
});
