/** A brand's channel in Slack, worded for its people. */
import type { Brand } from "../domain/brand.ts";
import type { Messenger } from "../domain/messenger.ts";
import { slackMessenger } from "../slack/client.ts";
import { render } from "../slack/render.ts";
import { labels } from "./labels.ts";
import type { SlackBot } from "./slack/parts.ts";

/** Null for a brand that is in no channel. */
export function messengerOf(brand: Brand, { botToken, apiUrl }: SlackBot): Messenger | null {
  if (brand.slack === null) return null;
  const { id, name, language, currency, zone, people } = brand;
  const options = { ...labels, brand: id, brandName: name, reader: { language, currency, zone }, people };
  return slackMessenger({
    token: botToken,
    ...(apiUrl === null ? {} : { url: apiUrl }),
    brand: id,
    render: (content) => render(content, options),
  });
}
