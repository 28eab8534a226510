import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { manifestText } from "../../infra/generate.ts";
import { appManifest } from "../../lib/slack/manifest.ts";

const URL = "https://abc.lambda-url.eu-west-1.on.aws/";

describe("lib/slack/manifest", () => {
  it("sends clicks, the command and events to the one address that checks signatures", () => {
    const { features, settings } = appManifest(URL);
    expect([
      settings.interactivity.request_url,
      settings.event_subscriptions.request_url,
      ...features.slash_commands.map(({ url }) => url),
    ]).toEqual([URL, URL, URL]);
  });

  it("asks for the bot scopes that are used, for none of a person's, and for no message's content by event", () => {
    const { oauth_config, settings } = appManifest(URL);
    expect(oauth_config).toEqual({
      scopes: {
        bot: [
          "chat:write",
          "commands",
          "channels:history",
          "groups:history",
          "channels:read",
          "groups:read",
          "users:read",
        ],
      },
    });
    expect(settings.event_subscriptions.bot_events).toEqual(["app_home_opened"]);
  });

  it("is committed as it is generated, with an address that is nobody's", () => {
    const committed = readFileSync("infra/slack-manifest.generated.json", "utf8");
    expect(committed).toBe(manifestText());
    expect(committed).toContain("https://replace-with-the-output-SlackUrl.invalid/");
  });
});
