/**
 * Answers to interactions, at the address that came with them: five within thirty minutes. Words of the refusals as developers
 * report them. Source: docs.slack.dev, handling user interaction, message responses.
 */
import { type Args, refuseUnknown } from "./args.ts";
import { contentOf } from "./chat.ts";
import { refusalOf, SlackRefusal } from "./refusal.ts";
import type { Hook } from "./store.ts";
import { messageKey, nextTs, putMessage, type Workspace } from "./workspace.ts";

const ARGS = ["text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts"];

/** @throws SlackRefusal for an address that is unknown, too old or used up, and for what Slack would not show. */
export function answerAt(path: string, args: Args, workspace: Workspace): void {
  const { now, store } = workspace;
  const hook = store.hooks.get(path);
  if (hook === undefined || hook.expiresAtMs < now()) throw new SlackRefusal("expired_url");
  if (hook.usesLeft <= 0) throw new SlackRefusal("used_url");
  store.hooks.put(path, { ...hook, usesLeft: hook.usesLeft - 1 });
  showAnswer(hook, args, workspace);
}

/** Also for what a command is answered with at once. */
export function showAnswer(
  hook: Pick<Hook, "channel" | "messageTs" | "userId">,
  args: Args,
  workspace: Workspace,
): void {
  refuseUnknown(args, ARGS);
  for (const key of ["replace_original", "delete_original"]) {
    if (args[key] === undefined || typeof args[key] === "boolean") continue;
    throw refusalOf("invalid_arguments", [{ pointer: `/${key}`, message: "must be a boolean" }]);
  }
  const { store } = workspace;
  const original =
    hook.messageTs === null ? undefined : store.messages.get(messageKey(hook.channel, hook.messageTs));
  if (args.delete_original === true) {
    if (original !== undefined) store.messages.remove(messageKey(original.channel, original.ts));
    return;
  }
  const { text, blocks } = contentOf(args);
  const content = { text: text ?? "", blocks: blocks ?? [] };
  if (args.replace_original === true && original !== undefined) {
    putMessage(workspace, { ...original, ...content });
    return;
  }
  putMessage(workspace, {
    channel: hook.channel,
    ts: nextTs(workspace),
    threadTs: original?.threadTs ?? null,
    userId: workspace.app.botUser,
    ...content,
    metadata: null,
    editedTs: null,
    onlyFor: args.response_type === "in_channel" ? null : hook.userId,
  });
}
