/** What things are called: a name with its link, the platform's own word for what it is, the platform where there are several. */
import type { Change } from "../domain/change.ts";
import type { TargetRef } from "../domain/ids.ts";
import type { Subject } from "../domain/verdict.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase } from "../words/say.ts";
import { linkedName } from "./links.ts";
import type { Page } from "./page.ts";

type Kind = Pick<TargetRef, "platform" | "level">;

/** What a target is: "ad set", or "Meta ad set" where the brand is on several platforms. */
export function levelWord(page: Page, kind: Kind): string {
  const level = bareLevelWord(page, kind);
  if (!page.manyPlatforms) return level;
  return phrase("report.levelOn", page.reader, { level, platform: platformLabel(page, kind.platform) });
}

/** The platform's own word alone; ours where the platform gave none. */
export function bareLevelWord(page: Page, { platform, level }: Kind): string {
  const words = Object.hasOwn(page.levelWords, platform) ? page.levelWords[platform] : undefined;
  return words?.[page.language][level] ?? phrase(`state.${level}`, page.reader);
}

export function platformLabel(page: Page, platform: string): string {
  const label = Object.hasOwn(page.platformLabels, platform) ? page.platformLabels[platform] : undefined;
  return label ?? plainText(platform);
}

/** A subject with what it is, in the platform's word where it is on one. */
export function subjectWords(page: Page, subject: Pick<Subject, "name" | "ref" | "level">): string {
  const { ref, level } = subject;
  const word = ref === null ? phrase(`state.${level}`, page.reader) : levelWord(page, ref);
  return `${linkedName(page, subject)} (${word})`;
}

/** What a change changes, for a sentence: its name, with platform and kind where the brand is on several. */
export function changedName(page: Page, { name, target }: Pick<Change, "name" | "target">): string {
  const linked = linkedName(page, { name, ref: target });
  return page.manyPlatforms ? `${linked}, ${levelWord(page, target)}` : linked;
}
