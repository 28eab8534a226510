import { describe, expect, it } from "vitest";
import { messageProblems, viewProblems } from "../../lib/sandbox/slack/index.ts";
import {
  aButton,
  actions,
  button,
  choice,
  context,
  header,
  input,
  less,
  letters,
  list,
  modal,
  mrkdwn,
  options,
  picture,
  plain,
  section,
  words,
} from "../support/slack-blocks.ts";

/** What passes, what does not, and why. */
const RULES: [what: string, taken: object[], refused: object[], problem: string][] = [
  ["an empty text", [section("a")], [section("")], "must be more than 0 characters [/blocks/0/text/text]"],
  [
    "a section of nothing",
    [section("a")],
    [{ type: "section" }],
    "must define either `text` or `fields` [/blocks/0]",
  ],
  [
    "a header's format",
    [header(plain("a"))],
    [header(mrkdwn("a"))],
    "unsupported type: mrkdwn [/blocks/0/text/type]",
  ],
  [
    "a link that is none",
    aButton({ url: "https://a.fr" }),
    aButton({ url: "javascript:alert(1)" }),
    "must be a valid URL [/blocks/0/elements/0/url]",
  ],
  [
    "a style",
    aButton({ style: "danger" }),
    aButton({ style: "default" }),
    "must be one of: primary, danger [/blocks/0/elements/0/style]",
  ],
  [
    "a nameless action",
    [actions(button())],
    [actions({ type: "button", text: plain("a") })],
    "missing required field: action_id [/blocks/0/elements/0]",
  ],
  [
    "an action's name twice",
    [actions(button(), button({ action_id: "b" }))],
    [actions(button(), button())],
    "must be unique within its block [/blocks/0/elements/1/action_id]",
  ],
  [
    "a block's name twice",
    [section("a", { block_id: "a" }), section("a")],
    list(2, () => section("a", { block_id: "a" })),
    "must be unique [/blocks/1/block_id]",
  ],
  [
    "a choice of nothing",
    choice({ type: "static_select", options: options(1) }),
    choice({ type: "static_select" }),
    "must define either `options` or `option_groups` [/blocks/0/elements/0]",
  ],
  [
    "what is chosen at first",
    choice({ type: "static_select", options: options(2), initial_option: options(2)[1] }),
    choice({ type: "static_select", options: options(2), initial_option: options(3)[2] }),
    "must exactly match one of the options [/blocks/0/elements/0/initial_option]",
  ],
  [
    "a date",
    choice({ type: "datepicker", initial_date: "2026-03-11" }),
    choice({ type: "datepicker", initial_date: "11.03.2026" }),
    "must be a date as YYYY-MM-DD [/blocks/0/elements/0/initial_date]",
  ],
  [
    "a field in front",
    [input({ focus_on_load: true })],
    list(2, () => input({ focus_on_load: true })),
    "only one element can be focused on load [/blocks]",
  ],
  [
    "a field among buttons",
    [actions(button())],
    choice({ type: "plain_text_input" }),
    "unsupported type: plain_text_input [/blocks/0/elements/0/type]",
  ],
  [
    "a kind of block",
    [{ type: "divider" }],
    [{ type: "dividers" }],
    "unsupported type: dividers [/blocks/0/type]",
  ],
  [
    "a field of a block",
    [{ type: "divider" }],
    [{ type: "divider", text: "a" }],
    "no more fields allowed: text [/blocks/0]",
  ],
  [
    "a missing field",
    [context(mrkdwn("a"))],
    [{ type: "context" }],
    "missing required field: elements [/blocks/0]",
  ],
  [
    "an image without https",
    [context(picture("https://a.fr/b.png"))],
    [context(picture("http://a.fr/b.png"))],
    "must be a valid URL [/blocks/0/elements/0/image_url]",
  ],
];

const VIEWS: [what: string, taken: object, refused: object, problem: string][] = [
  [
    "blocks",
    modal({ blocks: list(100, () => section("a")) }),
    modal({ blocks: list(101, () => section("a")) }),
    "no more than 100 items allowed [/view/blocks]",
  ],
  [
    "a title",
    modal({ title: plain(letters(24)) }),
    modal({ title: plain(letters(25)) }),
    `${less(25)} [/view/title/text]`,
  ],
  [
    "what sends",
    modal({ submit: plain(letters(24)) }),
    modal({ submit: plain(letters(25)) }),
    `${less(25)} [/view/submit/text]`,
  ],
  [
    "what closes",
    modal({ close: plain(letters(24)) }),
    modal({ close: plain(letters(25)) }),
    `${less(25)} [/view/close/text]`,
  ],
  [
    "what is kept",
    modal({ private_metadata: letters(3_000) }),
    modal({ private_metadata: letters(3_001) }),
    `${less(3_001)} [/view/private_metadata]`,
  ],
  [
    "a name",
    modal({ callback_id: letters(255) }),
    modal({ callback_id: letters(256) }),
    `${less(256)} [/view/callback_id]`,
  ],
  [
    "fields that nothing sends",
    modal({ submit: plain("Send"), blocks: [input()] }),
    modal({ blocks: [input()] }),
    "missing required field: submit [/view]",
  ],
  [
    "a title at home",
    { type: "home", blocks: [] },
    { type: "home", blocks: [], title: plain("a") },
    "no more fields allowed: title [/view]",
  ],
  [
    "a kind of view",
    { type: "home", blocks: [] },
    { type: "page", blocks: [] },
    "unsupported type: page [/view/type]",
  ],
];

describe("lib/sandbox/slack/block-kit", () => {
  it.each(RULES)("holds messages to the rule about %s", (_, taken, refused, problem) => {
    expect(words(messageProblems(taken))).toEqual([]);
    expect(words(messageProblems(refused))).toEqual([problem]);
  });

  it.each(VIEWS)("holds views to the rule about %s", (_, taken, refused, problem) => {
    expect(words(viewProblems(taken))).toEqual([]);
    expect(words(viewProblems(refused))).toEqual([problem]);
  });
});
