import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rootCommand } from "../../functions/cli/main.ts";
import { type Ended, palier, palierProcess } from "../support/command.ts";
import { aFolder, aHome, copyOfHome, removeHomes, serveWorld } from "../support/home.ts";
import { BRAND_FILE, RAISE_FILE, rulesWith } from "../support/rules-folder.ts";

/** The help text with what follows it, as `--help` prints it. */
function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}

describe("functions/cli", () => {
  afterAll(removeHomes);

  describe("on a fresh world", () => {
    let home: string;
    let demo: Ended;
    let proposalIds: string[];

    beforeAll(async () => {
      home = aFolder();
      demo = await palierProcess(["demo", "--seed", "1", "--home", home]);
      const open = await palier(["proposals", "--json", "--home", home]);
      proposalIds = JSON.parse(open.stdout).map((proposal: { change: { id: string } }) => proposal.change.id);
    });

    it("runs one night and reports what a media buyer needs", () => {
      expect(demo.code).toBe(0);
      for (const part of [
        "MER",
        "prospecting",
        "Proposed (",
        "Blocked (",
        "Limits in force",
        "What to type next",
      ]) {
        expect(demo.stdout).toContain(part);
      }
      expect(demo.stdout).toContain(path.join(home, "worlds", "seed-1", "data"));
      expect(demo.stdout).not.toContain("\u001b[");
      const lines = demo.stdout.split("\n");
      const withoutAddress = lines.filter((line) => !/https:\/\/\S+$/.test(line));
      expect(Math.max(...withoutAddress.map((line) => line.length))).toBeLessThanOrEqual(100);
      expect(lines).toContainEqual(expect.stringMatching(/^ {4}Link +https:\/\/adsmanager\.facebook\.com\//));
    });

    it("prints the same decisions for the same seed", async () => {
      const again = await palier(["demo", "--seed", "1", "--home", aFolder()]);
      const withoutFolder = (text: string) =>
        text
          .split("\n")
          .filter((line) => !line.includes("worlds"))
          .join("\n");
      expect(withoutFolder(again.stdout)).toBe(withoutFolder(demo.stdout));
    });

    const answer = (...args: string[]) => [...args, "--by", "lea", "--home", home];

    it("approves, applies and verifies in separate processes", async () => {
      const [id = ""] = proposalIds;
      const approved = await palierProcess(answer("approve", id));
      expect(approved).toMatchObject({ code: 0 });
      expect(approved.stdout).toContain("read back from the platform");
      const again = await palier(answer("approve", id));
      expect(again.stdout).toContain("already by lea");
      const log = await palier(["log", "--json", "--home", home]);
      const types = JSON.parse(log.stdout).flatMap((entry: { events: { type: string }[] }) =>
        entry.events.map(({ type }) => type),
      );
      expect(types.filter((type: string) => type === "changeSent")).toHaveLength(1);
      expect(await palier(["verify", "--home", home])).toMatchObject({ code: 0 });
    });

    it("names those who may decide to whom is none of them", async () => {
      const [id = ""] = proposalIds;
      const refused = await palier(["approve", id, "--by", "zoe", "--home", home]);
      expect(refused).toMatchObject({ code: 1 });
      expect(refused.stdout).toContain("Say who decides with --by: lea, tom\n");
    });

    it("answers 1 for what cannot be approved and changes nothing", async () => {
      const [, id = ""] = proposalIds;
      expect(await palier(answer("reject", id, "--reason", "stock is low"))).toMatchObject({ code: 0 });
      expect(await palier(answer("approve", id))).toMatchObject({ code: 1 });
      expect(await palier(answer("approve", "atelier-lune-19990101-1"))).toMatchObject({ code: 1 });
    });

    it("stops while another process serves the world, and refuses approvals until resumed", async () => {
      const copy = copyOfHome(home);
      const world = await serveWorld(copy);
      try {
        const id = proposalIds.at(-1) ?? "";
        const here = ["--by", "lea", "--home", copy];
        expect((await palierProcess(["stop", "--everything", "--reason", "drill", ...here])).code).toBe(0);
        const refused = await palier(["approve", id, ...here]);
        expect(refused).toMatchObject({ code: 1 });
        expect(refused.stdout).toContain("Nothing is approved: everything is stopped");
        const resumed = await palier(["resume", "--everything", ...here]);
        expect(resumed.stdout).toContain("everything may be changed again");
        expect(await palier(["approve", id, ...here])).toMatchObject({ code: 0 });
      } finally {
        await world.close();
      }
    });

    it("finishes quietly when its reader leaves early, as head does", async () => {
      const child = spawn(process.execPath, ["functions/cli.ts", "log", "--json", "--home", home]);
      child.stdout.destroy();
      let told = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        told += text;
      });
      expect([(await once(child, "close"))[0], told]).toEqual([0, ""]);
    });

    it.each([
      ["0 where only a history may not be read, which may never change", "/act_1001/activities", 0],
      ["1 where an account cannot be read", "/act_1001/campaigns", 1],
    ])("ends a preview with %s", async (_name, at, code) => {
      const copy = copyOfHome(home);
      const world = await serveWorld(copy);
      try {
        await world.client.fault({ method: "GET", path: at, fault: { kind: "permissionDenied" } });
        const ended = await palier(["preview", "--json", "--home", copy]);
        expect(ended.code).toBe(code);
        expect(JSON.parse(ended.stdout).missing).not.toEqual([]);
      } finally {
        await world.close();
      }
    });

    it("moves the sandbox on and plans the next night", async () => {
      const copy = copyOfHome(home);
      const advanced = await palier(["sandbox", "advance", "--home", copy]);
      expect(advanced.stdout).toContain("2026-03-12");
      const night = await palier(["night", "--json", "--home", copy]);
      expect(JSON.parse(night.stdout)).toMatchObject({
        day: "2026-03-12",
        roundId: "atelier-lune/2026-03-12/night",
      });
    });
  });

  it("answers 2 with a hint for a command that does not exist", async () => {
    const ended = await palierProcess(["nigth"], { PALIER_HOME: aFolder() });
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining("Did you mean night?") });
  });

  it.each([
    [["night", "--jsno"], "Did you mean --json?"],
    [["demo", "--seed", "-1"], '--seed is "-1"'],
    [["demo", "--nights", "many"], '--nights is "many"'],
    [["sandbox", "advance", "--nights", "1", "--minutes", "1"], "not both"],
    [["approve"], "or --safe for all safe ones"],
    [["approve", "atelier-lune-20260311-1", "--safe"], "not both"],
  ])("answers 2 with a hint for %j", async (args, hint) => {
    const ended = await palier([...args, "--home", aFolder()]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(hint);
  });

  it("shows examples in the help of every command", () => {
    const root = rootCommand();
    const all = [root, ...root.commands, ...root.commands.flatMap((one) => one.commands)];
    expect(all.length).toBeGreaterThan(20);
    for (const one of all) expect(helpOf(one)).toMatch(/Examples:\n {2}npm (?:start|run (?:-s )?palier -- )/);
  });

  it("shows the help of one command and ends with 0", async () => {
    const ended = await palier(["night", "--help"]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain("Examples:\n  npm run palier -- night\n");
  });

  it("says how to make a world where there is none", async () => {
    const ended = await palier(["night", "--home", aFolder()]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("npm start");
  });

  it.each(["preview", "night"])(
    "refuses a %s without any credentials, naming them all, and begins nothing",
    async (command) => {
      const rules = rulesWith([BRAND_FILE, '"sandbox": true', '"sandbox": false']);
      const given = ["--rules", rules, "--home", aFolder()];
      const ended = await palier([command, ...given]);
      expect(ended.code).toBe(1);
      expect(ended.stderr).toContain("set PALIER_META_TOKEN to");
      expect(ended.stderr).toContain("set PALIER_GOOGLE_DEVELOPER_TOKEN to");
      expect(ended.stderr).not.toContain(" at ");
      expect(JSON.parse((await palier(["log", "--json", ...given])).stdout)).toEqual([]);
    },
  );

  describe("with a broken file", () => {
    let home: string;

    beforeAll(async () => {
      home = await aHome();
    });

    it.each([
      ["broken JSON", BRAND_FILE, '"name": "Atelier Lune",', '"name": "Atelier Lune"'],
      ["a key given twice", BRAND_FILE, '"currency": "EUR",', '"currency": "EUR", "currency": "USD",'],
      ["an unknown key", BRAND_FILE, '"currency": "EUR",', '"currancy": "EUR",'],
      ["an unknown currency", BRAND_FILE, '"EUR"', '"EUX"'],
      ["no accounts", BRAND_FILE, /(?<="accounts": )\[[^\]]*\]/, "[]"],
      ["two currencies", BRAND_FILE, '"id": "1001",', '"id": "1001", "currency": "USD",'],
      ["a string for a number", BRAND_FILE, '"default": 35', '"default": "35"'],
      ["a misspelt metric", RAISE_FILE, '"fact": "conversions"', '"fact": "convershuns"'],
      ["a misspelt operator", RAISE_FILE, '"operator": "equal"', '"operator": "equals"'],
      ["percent 2000", RAISE_FILE, '"percent": 20', '"percent": 2000'],
      [
        "a share of what nobody can divide yet",
        "packs/roads/channel-dependency.json",
        '"basis": "spend"',
        '"basis": "budget"',
      ],
    ])("refuses %s in one clear message and changes nothing", async (_name, file, from, to) => {
      const rules = rulesWith([file, from, to]);
      const ended = await palier(["night", "--rules", rules, "--home", home]);
      expect(ended.code).toBe(1);
      expect(ended.stderr).toContain(path.basename(file));
      expect(ended.stderr).toMatch(/found +\S/);
      expect(ended.stderr).toMatch(/allowed +\S/);
      expect(ended.stderr).toMatch(/fix +\S/);
      expect(ended.stderr).not.toMatch(/^\s+at .*\.ts/m);
      expect(existsSync(path.join(home, "worlds", "seed-1", "data"))).toBe(false);
    });

    it("refuses an empty list of conditions", async () => {
      const rules = rulesWith([RAISE_FILE, /(?<="conditions": )[\s\S]*(?=,\s+"action")/, '{ "all": [] }']);
      const ended = await palier(["night", "--rules", rules, "--home", home]);
      expect(ended.code).toBe(1);
      expect(ended.stderr).toContain("conditions.all");
      expect(existsSync(path.join(home, "worlds", "seed-1", "data"))).toBe(false);
    });

    it("refuses a bad row of the shop's file, naming line and column", async () => {
      const copy = copyOfHome(home);
      const file = path.join(copy, "worlds", "seed-1", "revenue.csv");
      const lines = readFileSync(file, "utf8").split("\n");
      lines[3] = (lines[3] ?? "").replace(/,[\d.]+/, ",12 EUR");
      const world = await serveWorld(copy);
      try {
        writeFileSync(file, lines.join("\n"));
        const ended = await palier(["night", "--home", copy]);
        expect(ended.code).toBe(1);
        expect(ended.stderr).toContain("revenue.csv:4");
        expect(ended.stderr).toContain("12 EUR");
        const proposals = await palier(["proposals", "--json", "--home", copy]);
        expect(JSON.parse(proposals.stdout)).toEqual([]);
      } finally {
        await world.close();
      }
    });
  });
});
