/**
 * What Slack sends to an app when somebody does something. Source: docs.slack.dev/reference/interaction-payloads (block_actions,
 * view_submission), slash commands, Events API; shapes as the tests of Slack's own libraries record them.
 */
import { SandboxError } from "../errors.ts";
import { elementsOf, listOf } from "./block-kit.ts";
import { messageBody } from "./chat.ts";
import { isObject } from "./check.ts";
import type { Person, StoredMessage, StoredView } from "./store.ts";
import { modalsOf, viewBody } from "./views.ts";
import { memberOf, messageKey, nextId, nextTs, openHook, openTrigger, type Workspace } from "./workspace.ts";

/** Slack still sends the token that signatures replaced; nobody should look at it. */
const VERIFICATION_TOKEN = "sandbox-verification-token";

export interface ClickOn {
  user: string;
  /** The message that has the button, or the dialog or home that is open: one of both. */
  message?: { channel: string; ts: string };
  view?: string;
  actionId: string;
  /** Tells apart elements that have the same action; for a choice, date or time what was chosen. */
  value?: string;
  blockId?: string;
}

interface Found {
  blockId: string;
  element: Record<string, unknown>;
}

/** @throws SandboxError `sandbox.requestRefused` for what that person could not click on. */
export function blockActions(workspace: Workspace, click: ClickOn): Record<string, unknown> {
  const { app } = workspace;
  const person = personOf(workspace, click.user);
  const view = click.view === undefined ? null : viewFor(workspace, person.id, click.view);
  const message = view === null ? messageFor(workspace, click) : null;
  const found = elementFor(message === null ? view?.view.blocks : message.blocks, click);
  const common = {
    type: "block_actions",
    user: userOf(person),
    api_app_id: app.app,
    token: VERIFICATION_TOKEN,
    trigger_id: openTrigger(workspace, person.id),
    team: teamOf(workspace),
    enterprise: null,
    is_enterprise_install: false,
    state: { values: {} },
    actions: [actionOf(found, click, nextTs(workspace))],
  };
  if (view !== null) {
    return {
      ...common,
      container: { type: "view", view_id: view.id },
      view: viewBody(view, workspace, {}),
    };
  }
  return message === null ? common : { ...common, ...aboutMessage(workspace, message, person.id) };
}

/** Of a message that only one person sees Slack does not repeat what it says. */
function aboutMessage(workspace: Workspace, message: StoredMessage, userId: string): object {
  const { channel, ts, threadTs, onlyFor } = message;
  const hook = { kind: "actions", userId, channel, messageTs: ts } as const;
  return {
    container: {
      type: "message",
      message_ts: ts,
      channel_id: channel,
      is_ephemeral: onlyFor !== null,
      ...(threadTs === null ? {} : { thread_ts: threadTs }),
    },
    channel: { id: channel, name: workspace.store.channels.get(channel)?.name ?? "" },
    ...(onlyFor === null ? { message: messageBody(message, workspace, true) } : {}),
    response_url: openHook(workspace, hook),
  };
}

/** `values` is by `block_id`. */
export function viewSubmission(
  workspace: Workspace,
  view: StoredView,
  values: object,
): Record<string, unknown> {
  const person = personOf(workspace, view.userId);
  return {
    type: "view_submission",
    team: teamOf(workspace),
    user: userOf(person),
    api_app_id: workspace.app.app,
    token: VERIFICATION_TOKEN,
    trigger_id: openTrigger(workspace, person.id),
    view: viewBody(view, workspace, values),
    response_urls: [],
    is_enterprise_install: false,
    enterprise: null,
  };
}

export interface Command {
  user: string;
  channel: string;
  /** With its slash. */
  command: string;
  text: string;
}

export function slashCommand(workspace: Workspace, { user, channel, command, text }: Command) {
  const { app, store } = workspace;
  const person = personOf(workspace, user);
  if (!memberOf(workspace, channel, user)) refuse(`${person.name} is not in that channel`);
  return {
    token: VERIFICATION_TOKEN,
    team_id: person.team,
    team_domain: app.teamDomain,
    channel_id: channel,
    channel_name: store.channels.get(channel)?.name ?? "",
    user_id: user,
    user_name: userOf(person).username,
    command,
    text,
    api_app_id: app.app,
    is_enterprise_install: "false",
    response_url: openHook(workspace, { kind: "commands", userId: user, channel, messageTs: null }),
    trigger_id: openTrigger(workspace, user),
  };
}

export function homeOpened(workspace: Workspace, user: string): Record<string, unknown> {
  const { app, now, store } = workspace;
  const person = personOf(workspace, user);
  const home = store.homes.get(user);
  return {
    token: VERIFICATION_TOKEN,
    team_id: person.team,
    api_app_id: app.app,
    event: {
      type: "app_home_opened",
      user,
      channel: `D${user.slice(1)}`,
      tab: "home",
      event_ts: nextTs(workspace),
      ...(home === undefined ? {} : { view: viewBody(home, workspace, {}) }),
    },
    type: "event_callback",
    event_id: nextId(workspace, "Ev"),
    event_time: Math.floor(now() / 1_000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: app.team,
        user_id: app.botUser,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}

export function urlVerification(workspace: Workspace): Record<string, unknown> {
  return { token: VERIFICATION_TOKEN, challenge: nextId(workspace, "challenge"), type: "url_verification" };
}

export function personOf({ store }: Workspace, id: string): Person {
  return store.people.get(id) ?? refuse(`there is nobody with the id ${id}`);
}

/** Slack tells nothing here of who is a guest: that is known from users.info alone. */
function userOf({ id, name, team }: Person) {
  const username = name.toLowerCase().replaceAll(" ", ".");
  return { id, username, name: username, team_id: team };
}

function teamOf({ app }: Workspace): object {
  return { id: app.team, domain: app.teamDomain };
}

function messageFor(workspace: Workspace, { message, user }: ClickOn): StoredMessage {
  if (message === undefined) return refuse("a click is on a message or on a view");
  const stored = workspace.store.messages.get(messageKey(message.channel, message.ts));
  const isSeen = stored !== undefined && (stored.onlyFor ?? user) === user;
  if (isSeen && memberOf(workspace, message.channel, user)) return stored;
  return refuse(`${user} sees no message ${message.ts} in ${message.channel}`);
}

function viewFor(workspace: Workspace, userId: string, id: string): StoredView {
  const home = workspace.store.homes.get(userId);
  const open = home?.id === id ? home : modalsOf(workspace, userId).find((view) => view.id === id);
  return open ?? refuse(`${userId} has no view ${id} open`);
}

const CHOSEN = ["static_select", "radio_buttons", "overflow", "datepicker", "timepicker"];

function elementFor(blocks: unknown, { actionId, blockId, value }: ClickOn): Found {
  const all = listOf(blocks).flatMap((block, at) => {
    if (!isObject(block)) return [];
    // Slack makes up a block's name where the app gave none.
    const name = typeof block.block_id === "string" ? block.block_id : `b${at}`;
    return elementsOf(block).map(({ element }) => ({ blockId: name, element }));
  });
  const fitting = all.filter(({ element, blockId: name }) => {
    if (element.action_id !== actionId || (blockId ?? name) !== name) return false;
    return value === undefined || CHOSEN.includes(String(element.type)) || element.value === value;
  });
  const [found] = fitting;
  if (found !== undefined && fitting.length === 1) return found;
  return refuse(`${fitting.length} elements have the action ${actionId} and the value ${value ?? "(any)"}`);
}

function actionOf({ blockId, element }: Found, { value }: ClickOn, ts: string): object {
  const { type, action_id, text, style } = element;
  const common = { action_id, block_id: blockId, type, action_ts: ts };
  if (type !== "button") return { ...common, ...entered(element, value ?? null) };
  return {
    ...common,
    // Slack gives texts back with what it would have set itself.
    text: isObject(text) ? { emoji: true, ...text } : text,
    ...(element.value === undefined ? {} : { value: element.value }),
    ...(style === undefined ? {} : { style }),
  };
}

/** What an element says once something was entered, beside its type. */
export function entered(element: Record<string, unknown>, value: string | null): object {
  const options = [...listOf(element.options), ...listOf(element.option_groups).flatMap(optionsOf)];
  const chosen = options.filter(
    (option) => isObject(option) && value?.split(",").includes(String(option.value)),
  );
  switch (element.type) {
    case "datepicker":
      return { selected_date: value };
    case "timepicker":
      return { selected_time: value };
    case "static_select":
    case "radio_buttons":
    case "overflow":
      return { selected_option: chosen[0] ?? null };
    case "checkboxes":
    case "multi_static_select":
      return { selected_options: chosen };
    case "users_select":
      return { selected_user: value };
    default:
      return { value };
  }
}

function optionsOf(group: unknown): unknown[] {
  return isObject(group) ? listOf(group.options) : [];
}

function refuse(message: string): never {
  throw new SandboxError("sandbox.requestRefused", message);
}
