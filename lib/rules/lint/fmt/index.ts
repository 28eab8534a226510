/** Files as they should be spelt: the language's own words, keys in one order, one layout. What a rule decides stays as it is. */
import { applyEdits } from "jsonc-parser";
import { parseJson } from "../../../domain/json-file.ts";
import type { Checked } from "../../../domain/shape.ts";
import { formatJson, type KeyOrder } from "./layout.ts";
import { packOrder, ruleOrder } from "./order.ts";
import { wordEdits } from "./words.ts";

export { orderOf } from "./order.ts";

export interface ToFormat {
  path: string;
  text: string;
  /** Of a brand file the order of its keys, whose schema stands elsewhere. */
  kind: "rule" | "pack" | { brand: KeyOrder };
}

/** The file's text as it should be, or why it cannot be read. `parameters` are the names that brands and packs gave theirs. */
export function formatFile({ path, text, kind }: ToFormat, parameters: ReadonlySet<string>): Checked<string> {
  const parsed = parseJson(text, path);
  if (!parsed.ok) return parsed;
  const bare = text.replace(/^\uFEFF/, "");
  if (typeof kind === "object") return { ok: true, value: formatJson(bare, kind.brand) };
  if (kind === "pack") return { ok: true, value: formatJson(bare, packOrder) };
  return { ok: true, value: formatJson(applyEdits(bare, wordEdits(bare, parameters)), ruleOrder) };
}
