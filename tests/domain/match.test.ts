import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { handsOffEntry, matches, matchesGlob, memberOf, membersOf } from "../../lib/domain/match.ts";
import { aCampaign, anAdGroup } from "../support/snapshot.ts";

describe("lib/domain/match", () => {
  it.each([
    ["PROS *", "PROS Broad FR", true],
    ["PROS *", "PROSPECTING", false],
    ["*RTG*", "FR rtg visitors", true],
    ["*", "", true],
    ["", "", true],
    ["", "a", false],
    ["?", "é", true],
    ["?", "", false],
    ["a?c*", "abc", true],
    ["a*b*c", "a-b-b-c", true],
    ["a*b*c", "a-b-b-d", false],
    ["*.*+()[]", "x.y+()[]", true],
    ["[ab]", "a", false],
    ["ÉTÉ*", "été 2026", true],
    ["e\u0301te*", "\u00e9te", true],
  ])("glob %j on %j is %s", (glob, text, expected) => {
    expect(matchesGlob(glob, text)).toBe(expected);
  });

  it("finds any text that starts, ends or continues with the glob's literal part", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.stringMatching(/^[a-z]{1,5}$/), (before, after, literal) => {
        expect(matchesGlob(`*${literal}*`, `${before}${literal}${after}`)).toBe(true);
      }),
    );
  });

  it("does not stall on many stars over a long name", () => {
    expect(matchesGlob(`${"*a".repeat(50)}*b`, "a".repeat(5000))).toBe(false);
  });

  it("means everybody, the brand and accounts included, when it is empty", () => {
    expect(matches({}, null, null)).toBe(true);
    expect(matches({}, aCampaign(), anAdGroup())).toBe(true);
  });

  it("means nobody when a list is empty", () => {
    expect(matches({ names: [] }, aCampaign(), anAdGroup())).toBe(false);
  });

  it.each([
    [{ campaigns: ["RTG*", "PROS*"] }, true],
    [{ campaigns: ["Broad*"] }, false],
    [{ names: ["broad*"] }, true],
    [{ names: ["PROS*"] }, false],
    [{ labels: ["proven"] }, true],
    [{ labels: ["Proven"] }, false],
    [{ labels: ["test"] }, true],
    [{ ids: ["200"] }, true],
    [{ ids: ["100"] }, true],
    [{ ids: ["20"] }, false],
    [{ objectives: ["OUTCOME_SALES"] }, true],
    [{ objectives: ["outcome_sales"] }, false],
    [{ campaigns: ["PROS*"], names: ["broad*"], ids: ["200"] }, true],
    [{ campaigns: ["PROS*"], names: ["broad*"], ids: ["201"] }, false],
  ])("%j on an ad group is %s", (matcher, expected) => {
    const campaign = aCampaign({ labels: ["proven"] });
    expect(matches(matcher, campaign, anAdGroup({ labels: ["test"] }))).toBe(expected);
  });

  it("does not mean an account by a campaign's name, nor an ad group whose campaign is unknown", () => {
    expect(matches({ campaigns: ["*"] }, null, null)).toBe(false);
    expect(matches({ campaigns: ["*"] }, null, anAdGroup())).toBe(false);
  });

  it("puts a campaign into the stage that fits, and into none when none does or several do", () => {
    const stages = [
      { name: "prospecting", match: { campaigns: ["PROS *"] } },
      { name: "mixed", match: { campaigns: ["Advantage*", "*FR"] } },
    ];
    expect(memberOf(stages, aCampaign({ name: "PROS Broad BE" }))).toBe("prospecting");
    expect(memberOf(stages, aCampaign({ name: "Advantage+" }))).toBe("mixed");
    expect(memberOf(stages, aCampaign({ name: "PROS Broad FR" }))).toBeNull();
    expect(membersOf(stages, aCampaign({ name: "PROS Broad FR" }))).toEqual(["prospecting", "mixed"]);
    expect(memberOf(stages.slice(0, 1), aCampaign({ name: "Advantage+" }))).toBeNull();
    expect(memberOf(stages, null)).toBeNull();
  });

  it("keeps hands off through the day named and no longer", () => {
    const entry = { match: { ids: ["200"] }, until: "2026-03-11", by: "lea" };
    expect(handsOffEntry([entry], "2026-03-11", aCampaign(), anAdGroup())).toBe(entry);
    expect(handsOffEntry([entry], "2026-03-12", aCampaign(), anAdGroup())).toBeNull();
    expect(handsOffEntry([{ ...entry, until: null }], "2030-01-01", aCampaign(), anAdGroup())).not.toBeNull();
  });

  it("keeps hands off an ad group when the entry names its campaign", () => {
    const entry = { match: { names: ["PROS Broad FR"] }, until: null, by: "lea" };
    expect(handsOffEntry([entry], "2026-03-11", aCampaign(), anAdGroup())).toBe(entry);
    expect(handsOffEntry([entry], "2026-03-11", aCampaign({ name: "PROS Narrow" }), anAdGroup())).toBeNull();
  });
});
