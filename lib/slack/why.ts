/** Answers to questions: why something was or was not done, and what a night would do now. */
import type { UnansweredContent, WhyContent } from "../domain/content.ts";
import type { Plan, PlannedChange } from "../domain/plan.ts";
import type { Verdict } from "../domain/verdict.ts";
import { pauseEndWords } from "../report/edit-words.ts";
import { count } from "../report/page.ts";
import { describeAllEvidence } from "../words/evidence.ts";
import { formatDay } from "../words/format.ts";
import { phrase, say } from "../words/say.ts";
import { type Block, context, header, type Rendered, section } from "./blocks.ts";
import { changeWords, directionWords } from "./change-words.ts";
import { capped } from "./digest.ts";
import { firstThatFits, SHARES } from "./fit.ts";
import { bold, plain, safe } from "./mrkdwn.ts";
import { planFoot, planHead, titleWords } from "./night.ts";
import type { RenderOptions } from "./options.ts";
import { pageOf } from "./page.ts";
import { protectionLines } from "./protections.ts";

const MOST_ASKED = 100;
const MOST_NAME = 160;
const MOST_CONDITIONS = 800;
const MOST_FOUND = 4;
const MOST_RULES = 12;
const MOST_PROTECTED = 5;
const MOST_CHANGES = 20;
const MOST_NOTES = 400;

export function renderWhy({ asked, plan, found }: WhyContent, options: RenderOptions): Rendered {
  const { reader } = options;
  const title = phrase("why.title", reader, { asked: plain(asked, MOST_ASKED) });
  const shown = found.slice(0, MOST_FOUND);
  const more = found.length - shown.length;
  const nothing = phrase(plan === null ? "why.noPlan" : "why.nothing", reader);
  const of = plan === null ? [] : [phrase("why.of", reader, { day: formatDay(plan.day, reader) })];
  const blocks = firstThatFits(
    SHARES.map((share) => () => [
      header(title),
      ...section(found.length === 0 ? [nothing] : of),
      ...shown.flatMap((one) => foundBlocks(one, options, share)),
      ...context(more <= 0 ? [] : [phrase("why.more", reader, { count: count(more) })]),
    ]),
  );
  return { text: safe(title), blocks };
}

/** Why there is no answer. */
export function renderUnanswered(
  { question, reason }: UnansweredContent,
  { reader }: RenderOptions,
): Rendered {
  const lines = [bold(`/palier ${question}`), safe(say(reason, reader), MOST_NOTES)];
  return { text: lines.join(": "), blocks: section(lines) };
}

/** What the night would do with the figures of now; without a button, because nothing of it is in the log. */
export function renderPreview(plan: Plan, options: RenderOptions): Rendered {
  const { reader } = options;
  const page = pageOf(options, plan);
  const title = phrase("preview.title", reader, { title: safe(titleWords(plan, options)) });
  const changes = plan.changes.filter(({ outcome }) => outcome !== "blocked");
  const lines = changes.map((change) => changeLine(change, options));
  const blocks = firstThatFits(
    SHARES.map((share) => () => [
      ...section([bold(title), phrase("preview.nothing", reader)]),
      ...planHead(plan, page, options, share),
      ...section(capped(lines, Math.max(1, Math.ceil(MOST_CHANGES * share)), options)),
      ...planFoot(plan, page, options, share),
    ]),
  );
  return { text: title, blocks };
}

function foundBlocks(
  { name, verdicts, changes, protections }: WhyContent["found"][number],
  options: RenderOptions,
  share: number,
): Block[] {
  const { reader } = options;
  const rules = verdicts.map((verdict) => verdictLine(verdict, options));
  const most = Math.max(1, Math.ceil(MOST_RULES * share));
  return [
    ...section([
      bold(safe(name, MOST_NAME)),
      ...changes.map((change) => changeLine(change, options)),
      ...(rules.length === 0 ? [phrase("why.noRule", reader)] : capped(rules, most, options)),
    ]),
    ...context(protectionLines(protections, MOST_PROTECTED, reader)),
  ];
}

function verdictLine({ ruleId, result, evidence }: Verdict, { reader, factLabels }: RenderOptions): string {
  return phrase(`why.${result}`, reader, {
    rule: bold(safe(ruleId, MOST_NAME)),
    conditions: safe(describeAllEvidence(evidence, reader, factLabels), MOST_CONDITIONS),
  });
}

/** A change with what its guardrails made of it. */
function changeLine(change: PlannedChange, { reader }: RenderOptions): string {
  const head = `${directionWords(change, reader)} ${changeWords(change, reader)}`;
  const outcome = phrase(`slack.outcome.${change.outcome}`, reader);
  const ends = change.endsPause === undefined ? [] : [pauseEndWords(change.endsPause, reader)];
  const notes = [...ends, ...change.notes.map(({ reason }) => say(reason, reader))];
  return `${head} (${safe([outcome, ...notes].join("; "), MOST_NOTES)})`;
}
