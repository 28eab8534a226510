/** Blocks as HTML, to be looked at: by people who try Palier out, and by whoever checks the messages that tests keep. */
import { listOf } from "./block-kit.ts";
import { isObject } from "./check.ts";
import { drawElement, escapeHtml } from "./draw-elements.ts";
import { drawText, type Names } from "./draw-text.ts";

export { escapeHtml } from "./draw-elements.ts";
export type { Names } from "./draw-text.ts";

export interface DrawnMessage {
  text: string;
  blocks: readonly unknown[];
}

/** Where there are no blocks the message's own text is shown; else it is for notifications alone. */
export function drawMessage({ text, blocks }: DrawnMessage, names: Names = noNames): string {
  if (blocks.length === 0) return drawWords(drawText({ type: "mrkdwn", text }, names));
  return drawBlocks(blocks, names);
}

/** `errors` stand at their fields. */
export function drawBlocks(
  blocks: readonly unknown[],
  names: Names = noNames,
  errors: Readonly<Record<string, string>> = {},
): string {
  return blocks.map((block, at) => drawBlock(block, at, { names, errors })).join("\n");
}

interface Drawing {
  names: Names;
  errors: Readonly<Record<string, string>>;
}

function drawBlock(block: unknown, at: number, { names, errors }: Drawing): string {
  if (!isObject(block)) return "";
  // The same name as interactions give a block that has none.
  const blockId = typeof block.block_id === "string" ? block.block_id : `b${at}`;
  const elements = listOf(block.elements);
  const draw = (element: unknown) => drawElement(element, blockId, names);
  switch (block.type) {
    case "divider":
      return "<hr>";
    case "header":
      return `<h3>${drawText(block.text, names)}</h3>`;
    case "section":
      return drawSection(block, draw, names);
    case "context":
      return `<div class="context">${elements.map((each) => `<span>${draw(each)}</span>`).join("")}</div>`;
    case "actions":
      return `<div class="actions">${elements.map(draw).join("")}</div>`;
    case "image":
      return `<figure>${draw(block)}</figure>`;
    case "markdown":
      return drawWords(drawText({ type: "plain_text", text: block.text }, names));
    case "input":
      return drawInput(block, draw, { names, error: errors[blockId] ?? null });
    default:
      return drawWords(escapeHtml(`(${String(block.type)})`));
  }
}

function drawWords(html: string): string {
  return `<div class="section"><div class="words">${html}</div></div>`;
}

function drawSection(
  { text, fields, accessory }: Record<string, unknown>,
  draw: (element: unknown) => string,
  names: Names,
): string {
  const body = text === undefined ? "" : `<div>${drawText(text, names)}</div>`;
  const cells = listOf(fields).map((field) => `<div>${drawText(field, names)}</div>`);
  const grid = cells.length === 0 ? "" : `<div class="fields">${cells.join("")}</div>`;
  const beside = accessory === undefined ? "" : `<div class="accessory">${draw(accessory)}</div>`;
  return `<div class="section"><div class="words">${body}${grid}</div>${beside}</div>`;
}

function drawInput(
  { label, hint, element, optional }: Record<string, unknown>,
  draw: (element: unknown) => string,
  { names, error }: { names: Names; error: string | null },
): string {
  const mark = optional === true ? " <small>(optional)</small>" : "";
  const below = hint === undefined ? "" : `<small class="hint">${drawText(hint, names)}</small>`;
  const wrong = error === null ? "" : `<div class="error" role="alert">${escapeHtml(error)}</div>`;
  return `<label class="input"><b>${drawText(label, names)}</b>${mark}${draw(element)}${wrong}${below}</label>`;
}

/** A whole page of messages, each under its caption, with nothing loaded from anywhere. */
export function drawPage(
  title: string,
  messages: readonly (DrawnMessage & { caption: string })[],
  css: string,
): string {
  const drawn = messages.map(
    (message) =>
      `<h2>${escapeHtml(message.caption)}</h2>\n<article class="message">${drawMessage(message)}</article>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${css}</style></head>
<body><main>
<h1>${escapeHtml(title)}</h1>
${drawn.join("\n")}
</main></body>
</html>
`;
}

function noNames(): null {
  return null;
}
