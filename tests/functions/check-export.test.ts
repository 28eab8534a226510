/** Exports of the sandbox's accounts against what Palier itself fetched from them. */
import { afterAll, describe, expect, it } from "vitest";
import { palier } from "../support/command.ts";
import { aFolder, aPlannedHome, BRAND, removeHomes } from "../support/home.ts";

const META = "tests/fixtures/exports/meta-ads-manager.csv";
const GOOGLE = "tests/fixtures/exports/google-ads-report.csv";

async function checked(...args: readonly string[]) {
  const { code, stdout } = await palier(["facts", ...args, "--json"]);
  const { differences, ...told } = JSON.parse(stdout);
  return { code, told, differences };
}

async function imported(...args: readonly string[]): Promise<string> {
  const folder = aFolder();
  const { code, stderr } = await palier(["import", ...args, "--to", folder, "--zone", "Europe/Paris"]);
  if (code !== 0) throw new Error(stderr);
  return folder;
}

describe("palier facts --check, on exports of the sandbox", () => {
  afterAll(removeHomes);

  it("finds every figure of Ads Manager in the brand's last night", async () => {
    const found = await checked("--brand", BRAND, "--home", await aPlannedHome(), "--check", META);
    expect(found).toEqual({
      code: 0,
      told: { kind: "meta-ads-manager", rows: 1054, compared: 8022, uncompared: [] },
      differences: [],
    });
  });

  it("finds Google's too, but for a removed campaign, which a night does not list", async () => {
    const night = ["--brand", BRAND, "--home", await aPlannedHome(), "--check", GOOGLE];
    const found = await checked(...night);
    expect(found).toMatchObject({ code: 1, told: { compared: 1165, uncompared: ["Purchase (web)"] } });
    const named = await checked(...night, "--conversion", "Conversions");
    // Cost, impressions, clicks, CPC and CTR of 233 rows; then conversions and their value, too.
    expect(named).toMatchObject({ code: 1, told: { compared: 1631, uncompared: [] } });
    for (const { differences } of [found, named]) {
      const of = (key: string) => new Set(differences.map((one: Record<string, unknown>) => one[key]));
      expect([of("entity"), of("palier")]).toEqual([new Set(["21521288410"]), new Set([null])]);
    }
  });

  it.each([META, GOOGLE])(
    "finds no difference between %s and the dataset that was imported from it",
    async (file) => {
      const found = await checked("--dataset", await imported(file), "--check", file);
      expect(found).toMatchObject({ code: 0, told: { uncompared: [] }, differences: [] });
    },
  );
});
