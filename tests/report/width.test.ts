import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth, hyperlink, truncate, wrap } from "../../lib/report/width.ts";

const START = "\u001b]8;;https://a.example/1\u001b\\";
const END = "\u001b]8;;\u001b\\";

describe("lib/report/width", () => {
  it.each([
    ["plain text", "abc", 3],
    ["accents, composed or not", "é\u0065\u0301", 2],
    ["Asian scripts", "日本語", 6],
    ["emoji made of several", "👩‍👩‍👧", 2],
    ["a flag", "🇫🇷", 2],
    ["a no-break space", "1\u00a0234", 5],
    ["text in colour", "\u001b[31mred\u001b[39m", 3],
    ["a hyperlink", "\u001b]8;;https://a.example/1?b=2\u001b\\name\u001b]8;;\u001b\\", 4],
  ])("measures %s", (_, text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it("cuts names at graphemes and marks the cut", () => {
    expect(truncate("Broad women 25-44", 17)).toBe("Broad women 25-44");
    expect(truncate("Broad women 25-44", 9)).toBe("Broad wo…");
    expect(truncate("日本語版", 5)).toBe("日本…");
    expect(truncate("a👩‍👩‍👧b", 2)).toBe("a…");
    expect(truncate("Cre\u0301ation", 4)).toBe("Cre\u0301…");
  });

  it("makes hyperlinks of an address, a text and an end", () => {
    expect(hyperlink("https://a.example/1", "name")).toBe(`${START}name${END}`);
  });

  it("cuts a hyperlink's text and leaves neither its address cut nor itself open", () => {
    const link = `${START}Broad women${END}`;
    expect(truncate(link, 11)).toBe(link);
    expect(truncate(link, 8)).toBe(`${START}Broad w…${END}`);
    expect(truncate(`${link} and more`, 14)).toBe(`${START}Broad women${END} a…`);
    expect(truncate(`\u001b[31m${link}\u001b[39m`, 4)).toBe(`\u001b[31m${START}Bro…${END}\u001b[39m`);
  });

  it("ends a hyperlink with its line and starts it again in the next one", () => {
    expect(wrap(`to ${START}Broad women 25-44${END} now`, 8)).toEqual([
      `to ${START}Broad${END}`,
      `${START}women${END}`,
      `${START}25-44${END}`,
      "now",
    ]);
    expect(wrap(`${START}abcdefgh${END}`, 5)).toEqual([`${START}abcde${END}`, `${START}fgh${END}`]);
  });

  it("wraps at spaces and breaks only words that are longer than a line", () => {
    expect(wrap("spent 4.2 x target CPA", 11)).toEqual(["spent 4.2 x", "target CPA"]);
    expect(wrap("at /a/very/long/path", 8)).toEqual(["at", "/a/very/", "long/pat", "h"]);
    expect(wrap("", 8)).toEqual([""]);
    expect(wrap("a  ", 8)).toEqual(["a"]);
    expect(wrap("a\u3000 b\u3000", 3)).toEqual(["a\u3000", "b\u3000"]);
  });

  it("keeps every line within the width and every character of the text", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 80 });
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 40 }), (original, width) => {
        const lines = wrap(original, width);
        expect(lines.every((line) => displayWidth(line) <= width)).toBe(true);
        expect(lines.join("").replaceAll(" ", "")).toBe(original.replaceAll(" ", ""));
        expect(displayWidth(truncate(original, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});
