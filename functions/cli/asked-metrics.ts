/** Metrics, windows and levels as people type them at `palier facts`. */
import type { Brand } from "../../lib/domain/brand.ts";
import { closest } from "../../lib/domain/closest.ts";
import { LEVELS, type Level } from "../../lib/domain/ids.ts";
import { customDefinitions } from "../../lib/metrics/custom.ts";
import { factCatalogue } from "../../lib/metrics/index.ts";
import { type AskedMetric, usualMetrics } from "../../lib/metrics/list-figures.ts";
import type { FactDefinition, Params } from "../../lib/metrics/port.ts";
import { readWindow, USUAL_WINDOWS } from "../../lib/metrics/windows/window.ts";
import { FACT_WORDS, LEVEL_WORDS } from "../../lib/rules/files/vocabulary.ts";
import { UsageError } from "./errors.ts";

/** @throws UsageError naming what is close. */
export function askedLevel(text: string): Level {
  const level = LEVELS.find((one) => one === text);
  if (level !== undefined) return level;
  throw new UsageError(
    `--level is "${text}"; it takes ${LEVELS.join(", ")}${meant(text, LEVELS, LEVEL_WORDS.instead)}`,
  );
}

/** @throws UsageError */
export function askedWindows(texts: readonly string[]): readonly string[] {
  if (texts.length === 0) return USUAL_WINDOWS;
  for (const text of texts) {
    if (readWindow(text) !== null) continue;
    throw new UsageError(`--window is "${text}"; it takes a window such as 7d, 14d..8d, today or lastMonth`);
  }
  return [...new Set(texts)];
}

/**
 * `mer`, or with parameters `stageSharePercent(stage=prospecting)`, or a metric of the brand's own; none: all that the level
 * has. @throws UsageError
 */
export function askedMetrics(texts: readonly string[], level: Level, brand: Brand): AskedMetric[] {
  const facts = [...factCatalogue, ...customDefinitions(brand, factCatalogue)];
  return texts.length === 0 ? usualMetrics(level, facts) : texts.map((text) => askedMetric(text, facts));
}

function askedMetric(text: string, facts: readonly FactDefinition[]): AskedMetric {
  const [, name = "", params = ""] = /^(\w+)(?:\((.*)\))?$/.exec(text.trim()) ?? [];
  const fact = facts.find(({ id }) => id === name);
  if (fact !== undefined) return { fact, params: askedParams(fact, params) };
  const names = facts.map(({ id }) => id);
  throw new UsageError(
    `there is no metric "${text}"${meant(name, names, FACT_WORDS.instead)}; palier facts --list shows them all`,
  );
}

function askedParams(fact: FactDefinition, text: string): Params {
  const given = text === "" ? [] : text.split(",").map((one) => one.split("="));
  return Object.fromEntries(
    given.map(([name = "", value = ""]) => {
      const key = name.trim();
      if (fact.params.includes(key)) return [key, paramValue(value.trim())];
      const allowed = fact.params.length === 0 ? "no parameter" : fact.params.join(", ");
      throw new UsageError(`${fact.id} has no parameter "${key}"; it takes ${allowed}`);
    }),
  );
}

function paramValue(text: string): string | number | boolean {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  return text === "true" ? true : text === "false" ? false : text;
}

function meant(
  word: string,
  known: readonly string[],
  instead: Readonly<Record<string, string>> = {},
): string {
  const found = Object.hasOwn(instead, word) ? instead[word] : closest(word, known);
  return found === null || found === undefined ? "" : ` (did you mean ${found}?)`;
}
