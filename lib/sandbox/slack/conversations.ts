/** Reading channels and people. Source: docs.slack.dev/reference/methods, conversations.* and users.info. */
import { type Args, flag, needed, optional } from "./args.ts";
import { messageBody } from "./chat.ts";
import { refusalOf, SlackRefusal } from "./refusal.ts";
import type { Channel, Person, StoredMessage } from "./store.ts";
import { messageKey, microsOf, type Workspace } from "./workspace.ts";

const DEFAULT_PAGE = 100;
const MAX_PAGE = 999;

/** Newest first, without the answers in threads and what only one person sees. */
export function history(args: Args, workspace: Workspace): object {
  const channel = readableChannel(args, workspace);
  const found = workspace.store.messages.all().filter((message) => {
    return message.channel === channel.id && message.threadTs === null && message.onlyFor === null;
  });
  return pageOf(found.reverse(), args, workspace);
}

/** The message and its answers, oldest first. */
export function replies(args: Args, workspace: Workspace): object {
  const channel = readableChannel(args, workspace);
  const ts = needed(args, "ts");
  const parent = workspace.store.messages.get(messageKey(channel.id, ts));
  if (parent === undefined || parent.onlyFor !== null) throw new SlackRefusal("thread_not_found");
  const answers = workspace.store.messages.all().filter((message) => {
    return message.channel === channel.id && message.threadTs === ts && message.onlyFor === null;
  });
  return pageOf([parent, ...answers], args, workspace);
}

function pageOf(all: readonly StoredMessage[], args: Args, workspace: Workspace): object {
  const oldest = optional(args, "oldest");
  const latest = optional(args, "latest");
  const inclusive = flag(args, "inclusive");
  const within = all.filter(({ ts }) => {
    const at = microsOf(ts);
    const reaches = oldest === null || at > microsOf(oldest) || (inclusive && at === microsOf(oldest));
    return reaches && (latest === null || at < microsOf(latest) || (inclusive && at === microsOf(latest)));
  });
  const { from, rows, next } = page(within, args);
  const withMetadata = flag(args, "include_all_metadata");
  return {
    messages: rows.map((message) => messageBody(message, workspace, withMetadata)),
    has_more: from + rows.length < within.length,
    response_metadata: { next_cursor: next },
  };
}

export function channelInfo(args: Args, workspace: Workspace): object {
  const channel = knownChannel(args, workspace);
  const { id, name, isPrivate, isArchived, members } = channel;
  const { app, store } = workspace;
  const isShared = members.some((member) => store.people.get(member)?.team !== app.team);
  return {
    channel: {
      id,
      name,
      name_normalized: name,
      is_channel: true,
      is_group: false,
      is_im: false,
      is_mpim: false,
      is_private: isPrivate,
      is_archived: isArchived,
      is_member: members.includes(app.botUser),
      is_ext_shared: isShared,
      is_shared: isShared,
    },
  };
}

/** Channels that the app itself is in. */
export function ownChannels(args: Args, workspace: Workspace): object {
  const own = workspace.store.channels
    .all()
    .filter(({ members, isArchived }) => !isArchived && members.includes(workspace.app.botUser));
  const { rows, next } = page(own, args);
  return {
    channels: rows.map(({ id, name }) => ({ id, name, name_normalized: name })),
    response_metadata: { next_cursor: next },
  };
}

export function members(args: Args, workspace: Workspace): object {
  const { rows, next } = page(knownChannel(args, workspace).members, args);
  return { members: rows, response_metadata: { next_cursor: next } };
}

export function userInfo(args: Args, { app, store }: Workspace): object {
  const person = store.people.get(needed(args, "user"));
  if (person === undefined) throw new SlackRefusal("user_not_found");
  return { user: userBody(person, app.team) };
}

function userBody({ id, name, team, kind }: Person, ownTeam: string): object {
  return {
    id,
    team_id: team,
    name: name.toLowerCase().replaceAll(" ", "."),
    deleted: false,
    real_name: name,
    tz: "Europe/Paris",
    profile: { real_name: name, display_name: name },
    is_bot: kind === "bot",
    is_app_user: false,
    is_restricted: kind === "guest",
    is_ultra_restricted: false,
    ...(team === ownTeam ? {} : { is_stranger: true }),
  };
}

function knownChannel(args: Args, { store }: Workspace): Channel {
  const channel = store.channels.get(needed(args, "channel"));
  if (channel === undefined) throw new SlackRefusal("channel_not_found");
  return channel;
}

function readableChannel(args: Args, workspace: Workspace): Channel {
  const channel = knownChannel(args, workspace);
  if (!channel.members.includes(workspace.app.botUser)) throw new SlackRefusal("not_in_channel");
  return channel;
}

/** Cursors are opaque at Slack; these name the place in the list. */
function page<Row>(all: readonly Row[], args: Args): { from: number; rows: Row[]; next: string } {
  const limit = Number(optional(args, "limit") ?? DEFAULT_PAGE);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw refusalOf("invalid_arguments", [{ pointer: "/limit", message: `must be from 1 to ${MAX_PAGE}` }]);
  }
  const cursor = optional(args, "cursor") ?? "";
  const from = cursor === "" ? 0 : Number(/^next:(\d+)$/.exec(cursor)?.[1] ?? Number.NaN);
  if (Number.isNaN(from)) throw new SlackRefusal("invalid_cursor");
  const rows = all.slice(from, from + limit);
  return { from, rows, next: from + rows.length < all.length ? `next:${from + rows.length}` : "" };
}
