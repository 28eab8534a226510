import { describe, expect, it } from "vitest";
import { palier } from "../support/command.ts";
import { aDatasetFolder, type DatasetTexts } from "../support/dataset.ts";

const BRAND = {
  id: "my-shop",
  name: "My shop",
  currency: "EUR",
  zone: "Europe/Paris",
  accounts: [{ platform: "meta", id: "1001" }],
  parameters: {
    targetCpa: { unit: "money", default: 40 },
    contributionMargin: { unit: "ratio", default: 0.5 },
    wantedProfit: { unit: "ratio", default: 0.2 },
  },
  groups: { stage: { prospecting: { campaigns: ["PROS *"] } } },
  packs: { roads: {} },
};

const ACCOUNTS = ["platform,account_id,currency,time_zone,name", "meta,1001,EUR,Europe/Paris,Lune"];
const INSIGHTS =
  "platform,account_id,level,entity_id,date,spend,impressions,clicks,conversions,conversion_value";

/** 2026-01-01 and the days after it, up to 2026-03-01. */
const DAYS = Array.from({ length: 60 }, (_, index) =>
  new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
);

/** One ad group sells at half its target, another never sold; a third makes the raise small. The shop earns nine times their spend. */
const SHOP: DatasetTexts = {
  "accounts.csv": ACCOUNTS,
  "entities.csv": [
    "platform,account_id,level,id,parent_id,name,status,created_on,daily_budget,learning",
    "meta,1001,campaign,c1,,PROS Europe,active,2025-11-01,,",
    "meta,1001,adGroup,g1,c1,Sells,active,2025-11-01,60,learned",
    "meta,1001,adGroup,g2,c1,Never sold,active,2025-11-01,30,learned",
    "meta,1001,adGroup,g3,c1,Learns,active,2025-11-01,60,learning",
  ],
  "insights.csv": [
    INSIGHTS,
    ...DAYS.flatMap((day) => [
      `meta,1001,adGroup,g1,${day},60,6000,120,3,300`,
      `meta,1001,adGroup,g2,${day},30,3000,30,0,0`,
      `meta,1001,adGroup,g3,${day},10,1000,10,0.5,50`,
    ]),
  ],
  "revenue.csv": ["date,revenue,orders,new_customers,sessions", ...DAYS.map((day) => `${day},900,12,8,600`)],
  "brand.json": JSON.stringify(BRAND),
};

async function preview(texts: DatasetTexts, ...args: readonly string[]) {
  const folder = aDatasetFolder(texts);
  const { stdout, ...ended } = await palier(["preview", "--dataset", folder, ...args]);
  // Lines are wrapped to the terminal's width.
  return { folder, ...ended, stdout, flat: stdout.replace(/\s+/g, " ") };
}

function without(...names: readonly string[]): DatasetTexts {
  return Object.fromEntries(Object.entries(SHOP).filter(([name]) => !names.includes(name)));
}

describe("functions/cli/preview --dataset", () => {
  it("watches a raise and a pause of the pack roads, as the night after the last covered day would", async () => {
    const { code, stdout } = await preview(SHOP, "--json");
    expect(code).toBe(0);
    const plan = JSON.parse(stdout);
    expect(plan).toMatchObject({ roundId: "my-shop/2026-03-02/night", mode: "shadow", refused: null });
    expect(plan.changes).toHaveLength(2);
    expect(plan.changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ...{ name: "Sells", outcome: "shadow", ruleId: "raise-proven" },
          edit: { kind: "dailyBudget", fromMicros: "60000000", toMicros: "72000000" },
        }),
        expect.objectContaining({
          ...{ name: "Never sold", outcome: "shadow", ruleId: "pause-no-conversion" },
          edit: { kind: "status", from: "active", to: "paused", budgetMicros: "30000000" },
        }),
      ]),
    );
    expect(plan.dataset.map(({ key }: { key: string }) => key)).toEqual(["dataset.asExported"]);
  });

  it("judges an earlier day by the days before it", async () => {
    const { code, flat } = await preview(SHOP, "--as-of", "2026-02-15");
    expect(code).toBe(0);
    expect(flat).toContain("My shop, night of Sun 15 Feb 2026 (Europe/Paris)");
    expect(flat).toContain("7 days: Sun 8 Feb to Sat 14 Feb");
    expect(flat).toContain("Spend €700.00 Revenue €6,300.00 MER 9.00");
    expect(flat).toContain("not as they were on Sun 15 Feb");
    expect(flat).toContain("A preview: nothing was logged, nothing was sent.");
    expect(flat).not.toContain("init --dataset");
  });

  it("takes a brand file by its path, and speaks its language", async () => {
    const other = aDatasetFolder({ "fr.json": JSON.stringify({ ...BRAND, name: "Lune", language: "fr" }) });
    const { code, flat } = await preview(without("brand.json", "revenue.csv"), "--brand", `${other}/fr.json`);
    expect(code).toBe(0);
    expect(flat).toContain("Lune, nuit du");
    expect(flat).toContain("À propos de ce jeu de données");
    expect(flat).toContain("Sans revenue.csv il n'y a pas de MER");
  });

  it("says which columns are missing, and what a brand file would add", async () => {
    const entities = [
      "platform,account_id,level,id,parent_id,name,status",
      "meta,1001,campaign,c1,,PROS Europe,active",
      "meta,1001,adGroup,g1,c1,Sells,",
    ];
    const { code, flat, folder } = await preview({ ...without("brand.json"), "entities.csv": entities });
    expect(code).toBe(0);
    expect(flat).toContain(
      "3 campaigns and ad groups have no known status, so no rule judges them: add the column status",
    );
    expect(flat).toContain(
      "2 ad groups belong to no known campaign, so no rule judges them: add the column parent_id",
    );
    expect(flat).toContain(
      "1 active campaign has no known budget, of its own or of its ad groups, so no rule judges it",
    );
    expect(flat).toContain(`npm run palier -- init --dataset ${folder}`);
  });

  it("begins with the brand file where there is none", async () => {
    const { stdout, flat, folder } = await preview(without("brand.json"));
    expect(stdout.split("\n")[1]).toMatch(/^Without a brand file there are no stages/);
    expect(flat.split(`Propose one with: palier init --dataset ${folder}`)).toHaveLength(2);
    expect(JSON.parse((await preview(without("brand.json"), "--json")).stdout).dataset[0]).toMatchObject({
      key: "facts.brandWouldAdd",
    });
  });

  it("says that raises stay blocked where neither the learning phase nor the first day is known", async () => {
    const entities = [
      "platform,account_id,level,id,parent_id,name,status,created_on,daily_budget,learning",
      "meta,1001,campaign,c1,,PROS Europe,active,,,",
      "meta,1001,adGroup,g1,c1,Sells,active,,60,",
      "meta,1001,adGroup,g2,c1,Never sold,active,2025-11-01,30,",
      "meta,1001,adGroup,g3,c1,Learns,paused,,60,",
    ];
    const { stdout, flat } = await preview({ ...SHOP, "entities.csv": entities });
    expect(flat).toContain(
      "1 active campaign or ad group with a budget has no known learning phase, nor a known first day, so raises of it stay blocked.",
    );
    expect(flat).toContain(
      "Delivery of Ads Manager and in Status of Google Ads; or add the columns learning",
    );
    expect(stdout).not.toContain("known status");
  });

  it("asks for a folder where a file is named", async () => {
    const file = `${aDatasetFolder(SHOP)}/insights.csv`;
    for (const command of ["preview", "facts"]) {
      const { code, stderr } = await palier([command, "--dataset", file]);
      expect([code, stderr.replace(/\s+/g, " ")]).toEqual([
        1,
        expect.stringContaining("name the folder that it stands in"),
      ]);
    }
  });

  it.each<[string, DatasetTexts, readonly string[], number, string]>([
    [
      "accounts of two currencies without a brand file",
      {
        "accounts.csv": [...ACCOUNTS, "google,2,USD,Europe/Paris,Other"],
        "insights.csv": [
          INSIGHTS,
          "meta,1001,campaign,c,2026-03-01,1,,,,",
          "google,2,campaign,c,2026-03-01,1,,,,",
        ],
      },
      [],
      1,
      "USD (google/2), EUR (meta/1001)",
    ],
    [
      "accounts of which nobody says the currency",
      without("accounts.csv", "brand.json"),
      [],
      1,
      "write accounts.csv with",
    ],
    [
      "a shop without accounts",
      without("accounts.csv", "entities.csv", "insights.csv", "brand.json"),
      [],
      1,
      "add insights.csv",
    ],
    [
      "a brand in another currency",
      { ...SHOP, "brand.json": JSON.stringify({ ...BRAND, currency: "USD" }) },
      [],
      1,
      "meta/1001, which has EUR",
    ],
    [
      "another name of a platform that is built",
      {
        ...without("brand.json", "entities.csv"),
        "accounts.csv": [ACCOUNTS[0] ?? "", "facebook,1,EUR,Europe/Paris,Lune"],
        "insights.csv": [INSIGHTS, "facebook,1,campaign,c,2026-03-01,1,,,,"],
      },
      [],
      1,
      "write meta in every file of the dataset",
    ],
    ["a folder without files", {}, [], 1, "insights.csv or revenue.csv"],
    [
      "a brand file that is not there",
      SHOP,
      ["--brand", "/nowhere/brand.json"],
      1,
      "/nowhere/brand.json does not exist",
    ],
    ["a day that is none", SHOP, ["--as-of", "2026-02-30"], 2, '--as-of is "2026-02-30"'],
  ])("refuses %s", async (_, texts, args, code, told) => {
    const ended = await preview(texts, ...args);
    expect(ended.stderr.replace(/\s+/g, " ")).toContain(told);
    expect(ended.code).toBe(code);
  });

  it("takes a day for a dataset alone", async () => {
    expect(await palier(["preview", "--as-of", "2026-03-01"])).toMatchObject({ code: 2 });
  });
});
