/** What somebody is told before any brand's desk could be asked. */
import type { Reader } from "../words/reader.ts";
import { phrase } from "../words/say.ts";
import { type Rendered, section } from "./blocks.ts";
import { safe } from "./mrkdwn.ts";

const MOST_BRANDS = 20;
const MOST_ID = 64;

export function noDialogReply(reader: Reader): Rendered {
  return note(phrase("slack.noDialog", reader));
}

export function noBrandReply(reader: Reader): Rendered {
  return note(phrase("slack.noBrand", reader));
}

/** `brands` are ids, at least one. */
export function severalBrandsReply(brands: readonly string[], reader: Reader): Rendered {
  const ids = brands.slice(0, MOST_BRANDS).map((id) => safe(id, MOST_ID));
  return note(phrase("slack.severalBrands", reader, { example: ids[0] ?? "", brands: ids.join(", ") }));
}

function note(text: string): Rendered {
  return { text, blocks: section([text]) };
}
