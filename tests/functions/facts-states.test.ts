import { describe, expect, it } from "vitest";
import { palier } from "../support/command.ts";
import { aDatasetFolder } from "../support/dataset.ts";

const DAYS = Array.from({ length: 31 }, (_, index) => `2026-01-${String(index + 1).padStart(2, "0")}`);

const BRAND = {
  ...{ id: "shop", name: "Boutique", language: "en", currency: "EUR", zone: "Europe/Paris" },
  accounts: [{ platform: "meta", id: "1001" }],
  groups: { tier: { proven: { labels: ["proven"] } } },
  calendar: { sale: [{ from: "2026-02-10", to: "2026-02-12" }] },
};

/** A proven campaign with 10 a day and one of no tier with 5. */
function aFolderWithTiers(): string {
  return aDatasetFolder({
    "accounts.csv": ["platform,account_id,currency,time_zone,name", "meta,1001,EUR,Europe/Paris,Lune"],
    "entities.csv": [
      "platform,account_id,level,id,name,labels",
      "meta,1001,campaign,101,PROS Europe,proven;broad",
      "meta,1001,campaign,102,RTG Visitors,",
    ],
    "insights.csv": [
      "platform,account_id,level,entity_id,date,spend",
      ...DAYS.flatMap((day) => [`meta,1001,campaign,101,${day},10`, `meta,1001,campaign,102,${day},5`]),
    ],
    "brand.json": JSON.stringify(BRAND),
  });
}

async function told(...args: readonly string[]): Promise<string> {
  const { stdout } = await palier([
    "facts",
    "--dataset",
    aFolderWithTiers(),
    "--as-of",
    "2026-01-31",
    ...args,
  ]);
  return stdout;
}

async function valuesOf(...args: readonly string[]): Promise<unknown[]> {
  const figures: { params: Record<string, unknown>; value: unknown }[] = JSON.parse(
    await told("--json", ...args),
  );
  return figures.map(({ params, value }) => [params.member ?? null, value]);
}

describe("palier facts of what has no window", () => {
  it("says why a state has no data where nothing else was asked", async () => {
    const text = await told("--level", "campaign", "--metric", "pausedBy");
    expect(text.replace(/\s+/g, " ")).toContain("PROS Europe paused by - a");
    expect(text).toContain("a  the platform does not report its status");
  });

  it("lists labels, and gives them to machines as a list", async () => {
    expect(await told("--level", "campaign", "--metric", "labels")).toMatch(
      /PROS Europe +labels +broad, proven/,
    );
    expect(await valuesOf("--level", "campaign", "--metric", "labels")).toEqual([
      [null, ["broad", "proven"]],
      [null, []],
    ]);
  });

  it("knows the brand's calendar", async () => {
    expect(await valuesOf("--metric", "daysToEvent(event=sale)")).toEqual([[null, 10]]);
  });
});

describe("palier facts of groups", () => {
  it("asks a share of each member of each partition, or of the one that is named", async () => {
    expect(await valuesOf("--metric", "groupSharePercent", "--window", "7d")).toEqual([
      ["proven", 66.666667],
      ["unmapped", 33.333333],
    ]);
    const one = "groupSharePercent(group=tier,member=proven)";
    expect(await valuesOf("--metric", one, "--window", "7d")).toEqual([["proven", 66.666667]]);
  });
});
