/** The morning's digest: yesterday, what was changed and what became of it, what waits, what is wrong with the figures. */
import type { Digest, DigestChange, Judgement } from "../domain/digest.ts";
import { editWords, shortEdit } from "../report/edit-words.ts";
import { guardrailWords } from "../report/guardrail-words.ts";
import { count, type Page } from "../report/page.ts";
import { formatDay } from "../words/format.ts";
import { phrase, say } from "../words/say.ts";
import { alertLines } from "./alert-words.ts";
import { type Block, header, type Rendered, section } from "./blocks.ts";
import { funnelLines, merLines, readingWords } from "./brand-lines.ts";
import { firstThatFits, SHARES } from "./fit.ts";
import { APART, bold, mention, plain, safe } from "./mrkdwn.ts";
import type { DeskView, RenderOptions } from "./options.ts";
import { pageOf } from "./page.ts";
import { protectionLines } from "./protections.ts";

const MOST_NAME = 120;
const MOST_LINE = 500;
const MOST_CHANGES = 15;
const MOST_JUDGED = 10;
const MOST_QUALITY = 8;
const MOST_BLOCKED = 6;
const MOST_PROTECTED = 8;
const MOST_ALERTS = 5;

const VERDICTS = {
  tooEarly: ":hourglass_flowing_sand:",
  paid: ":white_check_mark:",
  cost: ":x:",
  unclear: ":heavy_minus_sign:",
  noData: ":grey_question:",
} as const satisfies Record<Judgement["verdict"], string>;

export function renderDigest(digest: Digest, options: RenderOptions): Rendered {
  const { reader } = options;
  const page = pageOf(options, digest.plan);
  const title = phrase("digest.title", reader, {
    brand: plain(digest.brandName, 80),
    day: formatDay(digest.day, reader),
  });
  const blocks = firstThatFits(
    SHARES.map((share) => () => [header(title), ...digestBlocks(digest, options, page, share)]),
  );
  return { text: safe(`${title}: ${yesterdayLine(digest, options)}`), blocks };
}

function digestBlocks(digest: Digest, options: RenderOptions, page: Page, share: number): Block[] {
  const { reader } = options;
  const { plan, alerts, changes, judged, quality, blocked, expired, protections } = digest;
  const room = (most: number) => Math.max(1, Math.ceil(most * share));
  const listed = (lines: readonly string[], most: number) => capped(lines, room(most), options);
  return [
    ...alerts.slice(0, MOST_ALERTS).flatMap((alert) => section(alertLines(alert, options))),
    ...section([bold(phrase("digest.yesterday", reader)), safe(yesterdayLine(digest, options))]),
    ...(plan === null ? [] : section(merLines(plan.brandLine, reader))),
    ...(plan === null ? [] : section(funnelLines(page, plan.brandLine))),
    ...titled(
      phrase("digest.changes", reader),
      changes.length === 0
        ? [phrase("digest.noChanges", reader)]
        : listed(
            changes.map((change) => changeLine(change, options)),
            MOST_CHANGES,
          ),
      expired === 0 ? [] : [phrase("digest.expired", reader, { count: count(expired) })],
    ),
    ...judgedBlocks(judged, options, room(MOST_JUDGED)),
    ...titled(
      phrase("digest.blocked", reader),
      listed(
        blocked.map((one) =>
          phrase("digest.blockedBy", reader, {
            count: count(one.count),
            guardrail: safe(guardrailWords(one.guardrail, reader), 80),
          }),
        ),
        MOST_BLOCKED,
      ),
    ),
    ...titled(
      phrase("digest.quality", reader),
      quality.length === 0
        ? [phrase("digest.qualityFine", reader)]
        : listed(
            quality.map((one) => safe(say(one, reader), MOST_LINE)),
            MOST_QUALITY,
          ),
    ),
    ...section(protectionLines(protections, room(MOST_PROTECTED), reader)),
  ];
}

/** What changes did, once their days have settled: for the digest and the review. */
export function judgedBlocks(judged: readonly Judgement[], view: DeskView, most: number): Block[] {
  const lines = judged.map((one) => judgementLine(one, view));
  return titled(phrase("digest.judged", view.reader), capped(lines, most, view));
}

/** The first lines, and how many more there are. */
export function capped(lines: readonly string[], most: number, { reader }: DeskView): string[] {
  const more = lines.length - most;
  return [
    ...lines.slice(0, most),
    ...(more <= 0 ? [] : [phrase("slack.more", reader, { count: count(more) })]),
  ];
}

/** A heading with its lines; nothing where there are none. */
export function titled(title: string, ...groups: readonly (readonly string[])[]): Block[] {
  const lines = groups.flat();
  return lines.length === 0 ? [] : section([bold(title), ...lines]);
}

function yesterdayLine({ yesterday }: Digest, { reader }: RenderOptions): string {
  const { spend, revenue, mer } = yesterday;
  const told = [
    readingWords(phrase("report.spend", reader), spend, reader),
    readingWords(phrase("report.revenue", reader), revenue, reader),
    readingWords(phrase("report.mer", reader), mer, reader),
  ];
  return told.join(APART);
}

function changeLine({ edit, name, status, by, reason }: DigestChange, { reader, people }: DeskView): string {
  const values = {
    edit: safe(editWords(edit, reader)),
    name: safe(name, MOST_NAME),
    status: phrase(`digest.status.${status}`, reader),
  };
  const line =
    by === null
      ? phrase("digest.change", reader, values)
      : phrase("digest.changeBy", reader, { ...values, by: mention(by, people) });
  if (reason === null) return line;
  return phrase("digest.because", reader, { line, reason: safe(say(reason, reader), MOST_LINE) });
}

function judgementLine({ name, edit, days, verdict, reason }: Judgement, { reader }: DeskView): string {
  const line = phrase("digest.judgement", reader, {
    name: safe(name, MOST_NAME),
    edit: safe(shortEdit(edit, reader)),
    days: { value: days, unit: "days" },
    verdict: phrase(`digest.verdict.${verdict}`, reader),
  });
  const told = { line, reason: safe(say(reason, reader), MOST_LINE) };
  return `${VERDICTS[verdict]} ${phrase("digest.because", reader, told)}`;
}
