/** Blocks as short as they can be written. */

export const letters = (count: number) => "x".repeat(count);
export const plain = (text: string) => ({ type: "plain_text", text });
export const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
export const section = (text: string, over: object = {}) => ({
  type: "section",
  text: mrkdwn(text),
  ...over,
});
export const button = (over: object = {}) => ({
  type: "button",
  text: plain("Approve"),
  action_id: "a",
  ...over,
});
export const actions = (...elements: object[]) => ({ type: "actions", elements });
export const context = (...elements: object[]) => ({ type: "context", elements });
export const aButton = (over: object) => [actions(button(over))];
export const asking = (confirm: object) => aButton({ confirm: { text: plain("Sure?"), ...confirm } });
export const choice = (over: object) => [actions({ action_id: "a", ...over })];
export const header = (text: object) => ({ type: "header", text });
export const picture = (image_url: string) => ({ type: "image", alt_text: "a", image_url });
export const input = (element: object = {}, over: object = {}) => ({
  type: "input",
  label: plain("Amount"),
  element: { type: "plain_text_input", action_id: "a", ...element },
  ...over,
});
export const options = (count: number) => list(count, (at) => ({ text: plain(`o${at}`), value: `v${at}` }));
export const list = <Item>(count: number, item: (at: number) => Item) =>
  Array.from({ length: count }, (_, at) => item(at));
export const fields = (count: number, text: string) => [
  { type: "section", fields: list(count, () => mrkdwn(text)) },
];
export const modal = (over: object = {}) => ({ type: "modal", title: plain("Edit"), blocks: [], ...over });
export const less = (count: number) => `must be less than ${count} characters`;

export const words = (problems: { message: string; pointer: string }[]) =>
  problems.map(({ message, pointer }) => `${message} [${pointer}]`);
