/**
 * Text as Slack reads it. Names come from ad platforms and people, so they may hold anything: here, and nowhere else, they
 * become text that mentions nobody, links nowhere and formats nothing.
 */
import type { Person } from "../domain/desk.ts";
import { plainText } from "../words/plain-text.ts";

/** Between figures on one line: Slack draws several spaces as one. */
export const APART = " \u00b7 ";

const ELLIPSIS = "…";

/**
 * What formats text, and signs that look the same and format nothing. Inside a word an underscore or a tilde stays as it is,
 * because names are copied from here into the platforms. Names of emoji begin with a colon.
 */
const LOOKALIKES: readonly (readonly [RegExp, string])[] = [
  [/\*/g, "\u2217"],
  [/`/g, "\u02cb"],
  [/(?<![\p{L}\p{N}])_(?=\S)/gu, "\u02cd"],
  [/(?<![\p{L}\p{N}])~(?=\S)/gu, "\u223c"],
  [/:(?=[\w+'-]+:)/g, "\ua789"],
];

/** Characters without a shape of their own could make two names look alike; emoji are joined by one of them. */
const UNSEEN = /(?!\u200d)\p{Cf}/gu;

/** Longer addresses are not worth the room. */
const MOST_ADDRESS = 300;
const MOST_PERSON = 40;

/** Made when first needed: it takes longer than all else that is read at the start of the function that people wait for. */
let segmenter: Intl.Segmenter | undefined;

function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text);
}

/** `text` as it stands, in at most `most` characters of Slack's own writing, cut at a grapheme. */
export function safe(text: string, most = Number.POSITIVE_INFINITY): string {
  const whole = neutral(visible(text));
  const written = escaped(whole);
  if (written.length <= most) return written;
  let cut = "";
  let length = ELLIPSIS.length;
  for (const { segment } of graphemes(whole)) {
    length += escaped(segment).length;
    if (length > most) break;
    cut += segment;
  }
  return `${escaped(cut.trimEnd())}${ELLIPSIS}`;
}

/** For what Slack shows as plain text: nothing is formatted there, so nothing is escaped. */
export function plain(text: string, most: number): string {
  const whole = visible(text);
  if (whole.length <= most) return whole;
  let cut = "";
  for (const { segment } of graphemes(whole)) {
    if (cut.length + segment.length > most - ELLIPSIS.length) break;
    cut += segment;
  }
  return `${cut.trimEnd()}${ELLIPSIS}`;
}

/** `written` is safe already. */
export function bold(written: string): string {
  return `*${written}*`;
}

/** `written` as a link; as it stands where there is no address. */
export function link(address: string | null, written: string): string {
  if (address === null || address.length > MOST_ADDRESS) return written;
  return `<${escaped(address)}|${written.replaceAll("|", "\u2758")}>`;
}

/** Somebody by the name the log knows them by: a mention where they are in Slack. */
export function mention(name: string, people: readonly Person[]): string {
  const person = people.find((one) => one.name === name);
  return person?.slack == null ? safe(name, MOST_PERSON) : `<@${person.slack}>`;
}

function visible(text: string): string {
  return plainText(text).replace(UNSEEN, "");
}

function neutral(text: string): string {
  return LOOKALIKES.reduce((told, [mark, lookalike]) => told.replace(mark, lookalike), text);
}

/** Slack reads mentions and links between angle brackets. Source: Slack, formatting text, escaping. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
