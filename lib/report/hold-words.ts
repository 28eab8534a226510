/** A hold in words: what may not move, whose, and how long. */
import type { ActiveHold } from "../domain/plan.ts";
import { formatDay } from "../words/format.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase } from "../words/say.ts";
import type { Page } from "./page.ts";

const STAGE = "stage:";

type Hold = Pick<ActiveHold, "blocks" | "scope" | "because" | "until">;

/** "Raises, Resumes of Broad women on hold for want of data, up to and including Fri 13 Mar"; `names` by key, as far as known. */
export function holdWords(
  { reader }: Page,
  { blocks, scope, because, until }: Hold,
  names: ReadonlyMap<string, string>,
): string {
  const kinds = blocks.map((one) => phrase(`hold.${one}`, reader)).join(", ");
  const of = scopeWords(scope, names);
  const whose = of === null ? kinds : phrase("hold.of", reader, { blocks: kinds, of });
  const held = phrase(because === "noData" ? "hold.blind" : "hold.on", reader, { blocks: whose });
  return until === null ? held : phrase("hold.until", reader, { held, until: formatDay(until, reader) });
}

/** Null for all of the brand; the stage's name, or that of what is held. */
function scopeWords(scope: string, names: ReadonlyMap<string, string>): string | null {
  if (scope === "brand") return null;
  if (scope.startsWith(STAGE)) return plainText(scope.slice(STAGE.length));
  const key = scope.slice(scope.indexOf(" ") + 1);
  return plainText(names.get(key) ?? key);
}
