/** The few blocks that our messages are built from, within Slack's limits. Source: Slack, Block Kit reference. */
import { plain } from "./mrkdwn.ts";

export interface PlainText {
  type: "plain_text";
  text: string;
}

/** `verbatim`: Slack makes no links of what merely looks like one. */
export interface Mrkdwn {
  type: "mrkdwn";
  text: string;
  verbatim: true;
}

export interface Confirm {
  title: PlainText;
  text: PlainText;
  confirm: PlainText;
  deny: PlainText;
  style?: "primary" | "danger";
}

export interface Button {
  type: "button";
  action_id: string;
  text: PlainText;
  value: string;
  style?: "primary" | "danger";
  confirm?: Confirm;
}

export interface TextInput {
  type: "plain_text_input";
  action_id: "value";
  initial_value?: string;
  max_length: number;
  multiline?: boolean;
}

export interface DatePicker {
  type: "datepicker";
  action_id: "value";
  initial_date: string;
}

export type Block =
  | { type: "header"; text: PlainText }
  | { type: "section"; text: Mrkdwn }
  | { type: "context"; elements: Mrkdwn[] }
  | { type: "actions"; block_id?: string; elements: Button[] }
  | { type: "divider" }
  | {
      type: "input";
      block_id: string;
      label: PlainText;
      hint?: PlainText;
      optional: boolean;
      element: TextInput | DatePicker;
    };

/** A message as it is posted: what stands in the channel, and what a notification says of it. */
export interface Rendered {
  text: string;
  blocks: Block[];
}

export interface Modal {
  type: "modal";
  callback_id: string;
  private_metadata: string;
  title: PlainText;
  submit: PlainText;
  close: PlainText;
  blocks: Block[];
}

export interface Home {
  type: "home";
  blocks: Block[];
}

const MOST_SECTION = 3000;
const MOST_HEADER = 150;

export function words(text: string): PlainText {
  return { type: "plain_text", text };
}

/** Lines of our own writing; what no longer fits is left out from the end, whole lines at a time. */
export function section(lines: readonly string[]): Block[] {
  const text = fitting(lines, MOST_SECTION);
  return text === "" ? [] : [{ type: "section", text: { type: "mrkdwn", text, verbatim: true } }];
}

export function context(lines: readonly string[]): Block[] {
  const text = fitting(lines, MOST_SECTION);
  return text === "" ? [] : [{ type: "context", elements: [{ type: "mrkdwn", text, verbatim: true }] }];
}

export function actions(buttons: Button[]): Block[] {
  return buttons.length === 0 ? [] : [{ type: "actions", elements: buttons }];
}

export function header(text: string): Block {
  return { type: "header", text: words(plain(text, MOST_HEADER)) };
}

function fitting(lines: readonly string[], most: number): string {
  let text = "";
  for (const line of lines.filter((one) => one !== "")) {
    const longer = text === "" ? line : `${text}\n${line}`;
    if (longer.length > most) break;
    text = longer;
  }
  return text;
}
