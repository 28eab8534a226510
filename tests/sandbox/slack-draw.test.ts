import { describe, expect, it } from "vitest";
import { drawBlocks, drawMessage, drawPage, pageCss } from "../../lib/sandbox/slack/index.ts";
import { CARD } from "../support/slack-sandbox.ts";

const names = (id: string) => ({ U0LEA0001: "Léa", C0LUNE001: "budget-lune" })[id] ?? null;

/** What is inside of a message that is one text. */
function drawn(text: string): string {
  const html = drawMessage({ text, blocks: [] }, names);
  return html.replace('<div class="section"><div class="words">', "").replace(/<\/div><\/div>$/, "");
}

const link = (url: string, label: string) =>
  `<a href="${url}" target="_blank" rel="noreferrer noopener">${label}</a>`;

describe("lib/sandbox/slack/draw", () => {
  it.each([
    ["marks at the edges of words", "*a* _b c_ ~d~ x*y*z", "<b>a</b> <i>b c</i> <s>d</s> x*y*z"],
    [
      "lines and quotes",
      "a\n&gt; b\n> c",
      'a<br><span class="quote">b</span><br><span class="quote">c</span>',
    ],
    ["code as it stands", "`*a* &lt;b&gt;` ```c\n*d*```", "<code>*a* &lt;b&gt;</code> <pre>c\n*d*</pre>"],
    ["links", "<https://a.fr/?b=1&amp;c=2|*Meta*>", link("https://a.fr/?b=1&amp;c=2", "*Meta*")],
    ["a link in bold", "*<https://a.fr|Meta>*", `<b>${link("https://a.fr", "Meta")}</b>`],
    [
      "people and channels",
      "<@U0LEA0001> <#C0LUNE001>",
      '<span class="mention">@Léa</span> <span class="mention">#budget-lune</span>',
    ],
    ["a date as those without it see it", "<!date^1741000000^{date}|3 March>", "3 March"],
    ["a shout so that it is seen", "<!channel>", '<span class="shout">@channel</span>'],
    ["emoji that it knows", ":warning: :moose:", "⚠️ :moose:"],
  ])("draws %s", (_, text, html) => {
    expect(drawn(text)).toBe(html);
  });

  it.each([
    ["a tag", "&lt;img src=x onerror=alert(1)&gt;", "&lt;img src=x onerror=alert(1)&gt;"],
    ["a link that runs", "<javascript:alert(1)|click>", "click"],
    ["quotes in a link", '<https://a.fr/"onclick="x|a>', link("https://a.fr/&quot;onclick=&quot;x", "a")],
    ["a mark of its own", "\ue0000\ue001", "0"],
  ])("lets %s add nothing to the page", (_, text, html) => {
    expect(drawn(text)).toBe(html);
  });

  it("says with each button what a click on it tells", () => {
    const html = drawBlocks(CARD);
    expect(html).toContain(
      '<button type="button" data-block="answers" data-action="yes" class="primary" data-value="c1">Approve</button>',
    );
    expect(html).toContain("<b>Brand search</b> +20 %");
  });

  it("shows what is wrong at its field, with what can be entered", () => {
    const input = {
      type: "input",
      block_id: "amount",
      label: { type: "plain_text", text: "Amount" },
      element: { type: "plain_text_input", action_id: "value", initial_value: '1"2' },
    };
    const html = drawBlocks([input], names, { amount: "Too <much>" });
    expect(html).toContain('data-block="amount" data-action="value" value="1&quot;2"');
    expect(html).toContain('<div class="error" role="alert">Too &lt;much&gt;</div>');
  });

  it("draws every kind of block and element that it takes", () => {
    const text = { type: "plain_text", text: "a" };
    const options = [{ text, value: "v" }];
    const html = drawBlocks([
      { type: "header", text },
      { type: "divider" },
      { type: "section", fields: [text], accessory: { type: "overflow", action_id: "o", options } },
      {
        type: "context",
        elements: [{ type: "image", alt_text: "logo", image_url: "https://a.fr/b.png" }, text],
      },
      {
        type: "actions",
        elements: [{ type: "static_select", action_id: "s", options, initial_option: options[0] }],
      },
      { type: "actions", elements: [{ type: "radio_buttons", action_id: "r", options }] },
      { type: "actions", elements: [{ type: "datepicker", action_id: "d", initial_date: "2026-03-11" }] },
      { type: "markdown", text: "**a**" },
    ]);
    for (const part of [
      "<h3>a</h3>",
      "<hr>",
      '<div class="fields"><div>a</div></div>',
      '<option value="">…</option><option value="v">a</option>',
      '<option value="v" selected>a</option>',
      '<span class="image" title="https://a.fr/b.png">logo</span><',
      '<input type="radio" name="r"',
      '<input type="date" data-block="b6" data-action="d" value="2026-03-11">',
      "**a**",
    ]) {
      expect(html).toContain(part);
    }
  });

  it("makes a page that loads nothing from anywhere", () => {
    const html = drawPage("A busy <night>", [{ caption: "English", text: "Night", blocks: CARD }], pageCss());
    expect(html).toContain("<title>A busy &lt;night&gt;</title>");
    expect(html).toContain("<h2>English</h2>");
    expect(html).not.toMatch(/\b(?:src|href)=|@import|url\(/);
  });
});
