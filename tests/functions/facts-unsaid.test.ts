import { describe, expect, it } from "vitest";
import { palier } from "../support/command.ts";
import { aDatasetFolder, type DatasetTexts } from "../support/dataset.ts";

/** The days of January 2026, two campaigns. */
const SHOP: DatasetTexts = {
  "entities.csv": [
    "platform,account_id,level,id,parent_id,name,status,daily_budget",
    "meta,1001,campaign,101,,PROS Europe,,",
    "meta,1001,campaign,102,,RTG Visitors,paused,",
    "meta,1001,adGroup,201,102,Wide,active,25",
  ],
  "insights.csv": [
    "platform,account_id,level,entity_id,date,spend",
    ...Array.from({ length: 31 }, (_, index) => `2026-01-${String(index + 1).padStart(2, "0")}`).flatMap(
      (day) => ["101", "102"].map((id) => `meta,1001,campaign,${id},${day},10`),
    ),
  ],
};

/** Lines are wrapped to the terminal's width. */
async function told(folder: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout } = await palier(["facts", "--dataset", folder, ...args]);
  expect(code).toBe(0);
  return stdout.replace(/\s+/g, " ");
}

describe("palier facts on a dataset that does not say everything", () => {
  it("says which days there are where none was asked for", async () => {
    const folder = aDatasetFolder(SHOP);
    const sentence =
      "No account has figures of any of these days: what there is begins on Thu 1 Jan and ends on Sat 31 Jan.";
    expect(await told(folder, "--as-of", "2026-06-01")).toContain(sentence);
    expect(await told(folder, "--as-of", "2025-06-01")).toContain(sentence.split(":")[0]);
    expect(
      await told(folder, "--as-of", "2026-06-01", "--level", "campaign", "--metric", "status"),
    ).not.toContain("No account has");
    // 31 January is the first of its 28 days.
    expect(await told(folder, "--as-of", "2026-02-28")).not.toContain("No account has");
    expect(await told(folder, "--as-of", "2026-03-01")).toContain("No account has");
  });

  it("does not know the status or the budget's place of what no file tells", async () => {
    const asked = ["status", "budgetOwner", "budgetPeriod"].flatMap((name) => ["--metric", name]);
    const figures: Record<string, unknown>[] = JSON.parse(
      await told(aDatasetFolder(SHOP), "--level", "campaign", "--json", ...asked),
    );
    expect(figures.map(({ entity, metric, value, reason }) => [entity, metric, value ?? reason])).toEqual([
      ["101", "budgetOwner", "the platform does not report its budget"],
      ["101", "budgetPeriod", "the platform does not report its budget"],
      ["101", "status", "the platform does not report its status"],
      ["102", "budgetOwner", "adGroup"],
      ["102", "budgetPeriod", "it owns no budget"],
      ["102", "status", "paused"],
    ]);
  });
});
