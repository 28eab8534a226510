import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { palier } from "../support/command.ts";
import { aFolder, removeHomes } from "../support/home.ts";

const PAGE = path.resolve("rules/WRITING.md");
/** A line of a transcript that stands for any number of lines. */
const LEFT_OUT = /^\.\.\.$/m;

interface Replayed {
  /** The page with what the commands answer now. */
  page: string;
  /** Of each command its name and how it ended. */
  ended: string[];
}

/** Saves and types what the page says, from top to bottom. File names are those of the folder that this runs in. */
async function replay(page: string): Promise<Replayed> {
  const ended: string[] = [];
  let written = "";
  let file = "";
  let read = 0;
  for (const block of page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)) {
    const [whole, kind, text = ""] = block;
    const before = page.slice(read, block.index);
    read = block.index + whole.length;
    file = before.match(/(?<=`)rules\/[\w/.-]+\.json(?=`)/g)?.at(-1) ?? file;
    if (kind === "json") writeFileSync(file, text);
    if (kind === "diff") writeFileSync(file, edited(file, text));
    const now = kind === "console" ? await typed(text, ended) : text;
    written += `${before}\`\`\`${kind}\n${now}\`\`\``;
  }
  return { page: written + page.slice(read), ended };
}

/** The file with the lines marked - and unmarked replaced by those marked + and unmarked. */
function edited(file: string, diff: string): string {
  const lines = diff.trimEnd().split("\n");
  const side = (mark: string) =>
    lines
      .filter((line) => line.startsWith(mark) || line.startsWith(" "))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  const parts = readFileSync(file, "utf8").split(side("-"));
  if (parts.length !== 2) throw new Error(`${file} has these lines ${parts.length - 1} times:\n${side("-")}`);
  return parts.join(side("+"));
}

/** A transcript with its outputs as they are now; those that still stand keep what they leave out. */
async function typed(transcript: string, ended: string[]): Promise<string> {
  let written = "";
  for (const part of transcript.split(/^(?=\$ )/m)) {
    const [line = "", ...shown] = part.trimEnd().split("\n");
    const args = (line.match(/"[^"]*"|\S+/g) ?? []).slice(2).map((word) => word.replaceAll('"', ""));
    const { code, stdout, stderr } = await palier(args);
    if (code === 70) throw new Error(`${line}: ${stderr}`);
    ended.push(`${args[0]} ${code}`);
    const told = stdout.replaceAll("\u00a0", " ").trimEnd().split("\n");
    written += `${[line, ...(stillStands(shown, told) ? shown : told)].join("\n")}\n`;
  }
  return written;
}

function stillStands(shown: readonly string[], told: readonly string[]): boolean {
  const pieces = shown.join("\n").split(LEFT_OUT).map(escaped);
  return new RegExp(`^${pieces.join("[\\s\\S]*")}$`).test(told.join("\n"));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

describe("rules/WRITING.md", () => {
  const here = process.cwd();
  const page = readFileSync(PAGE, "utf8");
  let replayed: Replayed;

  beforeAll(async () => {
    const folder = aFolder();
    mkdirSync(path.join(folder, "rules"));
    cpSync("rules", path.join(folder, "rules"), { recursive: true });
    // The page types short names of files, and Palier answers with them.
    process.chdir(folder);
    try {
      replayed = await replay(page);
    } finally {
      process.chdir(here);
    }
  });

  afterAll(removeHomes);

  // `npx vitest run -u tests/docs/writing.test.ts` writes the answers anew, those that changed in full.
  it("shows what Palier answers", async () => {
    await expect(replayed.page).toMatchFileSnapshot(PAGE);
  });

  it("leads from two mistakes and a wrong rule to one that passes", () => {
    expect(replayed.ended).toEqual([
      ...["new 0", "new 0", "lint 1", "fmt 0", "lint 0", "docs 0", "lint 0", "test 1", "test 0"],
      ...["sandbox 0", "night 0", "explain 0", "test 0", "preview 0", "lint 0"],
    ]);
  });
});
