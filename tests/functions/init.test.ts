import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { afterAll, describe, expect, it } from "vitest";
import { UsageError } from "../../functions/cli/errors.ts";
import { initCommand } from "../../functions/cli/init.ts";
import type { Asker } from "../../functions/cli/interview.ts";
import { type Ended, palier, runHere } from "../support/command.ts";
import { aFolder, aHome, removeHomes, serveWorld } from "../support/home.ts";
import { rulesWith } from "../support/rules-folder.ts";

const SALT = {
  "accounts.csv":
    "platform,account_id,currency,time_zone,name\nmeta,77,EUR,Europe/Paris,Maison Sel\ntv,main,EUR,Europe/Paris,\n",
  "entities.csv":
    "platform,account_id,level,id,name,status,daily_budget\nmeta,77,campaign,1,FR_PROS_a,active,100\nmeta,77,campaign,2,FR_PROS_b,active,50\n",
  "insights.csv":
    "platform,account_id,level,entity_id,date,spend,conversions\nmeta,77,campaign,1,2026-03-01,100,4\nmeta,77,campaign,2,2026-03-02,50,1\ntv,main,campaign,t1,2026-03-02,500,\n",
};

function aDataset(): string {
  const folder = aFolder();
  for (const [name, text] of Object.entries(SALT)) writeFileSync(path.join(folder, name), text);
  return folder;
}

/** Somebody who answers in turn, and leaves when there is nothing more to say. */
function typing(...answers: string[]): () => Asker {
  return () => ({
    async ask() {
      const answer = answers.shift();
      if (answer === undefined) throw new UsageError("the questions were broken off; nothing was written");
      return answer;
    },
    close() {},
  });
}

async function answered(args: readonly string[], ...answers: string[]): Promise<Ended> {
  return await runHere(
    () => new Command("palier").addCommand(initCommand(typing(...answers))),
    ["init", ...args],
  );
}

describe("functions/cli/init", () => {
  afterAll(removeHomes);

  it("proposes a brand of the sandbox's accounts over both SDKs, which a preview then judges", async () => {
    const [home, rules] = [await aHome(), rulesWith()];
    const here = ["--home", home, "--rules", rules];
    const world = await serveWorld(home);
    try {
      const made = await palier([
        "init",
        "--sandbox",
        ...here,
        "--id",
        "my-shop",
        "--margin",
        "0.5",
        "--yes",
      ]);
      expect(made).toMatchObject({ code: 0 });
      expect(made.stdout).toContain("npm run palier -- preview --brand my-shop");
      const file = JSON.parse(readFileSync(path.join(rules, "brands", "my-shop.json"), "utf8"));
      expect(file).toMatchObject({
        name: "Atelier Lune",
        mode: "shadow",
        sandbox: true,
        accounts: [
          { platform: "meta", id: "1001" },
          { platform: "google", id: "2000000002" },
        ],
        conversions: { purchase: { meta: "omni_purchase", google: ["Purchase (web)"] }, primary: "purchase" },
        groups: {
          stage: {
            awareness: { campaigns: ["AWA *"] },
            prospecting: { campaigns: ["PROS *"] },
            retargeting: { campaigns: ["RTG *"] },
            brandSearch: { ids: ["21521288401"] },
          },
        },
      });
      const preview = await palier(["preview", ...here, "--brand", "my-shop", "--json"]);
      expect(JSON.parse(preview.stdout)).toMatchObject({ brand: "my-shop", refused: null });
      expect((await world.client.ledger()).filter(({ actor }) => actor === "api")).toEqual([]);
    } finally {
      await world.close();
    }
  });

  it("writes a dataset's own brand file from answers, another stage and amount among them", async () => {
    const folder = aDataset();
    // Meta yes, TV no, id, budgets, stage no: mixed, target no: 12.50, language.
    const said = ["y", "n", "y", "", "n", "mixed", "no", "12,50", "oui"];
    const made = await answered(["--dataset", folder], ...said);
    expect(made).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(path.join(folder, "brand.json"), "utf8"))).toEqual({
      id: "maison-sel",
      name: "Maison Sel",
      language: "fr",
      currency: "EUR",
      zone: "Europe/Paris",
      mode: "shadow",
      accounts: [{ platform: "meta", id: "77" }],
      parameters: { targetCpa: { unit: "money", default: 12.5 } },
      groups: { stage: { mixed: { campaigns: ["*_PROS_*"] } } },
      packs: { roads: {} },
    });
  });

  it("asks again where an answer is none, and writes nothing when the questions are broken off", async () => {
    const folder = aDataset();
    const left = await answered(["--dataset", folder], "maybe", "y", "y");
    expect(left).toMatchObject({ code: 2 });
    expect(left.stdout).toContain("Expected y or n.");
    expect(left.stderr).toContain("nothing was written");
    expect(existsSync(path.join(folder, "brand.json"))).toBe(false);
  });

  it("shows the proposal, writes nothing and ends with 1 where nobody can answer", async () => {
    const folder = aDataset();
    const shown = await palier(["init", "--dataset", folder]);
    expect(shown).toMatchObject({ code: 1 });
    expect(shown.stdout).toContain('"id": "maison-sel"');
    expect(shown.stdout).toContain("Nothing was written");
    expect(existsSync(path.join(folder, "brand.json"))).toBe(false);
    const json = await palier(["init", "--dataset", folder, "--json", "--account", "meta/77"]);
    expect(json).toMatchObject({ code: 1 });
    expect(JSON.parse(json.stdout)).toMatchObject({
      findings: { today: "2026-03-03", accounts: [{ accountId: "77", campaigns: 2 }], shopDays: null },
      file: { accounts: [{ platform: "meta", id: "77" }], parameters: { targetCpa: { default: 30 } } },
      written: null,
    });
  });

  it("writes over a file only when told to", async () => {
    const folder = aDataset();
    const file = path.join(folder, "brand.json");
    writeFileSync(file, "mine");
    const refused = await palier(["init", "--dataset", folder, "--yes"]);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain("is there already");
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect(await palier(["init", "--dataset", folder, "--yes", "--force"])).toMatchObject({ code: 0 });
    expect(readFileSync(file, "utf8")).toContain('"maison-sel"');
  });

  it("says which credentials it would need", async () => {
    const refused = await palier(["init"]);
    expect(refused).toMatchObject({ code: 1 });
    for (const part of ["PALIER_META_TOKEN", "PALIER_GOOGLE_REFRESH_TOKEN", "--dataset", "--sandbox"]) {
      expect(refused.stderr).toContain(part);
    }
  });

  it.each([
    [["--margin", "50"], "--margin is"],
    [["--profit", "0.1"], "--profit needs --margin"],
    [["--margin", "0.3", "--profit", "0.3"], "below the margin"],
    [["--id", "My Shop"], "--id is"],
    [["--sandbox"], "not both"],
    [["--account", "meta/78"], "there are meta/77, tv/main"],
  ])("refuses %j", async (args, said) => {
    const refused = await palier(["init", "--dataset", aDataset(), ...args]);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain(said);
  });

  it("refuses a file whose name is not the brand's id, as every night would", async () => {
    const [home, rules] = [await aHome(), rulesWith()];
    const to = path.join(rules, "brands", "other.json");
    mkdirSync(path.dirname(to), { recursive: true });
    const args = ["init", "--sandbox", "--home", home, "--id", "my-shop", "--to", to, "--yes"];
    expect(await palier(args)).toMatchObject({ code: 1 });
    expect(existsSync(to)).toBe(false);
  });
});
