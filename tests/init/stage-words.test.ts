import { describe, expect, it } from "vitest";
import { spokenBy } from "../../lib/init/stage-words.ts";

function stageOf(name: string, objective: string | null = "OUTCOME_SALES"): string | null {
  return spokenBy({ name, objective })?.stage ?? null;
}

describe("lib/init/stage-words", () => {
  it.each([
    ["PROS | Broad | FR", "prospecting"],
    ["fr_acquisition_lookalike", "prospecting"],
    ["TOFU - video", "prospecting"],
    ["Cold audiences", "prospecting"],
    ["RTG | Cart", "retargeting"],
    ["Retargeting visiteurs 30j", "retargeting"],
    ["Remarketing PMAX", "retargeting"],
    ["Reciblage panier", "retargeting"],
    ["AWA | Brand film | FR", "awareness"],
    ["Notoriété printemps", "awareness"],
    ["Video views - spring", "awareness"],
    ["CRM - loyal customers", "existing"],
    ["Clients existants", "existing"],
    ["Fidélisation", "existing"],
    ["PMAX | FR", "mixed"],
    ["ASC 2026", "mixed"],
    ["Advantage+ catalogue", "mixed"],
  ])("takes %s for %s", (name, stage) => {
    expect(stageOf(name)).toBe(stage);
  });

  it.each([
    ["Prosecco et apéritif"],
    ["Spring collection"],
    ["PROS + RTG"],
    ["Brand film"],
    ["Branding studio"],
    ["Reaching out"],
  ])("guesses nothing of %s", (name) => {
    expect(stageOf(name)).toBeNull();
  });

  it("takes brand for brand search on searches alone, and never what is not brand", () => {
    expect(stageOf("Brand | Exact", "search")).toBe("brandSearch");
    expect(stageOf("SEA Marque FR", "search")).toBe("brandSearch");
    expect(stageOf("Search non-brand", "search")).toBeNull();
    expect(stageOf("Search hors marque", "search")).toBeNull();
    expect(stageOf("Nonbrand search", "search")).toBeNull();
  });

  it("takes the objective where the name says nothing, and the name where it does", () => {
    expect(stageOf("Spring", "OUTCOME_AWARENESS")).toBe("awareness");
    expect(stageOf("Spring", "performanceMax")).toBe("mixed");
    expect(stageOf("Spring", "OUTCOME_SALES")).toBeNull();
    expect(stageOf("PROS Spring", "performanceMax")).toBe("prospecting");
  });

  it("tells where in the name the word stands, accents and all", () => {
    expect(spokenBy({ name: "FR – Notoriété", objective: null })?.word).toEqual({
      stage: "awareness",
      start: 5,
      end: 14,
    });
  });
});
