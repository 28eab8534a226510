/** The review of a period: how the brand and each rule fared, and what people said no to. */
import type { Review, RuleReview } from "../domain/digest.ts";
import { count } from "../report/page.ts";
import { formatDay } from "../words/format.ts";
import { phrase } from "../words/say.ts";
import { type Block, header, type Rendered, section } from "./blocks.ts";
import { funnelLines, merLines, readingWords } from "./brand-lines.ts";
import { capped, judgedBlocks, titled } from "./digest.ts";
import { firstThatFits, SHARES } from "./fit.ts";
import { bold, plain, safe } from "./mrkdwn.ts";
import type { RenderOptions } from "./options.ts";
import { pageOf } from "./page.ts";

const MOST_RULES = 15;
const MOST_JUDGED = 12;
const MOST_REASONS = 3;
const MOST_REASON = 200;
const MOST_ID = 80;

export function renderReview(review: Review, options: RenderOptions): Rendered {
  const { reader } = options;
  const title = phrase("review.title", reader, {
    brand: plain(review.brandName, 80),
    from: formatDay(review.from, reader),
    to: formatDay(review.to, reader),
  });
  const blocks = firstThatFits(
    SHARES.map((share) => () => [header(title), ...reviewBlocks(review, options, share)]),
  );
  return { text: safe(title), blocks };
}

function reviewBlocks(review: Review, options: RenderOptions, share: number): Block[] {
  const { reader } = options;
  const { brandLine, cac, rules, judged, nightsMissed, nightsPlanned } = review;
  const room = (most: number) => Math.max(1, Math.ceil(most * share));
  const nights = { planned: count(nightsPlanned), missed: count(nightsMissed) };
  const lines = rules.map((rule) => ruleLines(rule, options).join("\n"));
  return [
    ...section([
      ...(brandLine === null ? [] : merLines(brandLine, reader)),
      safe(readingWords(phrase("review.cac", reader), cac, reader)),
      phrase("review.nights", reader, nights),
    ]),
    ...(brandLine === null ? [] : section(funnelLines(pageOf(options, null), brandLine))),
    ...titled(
      phrase("review.rules", reader),
      lines.length === 0 ? [phrase("review.noRules", reader)] : capped(lines, room(MOST_RULES), options),
    ),
    ...judgedBlocks(judged, options, room(MOST_JUDGED)),
  ];
}

function ruleLines(rule: RuleReview, { reader }: RenderOptions): string[] {
  const { proposed, approved, edited, rejected, expired, applied, restored, paid, cost } = rule;
  const line = phrase("review.rule", reader, {
    rule: bold(safe(rule.ruleId, MOST_ID)),
    pack: safe(rule.pack, MOST_ID),
    owner: safe(rule.owner, MOST_ID),
    proposed: count(proposed),
    approved: count(approved),
    edited: count(edited),
    rejected: count(rejected),
    expired: count(expired),
    applied: count(applied),
    restored: count(restored),
  });
  const worth = phrase("review.worth", reader, { paid: count(paid), cost: count(cost) });
  const reasons = rule.reasons
    .slice(0, MOST_REASONS)
    .map((reason) => phrase("review.reason", reader, { reason: safe(reason, MOST_REASON) }));
  return [paid + cost === 0 ? line : `${line}; ${worth}`, ...reasons];
}
