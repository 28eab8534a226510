import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { membersOf, USUAL_STAGES } from "../../lib/domain/match.ts";
import { groupsOf, matcherOf, type Staged } from "../../lib/init/stage-globs.ts";
import { spokenBy } from "../../lib/init/stage-words.ts";
import { aCampaign } from "../support/snapshot.ts";

function campaignsNamed(...names: string[]) {
  return names.map((name, index) => aCampaign({ id: String(100 + index), name }));
}

function staged(all: ReturnType<typeof campaignsNamed>): Staged[] {
  return all.flatMap((campaign) => {
    const spoken = spokenBy(campaign);
    return spoken === null ? [] : [{ campaign, ...spoken }];
  });
}

/** What the brand file would say, by stage. */
function written(...names: string[]) {
  const all = campaignsNamed(...names);
  const groups = groupsOf(staged(all), all);
  const stages = [...new Set(groups.map(({ stage }) => stage))];
  return Object.fromEntries(
    stages.map((stage) => [
      stage,
      matcherOf(
        groups.filter((group) => group.stage === stage),
        all,
      ),
    ]),
  );
}

describe("lib/init/stage-globs", () => {
  it("names campaigns by the word that they begin with", () => {
    expect(written("PROS | Broad", "PROS | Lookalike", "RTG Cart", "RTG Visitors", "Spring")).toEqual({
      prospecting: { campaigns: ["PROS *"] },
      retargeting: { campaigns: ["RTG *"] },
    });
  });

  it("finds a word within names and at their end", () => {
    expect(written("FR_PROS_a", "BE_PROS_b", "FR - RTG", "BE - RTG")).toEqual({
      prospecting: { campaigns: ["*_PROS_*"] },
      retargeting: { campaigns: ["* RTG"] },
    });
  });

  it("names a single campaign by its id, and by its name beside patterns", () => {
    expect(written("RTG Cart")).toEqual({ retargeting: { ids: ["100"] } });
    expect(written("PROS a", "PROS b", "Acquisition FR")).toEqual({
      prospecting: { campaigns: ["PROS *", "Acquisition FR"] },
    });
  });

  it("gives up a pattern that fits a campaign of another stage or of none", () => {
    expect(written("PROS a", "PROS b", "PROS RTG")).toEqual({ prospecting: { ids: ["100", "101"] } });
    expect(written("a_RTG_b", "c_RTG_d", "e_RTG_ACQ_f")).toEqual({ retargeting: { ids: ["100", "101"] } });
  });

  it("takes ids where a name is no pattern of itself alone", () => {
    expect(written("PROS a", "PROS b", "*prospecting*", "prospecting RTG")).toEqual({
      prospecting: { ids: ["100", "101", "102"] },
    });
  });

  it("leaves a stage out that neither names nor ids can tell apart", () => {
    const all = [
      aCampaign({ id: "1", name: "PROS" }),
      aCampaign({ id: "1", name: "Spring", platform: "google", accountId: "2" }),
    ];
    const groups = groupsOf(staged(all), all);
    expect(matcherOf(groups, all)).toBeNull();
  });

  it("never puts a campaign into a stage that it was not guessed for, whatever the names", () => {
    const part = fc.constantFrom(
      ...["PROS", "pros", "RTG", "AWA", "PMAX", "Prospection", "CRM", "Vidéo", "FR", "x", "*", "?", "é"],
    );
    const gap = fc.constantFrom(" ", " | ", "_", "-", "", "*");
    const name = fc
      .array(fc.tuple(part, gap), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.flat().join(""));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), (names) => {
        // Two that share a pattern, so that the others of their stage stand beside it by their names.
        const all = campaignsNamed("PROS a", "PROS b", ...names);
        const guessed = new Map(staged(all).map(({ campaign, stage }) => [campaign, stage]));
        const groups = groupsOf(staged(all), all);
        const members = USUAL_STAGES.flatMap((stage) => {
          const own = groups.filter((group) => group.stage === stage);
          const match = own.length === 0 ? null : matcherOf(own, all);
          return match === null ? [] : [{ name: stage, match }];
        });
        for (const campaign of all) {
          const stage = guessed.get(campaign);
          expect(membersOf(members, campaign)).toEqual(stage === undefined ? [] : [stage]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
