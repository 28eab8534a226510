import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publicationText } from "../../functions/cli/publications.ts";
import type { Publication } from "../../lib/loop/publish.ts";
import { palier } from "../support/command.ts";
import { aFolder, aHome, copyOfHome, removeHomes } from "../support/home.ts";

/** The rules folder with further brands made from the example, each by its own replacements. */
function rulesWith(brands: Readonly<Record<string, readonly [string, string][]>>): string {
  const rules = aFolder();
  cpSync("rules", rules, { recursive: true });
  const text = readFileSync(path.join(rules, "brands", "atelier-lune.json"), "utf8");
  for (const [id, replacements] of Object.entries(brands)) {
    const own = replacements.reduce((all, [from, to]) => all.replace(from, to), text);
    writeFileSync(path.join(rules, "brands", `${id}.json`), own.replace('"atelier-lune"', `"${id}"`));
  }
  return rules;
}

const OTHER_ACCOUNTS: [string, string][] = [
  ['"id": "1001"', '"id": "2001"'],
  ['"id": "2000000002"', '"id": "2000000003"'],
];

describe("functions/cli/publish", () => {
  afterAll(removeHomes);

  describe("into this machine's home", () => {
    let home: string;

    beforeAll(async () => {
      home = await aHome();
    });

    it("says first what it would do, does it once, and finds it done", async () => {
      const dry = await palier(["publish", "--dry-run", "--home", home]);
      expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining("would be published as") });
      const done = await palier(["publish", "--by", "lea", "--json", "--home", home]);
      const { dryRun, publications } = JSON.parse(done.stdout);
      expect({ dryRun, publications }).toMatchObject({
        dryRun: false,
        publications: [{ brand: "atelier-lune", kind: "new", first: true, watched: [] }],
      });
      const again = await palier(["publish", "--home", home]);
      expect(again.stdout).toContain("published already");
      const log = JSON.parse((await palier(["log", "--json", "--home", home])).stdout);
      expect(log.flatMap(({ events }: { events: object[] }) => events)).toMatchObject([
        { type: "rulesPublished", by: "lea", sourceHash: publications[0].sourceHash },
        { type: "deskChanged", by: "lea", desk: { slack: { channel: "C0BUDGETS" } } },
      ]);
    });

    it("publishes no brand while one account is another's", async () => {
      const copy = copyOfHome(home);
      const rules = rulesWith({
        "maison-sel": [["Atelier Lune", "Maison Sel"], ...OTHER_ACCOUNTS.slice(0, 1)],
      });
      await palier(["publish", "--brand", "atelier-lune", "--home", copy]);
      const refused = await palier(["publish", "--brand", "maison-sel", "--rules", rules, "--home", copy]);
      expect(refused).toMatchObject({ code: 1 });
      expect(refused.stderr).toContain("google/2000000002 belongs to brand atelier-lune");
      const log = await palier(["log", "--json", "--brand", "maison-sel", "--rules", rules, "--home", copy]);
      expect(JSON.parse(log.stdout)).toEqual([]);
    });
  });

  it("publishes all brands of the folder, each to its own log", async () => {
    const rules = rulesWith({ "maison-sel": OTHER_ACCOUNTS });
    const all = await palier(["publish", "--all", "--json", "--rules", rules, "--home", await aHome()]);
    expect(all).toMatchObject({ code: 0 });
    expect(JSON.parse(all.stdout).publications).toMatchObject([
      { brand: "atelier-lune", kind: "new" },
      { brand: "maison-sel", kind: "new" },
    ]);
  });

  it("names the problems of all files at once, each once, and publishes none", async () => {
    const rules = rulesWith({ "maison-sel": [['"EUR"', '"EUX"']], "maison-thym": [] });
    const file = path.join(rules, "packs", "roads", "raise-proven.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"percent": 20', '"percent": 2000'));
    const home = await aHome();
    const refused = await palier(["publish", "--all", "--json", "--rules", rules, "--home", home]);
    expect(refused.code).toBe(1);
    const { problems } = JSON.parse(refused.stdout).error;
    expect(problems.map(({ path: place }: { path: string }) => place).toSorted()).toEqual([
      "action.percent",
      "currency",
    ]);
    expect(existsSync(path.join(home, "worlds", "seed-1", "data"))).toBe(false);
  });

  it("tells of an account in two brand files before anything is claimed", async () => {
    const rules = rulesWith({ "maison-sel": [] });
    const refused = await palier(["publish", "--all", "--rules", rules, "--home", await aHome()]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("accounts[0]");
    expect(refused.stderr).toContain("atelier-lune has it already");
  });

  it("keeps a sandbox brand, and one whose figures are in a file, off every stage", async () => {
    const refused = await palier(["publish", "--stage", "prod", "--brand", "atelier-lune"]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("a sandbox lives on one machine");
    expect(refused.stderr).toContain("a deployment reads no file of this machine");
  });

  it("reaches no stage that does not exist, and takes no brand beside all of them", async () => {
    const stage = await palier(["publish", "--all", "--stage", "moon"]);
    expect(stage).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("say --stage dev or --stage prod"),
    });
    const both = await palier(["publish", "--all", "--brand", "atelier-lune"]);
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining("not both") });
  });

  it("tells what is added, edited, removed and watched, and what stays as it is", () => {
    const publication: Publication = {
      brand: "lune",
      sourceHash: `1234abcd${"0".repeat(56)}`,
      kind: "new",
      first: false,
      changes: {
        brandKeys: ["limits"],
        added: ["roads/young"],
        removed: ["roads/old"],
        edited: ["roads/raise"],
        modes: [{ rule: "roads/stop", from: "shadow", to: "propose" }],
      },
      watched: [{ rule: "roads/raise", nightsLeft: 14 }],
    };
    expect(publicationText(publication, { dryRun: false, here: true }).split("\n")).toEqual([
      "lune is published as 1234abcd.",
      "  Brand file  limits",
      "  Added       roads/young",
      "  Edited      roads/raise",
      "  Removed     roads/old",
      "  Mode        roads/stop from shadow to propose",
      "  Watched     roads/raise for 14 nights, before it may ask for anything",
      "  Nights on this machine go on reading the files from the disk.",
    ]);
    const same = publicationText({ ...publication, kind: "same" }, { dryRun: true, here: false });
    expect(same).toBe("lune: these files are published already, as 1234abcd; nothing was changed.");
  });
});
