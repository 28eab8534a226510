/**
 * The Slack app as a manifest: what a workspace's administrator pastes to create it, and what the check-up compares with.
 * Source: Slack, app manifests.
 */

/** What the bot asks for. */
export const SCOPES = [
  // Posts and updates messages, and tells one person alone.
  "chat:write",
  // The command `/palier`.
  "commands",
  // Looks for a message whose outcome is unknown, in public and in private channels.
  "channels:history",
  "groups:history",
  // The check-up sees that the bot is in the channel, and that nobody who may answer is a bot or a guest.
  "channels:read",
  "groups:read",
  "users:read",
] as const;

/** `requestUrl` gets everything: clicks, dialogs, the command, events. */
export function appManifest(requestUrl: string) {
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    display_information: {
      name: "Palier",
      description: "Proposes budget changes with their evidence, and makes those that people approve.",
      background_color: "#1f3a34",
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: false,
        messages_tab_read_only_enabled: true,
      },
      bot_user: { display_name: "Palier", always_online: true },
      slash_commands: [
        {
          command: "/palier",
          url: requestUrl,
          description: "Status, stop, resume, why, preview, proposals",
          usage_hint: "status | stop [reason] | resume | why <name> | preview | proposals",
          should_escape: false,
        },
      ],
    },
    oauth_config: { scopes: { bot: SCOPES } },
    settings: {
      event_subscriptions: { request_url: requestUrl, bot_events: ["app_home_opened"] },
      interactivity: { is_enabled: true, request_url: requestUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    },
  };
}
