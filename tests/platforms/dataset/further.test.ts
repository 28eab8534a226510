import { describe, expect, it } from "vitest";
import { openDatasetPlatform } from "../../../lib/platforms/dataset/index.ts";
import { type Further, NOTHING_FURTHER } from "../../../lib/platforms/port.ts";
import { aDataset } from "../../support/dataset.ts";

async function fetched(further: Further = NOTHING_FURTHER) {
  const dataset = await aDataset({
    "entities.csv": [
      "platform,account_id,level,id,bid_strategy",
      "meta,1,campaign,c1,costCap",
      "meta,1,campaign,c2,",
    ],
    "insights.csv": ["platform,account_id,level,entity_id,date,spend", "meta,1,campaign,c1,2026-03-01,1"],
  });
  const platform = openDatasetPlatform(dataset, "meta", { currency: "EUR", zone: "Europe/Paris" });
  const account = { platform: "meta", accountId: "1", conversions: [], attribution: "asSet" };
  const plain = {
    account,
    levels: ["campaign"] as const,
    days: 35,
    today: "2026-03-10",
    editsFromMs: 5,
    nowMs: 9,
  };
  return (await platform.fetchAccount({ ...plain, ...further })).snapshot;
}

describe("lib/platforms/dataset, beside figures", () => {
  it("tells how an entity bids, where a file says so", async () => {
    const { entities } = await fetched();
    expect(entities.map(({ bidStrategy }) => bidStrategy)).toEqual(["costCap", undefined]);
  });

  it("answers nothing that its files have no column for, and says so by leaving it out", async () => {
    const snapshot = await fetched({
      claims: [{ key: "lead/asSet", names: ["lead"], attribution: "asSet" }],
      people: [{ level: "campaign", span: "7d" }],
      searchShares: true,
    });
    expect(snapshot).toEqual(await fetched());
    expect(snapshot).not.toHaveProperty("claims");
    expect(snapshot).not.toHaveProperty("people");
  });
});
