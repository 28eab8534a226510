/**
 * Whether Slack would take a payload: Block Kit's blocks, views and messages, with its limits.
 * Source: docs.slack.dev/reference/block-kit (blocks), /reference/views, as @slack/types 3 repeats them. Words of the refusals as
 * developers report them of chat.postMessage.
 */
import {
  array,
  boolean,
  both,
  byType,
  type Check,
  isObject,
  object,
  type Problem,
  type Shape,
  string,
} from "./check.ts";
import {
  ACTIONS_ELEMENT,
  anyText,
  CONTEXT_ELEMENT,
  INPUT_ELEMENT,
  id,
  image,
  plain,
  SECTION_ACCESSORY,
} from "./elements.ts";

export type { Problem } from "./check.ts";

const MAX_BLOCKS_IN_MESSAGE = 50;
const MAX_BLOCKS_IN_VIEW = 100;
/** Of a view, in bytes. Source: views.open, view_too_large. */
const MAX_VIEW_BYTES = 250_000;
/**
 * All texts of a message's blocks together. Slack publishes no number and answers msg_blocks_too_long; its maintainers speak of
 * 12,000 characters "with a buffer for block containers". This is the most that was reported as taken (9,597, in 50 blocks; 11,341
 * in 45 blocks were refused). Source: slackapi/bolt-js, issues 2509 and 2867.
 */
const MAX_TEXTS_IN_MESSAGE = 9_600;

const type = string(40);
const block: Shape = { block_id: id };

const sectionNeedsText: Check = (value, pointer, problems) => {
  if (!isObject(value) || value.text !== undefined || value.fields !== undefined) return;
  problems.push({ pointer, message: "must define either `text` or `fields`" });
};

const BLOCK = byType({
  section: both(
    object(
      { type },
      {
        ...block,
        text: anyText(3_000),
        fields: array(anyText(2_000), 10),
        accessory: SECTION_ACCESSORY,
        expand: boolean,
      },
    ),
    sectionNeedsText,
  ),
  actions: object({ type, elements: array(ACTIONS_ELEMENT, 25) }, block),
  context: object({ type, elements: array(CONTEXT_ELEMENT, 10) }, block),
  divider: object({ type }, block),
  header: object({ type, text: plain(150) }, block),
  image: both(
    object({ type, alt_text: string(2_000), image_url: string(3_000) }, { ...block, title: plain(2_000) }),
    // The same address rules as of an image beside text.
    (value, pointer, problems) => {
      if (!isObject(value)) return;
      image({ type: "image", alt_text: "-", image_url: value.image_url }, pointer, problems);
    },
  ),
  input: object(
    { type, label: plain(2_000), element: INPUT_ELEMENT },
    { ...block, hint: plain(2_000), optional: boolean },
  ),
  markdown: object({ type, text: string(12_000) }, block),
});

/** Slack knows more (`external_id`, `notify_on_close`, `dispatch_action` of fields): what is not modelled here is refused. */
const common: Shape = {
  private_metadata: string(3_000, 0),
  callback_id: string(255, 0),
};

const VIEW = byType({
  modal: object(
    { type, title: plain(24), blocks: array(BLOCK, MAX_BLOCKS_IN_VIEW, 0) },
    {
      ...common,
      submit: plain(24),
      close: plain(24),
      clear_on_close: boolean,
    },
  ),
  home: object({ type, blocks: array(BLOCK, MAX_BLOCKS_IN_VIEW, 0) }, common),
});

/** What is wrong with the blocks of a message. Pointers begin with `/blocks`. */
export function messageProblems(blocks: unknown): Problem[] {
  const problems: Problem[] = [];
  array(BLOCK, MAX_BLOCKS_IN_MESSAGE, 0)(blocks, "/blocks", problems);
  problems.push(...idProblems(blocks, "/blocks"));
  return problems;
}

/** True where the texts of a message's blocks are too long together, however short each is. */
export function textsTooLong(blocks: unknown): boolean {
  return textLength(blocks) > MAX_TEXTS_IN_MESSAGE;
}

/** What is wrong with a modal or a home. Pointers begin with `/view`. */
export function viewProblems(view: unknown): Problem[] {
  const problems: Problem[] = [];
  VIEW(view, "/view", problems);
  if (!isObject(view)) return problems;
  problems.push(...idProblems(view.blocks, "/view/blocks"));
  const blocks = listOf(view.blocks);
  const asks = blocks.some((each) => isObject(each) && each.type === "input");
  // Source: views, `submit` is required when an input block is within `blocks`.
  if (view.type === "modal" && asks && view.submit === undefined) {
    problems.push({ pointer: "/view", message: "missing required field: submit" });
  }
  return problems;
}

export function viewTooLarge(view: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(view) ?? "") > MAX_VIEW_BYTES;
}

/**
 * Slack refuses a `block_id` that is there twice. An `action_id` has to be unique within its block alone; of ours it is so within a
 * message beside its block or value, or two buttons could not be told apart.
 */
function idProblems(blocks: unknown, at: string): Problem[] {
  const problems: Problem[] = [];
  const seenBlocks = new Set<string>();
  let focused = 0;
  for (const [index, each] of listOf(blocks).entries()) {
    if (!isObject(each)) continue;
    const pointer = `${at}/${index}`;
    const blockId = each.block_id;
    if (typeof blockId === "string") {
      if (seenBlocks.has(blockId))
        problems.push({ pointer: `${pointer}/block_id`, message: "must be unique" });
      seenBlocks.add(blockId);
    }
    const seenActions = new Set<string>();
    for (const { element, place } of elementsOf(each)) {
      const actionId = element.action_id;
      if (element.focus_on_load === true) focused += 1;
      if (typeof actionId !== "string") continue;
      if (seenActions.has(actionId)) {
        problems.push({
          pointer: `${pointer}${place}/action_id`,
          message: "must be unique within its block",
        });
      }
      seenActions.add(actionId);
    }
  }
  if (focused > 1) problems.push({ pointer: at, message: "only one element can be focused on load" });
  return problems;
}

export interface PlacedElement {
  element: Record<string, unknown>;
  /** Behind the block's own pointer. */
  place: string;
}

/** The elements of a block that people may use or read. */
export function elementsOf(block: Record<string, unknown>): PlacedElement[] {
  const placed = listOf(block.elements).map((element, at) => ({ element, place: `/elements/${at}` }));
  placed.push({ element: block.accessory, place: "/accessory" });
  placed.push({ element: block.element, place: "/element" });
  return placed.filter((each): each is PlacedElement => isObject(each.element));
}

/** Lengths of all strings under a `text`, as the people who measured it counted. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + textLength(each), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce((sum, [key, part]) => {
    return sum + (key === "text" && typeof part === "string" ? part.length : textLength(part));
  }, 0);
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
