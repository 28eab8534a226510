/** What one channel is told of a night besides the brand's own: the notices that name it. */
import type { ToldContent } from "../domain/content.ts";
import { namedNoticeLines } from "../report/miss-section.ts";
import { header, type Rendered, section } from "./blocks.ts";
import { firstThatFits, SHARES } from "./fit.ts";
import { safe } from "./mrkdwn.ts";
import { titleWords } from "./night.ts";
import type { RenderOptions } from "./options.ts";
import { pageOf, toldSection } from "./page.ts";

const MOST_TOLD = 40;

export function renderTold({ plan, notices }: ToldContent, options: RenderOptions): Rendered {
  const lines = namedNoticeLines(pageOf(options, plan), notices);
  const title = titleWords(plan, options);
  const blocks = firstThatFits(
    SHARES.map((share) => () => [
      header(title),
      ...section(toldSection(lines, Math.max(1, Math.ceil(MOST_TOLD * share)))),
    ]),
  );
  return { text: safe(title), blocks };
}
