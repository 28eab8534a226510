import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { palier } from "../support/command.ts";
import { aDatasetFolder, type DatasetTexts } from "../support/dataset.ts";

/** The days of January 2026. */
const DAYS = Array.from({ length: 31 }, (_, index) => `2026-01-${String(index + 1).padStart(2, "0")}`);

/** 15 a day on two campaigns of which one sells once a day for 50; the shop earns 60 with two orders. */
const SHOP: DatasetTexts = {
  "accounts.csv": ["platform,account_id,currency,time_zone,name", "meta,1001,EUR,Europe/Paris,Lune"],
  "entities.csv": [
    "platform,account_id,level,id,name",
    "meta,1001,campaign,101,PROS Europe",
    "meta,1001,campaign,102,RTG Visitors",
  ],
  "insights.csv": [
    "platform,account_id,level,entity_id,date,spend,impressions,clicks,conversions,conversion_value",
    ...DAYS.flatMap((day) => [
      `meta,1001,campaign,101,${day},10,1000,20,1,50`,
      `meta,1001,campaign,102,${day},5,500,5,0,0`,
    ]),
  ],
  "revenue.csv": ["date,revenue,orders", ...DAYS.map((day) => `${day},60,2`)],
  "other_spend.csv": ["date,source,spend", "2026-01-30,affiliates,15"],
  "events.csv": ["name,from,to,kind", "Winter sale,2026-01-28,2026-02-03,sale"],
};

const BRAND = {
  id: "shop",
  name: "Boutique",
  language: "fr",
  currency: "EUR",
  zone: "Europe/Paris",
  accounts: [{ platform: "meta", id: "1001" }],
  groups: { stage: { prospecting: { campaigns: ["PROS *"] } } },
};

const AS_OF = ["--as-of", "2026-01-31"];

async function facts(folder: string, ...args: readonly string[]) {
  const told = await palier(["facts", "--dataset", folder, ...args]);
  return { ...told, flat: told.stdout.replace(/\s+/g, " ") };
}

async function figures(folder: string, ...args: readonly string[]) {
  const told = await facts(folder, ...AS_OF, "--json", ...args);
  expect(told).toMatchObject({ code: 0, stderr: "" });
  return JSON.parse(told.stdout);
}

describe("palier facts --json", () => {
  it("prints a figure with its days, unit and what it was counted from", async () => {
    const [mer, ...others] = await figures(aDatasetFolder(SHOP), "--metric", "mer", "--window", "7d");
    expect(others).toEqual([]);
    // 7 x 60 earned against 7 x 15 on Meta and 15 on affiliates.
    expect(mer).toMatchObject({
      ...{ level: "brand", entity: "brand", metric: "mer", window: "7d" },
      ...{ from: "2026-01-24", to: "2026-01-30", value: 3.5, unit: "ratio", reason: null },
      ...{ accounts: ["meta/1001"], currency: "EUR", zone: "Europe/Paris", events: ["Winter sale"] },
    });
  });

  it("writes money in major units, and what is corrected for delay beside the plain figure", async () => {
    const [cpa, spend] = await figures(
      aDatasetFolder(SHOP),
      "--metric",
      "spend",
      "--metric",
      "cpa",
      "--window",
      "7d",
    );
    expect(spend).toMatchObject({ metric: "spend", value: 120, unit: "money", corrected: null });
    // Steady spend settles whole where conversions count on their own day.
    expect(cpa).toMatchObject({ metric: "cpa", value: 15, unit: "money", corrected: 15 });
  });

  it("reads the day itself as today, and no other window", async () => {
    const told = await figures(
      aDatasetFolder(SHOP),
      "--metric",
      "mer",
      "--window",
      "today",
      "--window",
      "1d",
    );
    expect(told).toMatchObject([
      { window: "1d", from: "2026-01-30", to: "2026-01-30", value: 2 },
      { window: "today", from: "2026-01-31", to: "2026-01-31", value: 4 },
    ]);
  });

  it("sorts by entity, metric and window, and takes one entity alone", async () => {
    const asked = ["--metric", "spend", "--metric", "clicks", "--window", "7d", "--window", "28d"];
    const all = await figures(aDatasetFolder(SHOP), "--level", "campaign", ...asked);
    const keys = all.map((one: Record<string, unknown>) => [one.entity, one.metric, one.window, one.value]);
    expect(keys).toEqual([
      ...[
        ["101", "clicks", "28d", 560],
        ["101", "clicks", "7d", 140],
      ],
      ...[
        ["101", "spend", "28d", 280],
        ["101", "spend", "7d", 70],
      ],
      ...[
        ["102", "clicks", "28d", 140],
        ["102", "clicks", "7d", 35],
      ],
      ...[
        ["102", "spend", "28d", 140],
        ["102", "spend", "7d", 35],
      ],
    ]);
    const one = await figures(aDatasetFolder(SHOP), "--level", "campaign", "--entity", "102", ...asked);
    expect(one.map(({ entity }: { entity: string }) => entity)).toEqual(["102", "102", "102", "102"]);
  });

  it("gives null and a reason where there is no data", async () => {
    const told = await figures(
      aDatasetFolder(SHOP),
      "--level",
      "campaign",
      "--entity",
      "102",
      "--metric",
      "cpa",
    );
    expect(told).toHaveLength(5);
    for (const one of told) expect(one).toMatchObject({ value: null, reason: "no conversion in these days" });
  });

  it("moves windows of conversions back with --mature until enough have arrived, and no others", async () => {
    const asked = ["--metric", "spend", "--metric", "roas", "--window", "7d", "--mature"];
    const [roas, spend] = await figures(aDatasetFolder(SHOP), ...asked);
    expect(spend).toMatchObject({ from: "2026-01-24", to: "2026-01-30" });
    // Meta: 84 % after four days, 89 % after five.
    expect(roas).toMatchObject({ window: "7d", from: "2026-01-20", to: "2026-01-26", value: 3.333333 });
  });

  it("asks a share of each stage and channel, or of the one that is named", async () => {
    const folder = aDatasetFolder({ ...SHOP, "brand.json": JSON.stringify(BRAND) });
    const shares = await figures(folder, "--metric", "stageSharePercent", "--window", "7d");
    const told = shares.map(({ params, value }: { params: { stage: string }; value: number }) => [
      params.stage,
      value,
    ]);
    // 70 and 35 of the 120; what is outside the accounts has no stage.
    expect(told).toEqual([
      ["prospecting", 58.333333],
      ["unmapped", 41.666667],
    ]);
    const one = await figures(
      folder,
      "--metric",
      "channelSharePercent(channel=affiliates,basis=spend)",
      "--window",
      "7d",
    );
    expect(one).toMatchObject([{ value: 12.5 }]);
  });
});

describe("palier facts", () => {
  it("shows what has data, and says below why the rest has none", async () => {
    const { code, stdout, flat } = await facts(aDatasetFolder(SHOP), ...AS_OF);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ +MER +2\.00 +3\.00 +3\.50 +3\.73 +3\.86$/m);
    expect(stdout).not.toMatch(/^ +sessions +-/m);
    expect(flat).toContain("sessions, site conversion rate: the shop does not report sessions");
    expect(flat).toContain("Winter sale: Wed 28 Jan 2026 to Tue 3 Feb 2026");
    expect(flat).toContain("Without a brand file there are no stages");
  });

  it("speaks the brand's language", async () => {
    const folder = aDatasetFolder({ ...SHOP, "brand.json": JSON.stringify(BRAND) });
    const { flat } = await facts(folder, ...AS_OF, "--metric", "mer", "--window", "7d");
    expect(flat).toContain("Chiffres de Boutique au sam. 31 janv. 2026");
    expect(flat).toContain("MER 3,50");
    expect(flat).toContain("meta/1001 : comme dans le jeu de données ; comme dans le jeu de données ;");
  });

  it("calls what is in no stage as a plan does", async () => {
    const folder = aDatasetFolder({ ...SHOP, "brand.json": JSON.stringify(BRAND) });
    const { flat } = await facts(folder, ...AS_OF, "--metric", "stageSharePercent", "--window", "7d");
    expect(flat).toContain("(hors étapes) 41,67");
    expect(flat).not.toContain("unmapped");
  });

  it("names every metric with what it takes", async () => {
    const { stdout } = await palier(["facts", "--list"]);
    expect(stdout).toContain("mer (ratio)");
    const listed = JSON.parse((await palier(["facts", "--list", "--json"])).stdout);
    expect(listed.find(({ id }: { id: string }) => id === "stageSharePercent")).toMatchObject({
      params: ["stage", "basis", "minSettledPercent"],
      unit: "percent",
    });
  });

  it.each([
    [["--metric", "mre"], 'there is no metric "mre" (did you mean mer?)'],
    [["--metric", "cpl"], "did you mean cpa"],
    [["--metric", "mer(stage=x)"], 'mer has no parameter "stage"'],
    [["--metric", "roiPercent(basis=wishes)"], "basis"],
    [["--level", "adset"], "did you mean"],
    [["--window", "week"], '--window is "week"'],
    [["--level", "campaign", "--entity", "c9"], 'there is no campaign "c9"'],
    [["--check", "x.csv", "--level", "campaign", "--window", "7d"], "--check takes no --level, --window"],
    [["--check", "x.csv", "--mature"], "--check takes no --mature"],
    [["--conversion", "Purchases"], "--conversion goes with --check alone"],
    [["--as-of", "31.01.2026"], '--as-of is "31.01.2026"'],
  ])("refuses %j", async (args, told) => {
    const { code, stderr } = await facts(aDatasetFolder(SHOP), ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(told);
  });
});

const HEADER =
  "Campaign name,Campaign ID,Day,Amount spent (EUR),Impressions,Clicks (all),Purchases,Purchases conversion value";

function anExport(folder: string, change: (row: string) => string = (row) => row): string {
  const rows = DAYS.slice(20, 30).flatMap((day) => [
    `PROS Europe,101,${day},10.00,1000,20,1,50.00`,
    `RTG Visitors,102,${day},5.00,500,5,,`,
  ]);
  const file = path.join(folder, "export.csv.txt");
  writeFileSync(file, `${[HEADER, ...rows.map(change).filter((row) => row !== "")].join("\n")}\n`);
  return file;
}

describe("palier facts --check", () => {
  it("says that an export's figures are Palier's", async () => {
    const folder = aDatasetFolder(SHOP);
    const told = await facts(folder, ...AS_OF, "--check", anExport(folder));
    expect(told).toMatchObject({ code: 0, stderr: "" });
    expect(told.flat).toContain("all 80 figures of 20 rows are Palier's");
  });

  it("lists every figure that differs", async () => {
    const folder = aDatasetFolder(SHOP);
    const file = anExport(folder, (row) => row.replace("101,2026-01-25,10.00", "101,2026-01-25,10.01"));
    const told = await facts(folder, ...AS_OF, "--check", file, "--json");
    expect(told.code).toBe(1);
    expect(JSON.parse(told.stdout)).toEqual({
      ...{ kind: "meta-ads-manager", rows: 20, compared: 80, uncompared: [] },
      differences: [
        {
          ...{ level: "campaign", entity: "101", name: "PROS Europe", metric: "spend", unit: "money" },
          ...{ from: "2026-01-25", to: "2026-01-25", exported: 10.01, palier: 10, reason: null },
        },
      ],
    });
    expect((await facts(folder, ...AS_OF, "--check", file)).flat).toContain(
      "1 of 80 figures in 20 rows differs",
    );
  });

  it("names entities that only one side knows", async () => {
    const folder = aDatasetFolder(SHOP);
    const file = anExport(folder, (row) => {
      if (row.includes(",102,")) return "";
      return row.startsWith("PROS Europe,101,2026-01-21") ? row.replace(",101,", ",107,") : row;
    });
    const { differences } = JSON.parse((await facts(folder, ...AS_OF, "--check", file, "--json")).stdout);
    const told = differences.map((one: Record<string, unknown>) => [
      one.entity,
      one.metric,
      one.exported,
      one.palier,
    ]);
    expect(told).toEqual([
      ...[
        ["107", "spend", 10, null],
        ["107", "impressions", 1000, null],
        ["107", "clicks", 20, null],
      ],
      ...[
        ["107", "conversions", 1, null],
        ["107", "conversionValue", 50, null],
      ],
      ["102", "spend", null, 50],
    ]);
  });

  it("asks for a later day when the export goes further", async () => {
    const folder = aDatasetFolder(SHOP);
    const told = await facts(folder, "--as-of", "2026-01-30", "--check", anExport(folder));
    expect(told.code).toBe(2);
    expect(told.stderr).toContain("give --as-of 2026-01-31");
  });
});
