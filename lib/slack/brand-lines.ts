/** How a brand stands, in a few lines: spend, revenue, MER against its band, and the funnel as bars. */
import type { Reading } from "../domain/figure.ts";
import type { BrandLine, StageLine } from "../domain/plan.ts";
import { bandWords, shareWords, stageName, standing } from "../report/brand-section.ts";
import type { Page } from "../report/page.ts";
import { windowWords } from "../words/evidence-window.ts";
import { formatFigure } from "../words/format.ts";
import type { Reader } from "../words/reader.ts";
import { phrase, say } from "../words/say.ts";
import { APART, bold, safe } from "./mrkdwn.ts";

/** A telephone has room for some forty letters in a line. */
const BAR_WIDTH = 10;
/** "100.00%". */
const SHARE_WIDTH = 7;
const MOST_STAGE = 24;
const MOST_STAGES = 12;

const SIGNS = {
  healthy: ":large_green_circle:",
  growing: ":large_yellow_circle:",
  alarm: ":red_circle:",
  unknown: ":white_circle:",
} as const satisfies Record<BrandLine["merBand"], string>;

export function merLines(line: BrandLine, reader: Reader): string[] {
  const { spend, revenue, mer, merBand, merFloor, merAlarm } = line;
  const figures = [
    readingWords(phrase("report.spend", reader), spend, reader),
    readingWords(phrase("report.revenue", reader), revenue, reader),
    readingWords(phrase("report.mer", reader), mer, reader),
  ];
  const band = phrase(`report.merBand.${merBand}`, reader, { floor: merFloor, alarm: merAlarm });
  return [
    bold(safe(phrase("report.brand", reader, { window: windowWords(spend, reader) }))),
    safe(figures.join(APART)),
    `${SIGNS[merBand]} ${safe(band)}`,
  ];
}

/** "Spend €21,000.00", or why there is no figure. */
export function readingWords(label: string, reading: Reading, reader: Reader): string {
  const figure = formatFigure(reading, reader);
  const why = reading.value === null && reading.reason !== null ? ` (${say(reading.reason, reader)})` : "";
  return `${label}\u00a0${figure}${why}`;
}

/** A bar of each stage's share, and whether it is inside the band that is wanted. */
export function funnelLines(page: Page, { stages, spend }: BrandLine): string[] {
  if (stages.length === 0) return [];
  const shown = stages.slice(0, MOST_STAGES);
  const names = shown.map(({ stage }) => safe(stageName(page, stage), MOST_STAGE));
  const width = Math.max(...names.map((name) => name.length));
  const rows = shown.map((stage, index) => stageRow(page, stage, (names[index] ?? "").padEnd(width)));
  const title = phrase("night.funnel", page.reader, { window: windowWords(spend, page.reader) });
  // One line each, in letters of one width; what is inside is text, and holds no mark that could end it.
  return [bold(safe(title)), `\`\`\`${rows.join("\n")}\`\`\``];
}

function stageRow(page: Page, line: StageLine, name: string): string {
  const { sharePercent, band } = line;
  const share = sharePercent.value;
  const words = safe(shareWords(page, line));
  if (typeof share !== "number") return `${name} ${words}`;
  const filled = Math.min(BAR_WIDTH, Math.max(0, Math.round((share / 100) * BAR_WIDTH)));
  const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
  const wanted =
    band === null ? "" : ` (${[bandWords(page, band), standing(page, line)].filter(Boolean).join(", ")})`;
  return `${name} ${bar} ${words.padStart(SHARE_WIDTH)}${wanted}`;
}
