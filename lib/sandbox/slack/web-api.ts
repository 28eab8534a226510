/** The methods of Slack's Web API that are there, each with its arguments and the scope that it needs. */
import { type Args, refuseUnknown } from "./args.ts";
import { postEphemeral, postMessage, updateMessage } from "./chat.ts";
import { channelInfo, history, members, ownChannels, replies, userInfo } from "./conversations.ts";
import { SlackRefusal } from "./refusal.ts";
import { openView, publishView, updateView } from "./views.ts";
import type { Workspace } from "./workspace.ts";

interface Method {
  /** Any of them will do; the app's channels may be private or public. */
  scopes: readonly string[];
  args: readonly string[];
  run(args: Args, workspace: Workspace): object;
}

const PAGE = ["channel", "cursor", "limit", "oldest", "latest", "inclusive", "include_all_metadata"];
const MESSAGE = ["channel", "text", "blocks", "metadata", "parse", "link_names"];

export const METHODS: Readonly<Record<string, Method>> = {
  "auth.test": { scopes: [], args: [], run: (_, { app }) => whoAmI(app) },
  "chat.postMessage": {
    scopes: ["chat:write"],
    args: [...MESSAGE, "thread_ts", "unfurl_links", "unfurl_media", "mrkdwn"],
    run: postMessage,
  },
  "chat.update": { scopes: ["chat:write"], args: [...MESSAGE, "ts"], run: updateMessage },
  "chat.postEphemeral": {
    scopes: ["chat:write"],
    args: ["channel", "user", "text", "blocks", "thread_ts", "parse", "link_names"],
    run: postEphemeral,
  },
  "conversations.history": { scopes: ["channels:history", "groups:history"], args: PAGE, run: history },
  "conversations.replies": {
    scopes: ["channels:history", "groups:history"],
    args: [...PAGE, "ts"],
    run: replies,
  },
  "conversations.info": { scopes: ["channels:read", "groups:read"], args: ["channel"], run: channelInfo },
  "conversations.members": {
    scopes: ["channels:read", "groups:read"],
    args: ["channel", "cursor", "limit"],
    run: members,
  },
  "users.conversations": {
    scopes: ["channels:read", "groups:read"],
    args: ["types", "exclude_archived", "cursor", "limit"],
    run: ownChannels,
  },
  "users.info": { scopes: ["users:read"], args: ["user"], run: userInfo },
  "views.open": { scopes: [], args: ["trigger_id", "view"], run: openView },
  "views.update": { scopes: [], args: ["view_id", "view", "hash"], run: updateView },
  "views.publish": { scopes: [], args: ["user_id", "view", "hash"], run: publishView },
};

/** What the method answers. @throws SlackRefusal in Slack's words. */
export function callMethod(
  { name, token, args }: { name: string; token: string | null; args: Args },
  workspace: Workspace,
): object {
  if (token === null) throw new SlackRefusal("not_authed");
  if (token !== workspace.app.botToken) throw new SlackRefusal("invalid_auth");
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (method === undefined) throw new SlackRefusal("unknown_method", { req_method: name });
  const { scopes: provided } = workspace.app;
  if (method.scopes.length > 0 && !method.scopes.some((scope) => provided.includes(scope))) {
    throw new SlackRefusal("missing_scope", {
      needed: method.scopes.join(","),
      provided: provided.join(","),
    });
  }
  refuseUnknown(args, method.args);
  return { ok: true, ...method.run(args, workspace) };
}

function whoAmI({ app, botId, botUser, team, teamDomain }: Workspace["app"]): object {
  return {
    url: `https://${teamDomain}.slack.com/`,
    team: teamDomain,
    user: "palier",
    team_id: team,
    user_id: botUser,
    bot_id: botId,
    app_id: app,
    is_enterprise_install: false,
  };
}
