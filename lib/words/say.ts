/** Message keys with figures become sentences here, and nowhere else. */
import type { Figure, Message } from "../domain/figure.ts";
import { type Filling, fillTemplate, isMessageKey, type MessageKey } from "./catalogue.ts";
import { WordsError } from "./errors.ts";
import { formatFigure } from "./format.ts";
import type { Reader } from "./reader.ts";

/** The sentence of a message that another folder made. @throws WordsError `words.unknownKey`, `words.missingFigure` */
export function say(message: Message, reader: Reader): string {
  if (!isMessageKey(message.key)) {
    throw new WordsError("words.unknownKey", `the catalogue has no sentence for "${message.key}"`);
  }
  return phrase(message.key, reader, message.values);
}

/** A sentence by its key; text values are already words and stand as they are. */
export function phrase(
  key: MessageKey,
  reader: Reader,
  values: Readonly<Record<string, Figure | string>> = {},
): string {
  const fillings = Object.entries(values).map(([name, value]) => [name, fillingOf(value, reader)]);
  return fillTemplate(key, reader.language, Object.fromEntries(fillings));
}

function fillingOf(value: Figure | string, reader: Reader): Filling {
  if (typeof value === "string") return { text: value, count: null };
  return { text: formatFigure(value, reader), count: typeof value.value === "number" ? value.value : null };
}
