import { describe, expect, it } from "vitest";
import { messageProblems, textsTooLong } from "../../lib/sandbox/slack/index.ts";
import {
  aButton,
  actions,
  asking,
  button,
  choice,
  context,
  fields,
  header,
  input,
  less,
  letters,
  list,
  mrkdwn,
  options,
  plain,
  section,
  words,
} from "../support/slack-blocks.ts";

/** What may be up to a number, each made with that many; Slack's words end in the pointer. */
const MOST: [what: string, most: number, of: (count: number) => object[], problem: string][] = [
  ["blocks in a message", 50, (n) => list(n, () => section("a")), "no more than 50 items allowed [/blocks]"],
  ["a section's text", 3_000, (n) => [section(letters(n))], `${less(3_001)} [/blocks/0/text/text]`],
  ["fields", 10, (n) => fields(n, "a"), "no more than 10 items allowed [/blocks/0/fields]"],
  ["a field", 2_000, (n) => fields(1, letters(n)), `${less(2_001)} [/blocks/0/fields/0/text]`],
  ["a header", 150, (n) => [header(plain(letters(n)))], `${less(151)} [/blocks/0/text/text]`],
  [
    "elements of a context",
    10,
    (n) => [context(...list(n, () => mrkdwn("a")))],
    "no more than 10 items allowed [/blocks/0/elements]",
  ],
  [
    "elements of actions",
    25,
    (n) => [actions(...list(n, (at) => button({ action_id: `a${at}` })))],
    "no more than 25 items allowed [/blocks/0/elements]",
  ],
  [
    "a button's text",
    75,
    (n) => aButton({ text: plain(letters(n)) }),
    `${less(76)} [/blocks/0/elements/0/text/text]`,
  ],
  [
    "a button's value",
    2_000,
    (n) => aButton({ value: letters(n) }),
    `${less(2_001)} [/blocks/0/elements/0/value]`,
  ],
  [
    "a link",
    3_000,
    (n) => aButton({ url: `https://a.fr/${letters(n - 13)}` }),
    `${less(3_001)} [/blocks/0/elements/0/url]`,
  ],
  [
    "an action's name",
    255,
    (n) => aButton({ action_id: letters(n) }),
    `${less(256)} [/blocks/0/elements/0/action_id]`,
  ],
  [
    "a block's name",
    255,
    (n) => [section("a", { block_id: letters(n) })],
    `${less(256)} [/blocks/0/block_id]`,
  ],
  [
    "a question",
    300,
    (n) => asking({ text: plain(letters(n)) }),
    `${less(301)} [/blocks/0/elements/0/confirm/text/text]`,
  ],
  [
    "a question's title",
    100,
    (n) => asking({ title: plain(letters(n)) }),
    `${less(101)} [/blocks/0/elements/0/confirm/title/text]`,
  ],
  [
    "a question's yes",
    30,
    (n) => asking({ confirm: plain(letters(n)) }),
    `${less(31)} [/blocks/0/elements/0/confirm/confirm/text]`,
  ],
  [
    "a question's no",
    30,
    (n) => asking({ deny: plain(letters(n)) }),
    `${less(31)} [/blocks/0/elements/0/confirm/deny/text]`,
  ],
  [
    "options of a choice",
    100,
    (n) => choice({ type: "static_select", options: options(n) }),
    "no more than 100 items allowed [/blocks/0/elements/0/options]",
  ],
  [
    "an option's text",
    75,
    (n) => choice({ type: "static_select", options: [{ text: plain(letters(n)), value: "a" }] }),
    `${less(76)} [/blocks/0/elements/0/options/0/text/text]`,
  ],
  [
    "an option's value",
    150,
    (n) => choice({ type: "static_select", options: [{ text: plain("a"), value: letters(n) }] }),
    `${less(151)} [/blocks/0/elements/0/options/0/value]`,
  ],
  [
    "options behind three dots",
    5,
    (n) => choice({ type: "overflow", options: options(n) }),
    "no more than 5 items allowed [/blocks/0/elements/0/options]",
  ],
  [
    "boxes",
    10,
    (n) => choice({ type: "checkboxes", options: options(n) }),
    "no more than 10 items allowed [/blocks/0/elements/0/options]",
  ],
  [
    "a label",
    2_000,
    (n) => [input({}, { label: plain(letters(n)) })],
    `${less(2_001)} [/blocks/0/label/text]`,
  ],
  ["a hint", 2_000, (n) => [input({}, { hint: plain(letters(n)) })], `${less(2_001)} [/blocks/0/hint/text]`],
  [
    "a placeholder",
    150,
    (n) => [input({ placeholder: plain(letters(n)) })],
    `${less(151)} [/blocks/0/element/placeholder/text]`,
  ],
  [
    "a typed text",
    3_000,
    (n) => [input({ max_length: n })],
    "must be a whole number from 1 to 3000 [/blocks/0/element/max_length]",
  ],
  [
    "a markdown text",
    12_000,
    (n) => [{ type: "markdown", text: letters(n) }],
    `${less(12_001)} [/blocks/0/text]`,
  ],
];

describe("lib/sandbox/slack/block-kit", () => {
  it.each(MOST)("takes %s up to %i and no more", (_, most, of, problem) => {
    expect(words(messageProblems(of(most)))).toEqual([]);
    expect(words(messageProblems(of(most + 1)))).toEqual([problem]);
  });

  it("counts the texts of all blocks together, buttons included", () => {
    const blocks = [section(letters(3_000)), section(letters(3_000)), section(letters(3_000))];
    expect(textsTooLong([...blocks, section(letters(593)), actions(button())])).toBe(false);
    expect(textsTooLong([...blocks, section(letters(594)), actions(button())])).toBe(true);
  });

  it("refuses blocks that are no list", () => {
    expect(words(messageProblems("[]"))).toEqual(["must be an array [/blocks]"]);
    expect(words(messageProblems([null]))).toEqual(["unsupported type: undefined [/blocks/0/type]"]);
  });
});
