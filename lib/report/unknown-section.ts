/** What nobody knows tonight because a platform did not answer: it decides the night, so it stands at the top. */
import type { Message } from "../domain/figure.ts";
import type { Plan } from "../domain/plan.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import { platformLabel } from "./naming.ts";
import { type Page, paint, paragraph } from "./page.ts";

/** Keys of the planner's messages on accounts; the platform's reason for the first follows it. */
const ACCOUNT = "missing.account";
const HISTORY = "missing.history";

interface Gap {
  account: string;
  reasons: Message[];
}

/** Which account could not be read, why, and that nothing is raised; then accounts whose history of edits is closed to us. */
export function unknownLines(page: Page, plan: Plan): string[] {
  const { gaps, histories } = sorted(plan.missing);
  return [
    ...gaps.flatMap((gap) => oneGap(page, gap).map((line) => paint(page, "red", line))),
    ...histories.flatMap((message) =>
      paragraph(page, say(message, page.reader), 0, 1).map((line) => paint(page, "yellow", line)),
    ),
  ];
}

/** What is missing besides. */
export function otherMissing(plan: Plan): Message[] {
  return sorted(plan.missing).others;
}

/** Platforms of the accounts that could not be read: the plan has nothing else of them. */
export function unreadPlatforms(plan: Plan): string[] {
  return sorted(plan.missing).gaps.map(({ account }) => account.split("/")[0] ?? "");
}

function oneGap(page: Page, { account, reasons }: Gap): string[] {
  const [platform = "", ...id] = account.split("/");
  const words = phrase("report.accountUnread", page.reader, {
    platform: platformLabel(page, platform),
    account: plainText(id.join("/")),
  });
  return [
    ...paragraph(page, words, 0, 1),
    ...reasons.flatMap((reason) => paragraph(page, say(reason, page.reader), 1, 1)),
  ];
}

function sorted(missing: readonly Message[]): { gaps: Gap[]; histories: Message[]; others: Message[] } {
  const gaps: Gap[] = [];
  const histories: Message[] = [];
  const others: Message[] = [];
  let gap: Gap | null = null;
  for (const message of missing) {
    if (message.key === ACCOUNT) {
      gap = { account: String(message.values.account?.value ?? ""), reasons: [] };
      gaps.push(gap);
    } else if (gap !== null && !message.key.startsWith("missing.")) gap.reasons.push(message);
    else {
      gap = null;
      (message.key === HISTORY ? histories : others).push(message);
    }
  }
  return { gaps, histories, others };
}
