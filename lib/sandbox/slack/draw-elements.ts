/** What people use in blocks, as HTML controls. `data-*` says what a click on it tells the app. */
import { listOf } from "./block-kit.ts";
import { isObject } from "./check.ts";
import { drawText, escapeHtml, type Names } from "./draw-text.ts";

export { escapeHtml } from "./draw-text.ts";

type Element = Record<string, unknown>;

export function drawElement(value: unknown, blockId: string, names: Names): string {
  if (!isObject(value)) return "";
  const data = `data-block="${attribute(blockId)}" data-action="${attribute(value.action_id)}"`;
  switch (value.type) {
    case "plain_text":
    case "mrkdwn":
      return drawText(value, names);
    case "image":
      // Nothing is fetched from elsewhere: what the picture would say stands in its place.
      return `<span class="image" title="${attribute(value.image_url)}">${escapeHtml(String(value.alt_text))}</span>`;
    case "button":
      return drawButton(value, data, names);
    case "overflow":
    case "static_select":
    case "multi_static_select":
      return drawSelect(value, data, names);
    case "radio_buttons":
    case "checkboxes":
      return drawChoices(value, data, names);
    case "plain_text_input":
    case "number_input":
    case "email_text_input":
    case "url_text_input":
      return drawTyped(value, data);
    case "datepicker":
      return `<input type="date" ${data} value="${attribute(value.initial_date)}">`;
    case "timepicker":
      return `<input type="time" ${data} value="${attribute(value.initial_time)}">`;
    default:
      return `<span class="image">(${escapeHtml(String(value.type))})</span>`;
  }
}

function drawButton(button: Element, data: string, names: Names): string {
  const { text, style, url, value, confirm } = button;
  const look = typeof style === "string" ? ` class="${attribute(style)}"` : "";
  const asks = isObject(confirm) ? ` data-confirm="${attribute(questionOf(confirm))}"` : "";
  const says = value === undefined ? "" : ` data-value="${attribute(value)}"`;
  const leads =
    typeof url === "string" && /^https?:/.test(url)
      ? ` data-url="${attribute(url)}" title="${attribute(url)}"`
      : "";
  return `<button type="button" ${data}${look}${says}${asks}${leads}>${drawText(text, names)}${leads === "" ? "" : " ↗"}</button>`;
}

function questionOf(confirm: Element): string {
  return [confirm.title, confirm.text]
    .flatMap((part) => (isObject(part) ? [String(part.text)] : []))
    .join("\n\n");
}

function drawSelect(element: Element, data: string, names: Names): string {
  const { options, option_groups, placeholder, initial_option, type } = element;
  const all = [...listOf(options), ...listOf(option_groups).flatMap(optionsOf)];
  const first = type === "overflow" ? "…" : drawText(placeholder, names) || "Choose…";
  const lines = all.filter(isObject).map((option) => {
    const isChosen = isObject(initial_option) && initial_option.value === option.value;
    return `<option value="${attribute(option.value)}"${isChosen ? " selected" : ""}>${drawText(option.text, names)}</option>`;
  });
  const many = type === "multi_static_select" ? " multiple" : "";
  return `<select ${data}${many}><option value="">${first}</option>${lines.join("")}</select>`;
}

function drawChoices(element: Element, data: string, names: Names): string {
  const { type, options, initial_option, initial_options, action_id } = element;
  const kind = type === "checkboxes" ? "checkbox" : "radio";
  const chosen = [initial_option, ...listOf(initial_options)].map((option) => JSON.stringify(option));
  const lines = listOf(options)
    .filter(isObject)
    .map((option) => {
      const isChosen = chosen.includes(JSON.stringify(option)) ? " checked" : "";
      return `<label><input type="${kind}" name="${attribute(action_id)}" ${data} value="${attribute(option.value)}"${isChosen}> ${drawText(option.text, names)}</label>`;
    });
  return `<span class="choices">${lines.join("")}</span>`;
}

function drawTyped(
  { type, multiline, initial_value, placeholder, max_length }: Element,
  data: string,
): string {
  const hint = isObject(placeholder) ? ` placeholder="${attribute(placeholder.text)}"` : "";
  const most = typeof max_length === "number" ? ` maxlength="${max_length}"` : "";
  if (type === "plain_text_input" && multiline === true) {
    return `<textarea rows="3" ${data}${hint}${most}>${escapeHtml(String(initial_value ?? ""))}</textarea>`;
  }
  return `<input type="text" ${data}${hint}${most} value="${attribute(initial_value)}">`;
}

function optionsOf(group: unknown): unknown[] {
  return isObject(group) ? listOf(group.options) : [];
}

function attribute(value: unknown): string {
  return escapeHtml(String(value ?? ""));
}
