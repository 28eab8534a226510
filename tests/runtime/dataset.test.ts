import { describe, expect, it } from "vitest";
import { datasetSnapshot, openDataset } from "../../lib/runtime/dataset.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { aDatasetFolder, type DatasetTexts } from "../support/dataset.ts";

const HEADER = "platform,account_id,level,entity_id,date,spend";

async function opened(texts: DatasetTexts, asOf: string | null) {
  const folder = aDatasetFolder(texts);
  return await openDataset({
    folder,
    brandFile: null,
    asOf,
    rulesFolder: `${folder}/none`,
    files: nodeFiles(),
  });
}

describe("lib/runtime/dataset", () => {
  it("looks back at a day over everything that the dataset covers, that day included", async () => {
    const days = ["2025-01-05", "2026-03-01", "2026-03-02"];
    const open = await opened(
      {
        "insights.csv": [HEADER, ...days.map((day) => `tv,1,campaign,c1,${day},1`)],
        "revenue.csv": ["date,revenue", "2026-02-28,5", "2026-03-01,6", "2026-03-02,7"],
      },
      "2026-03-01",
    );
    expect([open.currency, open.zone]).toEqual([null, null]);
    const snapshot = await datasetSnapshot(open);
    expect(snapshot).toMatchObject({ day: "2026-03-01", missing: [] });
    expect(snapshot.accounts).toMatchObject([{ coveredFrom: "2025-01-05", coveredTo: "2026-03-01" }]);
    const ofAccount = snapshot.accounts[0]?.insights.filter(({ level }) => level === "account");
    expect(ofAccount?.map(({ day }) => day)).toEqual(["2025-01-05", "2026-03-01"]);
    expect(snapshot.shop?.days.map(({ day }) => day)).toEqual(["2026-02-28", "2026-03-01"]);
  });

  it("misses an account of which no day had come yet", async () => {
    const rows = [HEADER, "tv,1,campaign,c1,2026-03-01,1", "radio,1,campaign,c1,2026-04-01,1"];
    const snapshot = await datasetSnapshot(await opened({ "insights.csv": rows }, "2026-03-02"));
    expect(snapshot.accounts.map(({ platform }) => platform)).toEqual(["tv"]);
    expect(snapshot.missing).toMatchObject([{ platform: "radio", reason: { key: "loop.accountFailed" } }]);
  });

  it("takes the day after the last covered one, of the shop where there are no accounts", async () => {
    const shop = await opened({ "revenue.csv": ["date,revenue,days", "2026-02-23,5,7"] }, null);
    expect(shop.asOf).toBe("2026-03-02");
    expect(await datasetSnapshot(shop)).toMatchObject({ accounts: [], shop: { days: [{ days: 7 }] } });
    expect(shop.lacks).toMatchObject([{ key: "facts.brandWouldAdd" }]);
  });

  it("refuses accounts of which only some have a currency", async () => {
    const texts = {
      "accounts.csv": ["platform,account_id,currency,time_zone", "tv,1,EUR,Europe/Paris"],
      "insights.csv": [HEADER, "tv,1,campaign,c1,2026-03-01,1", "tv,2,campaign,c1,2026-03-01,1"],
    };
    await expect(opened(texts, null)).rejects.toMatchObject({
      problems: [
        {
          code: "dataset.twoCurrencies",
          found: "EUR (tv/1), not said (tv/2)",
          fix: "add the other accounts to accounts.csv",
        },
        { code: "dataset.twoZones" },
      ],
    });
  });
});
