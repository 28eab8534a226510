/** Every message of a brand, in its language. */
import type { Content, NoticeContent } from "../domain/content.ts";
import type { Figure, Message } from "../domain/figure.ts";
import type { Alert } from "../domain/state.ts";
import { formatFigure } from "../words/format.ts";
import { phrase, say } from "../words/say.ts";
import { alertButtons, alertLines } from "./alert-words.ts";
import { actions, type Rendered, section } from "./blocks.ts";
import { renderDigest } from "./digest.ts";
import { bold, safe } from "./mrkdwn.ts";
import { renderNight } from "./night.ts";
import type { RenderOptions } from "./options.ts";
import { renderReview } from "./review.ts";
import { renderTold } from "./told.ts";
import { renderPreview, renderUnanswered, renderWhy } from "./why.ts";

const MOST_NAME = 80;
const MOST_FIGURES = 10;

export function render({ body }: Content, options: RenderOptions): Rendered {
  switch (body.kind) {
    case "night":
      return renderNight(body, options);
    case "notice":
      return renderNotice(body, options);
    case "told":
      return renderTold(body, options);
    case "digest":
      return renderDigest(body.digest, options);
    case "review":
      return renderReview(body.review, options);
    case "alert":
      return renderAlert(body.alert, body.figures, options);
    case "why":
      return renderWhy(body, options);
    case "preview":
      return renderPreview(body.plan, options);
    case "unanswered":
      return renderUnanswered(body, options);
  }
}

function renderNotice(notice: NoticeContent, { reader }: RenderOptions): Rendered {
  const { nightFrom: from, nightTo: to } = notice;
  const brand = safe(notice.brandName, MOST_NAME);
  const text = phrase("night.notice", reader, { from, to, brand });
  return { text, blocks: section([text]) };
}

function renderAlert(
  alert: Alert,
  figures: readonly { label: Message; figure: Figure }[],
  options: RenderOptions,
): Rendered {
  const { reader, brand, brandName } = options;
  const name = safe(brandName, MOST_NAME);
  const told = figures.slice(0, MOST_FIGURES).map(({ label, figure }) => {
    const text = formatFigure(figure, reader);
    return safe(phrase("figure.labelled", reader, { label: say(label, reader), text }));
  });
  const lines = alertLines(alert, options);
  return {
    text: `${name}: ${lines.slice(0, 2).join(" ")}`,
    blocks: [...section([bold(name), ...lines, ...told]), ...actions(alertButtons(brand, alert, options))],
  };
}
