import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { rootCommand } from "../../functions/cli/main.ts";
import { pageOptions } from "../../functions/cli/session.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import { renderPlan } from "../../lib/report/plan-report.ts";
import { palier } from "../support/command.ts";
import {
  aNight,
  aPlannedHome,
  aPlannedWorkspace,
  closeWorkspaces,
  copyOfHome,
  removeHomes,
} from "../support/home.ts";
import { aServedHome, LEA } from "../support/served.ts";

const DOCUMENTS = ["README.md", "CONTRIBUTING.md"];
const readme = readFileSync("README.md", "utf8");

/** The fenced blocks of the README in one language. */
function blocks(language: string): string[] {
  return [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, found]) => found === language)
    .map(([, , text = ""]) => text);
}

/** Sources of the product, as one text. */
function sources(): string {
  return ["functions", "lib"]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => path.join(folder, file)),
    )
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
}

describe("README.md", () => {
  it("shows a rule exactly as it is shipped", () => {
    const rule = JSON.parse(blocks("json")[0] ?? "");
    const { $schema, ...shipped } = JSON.parse(readFileSync(`rules/packs/roads/${rule.id}.json`, "utf8"));
    expect($schema).toBe("../../schema/rule.schema.json");
    expect(rule).toEqual(shipped);
  });

  describe("of the sandbox's first night", () => {
    let plan: Plan | null = null;

    beforeAll(async () => {
      ({ plan } = await aNight(await aPlannedWorkspace()));
      return closeWorkspaces;
    });

    it("shows lines that the report prints", () => {
      if (plan === null) throw new Error("no plan");
      const page = { ...pageOptions("en", {}), width: 100, colors: false, logFolder: null, next: [] };
      const printed = renderPlan(plan, page).replaceAll("\u00a0", " ").split("\n");
      const shown = (blocks("").find((text) => text.includes("target CPA")) ?? "").trimEnd().split("\n");
      expect(shown).toHaveLength(9);
      expect(printed).toEqual(expect.arrayContaining(shown));
    });
  });

  it("leads through Slack by commands that do what it says", async () => {
    const section = /^## Slack in five minutes$([\s\S]*?)^## /m.exec(readme)?.[1] ?? "";
    const lines = [...section.matchAll(/^npm run (?:-s )?palier -- ([^#\n]*)/gm)].map(([, line = ""]) =>
      line.trim().split(" "),
    );
    const names = lines.map(([name]) => name);
    expect(names).toEqual(["serve", "status", "approve", "sandbox", "sandbox", "slack"]);
    const typed = section.match(/(?<=`\/palier )[^`]+/g) ?? [];
    expect(typed).toEqual(["status", "why Candles", "preview"]);
    const home = copyOfHome(await aPlannedHome());
    onTestFinished(removeHomes);
    const hands = await aServedHome(home);
    for (const words of typed) {
      await hands.command(LEA, words);
      await hands.settled();
      expect(await hands.told(LEA)).not.toContain("What I know");
    }
    for (const line of lines.slice(1)) {
      const at = line[0] === "slack" ? [] : ["--home", home];
      expect(await palier([...line, ...at])).toMatchObject({ code: 0 });
      await hands.settled();
    }
    for (const told of ["night of Wed 11 Mar", "Yesterday", "night of Thu 12 Mar"])
      expect(await hands.message(told)).toMatchObject({ threadTs: null });
  });

  it("leads from exports to a night by commands that do what it says", async () => {
    const section = /^## Try it on your own exports$([\s\S]*?)^## /m.exec(readme)?.[1] ?? "";
    const lines = [...section.matchAll(/^npm run palier -- ([^#\n]*)/gm)].map(([, line = ""]) => line.trim());
    expect(lines.map((line) => line.split(" ")[0])).toEqual([
      ...["import", "facts", "facts", "facts", "init", "preview"],
    ]);
    const folder = mkdtempSync(path.join(tmpdir(), "palier-exports-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const exports = readdirSync("tests/fixtures/exports").filter((file) => file.endsWith(".csv"));
    const told: string[] = [];
    for (const line of lines) {
      const args = line.split(" ").flatMap((word) => {
        if (word === "my-shop") return [folder];
        return word.endsWith("*.csv")
          ? exports.map((file) => path.join("tests/fixtures/exports", file))
          : [word];
      });
      // Nobody is there to say yes.
      const result = await palier(args[0] === "init" ? [...args, "--yes"] : args);
      expect(result).toMatchObject({ code: 0 });
      told.push(result.stdout.replaceAll("\u00a0", " "));
    }
    const [imported, brand, campaigns, checked, , night] = told;
    expect(imported).toContain("google/2000000002 campaign: 233 rows");
    // 487,926.11 of the shop over 119,940.64 on both platforms in the last 28 days.
    expect(brand).toMatch(/MER .* 4\.07$/m);
    expect(campaigns).toMatch(/RTG \| Visitors +CPA/);
    expect(checked).toContain("all");
    expect(night).toContain("MER 4,02");
    expect(night).toContain("pause");
  });

  it("names commands that exist", () => {
    const known = new Map(
      rootCommand().commands.map((one) => [one.name(), one.commands.map((sub) => sub.name())]),
    );
    const named = DOCUMENTS.flatMap((file) => [
      ...readFileSync(file, "utf8").matchAll(/npm run (?:-s )?palier -- ([a-z]+)(?: ([a-z]+))?/g),
    ]);
    expect(named.length).toBeGreaterThan(5);
    for (const [, name = "", sub = ""] of named) {
      expect([...known.keys()]).toContain(name);
      if (known.get(name)?.length) expect(known.get(name)).toContain(sub);
    }
  });

  it("names npm scripts, environment variables, folders and files that exist", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
    const text = DOCUMENTS.map((file) => readFileSync(file, "utf8")).join("\n");
    for (const [, script = ""] of text.matchAll(/npm run (?:-s )?([a-z]+)/g))
      expect(scripts).toHaveProperty(script);
    const variables = new Set(text.match(/PALIER_[A-Z_]+/g));
    expect(variables.size).toBe(11);
    const code = sources();
    for (const variable of variables) expect(code).toContain(variable);
    for (const [, named = ""] of text.matchAll(/`((?:lib|rules|functions|tests)\/[\w/.-]*)`/g))
      expect([named, existsSync(named)]).toEqual([named, true]);
  });
});
