/** What became of a change that was allowed: for the person who has just approved it. */
import type { Intent } from "../domain/state.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import { editWords } from "./edit-words.ts";
import { addressLines } from "./links.ts";
import { changedName } from "./naming.ts";
import { type Paint, pageFor, paint, paragraph } from "./page.ts";
import type { BrandPageOptions } from "./proposals.ts";

const PAINTS = {
  intended: null,
  sent: "yellow",
  notSent: "yellow",
  confirmed: "green",
  notApplied: "red",
  diverged: "red",
  superseded: "yellow",
} as const satisfies Record<Intent["status"], Paint | null>;

export function renderIntentOutcome(intent: Intent, options: BrandPageOptions): string {
  const page = pageFor(options, options);
  const { reader } = page;
  const { change, status, reason } = intent;
  const words = phrase(`outcome.${status}`, reader, {
    change: `${plainText(change.id)}, ${changedName(page, change)}, ${editWords(change.edit, reader, change.until)}`,
    reason: reason === null ? phrase("outcome.noReason", reader) : say(reason, reader),
  });
  const style = PAINTS[status];
  const lines = paragraph(page, words, 0).map((line) => (style === null ? line : paint(page, style, line)));
  return [...lines, ...addressLines(page, change.target, "  ")].join("\n");
}
