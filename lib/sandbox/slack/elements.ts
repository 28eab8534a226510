/**
 * What Slack publishes of Block Kit's elements and the objects in them: fields and limits.
 * Source: docs.slack.dev/reference/block-kit (block elements, composition objects), as @slack/types 3 repeats them.
 */
import {
  among,
  array,
  boolean,
  both,
  byType,
  type Check,
  isObject,
  matching,
  object,
  type Shape,
  string,
  whole,
} from "./check.ts";

const MAX_ID = 255;
const MAX_URL = 3_000;

export const id = string(MAX_ID);
const url = both(string(MAX_URL), matching(/^https?:\/\/\S+$/, "a valid URL"));
const type = string(40);
const day = matching(/^\d{4}-\d{2}-\d{2}$/, "a date as YYYY-MM-DD");
const time = matching(/^([01]\d|2[0-3]):[0-5]\d$/, "a time as HH:mm");

export function plain(most: number): Check {
  return byType({ plain_text: object({ type, text: string(most) }, { emoji: boolean }) });
}

export function anyText(most: number): Check {
  return byType({
    plain_text: object({ type, text: string(most) }, { emoji: boolean }),
    mrkdwn: object({ type, text: string(most) }, { verbatim: boolean }),
  });
}

const confirm = object(
  { text: anyText(300) },
  { title: plain(100), confirm: plain(30), deny: plain(30), style: among(["primary", "danger"]) },
);

/** Source: option object. Text and description were 75 characters each, values too until 2024 (now 150). */
const optionParts: Shape = { description: anyText(75) };
const option = object({ text: plain(75), value: string(150) }, optionParts);
const richOption = object({ text: anyText(75), value: string(150) }, optionParts);
const overflowOption = object({ text: plain(75), value: string(150) }, { ...optionParts, url });
const optionGroup = object({ label: plain(75), options: array(option, 100) });

/** `action_id` is not required by Slack, which makes one up: of ours every element has one, or a click could not be told. */
const actionable: Shape = { type, action_id: id };
const confirmable: Shape = { confirm, focus_on_load: boolean };

/** Exactly one of both lists. */
const withOptions: Check = (value, pointer, problems) => {
  if (!isObject(value)) return;
  if ((value.options === undefined) !== (value.option_groups === undefined)) return;
  problems.push({ pointer, message: "must define either `options` or `option_groups`" });
};

/** What is chosen at first has to be among what can be chosen. */
function initialAmong(key: string): Check {
  return (value, pointer, problems) => {
    if (!isObject(value) || value[key] === undefined) return;
    const groups = Array.isArray(value.option_groups) ? value.option_groups : [];
    const own = Array.isArray(value.options) ? value.options : [];
    const grouped = groups.flatMap((group) => (Array.isArray(group?.options) ? group.options : []));
    const known = [...own, ...grouped].map((each) => JSON.stringify(each));
    const chosen = Array.isArray(value[key]) ? value[key] : [value[key]];
    if (chosen.every((each: unknown) => known.includes(JSON.stringify(each)))) return;
    problems.push({ pointer: `${pointer}/${key}`, message: "must exactly match one of the options" });
  };
}

const choice: Shape = { ...confirmable, placeholder: plain(150) };

function select(extra: Shape = {}): Check {
  return object(actionable, { ...choice, ...extra });
}

function staticSelect(extra: Shape, initial: string): Check {
  const lists = { options: array(option, 100), option_groups: array(optionGroup, 100) };
  return both(
    both(object(actionable, { ...choice, ...lists, ...extra }), withOptions),
    initialAmong(initial),
  );
}

function group(most: number, initial: Shape): Check {
  const [key = ""] = Object.keys(initial);
  return both(
    object({ ...actionable, options: array(richOption, most) }, { ...confirmable, ...initial }),
    initialAmong(key),
  );
}

const manyItems = { max_selected_items: whole(1, 100) };

const SELECTS: Readonly<Record<string, Check>> = {
  static_select: staticSelect({ initial_option: option }, "initial_option"),
  multi_static_select: staticSelect({ initial_options: array(option, 100), ...manyItems }, "initial_options"),
  users_select: select({ initial_user: id }),
  multi_users_select: select({ initial_users: array(id, 100), ...manyItems }),
  channels_select: select({ initial_channel: id, response_url_enabled: boolean }),
  conversations_select: select({ initial_conversation: id, response_url_enabled: boolean }),
};

const PICKERS: Readonly<Record<string, Check>> = {
  datepicker: object(actionable, { ...choice, initial_date: day }),
  timepicker: object(actionable, { ...choice, initial_time: time, timezone: string(100) }),
  checkboxes: group(10, { initial_options: array(richOption, 10) }),
  radio_buttons: group(10, { initial_option: richOption }),
};

const datetimepicker = object(actionable, { ...confirmable, initial_date_time: whole(1e9, 9_999_999_999) });

/** Text is refused above 75 characters; Slack shows about 30 of them. */
const button = object(
  { ...actionable, text: plain(75) },
  {
    url,
    value: string(2_000),
    style: among(["primary", "danger"]),
    confirm,
    accessibility_label: string(75),
  },
);

export const image: Check = object(
  {
    type,
    alt_text: string(2_000),
    image_url: both(string(MAX_URL), matching(/^https:\/\/\S+$/, "a valid URL")),
  },
  {},
);

const overflow = object({ ...actionable, options: array(overflowOption, 5) }, { confirm });

const dispatchable: Shape = {
  dispatch_action_config: object({
    trigger_actions_on: array(among(["on_enter_pressed", "on_character_entered"]), 2),
  }),
};
const typed: Shape = { focus_on_load: boolean, placeholder: plain(150), ...dispatchable };

const INPUTS: Readonly<Record<string, Check>> = {
  plain_text_input: object(actionable, {
    ...typed,
    initial_value: string(3_000, 0),
    multiline: boolean,
    min_length: whole(0, 3_000),
    max_length: whole(1, 3_000),
  }),
  number_input: object(
    { ...actionable, is_decimal_allowed: boolean },
    { ...typed, initial_value: string(100), min_value: string(100), max_value: string(100) },
  ),
  email_text_input: object(actionable, { ...typed, initial_value: string(3_000) }),
  url_text_input: object(actionable, { ...typed, initial_value: string(3_000) }),
};

/** Elements by the place that takes them. Rich text, files and workflow buttons exist at Slack and are not modelled here. */
export const SECTION_ACCESSORY: Check = byType({ button, image, overflow, ...SELECTS, ...PICKERS });
export const ACTIONS_ELEMENT: Check = byType({ button, overflow, datetimepicker, ...SELECTS, ...PICKERS });
export const INPUT_ELEMENT: Check = byType({ ...INPUTS, datetimepicker, ...SELECTS, ...PICKERS });
export const CONTEXT_ELEMENT: Check = byType({
  image,
  plain_text: plain(3_000),
  mrkdwn: anyText(3_000),
});
