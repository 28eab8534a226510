/** Two imports into one folder: no figure may come out too small or too large without a word. */
import { describe, expect, it } from "vitest";
import { aFolder } from "../support/folder.ts";
import { type ImportedText, importText } from "../support/imports.ts";

const META = "Day,Campaign ID,Campaign name,Amount spent (EUR),Purchases";
const META_ADS = "Day,Campaign ID,Campaign name,Ad set ID,Ad ID,Amount spent (EUR)";
const META_MONTH = "Month,Campaign ID,Campaign name,Amount spent (EUR),Purchases";
const SETTINGS = { account: "42", zone: "Europe/Paris" };

/** Each text is an import of its own into one folder. */
async function inTurn(...texts: readonly string[]): Promise<ImportedText[]> {
  const folder = aFolder();
  const results: ImportedText[] = [];
  for (const [index, text] of texts.entries()) {
    results.push(await importText(null, [{ name: `${index}.csv`, text }], SETTINGS, folder));
  }
  return results;
}

function rowsOf(result: ImportedText | undefined): string[] {
  if (result?.kind !== "imported") throw new Error(JSON.stringify(result));
  return (result.tables["insights.csv"] ?? "").trimEnd().split("\n").slice(1);
}

function problemsOf(result: ImportedText | undefined): string[] {
  return result?.kind === "problems" ? result.problems.map(({ code, found }) => `${code}: ${found}`) : [];
}

function csv(header: string, ...rows: readonly string[]): string {
  return `${[header, ...rows].join("\n")}\n`;
}

describe("lib/runtime/import, a second time into one folder", () => {
  it("takes the same rows once", async () => {
    const text = csv(META, "2026-03-01,7,Spring,10.00,2", "2026-03-02,7,Spring,1.50,0");
    const [once, again] = await inTurn(text, text);
    expect(rowsOf(once)).toEqual([
      "meta,42,campaign,7,2026-03-01,10,2",
      "meta,42,campaign,7,2026-03-02,1.5,0",
    ]);
    expect(rowsOf(again)).toEqual(rowsOf(once));
    expect(again).toMatchObject({ report: { accounts: [{ spend: "11.5" }] } });
  });

  it("keeps the spend that the folder has, when a table without spend completes its days", async () => {
    const folder = aFolder();
    const daily =
      "ad_id,date,account_id,spend,impressions\n9,2026-03-01,42,10.00,100\n8,2026-03-01,42,2.00,50\n";
    const actions = "ad_id,date,action_type,value\n9,2026-03-01,omni_purchase,3\n";
    await importText("fivetran-meta", [{ name: "basic_ad.csv", text: daily }], SETTINGS, folder);
    const named = { name: "basic_ad_actions.csv", text: actions };
    expect(rowsOf(await importText("fivetran-meta", [named], SETTINGS, folder))).toEqual([
      "meta,42,ad,8,2026-03-01,2,50,",
      "meta,42,ad,9,2026-03-01,10,100,3",
    ]);
  });

  it.each([
    [
      "a month over days",
      [csv(META, "2026-03-05,7,Spring,10,1"), csv(META_MONTH, "2026-03-01 - 2026-03-31,7,Spring,310,9")],
    ],
    [
      "days over a month",
      [csv(META_MONTH, "2026-03-01 - 2026-03-31,7,Spring,310,9"), csv(META, "2026-03-05,7,Spring,10,1")],
    ],
  ])("refuses %s: one of them would be counted twice", async (_, texts) => {
    const [, second] = await inTurn(...texts);
    expect(problemsOf(second)).toEqual([
      expect.stringMatching(/^import\.overlap: a row of \d+ days for campaign 7/),
    ]);
  });

  it("takes ads beside campaigns of the same days, of which the account's figures are the campaigns'", async () => {
    const [, second] = await inTurn(
      csv(META, "2026-03-01,7,Spring,10.00,2"),
      csv(META_ADS, "2026-03-01,7,Spring,70,700,4.00", "2026-03-01,7,Spring,70,701,6.00"),
    );
    expect(rowsOf(second)).toHaveLength(3);
  });

  it("refuses ads of days that the campaigns beside them do not have", async () => {
    const [, second] = await inTurn(
      csv(META, "2026-03-01,7,Spring,10.00,2"),
      csv(META_ADS, "2026-03-02,7,Spring,70,700,4.00", "2026-03-03,7,Spring,70,700,6.00"),
    );
    expect(problemsOf(second)).toEqual([
      "dataset.levels: spend of 4 at level ad of meta/42 and of 0 at level campaign on 2026-03-02, and more on 1 other days",
    ]);
  });

  it("refuses campaigns that were filtered beside ads that were not", async () => {
    const [, second] = await inTurn(
      csv(META_ADS, "2026-03-01,7,Spring,70,700,4.00", "2026-03-01,8,Summer,80,800,6.00"),
      csv(META, "2026-03-01,7,Spring,100.00,2"),
    );
    expect(problemsOf(second)).toEqual([
      "dataset.levels: spend of 6 at level ad under campaign 8 of meta/42, which itself has 0",
    ]);
  });

  it("refuses a campaign by its name where the folder has it by its id", async () => {
    const [, second] = await inTurn(
      csv(META, "2026-03-01,7,Spring,10.00,2"),
      csv("Day,Campaign name,Amount spent (EUR)", "2026-03-01,Spring,10.00"),
    );
    expect(problemsOf(second)).toEqual(['import.idsAndNames: the campaign "Spring" without an id, and as 7']);
  });

  it("takes act_42 and 42 for one account", async () => {
    const text = csv(META, "2026-03-01,7,Spring,10.00,2");
    const folder = aFolder();
    await importText(null, [{ name: "a.csv", text }], { ...SETTINGS, account: "act_42" }, folder);
    expect(rowsOf(await importText(null, [{ name: "a.csv", text }], SETTINGS, folder))).toHaveLength(1);
  });

  it("refuses to add up two conversions, whatever language names them", async () => {
    const leads = csv("Day,Campaign ID,Amount spent (EUR),Website purchases", "2026-03-02,7,10.00,2");
    const french = csv("Jour,N° de la campagne,Montant dépensé (EUR),Achats", "2026-03-02,7,10.00,2");
    const first = csv(META, "2026-03-01,7,Spring,10.00,2");
    expect(problemsOf((await inTurn(first, leads))[1])).toEqual([
      'import.saidTwice: "Purchases" for meta/42',
    ]);
    expect(rowsOf((await inTurn(first, french))[1])).toHaveLength(2);
  });

  it("names no attribution for an account whose days have two", async () => {
    const header = "Day,Campaign ID,Amount spent (EUR),Attribution setting";
    const [, second] = await inTurn(
      csv(header, "2026-03-01,7,10.00,7-day click"),
      csv(header, "2026-03-02,7,10.00,1-day click"),
    );
    if (second?.kind !== "imported") throw new Error(JSON.stringify(second));
    expect(second.report.notes).toEqual(["meta/42 has days of two attributions: 7-day click, 1-day click"]);
    expect(JSON.parse(second.tables["sources.json"] ?? "").accounts).toEqual([
      { platform: "meta", accountId: "42", conversion: null, attribution: null },
    ]);
  });

  it("refuses a currency that the file contradicts", async () => {
    const text = csv(
      "Day,Customer ID,Campaign,Cost,Currency code",
      "2026-03-01,123-456-7890,Spring,10.50,EUR",
    );
    const options = { ...SETTINGS, account: null, currency: "USD" };
    expect(problemsOf(await importText(null, [{ name: "a.csv", text }], options))).toEqual([
      'import.twoCurrencies: "EUR" for google/1234567890',
    ]);
    const meta = [{ name: "a.csv", text: csv(META, "2026-03-01,7,Spring,10.00,2") }];
    expect(problemsOf(await importText(null, meta, { ...SETTINGS, currency: "USD" }))).toEqual([
      'import.twoCurrencies: "EUR" for meta/42',
    ]);
  });

  it("takes the newest budget, of whatever kind, and none where another level owns it now", async () => {
    const header = "Day,Campaign ID,Ad set ID,Ad set budget,Ad set budget type,Amount spent (EUR)";
    const [, second] = await inTurn(
      csv(header, "2026-03-01,7,70,40,Daily,1", "2026-03-01,7,71,50,Daily,1", "2026-03-01,7,72,60,Daily,1"),
      csv(
        header,
        "2026-03-02,7,70,500,Lifetime,1",
        "2026-03-02,7,71,Using campaign budget,Using campaign budget,1",
        "2026-03-02,7,72,,,1",
      ),
    );
    if (second?.kind !== "imported") throw new Error(JSON.stringify(second));
    expect(second.tables["entities.csv"]?.trimEnd().split("\n")).toEqual([
      "platform,account_id,level,id,parent_id,daily_budget,lifetime_budget",
      ...[
        "meta,42,campaign,7,,,",
        "meta,42,adGroup,70,7,,500",
        "meta,42,adGroup,71,7,,",
        "meta,42,adGroup,72,7,60,",
      ],
    ]);
  });
});
