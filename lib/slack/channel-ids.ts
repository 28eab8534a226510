/** Channels by name: Slack posts to names, but finds and changes messages by id alone. */
import { z } from "zod";
import { MessengerError } from "../domain/messenger.ts";

const PAGE_SIZE = 200;
/** A bot that is in more channels than a thousand is not Palier's. */
const MAX_PAGES = 5;
const METHOD = "users.conversations";

const pageSchema = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string().default("") })),
  response_metadata: z.object({ next_cursor: z.string().default("") }).optional(),
});

/**
 * The id of `#media` among the channels that the bot is in; anything else is an id already. Asked once per name.
 * Source: Slack, users.conversations.
 */
export function channelIds(
  call: (method: string, args: Record<string, unknown>) => Promise<unknown>,
): (channel: string) => Promise<string> {
  const known = new Map<string, string>();
  return async (channel) => {
    if (!channel.startsWith("#")) return channel;
    const id = known.get(channel) ?? (await find(call, channel.slice(1)));
    known.set(channel, id);
    return id;
  };
}

async function find(call: Parameters<typeof channelIds>[0], name: string): Promise<string> {
  let cursor = "";
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const place = { types: "public_channel,private_channel", exclude_archived: true, limit: PAGE_SIZE };
    const read = pageSchema.safeParse(await call(METHOD, { ...place, ...(cursor === "" ? {} : { cursor }) }));
    if (!read.success)
      throw new MessengerError("unknown", "unreadable_answer", `it is unknown what Slack says to ${METHOD}`);
    const { channels, response_metadata } = read.data;
    const found = channels.find((channel) => channel.name === name);
    if (found !== undefined) return found.id;
    cursor = response_metadata?.next_cursor ?? "";
    if (cursor === "") break;
  }
  const fix = "invite the bot to it, or name it as Slack does";
  throw new MessengerError("refused", "channel_not_found", `the bot is in no channel #${name}: ${fix}`);
}
