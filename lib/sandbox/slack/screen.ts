/** What one person sees of the workspace, drawn. */

import { listOf } from "./block-kit.ts";
import { isObject } from "./check.ts";
import { drawBlocks, drawMessage, escapeHtml } from "./draw.ts";
import type { StoredMessage } from "./store.ts";
import { modalsOf } from "./views.ts";
import type { Workspace } from "./workspace.ts";

export interface Screen {
  /** The same as long as nothing has changed. */
  version: string;
  people: { id: string; label: string }[];
  channels: { id: string; label: string }[];
  channel: string;
  home: string;
  /** The dialog in front; empty when none is open. */
  modal: string;
}

export function drawScreen(
  workspace: Workspace,
  { user, channel }: { user: string; channel: string },
): Screen {
  const { app, store } = workspace;
  const people = store.people.all().filter(({ kind }) => kind !== "bot");
  return {
    version: `${store.version()}/${user}/${channel}`,
    people: people.map(({ id, name, note }) => ({ id, label: note === "" ? name : `${name} (${note})` })),
    channels: store.channels.all().map(({ id, name }) => ({ id, label: `#${name}` })),
    channel: drawChannel(workspace, user, channel),
    home: drawHome(workspace, user, app.botUser),
    modal: drawModal(workspace, user),
  };
}

function drawChannel(workspace: Workspace, user: string, channel: string): string {
  const seen = workspace.store.messages
    .all()
    .filter((message) => message.channel === channel && (message.onlyFor ?? user) === user);
  const tops = seen.filter(({ threadTs }) => threadTs === null);
  if (tops.length === 0) return '<p class="empty">No messages yet.</p>';
  return tops
    .map((message) => {
      const answers = seen.filter(({ threadTs }) => threadTs === message.ts);
      const label = answers.length === 1 ? "1 reply" : `${answers.length} replies`;
      const inside = answers.map((answer) => drawOne(workspace, answer)).join("");
      const thread =
        answers.length === 0
          ? ""
          : `<details data-thread="${escapeHtml(message.ts)}"><summary>${label}</summary>${inside}</details>`;
      return drawOne(workspace, message) + thread;
    })
    .join("");
}

function drawOne(workspace: Workspace, message: StoredMessage): string {
  const { channel, ts, userId, onlyFor, editedTs } = message;
  const { app } = workspace;
  const who = userId === "USLACKBOT" ? "Slackbot" : (nameOf(workspace, userId) ?? userId);
  const badge = userId === app.botUser ? ' <small class="badge">APP</small>' : "";
  const time = new Date(Number(ts) * 1_000).toISOString().slice(0, 16).replace("T", " ");
  const edited = editedTs === null ? "" : " <small>(updated)</small>";
  const alone = onlyFor === null ? "" : '<p class="alone">Only visible to you</p>';
  return `<article class="message${onlyFor === null ? "" : " only"}" data-channel="${escapeHtml(channel)}" data-ts="${escapeHtml(ts)}">${alone}
<p class="who"><b>${escapeHtml(who)}</b>${badge} <time>${time} UTC</time>${edited}</p>
${drawMessage(message, (id) => nameOf(workspace, id))}</article>`;
}

function drawHome(workspace: Workspace, user: string, botUser: string): string {
  const home = workspace.store.homes.get(user);
  if (home === undefined) {
    return `<p class="empty">${escapeHtml(nameOf(workspace, botUser) ?? "The app")} has shown nothing here yet.</p>`;
  }
  const blocks = drawBlocks(listOf(home.view.blocks), (id) => nameOf(workspace, id));
  return `<article class="message" data-view="${escapeHtml(home.id)}">${blocks}</article>`;
}

function drawModal(workspace: Workspace, user: string): string {
  const view = modalsOf(workspace, user).at(-1);
  if (view === undefined) return "";
  const { title, submit, close, blocks } = view.view;
  const general = view.errors[""] ?? "";
  const sends =
    submit === undefined ? "" : `<button type="submit" class="primary">${label(submit, "Submit")}</button>`;
  return `<form data-view="${escapeHtml(view.id)}"><h2>${label(title, "")}</h2>
${drawBlocks(listOf(blocks), (id) => nameOf(workspace, id), view.errors)}
<div class="error" role="alert">${escapeHtml(general)}</div>
<div class="actions end"><button type="button" data-close>${label(close, "Close")}</button>${sends}</div></form>`;
}

function label(value: unknown, otherwise: string): string {
  return escapeHtml(isObject(value) ? String(value.text) : otherwise);
}

function nameOf({ store }: Workspace, id: string): string | null {
  return store.people.get(id)?.name ?? store.channels.get(id)?.name ?? null;
}
