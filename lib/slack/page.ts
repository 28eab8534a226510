/** A report's page without width, colours or hyperlinks: its sentences are told in Slack as they are on a terminal. */
import type { Plan } from "../domain/plan.ts";
import { type Page, pageFor } from "../report/page.ts";
import { APART, bold, safe } from "./mrkdwn.ts";
import type { RenderOptions } from "./options.ts";

const MOST_LINE = 500;
const BULLET = "\u2022";
/** The title says how many there are. */
const MORE = "\u2026";

export function pageOf(options: RenderOptions, plan: Plan | null): Page {
  const { reader, factLabels, levelWords, platformLabels, entityUrl } = options;
  const platforms =
    plan === null
      ? []
      : [
          ...plan.brandLine.accounts.map(({ account }) => account.platform),
          ...plan.holders.flatMap(({ subject }) => subject.ref?.platform ?? []),
          ...plan.changes.map(({ target }) => target.platform),
        ];
  const look = { width: Number.POSITIVE_INFINITY, colors: false, hyperlinks: false, verbose: false };
  const names = { factLabels, levelWords, platformLabels, entityUrl };
  return pageFor({ language: reader.language, ...look, ...names }, { ...reader, platforms });
}

/** A section of the report: its title and its first things, each with what is said of it; nothing where there is nothing to say. */
export function toldSection([, title = "", ...lines]: readonly string[], most: number): string[] {
  if (lines.length === 0) return [];
  const things = thingsOf(lines);
  const shown = things
    .slice(0, most)
    .map((told) => `${BULLET} ${told.map((line) => safe(line.trim(), MOST_LINE)).join(APART)}`);
  return [bold(safe(title)), ...shown, ...(things.length > most ? [MORE] : [])];
}

/** The report sets what is said of a thing further in than the thing. */
function thingsOf(lines: readonly string[]): string[][] {
  const insets = lines.map((line) => line.length - line.trimStart().length);
  const outermost = Math.min(...insets);
  const things: string[][] = [];
  for (const [index, line] of lines.entries()) {
    const last = things.at(-1);
    if (last === undefined || insets[index] === outermost) things.push([line]);
    else last.push(line);
  }
  return things;
}
