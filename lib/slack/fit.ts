/** What Slack takes in one message. */
import type { Block } from "./blocks.ts";

const MOST_BLOCKS = 50;

/**
 * All texts of a message together. Slack publishes no number; 9,597 characters in 50 blocks are the most that was reported as
 * taken. Source: slackapi/bolt-js, issues 2509 and 2867.
 */
const MOST_TEXT = 9000;

/** Of all there is to say, by how much room it is given. */
export const SHARES = [1, 0.5, 0.25, 0] as const;

/** The first that fits, the fullest coming first; the last where none does. */
export function firstThatFits(candidates: readonly (() => Block[])[]): Block[] {
  let blocks: Block[] = [];
  for (const candidate of candidates) {
    blocks = candidate();
    if (blocks.length <= MOST_BLOCKS && textLength(blocks) <= MOST_TEXT) return blocks;
  }
  return blocks;
}

/** Every text that Slack counts, buttons and their dialogs included. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + textLength(one), 0);
  if (value === null || typeof value !== "object") return 0;
  return Object.entries(value).reduce(
    (sum, [key, part]) => sum + (key === "text" && typeof part === "string" ? part.length : textLength(part)),
    0,
  );
}
