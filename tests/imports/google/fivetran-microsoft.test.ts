import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { importText } from "../../support/imports.ts";

const FILE = "tests/fixtures/imports/fivetran-microsoft/microsoft_ad_daily.csv";

describe("imports/kinds/fivetran-microsoft", () => {
  it("adds up a day's rows of an ad, and knows no conversions where one of them has none", async () => {
    const result = await importText(null, [{ name: "ads.csv", text: readFileSync(FILE, "utf8") }], {
      zone: "America/New_York",
    });
    if (result.kind === "problems") throw new Error(JSON.stringify(result.problems, null, 1));
    expect(result.report.files[0]).toMatchObject({ kind: "fivetran-microsoft", rows: 401 });
    expect(result.report.accounts).toMatchObject([
      { account: "microsoft/150175881", level: "ad", currency: "USD", rows: 258, spend: "208.36" },
    ]);
    const insights = (result.tables["insights.csv"] ?? "").split("\n");
    expect(insights.filter((line) => /83631648270349,2019-05-(?:15|21)/.test(line))).toEqual([
      "microsoft,150175881,ad,83631648270349,2019-05-15,6.5,5,1,2,0.01",
      "microsoft,150175881,ad,83631648270349,2019-05-21,0,6,0,,",
    ]);
    const entities = (result.tables["entities.csv"] ?? "").trimEnd().split("\n");
    expect(entities).toContain("microsoft,150175881,ad,83631648270349,1338105911256039");
    expect(entities).toContain("microsoft,150175881,adGroup,1338105911256039,359751135");
  });
});
