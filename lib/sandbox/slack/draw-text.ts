/** Texts of blocks as HTML. Everything that is not a mark of Slack's is escaped, so that no message can add to the page. */
import { isObject } from "./check.ts";
import { type Token, tokensOf } from "./mrkdwn.ts";

/** What a person or channel is called; null where nobody knows. */
export type Names = (id: string) => string | null;

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** A text object of either kind. */
export function drawText(value: unknown, names: Names): string {
  if (!isObject(value)) return "";
  const text = String(value.text ?? "");
  if (value.type !== "mrkdwn") return withLines(withEmoji(escapeHtml(text)));
  return text
    .split(/(```[\s\S]*?```)/)
    .map((piece, at) => (at % 2 === 1 ? drawFence(piece.slice(3, -3)) : drawLines(piece, names)))
    .join("");
}

function drawFence(text: string): string {
  return `<pre>${escapeHtml(plainOf(text).replace(/^\n|\n$/g, ""))}</pre>`;
}

function drawLines(text: string, names: Names): string {
  const lines = text.split("\n").map((line) => {
    const quoted = /^(?:&gt;|>) ?/.exec(line)?.[0];
    const drawn = drawLine(quoted === undefined ? line : line.slice(quoted.length), names);
    return quoted === undefined ? drawn : `<span class="quote">${drawn}</span>`;
  });
  return lines.join("<br>");
}

/** Characters of nobody's, around the number of what was put aside. */
const OPEN = "\ue000";
const SHUT = "\ue001";

/** Tokens and code are put aside while the rest gets its marks, so that none of theirs counts. */
function drawLine(line: string, names: Names): string {
  const aside: string[] = [];
  function keep(html: string): string {
    aside.push(html);
    return `${OPEN}${aside.length - 1}${SHUT}`;
  }
  const marked = line
    .replace(/[\ue000\ue001]/g, "")
    .split(/(`[^`]+`)/)
    .map((piece, at) => {
      if (at % 2 === 1) return keep(`<code>${escapeHtml(plainOf(piece.slice(1, -1)))}</code>`);
      return tokensOf(piece)
        .map((token) => (token.kind === "text" ? escapeHtml(token.text) : keep(drawToken(token, names))))
        .join("");
    })
    .join("");
  const styled = withEmoji(
    [
      ["\\*", "b"],
      ["_", "i"],
      ["~", "s"],
    ].reduce((html, [mark = "", tag = ""]) => withMark(html, mark, tag), marked),
  );
  return styled.replace(/\ue000(\d+)\ue001/g, (_, at) => aside[Number(at)] ?? "");
}

/** A mark counts at the edges of words alone, as in Slack. */
function withMark(html: string, mark: string, tag: string): string {
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])${mark}(?=\\S)([^${mark}]+?)(?<=\\S)${mark}(?![\\p{L}\\p{N}])`,
    "gu",
  );
  return html.replace(pattern, `<${tag}>$1</${tag}>`);
}

function drawToken(token: Token, names: Names): string {
  switch (token.kind) {
    case "link":
      return /^(https?|mailto):/.test(token.url)
        ? `<a href="${escapeHtml(token.url)}" target="_blank" rel="noreferrer noopener">${escapeHtml(token.label)}</a>`
        : escapeHtml(token.label);
    case "person":
      return `<span class="mention">@${escapeHtml(names(token.id) ?? token.id)}</span>`;
    case "channel":
      return `<span class="mention">#${escapeHtml(names(token.id) ?? token.id)}</span>`;
    case "shout":
      return `<span class="shout">@${escapeHtml(token.name)}</span>`;
    case "special":
      return escapeHtml(token.fallback);
    case "text":
      return escapeHtml(token.text);
  }
}

function plainOf(text: string): string {
  return tokensOf(text)
    .map((token) => (token.kind === "text" ? token.text : ""))
    .join("");
}

function withLines(html: string): string {
  return html.replaceAll("\n", "<br>");
}

/** The few that messages of ours use; any other stays as it is written. */
const EMOJI: Readonly<Record<string, string>> = {
  ":arrow_down:": "⬇️",
  ":arrow_forward:": "▶️",
  ":arrow_up:": "⬆️",
  ":ballot_box_with_check:": "☑️",
  ":double_vertical_bar:": "⏸️",
  ":grey_question:": "❔",
  ":heavy_minus_sign:": "➖",
  ":hourglass:": "⌛",
  ":hourglass_flowing_sand:": "⏳",
  ":large_green_circle:": "🟢",
  ":large_yellow_circle:": "🟡",
  ":leftwards_arrow_with_hook:": "↩️",
  ":octagonal_sign:": "🛑",
  ":raised_hand:": "✋",
  ":red_circle:": "🔴",
  ":rotating_light:": "🚨",
  ":warning:": "⚠️",
  ":white_check_mark:": "✅",
  ":white_circle:": "⚪",
  ":x:": "❌",
};

function withEmoji(html: string): string {
  return html.replace(/:[a-z0-9_+-]+:/g, (name) => EMOJI[name] ?? name);
}
