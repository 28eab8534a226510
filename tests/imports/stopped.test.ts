import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeExport } from "../bench/import.ts";
import { palier } from "../support/command.ts";
import { aFolder } from "../support/folder.ts";

function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

describe("palier import, interrupted", () => {
  it("says so and leaves the folder as it was", async () => {
    const folder = aFolder();
    const to = join(folder, "data");
    const settings = ["--to", to, "--account", "42", "--zone", "Europe/Paris"];
    writeExport(join(folder, "old.csv"), 1_000);
    await palier(["import", join(folder, "old.csv"), ...settings]);
    const before = filesIn(to);
    expect(Object.keys(before)).toContain("insights.csv");

    // Longer than what is read at once: there is more to read when the signal is looked at.
    writeExport(join(folder, "new.csv"), 400_000);
    const preload = ["--import", "./tests/support/waiting-import.ts", "functions/cli.ts"];
    const child = spawn(process.execPath, [...preload, "import", join(folder, "new.csv"), ...settings]);
    let told = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      told += text;
    });
    await once(child.stdout, "data");
    expect(readdirSync(to)).toContain(".import");
    child.kill("SIGINT");
    child.stdin.end("go on\n");
    const [code] = await once(child, "close");
    expect(told).toContain("Stopped; nothing was imported.");
    expect(code).toBe(130);
    expect(filesIn(to)).toEqual(before);
  });
});
