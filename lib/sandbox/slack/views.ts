/** Dialogs and homes. Source: docs.slack.dev/reference/methods, views.open, views.update, views.publish, views.push. */
import { type Args, json, needed, optional } from "./args.ts";
import { viewProblems, viewTooLarge } from "./block-kit.ts";
import { isObject } from "./check.ts";
import { refusalOf, SlackRefusal } from "./refusal.ts";
import type { StoredView } from "./store.ts";
import { nextId, type Workspace } from "./workspace.ts";

/** Views above one another. Source: docs.slack.dev, modals. */
const MAX_STACK = 3;

export function openView(args: Args, workspace: Workspace): object {
  const userId = exchangeTrigger(needed(args, "trigger_id"), workspace);
  const view = viewOf(json(args, "view", "invalid_arguments"), "modal");
  // A new dialog takes the place of those that are open.
  for (const open of modalsOf(workspace, userId)) workspace.store.modals.remove(open.id);
  return { view: viewBody(pushView(workspace, userId, view), workspace, {}) };
}

export function updateView(args: Args, workspace: Workspace): object {
  const stored = workspace.store.modals.get(needed(args, "view_id"));
  if (stored === undefined) throw new SlackRefusal("not_found");
  refuseOldHash(args, stored);
  const view = viewOf(json(args, "view", "invalid_arguments"), "modal");
  return { view: viewBody(replaceView(workspace, stored, view), workspace, {}) };
}

export function publishView(args: Args, workspace: Workspace): object {
  const userId = needed(args, "user_id");
  if (workspace.store.people.get(userId) === undefined) throw new SlackRefusal("user_not_found");
  const before = workspace.store.homes.get(userId);
  if (before !== undefined) refuseOldHash(args, before);
  const view = viewOf(json(args, "view", "invalid_arguments"), "home");
  const id = before?.id ?? nextId(workspace, "V");
  const home = { id, userId, view, hash: nextId(workspace, "h"), rootId: id, previousId: null, errors: {} };
  workspace.store.homes.put(userId, home);
  return { view: viewBody(home, workspace, {}) };
}

/** The dialogs that somebody has open, the one in front last. */
export function modalsOf({ store }: Workspace, userId: string): StoredView[] {
  return store.modals.all().filter((view) => view.userId === userId);
}

/** @throws SlackRefusal `invalid_arguments` for what Slack would not show. */
export function viewOf(value: unknown, type: "modal" | "home"): Record<string, unknown> {
  const problems = viewProblems(value);
  if (isObject(value) && value.type !== type) {
    problems.push({ pointer: "/view/type", message: `must be ${type} here` });
  }
  if (problems.length > 0 || !isObject(value)) throw refusalOf("invalid_arguments", problems);
  if (viewTooLarge(value)) throw new SlackRefusal("view_too_large");
  return value;
}

/** @throws SlackRefusal `push_limit_reached` above three. */
export function pushView(workspace: Workspace, userId: string, view: Record<string, unknown>): StoredView {
  const below = modalsOf(workspace, userId);
  if (below.length >= MAX_STACK) throw new SlackRefusal("push_limit_reached");
  const id = nextId(workspace, "V");
  const stored: StoredView = {
    id,
    userId,
    view,
    hash: nextId(workspace, "h"),
    rootId: below[0]?.id ?? id,
    previousId: below.at(-1)?.id ?? null,
    errors: {},
  };
  workspace.store.modals.put(id, stored);
  return stored;
}

export function replaceView(
  workspace: Workspace,
  stored: StoredView,
  view: Record<string, unknown>,
): StoredView {
  const replaced = { ...stored, view, hash: nextId(workspace, "h"), errors: {} };
  workspace.store.modals.put(stored.id, replaced);
  return replaced;
}

/** A view as the Web API and interactions tell it; `values` is what was entered, by block and action. */
export function viewBody(stored: StoredView, { app }: Workspace, values: object): object {
  const { id, view, hash, rootId, previousId } = stored;
  const modal = {
    title: view.title,
    submit: view.submit ?? null,
    close: view.close ?? null,
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: false,
  };
  return {
    id,
    team_id: app.team,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? "",
    callback_id: view.callback_id ?? "",
    state: { values },
    hash,
    ...(view.type === "modal" ? modal : {}),
    previous_view_id: previousId,
    root_view_id: rootId,
    app_id: app.app,
    external_id: "",
    app_installed_team_id: app.team,
    bot_id: app.botId,
  };
}

function exchangeTrigger(id: string, { now, triggers }: Workspace): string {
  const trigger = triggers.get(id);
  if (trigger === undefined) throw new SlackRefusal("invalid_trigger_id");
  if (trigger.exchanged) throw new SlackRefusal("exchanged_trigger_id");
  if (now() > trigger.expiresAtMs) throw new SlackRefusal("expired_trigger_id");
  trigger.exchanged = true;
  return trigger.userId;
}

function refuseOldHash(args: Args, { hash }: StoredView): void {
  const given = optional(args, "hash");
  if (given !== null && given !== hash) throw new SlackRefusal("hash_conflict");
}
