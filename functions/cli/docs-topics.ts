/** Everything that `palier docs` knows, by topic, from the tables that check and decide. */
import path from "node:path";
import { limitEntries } from "../../lib/brand/reference.ts";
import type { DocEntry } from "../../lib/domain/generated.ts";
import { type JsonFile, parseJson, valueAt } from "../../lib/domain/json-file.ts";
import { factCatalogue } from "../../lib/metrics/index.ts";
import {
  actionEntries,
  factEntry,
  fileKeyEntries,
  operatorEntries,
  parameterEntries,
  windowEntries,
} from "../../lib/rules/docs/entries.ts";
import type { RuleFile } from "../../lib/rules/files/load.ts";
import { checks } from "../../lib/rules/lint/index.ts";

export interface DocTopic {
  id: string;
  about: string;
  entries: readonly DocEntry[];
}

/** `packs` are the files of every pack, `brands` those of every brand; one that is no JSON is left to `palier lint`. */
export function docTopics(packs: readonly RuleFile[], brands: readonly RuleFile[]): DocTopic[] {
  return [
    {
      id: "metrics",
      about: "figures, states and parameters that rules compare",
      entries: factCatalogue.map(factEntry),
    },
    { id: "windows", about: "the days that a metric counts", entries: windowEntries() },
    { id: "parameters", about: "what a metric takes", entries: parameterEntries() },
    { id: "operators", about: "how they are compared", entries: operatorEntries() },
    { id: "actions", about: "what a rule may ask for", entries: actionEntries() },
    { id: "keys", about: "what a rule and a pack say besides", entries: fileKeyEntries() },
    { id: "own", about: "metrics and parameters of the brand files", entries: ownEntries(brands) },
    { id: "packs", about: "rules that are there, in a sentence each", entries: packEntries(packs) },
    { id: "limits", about: "hard limits of a brand, whoever asks", entries: limitEntries() },
    { id: "lint", about: "what palier lint finds; examples in rules/LINT.md", entries: lintEntries() },
  ];
}

function lintEntries(): DocEntry[] {
  return checks.map(({ code, severity, doc }) => ({
    id: `lint.${code}`,
    doc,
    rows: [["Severity", severity]],
  }));
}

/** What a brand file adds to the language. */
function ownEntries(files: readonly RuleFile[]): DocEntry[] {
  return files.flatMap((file) => {
    const parsed = parseJson(file.text, file.path);
    if (!parsed.ok) return [];
    return (["metrics", "parameters"] as const).flatMap((key) => {
      const named = valueAt(parsed.json.value, [key]);
      if (typeof named !== "object" || named === null) return [];
      return Object.entries(named).map(([id, given]) => ownEntry(id, `${file.path}, ${key}`, given));
    });
  });
}

function ownEntry(id: string, where: string, given: unknown): DocEntry {
  const rows = (["Unit", "Formula", "Default"] as const).flatMap((label): [string, string][] => {
    const value = valueAt(given, [label.toLowerCase()]);
    return value === undefined ? [] : [[label, String(value)]];
  });
  return { id, doc: `Set in ${where}.`, rows };
}

function packEntries(files: readonly RuleFile[]): DocEntry[] {
  const folders = Map.groupBy(files, (file) => path.basename(path.dirname(file.path)));
  return [...folders].map(([id, ofPack]) => {
    const described = ofPack.flatMap((file): [string, string][] => {
      const parsed = parseJson(file.text, file.path);
      return parsed.ok ? [[path.basename(file.path, ".json"), descriptionIn(parsed.json)]] : [];
    });
    const doc = described.find(([name]) => name === "pack")?.[1] ?? "";
    return { id, doc, rows: described.filter(([name]) => name !== "pack") };
  });
}

function descriptionIn({ value }: JsonFile): string {
  const description = valueAt(value, ["description"]);
  return typeof description === "string" ? description : "";
}
