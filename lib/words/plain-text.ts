/**
 * Names come from ad platforms and files, so they may hold anything. A terminal obeys control characters, and bidirectional
 * marks reorder what stands around them: both become visible replacements, and every line break becomes a space.
 */
const LINE_BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu;

/** One line of text that no terminal obeys. */
export function plainText(text: string): string {
  return text.replace(LINE_BREAKS, " ").replace(CONTROLS, "\ufffd");
}
