import { describe, expect, it } from "vitest";
import { type OutputStream, progress, terminal } from "../../functions/cli/terminal.ts";
import { type Ended, runHere } from "../support/command.ts";
import { tinyProgram } from "./tiny-program.ts";

async function palier(...args: string[]): Promise<Ended> {
  return await runHere(tinyProgram, args);
}

function recorder(given: Partial<OutputStream> = {}): OutputStream & { written: string[] } {
  const written: string[] = [];
  return { ...given, written, write: (text) => written.push(text) };
}

describe("functions/cli/terminal", () => {
  it.each([
    ["a file", {}, 100],
    ["a pipe that claims columns", { columns: 300 }, 100],
    ["a terminal", { isTTY: true, columns: 120 }, 120],
    ["a narrow terminal", { isTTY: true, columns: 30 }, 60],
    ["a wall of a terminal", { isTTY: true, columns: 500 }, 200],
    ["a terminal that does not know", { isTTY: true, columns: 0 }, 100],
  ])("lays text out for %s", (_, stream, width) => {
    expect(terminal(recorder(stream), {}).width).toBe(width);
  });

  it.each([
    ["a terminal", true, {}, true],
    ["a pipe", false, {}, false],
    ["NO_COLOR", true, { NO_COLOR: "1" }, false],
    ["an empty NO_COLOR", true, { NO_COLOR: "" }, true],
    ["FORCE_COLOR on a pipe", false, { FORCE_COLOR: "1" }, true],
    ["FORCE_COLOR=0 on a terminal", true, { FORCE_COLOR: "0" }, false],
    ["a dumb terminal", true, { TERM: "dumb" }, false],
  ])("decides on colours for %s", (_, isTTY, environment, colors) => {
    expect(terminal(recorder({ isTTY }), environment).colors).toBe(colors);
  });

  it.each([
    ["a terminal", true, {}, true],
    ["a pipe", false, {}, false],
    ["NO_COLOR", true, { NO_COLOR: "1" }, false],
    ["FORCE_COLOR on a pipe", false, { FORCE_COLOR: "1" }, false],
    ["a dumb terminal", true, { TERM: "dumb" }, false],
    ["FORCE_COLOR on a dumb terminal", true, { TERM: "dumb", FORCE_COLOR: "1" }, false],
  ])("decides on hyperlinks for %s", (_, isTTY, environment, hyperlinks) => {
    expect(terminal(recorder({ isTTY }), environment).hyperlinks).toBe(hyperlinks);
  });

  it("rewrites one line of progress on a terminal and cleans it up", () => {
    const stream = recorder({ isTTY: true, columns: 12 });
    const line = progress(stream);
    line.step("fetching\nMeta account");
    line.end();
    expect(stream.written).toEqual(["\r\u001b[2Kfetching M…", "\r\u001b[2K"]);
  });

  it("prints one line a step elsewhere", () => {
    const stream = recorder();
    const line = progress(stream);
    line.step("fetching \u001b[31mMeta\u001b[39m");
    line.step("planning");
    line.end();
    expect(stream.written).toEqual(["fetching Meta\n", "planning\n"]);
  });
});

describe("functions/cli/program", () => {
  it("runs a command and ends with 0, or 1 where the answer is no", async () => {
    expect(await palier("night", "atelier-lune", "--seed", "7")).toEqual({
      code: 0,
      stdout: "night of atelier-lune, seed 7\n",
      stderr: "",
    });
    expect((await palier("night", "--fail", "refused")).code).toBe(1);
  });

  it("shows examples in each command's help", async () => {
    const { code, stdout } = await palier("night", "--help");
    expect(code).toBe(0);
    expect(stdout).toContain("Runs one round of a brand, from fetching to proposals.");
    expect(stdout).toContain(
      "Examples:\n  npm run palier -- night atelier-lune\n  npm run palier -- night --seed 7\n",
    );
  });

  it.each([
    [
      "a misspelt command",
      ["nigt"],
      "error: unknown command 'nigt'\n(Did you mean night?)\n(npm run palier -- --help shows examples)\n",
    ],
    [
      "a misspelt flag",
      ["night", "--sed", "1"],
      "error: unknown option '--sed'\n(Did you mean --seed?)\n(npm run palier -- night --help shows examples)\n",
    ],
    ["a value that cannot be", ["night", "--fail", "usage"], "no night 0: nights are counted from 1\n"],
  ])("ends with 2 on %s and says what is right", async (_, args, stderr) => {
    expect(await palier(...args)).toEqual({ code: 2, stdout: "", stderr });
  });

  it("shows the commands and ends with 2 when none is named", async () => {
    const { code, stderr } = await palier();
    expect(code).toBe(2);
    expect(stderr).toContain("night [options] [brand]  run one night");
  });

  it("tells a broken file by place, finding, allowance and fix", async () => {
    expect(await palier("night", "--fail", "config")).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "One problem found; nothing was changed.\n\n" +
        "rules/brands/atelier-lune.json:12 limits.stepPercentProposed\n" +
        "  found    2000\n" +
        "  allowed  a number from 1 to 100\n" +
        "  fix      write the percentage itself, such as 20\n",
    });
  });

  it.each([
    ["platform", "Meta refused the token: it has expired (code 190/463, trace AbC123)\n"],
    ["platformWithCode", "Google's daily quota is used up (quota_error.RESOURCE_EXHAUSTED) (trace r1)\n"],
    ["log", "log of atelier-lune, position 7: 50 writers were faster\n"],
  ])("tells a known failure of the %s in one line", async (how, stderr) => {
    expect(await palier("night", "--fail", how)).toEqual({ code: 1, stdout: "", stderr });
  });

  it("owns up to an unexpected failure, with its stack only when asked", async () => {
    const short = await palier("night", "--fail", "node");
    expect(short.code).toBe(70);
    expect(short.stderr).toBe(
      "Unexpected error, most likely a fault in Palier: connect ECONNREFUSED 127.0.0.1:1\n" +
        "Add --verbose for the place where it happened.\n",
    );
    const long = await palier("night", "--fail", "node", "--verbose");
    expect(long.code).toBe(70);
    expect(long.stderr).toMatch(/\n {4}at .*tiny-program\.ts:/);
  });

  it("gives machines their errors as JSON on standard output", async () => {
    const usage = await palier("night", "--json", "--sed", "2");
    expect(usage).toEqual({
      code: 2,
      stdout:
        '{"error":{"code":"usage.wrong","message":"unknown option \'--sed\' (Did you mean --seed?)","problems":[]}}\n',
      stderr: "",
    });
    const config = await palier("night", "--fail", "config", "--json");
    expect(config.code).toBe(1);
    expect(JSON.parse(config.stdout)).toMatchObject({
      error: {
        code: "config.invalid",
        problems: [{ line: 12, path: "limits.stepPercentProposed", found: "2000" }],
      },
    });
  });
});
