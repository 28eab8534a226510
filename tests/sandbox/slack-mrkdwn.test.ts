import { describe, expect, it } from "vitest";
import { textTraps } from "../../lib/sandbox/slack/index.ts";

const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });

describe("lib/sandbox/slack/mrkdwn", () => {
  it.each<[string, object, string[]]>([
    ["a shout", section("<!channel> free"), ["a shout to everybody: channel"]],
    ["a group", section("<!subteam^S1|@buyers>"), ["a shout to everybody: subteam"]],
    ["a disguised link", section("<https://evil.test/|Approve>"), ["a link to https://evil.test/"]],
    [
      "a host that only ends alike",
      section("<https://notfacebook.com|a>"),
      ["a link to https://notfacebook.com"],
    ],
    ["a bare link", section("see https://evil.test"), ["a bare link to https://evil.test"]],
    ["a mark that turns text around", section("a\u202eb"), ['hidden characters in "a\u202eb"']],
    ["a shout in a message's own text", { text: "<!here>" }, ["a shout to everybody: here"]],
  ])("sees %s", (_, payload, traps) => {
    expect(textTraps(payload, ["facebook.com"])).toEqual(traps);
  });

  it.each<[string, object]>([
    ["an escaped shout", section("&lt;!channel&gt; free")],
    ["a person and a date", section("<@U123> <!date^1741000000^{date_short}|11 March>")],
    ["a link to a host that is allowed", section("<https://adsmanager.facebook.com/a|Meta>")],
    ["marks where none are read", { type: "plain_text", text: "<!channel>" }],
    ["a bare link that stays text", { type: "mrkdwn", text: "https://evil.test", verbatim: true }],
    ["joined emoji and new lines", section("👩‍💻\n\ta")],
  ])("lets %s pass", (_, payload) => {
    expect(textTraps(payload, ["facebook.com"])).toEqual([]);
  });
});
