/** What a check of a log found. */
import { plainText } from "../words/plain-text.ts";
import { phrase } from "../words/say.ts";
import { count, pageFor, paint, paragraph } from "./page.ts";
import type { BrandPageOptions } from "./proposals.ts";
import type { VerifyView } from "./views.ts";

const SHORT_HASH = 12;

/** The verdict, and under it what was witnessed or what exactly is wrong. */
export function renderVerify(brand: string, result: VerifyView, options: BrandPageOptions): string {
  const page = pageFor(options, options);
  const { reader } = page;
  if (!result.ok) {
    const problem = phrase(`verify.problem.${result.problem}`, reader);
    const verdict = phrase("verify.bad", reader, {
      brand: plainText(brand),
      position: count(result.position),
      problem,
    });
    return [
      ...paragraph(page, verdict, 0).map((line) => paint(page, "red", line)),
      ...paragraph(page, plainText(result.detail)),
    ].join("\n");
  }
  const { position, hash } = result.head;
  const verdict = phrase("verify.ok", reader, {
    brand: plainText(brand),
    entries: count(result.entries),
    position: count(position),
    hash: hash.slice(0, page.verbose ? hash.length : SHORT_HASH),
  });
  const witness =
    result.witnessed === null
      ? phrase("verify.unwitnessed", reader)
      : phrase("verify.witnessed", reader, { position: count(result.witnessed) });
  const lines = paragraph(page, verdict, 0).map((line) => paint(page, "green", line));
  return [...lines, ...paragraph(page, witness)].join("\n");
}
