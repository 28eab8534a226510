import { describe, expect, it } from "vitest";
import { link, mention, plain, safe } from "../../lib/slack/mrkdwn.ts";
import { LEA } from "../support/slack-view.ts";

describe("lib/slack/mrkdwn", () => {
  it.each([
    ["shouts to nobody", "<!channel> <@U1> <#C1>", "&lt;!channel&gt; &lt;@U1&gt; &lt;#C1&gt;"],
    ["links nowhere", "<https://evil.example|Approve>", "&lt;https://evil.example|Approve&gt;"],
    ["escapes once", "a & b &lt;", "a &amp; b &amp;lt;"],
    ["formats nothing", "*free* _now_ ~old~ `code`", "∗free∗ ˍnow_ ∼old~ ˋcodeˋ"],
    ["keeps names as they are copied", "FR_PROS_Broad ~ 2_3", "FR_PROS_Broad ~ 2_3"],
    ["draws no emoji", ":white_check_mark: done 12:30", "꞉white_check_mark: done 12:30"],
    ["turns no text around and hides none of it", "a\u202eb\u200bc\u00add", "a\ufffdbcd"],
    ["stays in its line", "one\ntwo", "one two"],
  ])("%s", (_, name, written) => {
    expect(safe(name)).toBe(written);
  });

  it("cuts at a grapheme, counted as Slack writes it", () => {
    expect(safe("Sommer 👩‍👩‍👧 2026", 12)).toBe("Sommer…");
    expect(safe("<<<<", 10)).toBe("&lt;&lt;…");
    expect(safe("abcd", 4)).toBe("abcd");
    expect(plain("e\u0301e\u0301e\u0301", 5)).toBe("e\u0301e\u0301…");
  });

  it("links a name that cannot end its own link", () => {
    expect(link("https://meta.example/?a=1&b=2", safe("A|B>"))).toBe(
      "<https://meta.example/?a=1&amp;b=2|A❘B&gt;>",
    );
    expect(link(null, "A")).toBe("A");
    expect(link(`https://meta.example/${"x".repeat(300)}`, "A")).toBe("A");
  });

  it("mentions people of the desk by their member id, and nobody else", () => {
    expect(mention("lea", [LEA])).toBe("<@U0LEA>");
    expect(mention("lea", [{ ...LEA, slack: null }])).toBe("lea");
    expect(mention("<@U0EVE>", [LEA])).toBe("&lt;@U0EVE&gt;");
  });
});
