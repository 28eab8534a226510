/** One workspace with one app in it: who is there, what the app may do, and the numbers that Slack gives out. */
import type { SlackFault } from "./faults.ts";
import type { Channel, Hook, Person, Store, StoredMessage } from "./store.ts";

/** How long a dialog can be opened after an interaction. Source: docs.slack.dev, interactivity, trigger_id. */
const TRIGGER_MS = 3_000;
/** How often and how long an answer's address may be used. Source: docs.slack.dev, handling user interaction, response_url. */
const HOOK_USES = 5;
const HOOK_MS = 30 * 60_000;
/** Calls that are remembered; older ones are forgotten, so that a long bench stays small. */
const MAX_CALLS = 2_000;

export interface SlackApp {
  team: string;
  teamDomain: string;
  app: string;
  botToken: string;
  signingSecret: string;
  /** Its own user, a bot. */
  botUser: string;
  botId: string;
  scopes: readonly string[];
}

interface Trigger {
  userId: string;
  expiresAtMs: number;
  exchanged: boolean;
}

/** One call of the app's, the answer to an interaction included. */
export interface SlackCall {
  method: string;
  args: Record<string, unknown>;
  /** `ok`, Slack's word for the refusal, or the fault that happened to it. */
  outcome: string;
}

export interface Workspace {
  app: SlackApp;
  store: Store;
  now(): number;
  /** Where the app may reach this Slack. */
  origin: string;
  /** Where this Slack reaches the app; null before anybody said. */
  requestUrl: string | null;
  /** Most messages a second in one channel; null: as many as come. */
  postsPerSecond: number | null;
  /** How long the app has to answer. */
  answerWithinMs: number;
  faults: SlackFault[];
  calls: SlackCall[];
  triggers: Map<string, Trigger>;
  /** By channel: when the last message was taken, while the rate is limited. */
  lastPostMs: Map<string, number>;
}

export function recordCall(workspace: Workspace, call: SlackCall): void {
  workspace.calls.push(call);
  if (workspace.calls.length > MAX_CALLS) workspace.calls.shift();
}

/** The time as Slack names messages by it: seconds and six digits, never the same twice. */
export function nextTs({ store, now }: Workspace): string {
  const last = store.counters.get("ts") ?? 0;
  const micros = Math.max(now() * 1_000, last + 1);
  store.counters.put("ts", micros);
  return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, "0")}`;
}

export function microsOf(ts: string): number {
  return Math.round(Number(ts) * 1e6);
}

export function nextId({ store }: Workspace, prefix: string): string {
  const number = (store.counters.get(prefix) ?? 0) + 1;
  store.counters.put(prefix, number);
  return `${prefix}${String(number).padStart(6, "0")}`;
}

export function openTrigger(workspace: Workspace, userId: string): string {
  const { app, now, triggers } = workspace;
  const id = `${now()}.${app.team.toLowerCase()}.${nextId(workspace, "t")}`;
  for (const [old, { expiresAtMs }] of triggers) if (expiresAtMs < now()) triggers.delete(old);
  triggers.set(id, { userId, expiresAtMs: now() + TRIGGER_MS, exchanged: false });
  return id;
}

export function openHook(
  workspace: Workspace,
  { kind, ...about }: Pick<Hook, "userId" | "channel" | "messageTs"> & { kind: "actions" | "commands" },
): string {
  const { app, now, origin, store } = workspace;
  const path = `/hooks/${kind}/${app.team}/${nextId(workspace, "R")}`;
  for (const hook of store.hooks.all()) if (hook.expiresAtMs < now()) store.hooks.remove(hook.path);
  store.hooks.put(path, { path, ...about, usesLeft: HOOK_USES, expiresAtMs: now() + HOOK_MS });
  return `${origin}${path}`;
}

export function messageKey(channel: string, ts: string): string {
  return `${channel}/${ts}`;
}

export function putMessage({ store }: Workspace, message: StoredMessage): void {
  store.messages.put(messageKey(message.channel, message.ts), message);
}

export function memberOf({ store }: Workspace, channel: string, userId: string): boolean {
  return store.channels.get(channel)?.members.includes(userId) === true;
}

/** Adds somebody, or what is newly known of them; whoever is new is in every channel from then on. */
export function addPerson({ store }: Workspace, person: Person): void {
  const known = store.people.get(person.id);
  if (JSON.stringify(known) !== JSON.stringify(person)) store.people.put(person.id, person);
  if (known !== undefined) return;
  for (const channel of store.channels.all()) {
    store.channels.put(channel.id, { ...channel, members: [...channel.members, person.id] });
  }
}

/** What is there before anybody changes it: the app's own bot beside the given people, all in every channel. */
export function settle(
  workspace: Workspace,
  { people, channels }: { people: readonly Person[]; channels: readonly Pick<Channel, "id" | "name">[] },
): void {
  const { app, store } = workspace;
  const bot: Person = { id: app.botUser, name: "Palier", team: app.team, kind: "bot", note: "the app" };
  for (const person of [bot, ...people]) addPerson(workspace, person);
  for (const { id, name } of channels) {
    if (store.channels.get(id) !== undefined) continue;
    const members = store.people.all().map((person) => person.id);
    store.channels.put(id, { id, name, isPrivate: true, isArchived: false, members });
  }
}
