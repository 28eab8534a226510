/** Where everything printed comes from: limits in force, dates, zones, conversions, targets, and the log. */
import type { Reading } from "../domain/figure.ts";
import type { Plan, SettingLine } from "../domain/plan.ts";
import { isMessageKey } from "../words/catalogue.ts";
import { joinWords } from "../words/evidence.ts";
import { factLabel } from "../words/fact-words.ts";
import { formatFigure, formatInstant } from "../words/format.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase } from "../words/say.ts";
import { count, dim, labelled, type Page, paragraph, section } from "./page.ts";
import { windowsOf } from "./windows.ts";

/** Enough of a hash to tell two apart by eye; the whole one is in the log. */
const SHORT_HASH = 12;
/** No attribution was chosen: the platform's own settings hold. */
const AS_SET = "asSet";
/** A dataset's columns count what its export counted, and do not say what. */
const AS_EXPORTED = "as in the dataset";
/** A portfolio has few different targets; more are in the machine-readable output. */
const MOST_TARGETS = 8;

/** Limits that the brand set with where it set them; defaults in one sentence. */
export function limitLines(page: Page, plan: Plan): string[] {
  const { reader } = page;
  const own = plan.settings.filter((setting) => !isDefault(setting));
  const defaults = plan.settings.filter(isDefault).map((setting) => settingWords(page, setting));
  return section(page, phrase("report.limits", reader), [
    ...own.flatMap((setting) => {
      const source = phrase("made.from", reader, { source: plainText(setting.source) });
      return paragraph(page, `${settingWords(page, setting)} (${source})`, 1, 1);
    }),
    ...(defaults.length === 0
      ? []
      : dim(
          page,
          paragraph(page, phrase("made.defaults", reader, { settings: joinWords(defaults, reader) }), 1, 1),
        )),
  ]);
}

/** A conversion or an attribution as its source calls it, or in words where it has no name. */
export function countedAs({ reader }: Page, name: string): string {
  if (name === AS_SET) return phrase("made.asSet", reader);
  return name === AS_EXPORTED ? phrase("made.asExported", reader) : plainText(name);
}

export function madeLines(page: Page, plan: Plan): string[] {
  const { reader } = page;
  const lines = [
    ...plan.sources.map((source) =>
      phrase("made.account", reader, {
        account: plainText(source.account),
        zone: plainText(source.zone),
        conversion: countedAs(page, source.conversion),
        attribution: countedAs(page, source.attribution),
        counted: phrase(`countedOn.${source.countedOn}`, reader),
      }),
    ),
    ...windowLines(page, plan),
    ...targetLines(page, plan),
    ...sourceLines(page, plan),
    phrase("made.decided", reader, {
      at: formatInstant(plan.decidedAtMs, reader),
      zone: plan.zone,
      engine: plainText(plan.engineVersion),
      snapshot: hash(page, plan.inputs.snapshot),
      rules: hash(page, plan.inputs.rules),
      brand: hash(page, plan.inputs.brand),
    }),
  ];
  const title = phrase("report.made", reader);
  return section(
    page,
    title,
    dim(
      page,
      lines.flatMap((line) => paragraph(page, line, 1, 1)),
    ),
  );
}

function windowLines(page: Page, plan: Plan): string[] {
  return windowsOf(plan).map(({ days, from, to }) =>
    phrase("made.window", page.reader, {
      days: { value: days, unit: "days" },
      from: { value: from, unit: "day" },
      to: { value: to, unit: "day" },
    }),
  );
}

/** Each different target once, with how many holders it steers and where it was set. */
function targetLines(page: Page, plan: Plan): string[] {
  const targets = Map.groupBy(plan.holders, (holder) => sourced(page, holder.targetCpa));
  const label = factLabel("targetCpa", page.reader, page.factLabels);
  return [...targets].slice(0, MOST_TARGETS).map(([words, holders]) => {
    const holding = phrase("made.holders", page.reader, { count: count(holders.length) });
    return `${label} ${words}, ${holding}`;
  });
}

/** Where spend and revenue were counted. */
function sourceLines(page: Page, plan: Plan): string[] {
  const { spend, revenue } = plan.brandLine;
  return [["report.spend", spend] as const, ["report.revenue", revenue] as const].flatMap(([key, reading]) =>
    reading.source === null ? [] : [labelled(page, phrase(key, page.reader), plainText(reading.source))],
  );
}

function sourced(page: Page, reading: Reading): string {
  const value = formatFigure(reading, page.reader);
  if (reading.source === null) return value;
  return `${value} (${phrase("made.from", page.reader, { source: plainText(reading.source) })})`;
}

function settingWords(page: Page, setting: SettingLine): string {
  const key = `setting.${setting.id}`;
  const label = isMessageKey(key)
    ? phrase(key, page.reader)
    : factLabel(setting.id, page.reader, page.factLabels);
  const value =
    setting.value.value === null
      ? phrase("made.notSet", page.reader)
      : formatFigure(setting.value, page.reader);
  return labelled(page, label, value);
}

/** Defaults say so in their source ("default", or "default: margin unknown"). */
function isDefault(setting: SettingLine): boolean {
  return setting.source.startsWith("default");
}

function hash(page: Page, text: string): string {
  return page.verbose ? text : text.slice(0, SHORT_HASH);
}
