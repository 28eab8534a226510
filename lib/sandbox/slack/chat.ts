/** Posting and changing messages. Source: docs.slack.dev/reference/methods, chat.postMessage, chat.update, chat.postEphemeral. */
import { type Args, json, needed, optional } from "./args.ts";
import { messageProblems, textsTooLong } from "./block-kit.ts";
import { isObject } from "./check.ts";
import { refusalOf, SlackRefusal } from "./refusal.ts";
import type { Channel, StoredMessage } from "./store.ts";
import { memberOf, messageKey, nextTs, putMessage, type Workspace } from "./workspace.ts";

/** Longer texts are cut by Slack: here that would be a mistake of ours. Source: docs.slack.dev, chat.postMessage. */
const MAX_TEXT = 40_000;
/** Source: docs.slack.dev, chat.update, msg_too_long. */
const MAX_UPDATED_TEXT = 4_000;
/** Slack publishes the refusal, not the number. */
const MAX_METADATA_BYTES = 8_000;

export function postMessage(args: Args, workspace: Workspace): object {
  const channel = writableChannel(args, workspace);
  limitRate(workspace, channel.id);
  const content = contentOf(args, MAX_TEXT);
  const message: StoredMessage = {
    channel: channel.id,
    ts: nextTs(workspace),
    threadTs: threadOf(args, workspace, channel.id),
    userId: workspace.app.botUser,
    text: content.text ?? "",
    blocks: content.blocks ?? [],
    metadata: metadataOf(args),
    editedTs: null,
    onlyFor: null,
  };
  putMessage(workspace, message);
  return { channel: channel.id, ts: message.ts, message: messageBody(message, workspace, true) };
}

/** What is not given stays as it is. */
export function updateMessage(args: Args, workspace: Workspace): object {
  const channel = writableChannel(args, workspace);
  const message = workspace.store.messages.get(messageKey(channel.id, needed(args, "ts")));
  if (message === undefined || message.onlyFor !== null) throw new SlackRefusal("message_not_found");
  if (message.userId !== workspace.app.botUser) throw new SlackRefusal("cant_update_message");
  const content = contentOf(args, MAX_UPDATED_TEXT);
  const updated: StoredMessage = {
    ...message,
    text: content.text ?? message.text,
    blocks: content.blocks ?? message.blocks,
    metadata: metadataOf(args) ?? message.metadata,
    editedTs: nextTs(workspace),
  };
  putMessage(workspace, updated);
  const { ts } = updated;
  return { channel: channel.id, ts, text: updated.text, message: messageBody(updated, workspace, true) };
}

export function postEphemeral(args: Args, workspace: Workspace): object {
  const channel = writableChannel(args, workspace);
  const user = needed(args, "user");
  if (!memberOf(workspace, channel.id, user)) throw new SlackRefusal("user_not_in_channel");
  const { text, blocks } = contentOf(args, MAX_TEXT);
  const ts = nextTs(workspace);
  putMessage(workspace, {
    channel: channel.id,
    ts,
    threadTs: threadOf(args, workspace, channel.id),
    userId: workspace.app.botUser,
    text: text ?? "",
    blocks: blocks ?? [],
    metadata: null,
    editedTs: null,
    onlyFor: user,
  });
  return { message_ts: ts };
}

/** Text and blocks of a message that the app sends, by any way; null where it says nothing of them. */
export function contentOf(
  args: Args,
  maxText: number = MAX_TEXT,
): { text: string | null; blocks: unknown[] | null } {
  const text = optional(args, "text");
  const given = args.blocks;
  const value = given === undefined || given === null ? null : json(args, "blocks", "invalid_blocks_format");
  if (value !== null && !Array.isArray(value)) throw new SlackRefusal("invalid_blocks_format");
  if ((text ?? "") === "" && (value ?? []).length === 0) throw new SlackRefusal("no_text");
  if ((text ?? "").length > maxText) throw new SlackRefusal("msg_too_long");
  if (value === null) return { text, blocks: null };
  const problems = messageProblems(value);
  if (problems.length > 0) throw refusalOf("invalid_blocks", problems);
  if (textsTooLong(value)) throw new SlackRefusal("msg_blocks_too_long");
  return { text, blocks: value };
}

/** A message as the Web API and interactions tell it. */
export function messageBody(message: StoredMessage, workspace: Workspace, withMetadata: boolean): object {
  const { app, store } = workspace;
  const isBot = message.userId === app.botUser;
  const replies = store.messages.all().filter(({ channel, threadTs, onlyFor }) => {
    return channel === message.channel && threadTs === message.ts && onlyFor === null;
  });
  const last = replies.at(-1);
  return {
    type: "message",
    user: message.userId,
    ts: message.ts,
    ...(isBot ? { bot_id: app.botId, app_id: app.app } : {}),
    team: app.team,
    text: message.text,
    blocks: message.blocks,
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(last === undefined
      ? {}
      : { thread_ts: message.ts, reply_count: replies.length, latest_reply: last.ts }),
    ...(message.editedTs === null ? {} : { edited: { user: app.botId, ts: message.editedTs } }),
    ...(withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
  };
}

function writableChannel(args: Args, workspace: Workspace): Channel {
  const channel = workspace.store.channels.get(needed(args, "channel"));
  if (channel === undefined) throw new SlackRefusal("channel_not_found");
  if (channel.isArchived) throw new SlackRefusal("is_archived");
  if (!channel.members.includes(workspace.app.botUser)) throw new SlackRefusal("not_in_channel");
  return channel;
}

/** An answer's own ts names no thread: Slack would show it somewhere else than was meant. */
function threadOf(args: Args, { store }: Workspace, channel: string): string | null {
  const ts = optional(args, "thread_ts");
  if (ts === null) return null;
  const parent = store.messages.get(messageKey(channel, ts));
  if (parent?.threadTs === null && parent.onlyFor === null) return ts;
  throw new SlackRefusal("thread_not_found");
}

function metadataOf(args: Args): StoredMessage["metadata"] {
  if (optional(args, "metadata") === null) return null;
  const value = json(args, "metadata", "invalid_metadata_format");
  if (!isObject(value)) throw new SlackRefusal("invalid_metadata_format");
  const { event_type, event_payload } = value;
  if (typeof event_type !== "string" || event_type === "" || !isObject(event_payload)) {
    throw new SlackRefusal("invalid_metadata_format");
  }
  if (Buffer.byteLength(JSON.stringify(value)) > MAX_METADATA_BYTES) {
    throw new SlackRefusal("metadata_too_large");
  }
  return { event_type, event_payload };
}

/** Source: docs.slack.dev, rate limits: about one message a second in a channel. */
function limitRate({ lastPostMs, now, postsPerSecond }: Workspace, channel: string): void {
  if (postsPerSecond === null) return;
  const last = lastPostMs.get(channel);
  if (last !== undefined && now() - last < 1_000 / postsPerSecond) throw new SlackRefusal("ratelimited");
  lastPostMs.set(channel, now());
}
