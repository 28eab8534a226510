import type { Command } from "commander";
import { closest } from "../../lib/domain/closest.ts";
import type { DocEntry } from "../../lib/domain/generated.ts";
import { dim, field, type Page, pageFor, paint, paragraph } from "../../lib/report/page.ts";
import { ACTION_WORDS, FACT_WORDS, OPERATOR_WORDS, PARAMS_WORDS } from "../../lib/rules/files/vocabulary.ts";
import { readBrands, readPacks } from "../../lib/runtime/config.ts";
import { plainText } from "../../lib/words/plain-text.ts";
import { type DocTopic, docTopics } from "./docs-topics.ts";
import { UsageError } from "./errors.ts";
import { type CommonOptions, command, runCommand } from "./program.ts";
import { files, pageOptions, print } from "./session.ts";

/** Words that stand in something are found by their own name, too. */
const PREFIXES = ["", "lint.", "appliesTo.", "pack."] as const;

interface DocsOptions extends CommonOptions {
  rules: string;
}

export function docsCommand(): Command {
  return command("docs [word]", {
    summary: "the rule language: metrics, windows, keys, operators, actions, packs, limits, or any one word",
    details:
      "Without a word it lists the topics; with a topic it says each of its words in a sentence; with any other word it says all " +
      "there is to it: formula, unit, when there is no data, parameters, windows, levels, defaults, bounds. It says what this " +
      "version does, from the same tables that check and decide.",
    examples: ["palier docs", "palier docs metrics", "palier docs cpa", "palier docs limits --json"],
    json: true,
  })
    .option("--rules <folder>", "where brands and packs are", "rules")
    .action(
      runCommand<DocsOptions>(async ([word], options) => {
        const { rules } = options;
        const topics = docTopics(await readPacks(files, rules), await readBrands(files, rules));
        const page = pageFor(pageOptions("en", options), { currency: "EUR", zone: "UTC", platforms: [] });
        const found = word === undefined ? topics : topics.filter(({ id }) => id === word);
        const isTopic = found.length > 0;
        const explained = isTopic || word === undefined ? [] : explanations(topics, word);
        if (options.json === true) print(JSON.stringify((isTopic ? found : explained).map(topicJson)));
        else if (word === undefined) print(topics.flatMap((topic) => topicLines(page, topic)).join("\n"));
        else if (isTopic)
          print(found.flatMap(({ entries }) => entries.flatMap((one) => shortLines(page, one))).join("\n"));
        else print(explained.flatMap((topic) => wholeLines(page, topic)).join("\n"));
        return "ok";
      }),
    );
}

/** Topics with the entries that bear the name alone; a rule is explained by its line in its pack. @throws UsageError */
function explanations(topics: readonly DocTopic[], word: string): DocTopic[] {
  const named = (id: string) => PREFIXES.some((prefix) => id === `${prefix}${word}`);
  const found = topics
    .map((topic) => ({
      ...topic,
      entries: [...topic.entries, ...rulesOf(topic)].filter(({ id }) => named(id)),
    }))
    .filter(({ entries }) => entries.length > 0);
  if (found.length > 0) return found;
  const known = topics.flatMap((topic) => [
    topic.id,
    ...[...topic.entries, ...rulesOf(topic)].map(({ id }) => id),
  ]);
  const near = insteadOf(word) ?? closest(word, known);
  const meant = near === null ? "" : ` (did you mean ${near}?)`;
  throw new UsageError(`nothing is called "${plainText(word)}"${meant}; palier docs lists the topics`);
}

function rulesOf({ id, entries }: DocTopic): DocEntry[] {
  if (id !== "packs") return [];
  return entries.flatMap((pack) =>
    pack.rows.map(([rule, doc]): DocEntry => ({ id: rule, doc, rows: [["Pack", pack.id]] })),
  );
}

/** The language's word for one that people type. */
function insteadOf(word: string): string | null {
  const words = [FACT_WORDS, OPERATOR_WORDS, ACTION_WORDS, PARAMS_WORDS].map(({ instead }) => instead ?? {});
  return words.find((one) => Object.hasOwn(one, word))?.[word] ?? null;
}

function topicJson({ id, entries }: DocTopic): object {
  const plain = entries.map((entry) => ({ id: entry.id, doc: entry.doc, ...Object.fromEntries(entry.rows) }));
  return { topic: id, entries: plain };
}

function topicLines(page: Page, { id, about, entries }: DocTopic): string[] {
  const names = entries.map((entry) => plainText(entry.id)).join(", ");
  return [`${paint(page, "bold", id)}: ${about}`, ...dim(page, paragraph(page, names)), ""];
}

function shortLines(page: Page, { id, doc, rows }: DocEntry): string[] {
  const unit = rows.find(([label]) => label === "Unit")?.[1];
  const title = paint(page, "bold", plainText(id));
  const said = paragraph(page, readable(doc));
  const ofPack = rows.every(([label]) => /^[a-z]/.test(label))
    ? rows.map(([rule, text]) => `${rule}: ${text}`)
    : [];
  return [
    unit === undefined ? title : `${title} (${unit})`,
    ...said,
    ...ofPack.flatMap((text) => paragraph(page, readable(text), 2, 1)),
  ];
}

function wholeLines(page: Page, { id: topic, entries }: DocTopic): string[] {
  return entries.flatMap(({ id, doc, rows }) => {
    const width = Math.max(0, ...rows.map(([label]) => readable(label).length)) + 2;
    return [
      `${paint(page, "bold", plainText(id))} (${topic})`,
      ...paragraph(page, readable(doc)),
      ...rows.flatMap(([label, text]) => field(page, readable(label), width, readable(text), 1)),
      "",
    ];
  });
}

/** Markdown's marks of code say nothing on a terminal. */
function readable(text: string): string {
  return plainText(text.replaceAll("`", ""));
}
