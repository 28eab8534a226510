import { describe, expect, it } from "vitest";
import { palier } from "../support/command.ts";
import { aDatasetFolder } from "../support/dataset.ts";

const DAYS = Array.from({ length: 7 }, (_, index) => `2026-01-${24 + index}`);

const BRAND = {
  id: "shop",
  name: "Boutique",
  currency: "EUR",
  zone: "Europe/Paris",
  accounts: [{ platform: "meta", id: "1001" }],
  parameters: { contributionMargin: { unit: "ratio", default: 0.5 } },
  metrics: { poas: { unit: "ratio", formula: "conversionValue * contributionMargin / spend" } },
};

function aFolder(): string {
  return aDatasetFolder({
    "accounts.csv": ["platform,account_id,currency,time_zone,name", "meta,1001,EUR,Europe/Paris,Lune"],
    "entities.csv": ["platform,account_id,level,id,name", "meta,1001,campaign,101,PROS Europe"],
    "insights.csv": [
      "platform,account_id,level,entity_id,date,spend,impressions,clicks,conversions,conversion_value",
      ...DAYS.map((day) => `meta,1001,campaign,101,${day},10,1000,20,1,50`),
    ],
    "brand.json": JSON.stringify(BRAND),
  });
}

async function facts(...args: readonly string[]) {
  const place = ["--dataset", aFolder(), "--as-of", "2026-01-31", "--level", "campaign", "--window", "7d"];
  return await palier(["facts", ...place, ...args]);
}

describe("palier facts, metrics of the brand file", () => {
  it("reads one by its name", async () => {
    // Half of 50 against 10.
    const { stdout } = await facts("--metric", "poas", "--json");
    expect(JSON.parse(stdout)).toMatchObject([{ metric: "poas", entity: "101", value: 2.5, unit: "ratio" }]);
  });

  it("lists it among all others, for people under its own name", async () => {
    const { stdout } = await facts();
    expect(stdout).toMatch(/^ +poas +2\.50$/m);
  });

  it("names it where somebody slips", async () => {
    const { code, stderr } = await facts("--metric", "poass");
    expect(code).not.toBe(0);
    expect(stderr).toContain("did you mean poas?");
  });
});
