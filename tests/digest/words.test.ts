import { describe, expect, it } from "vitest";
import { digestMessageFigures } from "../../lib/digest/index.ts";
import { en } from "../../lib/words/en/index.ts";
import { fr } from "../../lib/words/fr/index.ts";

const english: Readonly<Record<string, string>> = en;
const french: Readonly<Record<string, string>> = fr;

describe("lib/words/digest", () => {
  it.each(Object.entries(digestMessageFigures))(
    "has %s in both languages, with its figures",
    (key, figures) => {
      for (const catalogue of [english, french]) {
        const named = [...(catalogue[key] ?? "").matchAll(/\{(\w+)/g)].map(([, name]) => name);
        expect(catalogue[key]).toMatch(/\S/);
        expect([...new Set(named)].toSorted()).toEqual(Object.keys(figures).toSorted());
      }
    },
  );

  it("keeps no reason that nobody makes any more", () => {
    const reasons = Object.keys(english).filter((key) => /^(judged|tracking)\./.test(key));
    expect(reasons.filter((key) => digestMessageFigures[key] === undefined)).toEqual([]);
  });
});
