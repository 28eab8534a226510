import { describe, expect, it } from "vitest";
import { guardrails } from "../../lib/planner/guardrails/index.ts";
import { guardrailWords } from "../../lib/report/guardrail-words.ts";

const en = { language: "en", currency: "EUR", zone: "Europe/Paris" } as const;
const fr = { ...en, language: "fr" } as const;

describe("lib/report/guardrail-words", () => {
  it("has words of both languages for every guardrail", () => {
    const raw = guardrails.flatMap(({ id }) =>
      [en, fr]
        .filter((reader) => guardrailWords(id, reader) === id)
        .map(({ language }) => `${id} ${language}`),
    );
    expect(raw).toEqual([]);
    expect(guardrailWords("stageBand", en)).toBe("its stage is above its band");
    expect(guardrailWords("stageBand", fr)).toBe("son étape dépasse sa fourchette");
  });

  it("shows one that it does not know as the plan wrote it", () => {
    expect(guardrailWords("moonPhase", en)).toBe("moonPhase");
  });
});
