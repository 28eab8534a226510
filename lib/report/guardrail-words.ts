/** A guardrail as people read it; one that an older plan names and this version lacks is shown as the plan wrote it. */
import { isMessageKey } from "../words/catalogue.ts";
import { plainText } from "../words/plain-text.ts";
import type { Reader } from "../words/reader.ts";
import { phrase } from "../words/say.ts";

export function guardrailWords(id: string, reader: Reader): string {
  const key = `blockedBy.${id}`;
  return isMessageKey(key) ? phrase(key, reader) : plainText(id);
}
