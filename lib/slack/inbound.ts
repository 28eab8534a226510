/**
 * What Slack sends, once its signature was checked: clicks, dialogs sent, commands typed, the home tab opened. Only what is used
 * is read, and nothing is judged: whether it counts is for the desk in the log.
 */
import { z } from "zod";
import { hashOf } from "../domain/canonical.ts";
import { ACTIONS, DIALOGS } from "./actions.ts";

/** Nothing follows from a link. */
export type ActionName = Exclude<keyof typeof ACTIONS, "open">;
export type DialogName = keyof typeof DIALOGS;

/** Where Slack takes the answer to a click: nothing of ours is ever sent to another host. */
const REPLY_HOSTS: readonly string[] = ["hooks.slack.com", "hooks.slack-gov.com"];
const LOOPBACK_HOSTS: readonly string[] = ["127.0.0.1", "localhost"];

const CLICK_ID_LENGTH = 32;

/** Somebody, and where in Slack they are. */
export interface From {
  /** The same for the same interaction, however often it arrives. */
  clickId: string;
  userId: string;
  /** What they are by the request alone: `team` came from another workspace than the one it happened in. */
  outsider: "bot" | "guest" | "team" | null;
  team: string | null;
  app: string | null;
  /** Null in the home tab and in dialogs, which are in no channel. */
  channel: string | null;
  /** The message that was clicked on. */
  messageTs: string | null;
  /** Lets a dialog be opened, for three seconds. */
  triggerId: string | null;
  /** Null where Slack gave none to trust. */
  replyUrl: string | null;
}

export type Inbound =
  | { kind: "button"; from: From; action: ActionName; value: string }
  | {
      kind: "submitted";
      from: From;
      dialog: DialogName;
      /** As the dialog was opened with. */
      metadata: string;
      /** By the fields' `block_id`; null where nothing was entered. */
      fields: Readonly<Record<string, string | null>>;
    }
  | { kind: "command"; from: From; text: string }
  | { kind: "homeOpened"; from: From }
  /** Slack asks whether this address is ours. */
  | { kind: "challenge"; challenge: string }
  /** Something of Slack's that nothing follows from. */
  | { kind: "other" }
  | { kind: "malformed" };

export interface InboundOptions {
  /** True on one machine, where the stand-in for Slack answers on loopback. */
  loopback: boolean;
}

const text = z.string().nullish();
const flag = z.boolean().nullish();

// Source: Slack, interaction payloads (block_actions, view_submission). An organisation-wide app gets no team, a workflow's step a bot.
const userSchema = z.object({
  id: z.string(),
  team_id: text,
  is_bot: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_stranger: flag,
});
const valueSchema = z.object({ value: text, selected_date: text });
const interactionSchema = z.object({
  type: z.string(),
  user: userSchema,
  team: z.object({ id: z.string() }).nullish(),
  api_app_id: text,
  bot_id: text,
  trigger_id: text,
  response_url: text,
  channel: z.object({ id: z.string() }).nullish(),
  container: z.object({ channel_id: text, message_ts: text }).nullish(),
  actions: z.array(z.object({ action_id: z.string(), value: text, action_ts: text })).default([]),
  view: z
    .object({
      id: z.string(),
      hash: text,
      callback_id: text,
      private_metadata: text,
      state: z.object({ values: z.record(z.string(), z.record(z.string(), valueSchema)) }).nullish(),
    })
    .nullish(),
});
type Interaction = z.output<typeof interactionSchema>;

// Source: Slack, slash commands.
const commandSchema = z.object({
  command: z.string(),
  text: z.string().default(""),
  user_id: z.string(),
  team_id: text,
  api_app_id: text,
  channel_id: text,
  trigger_id: text,
  response_url: text,
});

// Source: Slack, Events API.
const eventSchema = z.object({
  type: z.string(),
  challenge: text,
  event_id: text,
  team_id: text,
  api_app_id: text,
  event: z.object({ type: z.string(), user: text, tab: text }).nullish(),
});

export function readInbound(body: string, options: InboundOptions): Inbound {
  if (body.trimStart().startsWith("{")) return readEvent(jsonOf(body));
  const form = new URLSearchParams(body);
  const payload = form.get("payload");
  if (payload !== null) return readInteraction(jsonOf(payload), options);
  const command = commandSchema.safeParse(Object.fromEntries(form));
  return command.success ? readCommand(command.data, options) : { kind: "malformed" };
}

function readEvent(value: unknown): Inbound {
  const parsed = eventSchema.safeParse(value);
  if (!parsed.success) return { kind: "malformed" };
  const { type, challenge, event, event_id, team_id, api_app_id } = parsed.data;
  if (type === "url_verification") return { kind: "challenge", challenge: challenge ?? "" };
  const userId = event?.user ?? "";
  if (type !== "event_callback" || event?.type !== "app_home_opened" || event.tab !== "home" || userId === "")
    return { kind: "other" };
  const place = { channel: null, messageTs: null, triggerId: null, replyUrl: null };
  const sender = { userId, outsider: isMember(userId) ? null : ("bot" as const) };
  const where = { team: team_id ?? null, app: api_app_id ?? null };
  return { kind: "homeOpened", from: { clickId: idOf([team_id, event_id]), ...sender, ...where, ...place } };
}

function readCommand(command: z.output<typeof commandSchema>, options: InboundOptions): Inbound {
  const { user_id: userId, team_id, api_app_id, channel_id, trigger_id } = command;
  const from: From = {
    clickId: idOf([team_id, trigger_id ?? userId]),
    userId,
    outsider: isMember(userId) ? null : "bot",
    team: team_id ?? null,
    app: api_app_id ?? null,
    channel: channel_id ?? null,
    messageTs: null,
    triggerId: trigger_id ?? null,
    replyUrl: trusted(command.response_url, options),
  };
  return { kind: "command", from, text: command.text };
}

function readInteraction(value: unknown, options: InboundOptions): Inbound {
  const parsed = interactionSchema.safeParse(value);
  if (!parsed.success) return { kind: "malformed" };
  const interaction = parsed.data;
  switch (interaction.type) {
    case "block_actions":
      return readButton(interaction, options);
    case "view_submission":
      return readSubmission(interaction, options);
    default:
      return { kind: "other" };
  }
}

function readButton(interaction: Interaction, options: InboundOptions): Inbound {
  const ours = interaction.actions.flatMap((action) => {
    const name = nameOf(ACTIONS, action.action_id);
    return name === null ? [] : [{ ...action, name }];
  });
  const [action] = ours;
  if (action === undefined) return { kind: "other" };
  // Slack sends one action per click: two at once are nobody's single decision.
  if (ours.length > 1) return { kind: "malformed" };
  const { team, user, trigger_id, container } = interaction;
  const once = trigger_id ?? [user.id, container?.message_ts ?? null, action.action_ts ?? null];
  const from = fromOf(interaction, idOf([team?.id, once]), options);
  return { kind: "button", from, action: action.name, value: action.value ?? "" };
}

/** Sent twice without a change it is the same; sent again with another amount it is another. */
function readSubmission(interaction: Interaction, options: InboundOptions): Inbound {
  const { team, view } = interaction;
  const dialog = Object.entries(DIALOGS).find(([, { id }]) => id === view?.callback_id)?.[0];
  if (view === null || view === undefined || dialog === undefined) return { kind: "other" };
  const fields = Object.fromEntries(
    Object.entries(view.state?.values ?? {}).map(([block, inputs]) => {
      const [input] = Object.values(inputs);
      return [block, input?.value ?? input?.selected_date ?? null];
    }),
  );
  const from = fromOf(interaction, idOf([team?.id, view.id, view.hash, fields]), options);
  return {
    kind: "submitted",
    from,
    dialog: dialog as DialogName,
    metadata: view.private_metadata ?? "",
    fields,
  };
}

function fromOf(interaction: Interaction, clickId: string, options: InboundOptions): From {
  const { user, team, api_app_id, channel, container, trigger_id, response_url } = interaction;
  return {
    clickId,
    userId: user.id,
    outsider: outsiderOf(interaction),
    team: team?.id ?? null,
    app: api_app_id ?? null,
    channel: channel?.id ?? container?.channel_id ?? null,
    messageTs: container?.message_ts ?? null,
    triggerId: trigger_id ?? null,
    replyUrl: trusted(response_url, options),
  };
}

/** Guests of a shared channel come from their own workspace, and display names are nobody's identity. */
function outsiderOf({ user, team, bot_id }: Interaction): From["outsider"] {
  if (user.is_bot === true || (bot_id ?? "") !== "" || !isMember(user.id)) return "bot";
  if (user.is_restricted === true || user.is_ultra_restricted === true) return "guest";
  return user.is_stranger === true || user.team_id !== team?.id ? "team" : null;
}

function isMember(userId: string): boolean {
  return /^[UW][A-Z0-9]+$/.test(userId) && userId !== "USLACKBOT";
}

function nameOf(actions: typeof ACTIONS, id: string): ActionName | null {
  const found = Object.entries(actions).find(([, actionId]) => actionId === id)?.[0];
  return found === undefined || found === "open" ? null : (found as ActionName);
}

/** Of everything that tells an interaction from any other. */
function idOf(parts: readonly (object | string | null | undefined)[]): string {
  return hashOf(parts.map((part) => part ?? null)).slice(0, CLICK_ID_LENGTH);
}

function trusted(url: string | null | undefined, { loopback }: InboundOptions): string | null {
  if (url === null || url === undefined || !URL.canParse(url)) return null;
  const { protocol, host, hostname } = new URL(url);
  if (loopback && protocol === "http:" && LOOPBACK_HOSTS.includes(hostname)) return url;
  return protocol === "https:" && REPLY_HOSTS.includes(host) ? url : null;
}

function jsonOf(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
