import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { palier } from "../support/command.ts";
import { aFolder } from "../support/folder.ts";

const REPORT = `Day,Campaign ID,Campaign name,Amount spent (EUR),Impressions,Notes
2026-03-01,7,Spring,10.50,100,x
2026-03-02,7,Spring,1.50,50,x
`;

function aReport(): { file: string; to: string } {
  const folder = aFolder();
  writeFileSync(join(folder, "report.csv"), REPORT);
  return { file: join(folder, "report.csv"), to: join(folder, "data") };
}

const SETTINGS = ["--account", "42", "--zone", "Europe/Paris"];

describe("functions/cli/import", () => {
  it("imports a file whose kind it finds, and says what comes next", async () => {
    const { file, to } = aReport();
    const { code, stdout } = await palier(["import", file, "--to", to, ...SETTINGS]);
    expect(code).toBe(0);
    expect(stdout).toContain("report.csv: meta-ads-manager");
    expect(stdout).toContain("columns that are not used: Notes");
    expect(stdout).toContain("meta/42 campaign: 2 rows, 2026-03-01 to 2026-03-02, spend 12 EUR");
    expect(stdout).toContain(`Next: npm run palier -- facts --dataset ${to}`);
    expect(readFileSync(join(to, "insights.csv"), "utf8")).toContain("meta,42,campaign,7,2026-03-01,10.5,");
  });

  it("takes the kind as its first word, and writes nothing in a dry run", async () => {
    const { file, to } = aReport();
    const args = ["import", "meta-ads-manager", file, "--to", to, "--dry-run", "--json", ...SETTINGS];
    const { code, stdout } = await palier(args);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      files: [{ kind: "meta-ads-manager", rows: 2 }],
      revenue: null,
    });
    expect(existsSync(to)).toBe(false);
  });

  it("ends with 1 and the place of each problem, and imports nothing", async () => {
    const { file, to } = aReport();
    writeFileSync(file, REPORT.replace("10.50", "ten"));
    const { code, stderr } = await palier(["import", file, "--to", to, ...SETTINGS]);
    expect(code).toBe(1);
    expect(stderr).toContain("report.csv:2 Amount spent (EUR)");
    expect(existsSync(to)).toBe(false);
    expect(readdirSync(join(file, ".."))).toEqual(["report.csv"]);
  });

  it("asks for a folder, for files, and for words that it knows", async () => {
    const { file } = aReport();
    const told = [
      await palier(["import", file]),
      await palier(["import", "--dry-run"]),
      await palier(["import", file, "--dry-run", "--decimal", "dot"]),
      await palier(["import", file, "--dry-run", "--zone", "Mars/Base"]),
      await palier(["import", file, "--dry-run", "--currency", "euros"]),
    ];
    expect(told.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
    expect(told[3]?.stderr).toContain('--zone is "Mars/Base"; it takes an IANA zone');
    expect(told[4]?.stderr).toContain('--currency is "euros"; it takes an ISO 4217 code');
    expect(told[2]?.stderr).toContain('--decimal is "dot"; it takes point or comma');
  });

  it("asks for another folder where a file stands in its place", async () => {
    const { file } = aReport();
    const { code, stderr } = await palier(["import", file, "--to", file]);
    expect(code).toBe(1);
    expect(stderr).toContain("no folder can be made there (EEXIST)");
    expect(readFileSync(file, "utf8")).toBe(REPORT);
  });

  it("lists every kind with its columns", async () => {
    const { stdout } = await palier(["import", "--list"]);
    expect(stdout).toContain("fivetran-meta: ");
    expect(stdout).toMatch(/ad_daily: needs ad_id, date, account_id, spend; may have impressions, /);
    expect(stdout).toContain("series: needs date, revenue or revenue_per_conversion, ..._spend; may have ");
    expect(stdout).not.toMatch(/^ {2}\w+: .*\*/m);
  });

  it("takes a first word that is no file for a kind, and names what is close", async () => {
    const { file } = aReport();
    const close = await palier(["import", "google-ads-reprot", file, "--dry-run"]);
    expect(close.code).toBe(2);
    expect(close.stderr).toContain("(did you mean google-ads-report?); the kinds are meta-ads-manager, ");
    const far = await palier(["import", "nokind", file, "--dry-run"]);
    expect(far.code).toBe(2);
    expect(far.stderr).toContain('"nokind" is neither a file nor a kind; the kinds are meta-ads-manager, ');
  });
});
