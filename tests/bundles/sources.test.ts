import { describe, expect, it } from "vitest";
import { withoutDocs } from "../../infra/bundle/sources.ts";

describe("infra/bundle/sources", () => {
  it("leaves out what documents say, in its line, and nothing else", () => {
    const source = [
      "export const spend = {",
      '  id: "spend",',
      '  doc: "Money that the platform charged, \\"gross\\".",',
      '  source: "the platform",',
      "};",
      'const note = "doc: a word";',
    ].join("\n");
    expect(withoutDocs(source)).toBe(
      [
        ...["export const spend = {", '  id: "spend",', "", '  source: "the platform",', "};"],
        'const note = "doc: a word";',
      ].join("\n"),
    );
  });
});
