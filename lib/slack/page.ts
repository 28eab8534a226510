/** A report's page without width, colours or hyperlinks: its sentences are told in Slack as they are on a terminal. */
import type { Plan } from "../domain/plan.ts";
import { type Page, pageFor } from "../report/page.ts";
import { bold, safe } from "./mrkdwn.ts";
import type { RenderOptions } from "./options.ts";

const MOST_LINE = 500;

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

/** A section of the report: its title and its first lines; nothing where there is nothing to say. */
export function toldSection([, title = "", ...lines]: readonly string[], most: number): string[] {
  if (lines.length === 0) return [];
  return [bold(safe(title)), ...lines.slice(0, most).map((line) => safe(line.trim(), MOST_LINE))];
}
