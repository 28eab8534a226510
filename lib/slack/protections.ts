/** What is left alone: by whom, why, and until when. */
import type { Protection } from "../domain/plan.ts";
import { count } from "../report/page.ts";
import { describeProtection } from "../words/protections.ts";
import type { Reader } from "../words/reader.ts";
import { phrase } from "../words/say.ts";
import { bold, safe } from "./mrkdwn.ts";

const MOST_LINE = 400;

/** The soonest free first, as the plan has them. */
export function protectionLines(protections: readonly Protection[], most: number, reader: Reader): string[] {
  if (protections.length === 0) return [];
  const more = protections.length - most;
  return [
    bold(phrase("report.protected", reader, { count: count(protections.length) })),
    ...protections.slice(0, most).map((one) => safe(describeProtection(one, one.name, reader), MOST_LINE)),
    ...(more <= 0 ? [] : [phrase("slack.more", reader, { count: count(more) })]),
  ];
}
