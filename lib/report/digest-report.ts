/** The morning's digest for a terminal. */
import type { Digest, DigestChange, Judgement } from "../domain/digest.ts";
import type { Alert } from "../domain/state.ts";
import { formatDay } from "../words/format.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import { reading } from "./brand-section.ts";
import { editWords, shortEdit } from "./edit-words.ts";
import { guardrailWords } from "./guardrail-words.ts";
import { addressList, linkedName } from "./links.ts";
import { changedName } from "./naming.ts";
import { capped, count, dim, type Page, type Paint, pageFor, paint, paragraph, section } from "./page.ts";
import type { BrandPageOptions } from "./proposals.ts";
import { namedInProtected, protectedLines } from "./protected-section.ts";

const MOST_LISTED = 30;

const VERDICT_PAINT: Partial<Record<Judgement["verdict"], Paint>> = { paid: "green", cost: "red" };

export function renderDigest(digest: Digest, options: BrandPageOptions): string {
  const page = pageFor(options, options);
  const { reader } = page;
  const { brandName, day, alerts, quality, blocked, protections, plan } = digest;
  const title = phrase("digest.title", reader, {
    brand: plainText(brandName),
    day: formatDay(day, reader, true),
  });
  const listed = [...digest.changes, ...digest.judged].map(({ name, ref }) => ({ name, ref }));
  return [
    paint(page, "bold", title),
    ...section(
      page,
      phrase("digest.alerts", reader),
      alerts.flatMap((alert) => alertLines(page, alert)),
    ),
    ...yesterdayLines(page, digest),
    ...changeLines(page, digest),
    ...judgedLines(page, digest),
    ...section(
      page,
      phrase("digest.blocked", reader),
      blocked.flatMap((one) =>
        paragraph(
          page,
          phrase("digest.blockedBy", reader, {
            count: count(one.count),
            guardrail: guardrailWords(one.guardrail, reader),
          }),
        ),
      ),
    ),
    ...section(
      page,
      phrase("digest.quality", reader),
      quality.length === 0
        ? paragraph(page, phrase("digest.qualityFine", reader))
        : quality.flatMap((one) => paragraph(page, say(one, reader), 1, 1)),
    ),
    ...protectedLines(page, { protections, foreignEdits: plan?.foreignEdits ?? [] }),
    ...section(
      page,
      phrase("report.links", reader),
      dim(page, addressList(page, [...listed, ...namedInProtected({ protections })])),
    ),
  ].join("\n");
}

function alertLines(page: Page, { reason, takenBy, escalatedAtMs }: Alert): string[] {
  const key = escalatedAtMs === null ? "digest.alertOpen" : "digest.alertEscalated";
  const told = { reason: say(reason, page.reader) };
  const words =
    takenBy === null
      ? phrase(key, page.reader, told)
      : phrase("digest.alertTaken", page.reader, { ...told, by: plainText(takenBy) });
  return paragraph(page, words, 1, 1).map((line) => (takenBy === null ? paint(page, "red", line) : line));
}

function yesterdayLines(page: Page, { yesterday: { spend, revenue, mer } }: Digest): string[] {
  const figures = [
    reading(page, "report.spend", spend),
    reading(page, "report.revenue", revenue),
    reading(page, "report.mer", mer),
  ];
  return section(page, phrase("digest.yesterday", page.reader), paragraph(page, figures.join("   ")));
}

function changeLines(page: Page, { changes, expired }: Digest): string[] {
  const { reader } = page;
  const told = capped(page, changes, MOST_LISTED, (change) =>
    paragraph(page, changeWords(page, change), 1, 1),
  );
  const none = paragraph(page, phrase("digest.noChanges", reader));
  const late =
    expired === 0 ? [] : paragraph(page, phrase("digest.expired", reader, { count: count(expired) }));
  return section(page, phrase("digest.changes", reader), [...(changes.length === 0 ? none : told), ...late]);
}

function changeWords(page: Page, { edit, name, ref, status, by, reason }: DigestChange): string {
  const { reader } = page;
  const values = {
    edit: editWords(edit, reader),
    name: changedName(page, { name, target: ref }),
    status: phrase(`digest.status.${status}`, reader),
  };
  const line =
    by === null
      ? phrase("digest.change", reader, values)
      : phrase("digest.changeBy", reader, { ...values, by: plainText(by) });
  return reason === null ? line : phrase("digest.because", reader, { line, reason: say(reason, reader) });
}

function judgedLines(page: Page, { judged }: Digest): string[] {
  const { reader } = page;
  return section(
    page,
    phrase("digest.judged", reader),
    capped(page, judged, MOST_LISTED, (one) => {
      const line = phrase("digest.judgement", reader, {
        name: linkedName(page, one),
        edit: shortEdit(one.edit, reader),
        days: { value: one.days, unit: "days" },
        verdict: phrase(`digest.verdict.${one.verdict}`, reader),
      });
      const words = phrase("digest.because", reader, { line, reason: say(one.reason, reader) });
      const style = VERDICT_PAINT[one.verdict];
      const lines = paragraph(page, words, 1, 1);
      return style === undefined ? lines : lines.map((text) => paint(page, style, text));
    }),
  );
}
