import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderPlan } from "../../lib/report/plan-report.ts";
import { displayWidth } from "../../lib/report/width.ts";
import { aBusyPlan } from "../support/busy-plan.ts";
import {
  aHolderLine,
  aNearMiss,
  anEvidence,
  aPlan,
  aPlannedChange,
  aReading,
  aWeek,
  reportOptions,
  tooFewConversions,
} from "../support/plan-view.ts";
import { aProtection } from "../support/protections.ts";

/** Whole reports are kept as files, because they are read as pages. */
function page(name: string): string {
  const file = new URL(`../fixtures/report/${name}.txt`, import.meta.url);
  return readFileSync(file, "utf8").trimEnd();
}

const spaced = (text: string): string => text.replaceAll("\u00a0", " ");
/** The report without its line breaks, for sentences that a page may break anywhere. */
const flowing = (text: string): string => spaced(text).replaceAll(/\s+/g, " ");

describe("lib/report/plan-report", () => {
  it.each([
    ["busy-en-100", "en", 100],
    ["busy-fr-72", "fr", 72],
  ] as const)("reads as the page %s", (name, language, width) => {
    expect(spaced(renderPlan(aBusyPlan(), reportOptions({ language, width })))).toBe(page(name));
  });

  it("keeps every line within the width but those that end with an address, whatever names the platform holds", () => {
    const name = fc.string({ unit: "grapheme", maxLength: 60 });
    const width = fc.integer({ min: 60, max: 200 });
    fc.assert(
      fc.property(name, width, fc.constantFrom("en" as const, "fr" as const), (text, columns, language) => {
        const plan = aBusyPlan();
        const named = aPlan({
          ...plan,
          holders: plan.holders.map((line) => ({ ...line, subject: { ...line.subject, name: text } })),
          changes: plan.changes.map((change) => ({ ...change, name: text })),
          uncovered: plan.uncovered.map((line) => ({ ...line, name: text })),
        });
        const lines = renderPlan(named, reportOptions({ width: columns, language, verbose: true })).split(
          "\n",
        );
        const withoutAddress = lines.filter((line) => !/https:\/\/\S+$/.test(line));
        expect(withoutAddress.filter((line) => displayWidth(line) > columns)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("shows a share outside its band with the decimals that tell it from the band's end", () => {
    const { brandLine } = aPlan();
    const stages = brandLine.stages.slice(0, 2).map((line, index) => ({
      ...line,
      ...(index === 0
        ? { sharePercent: aWeek(4.956, "percent"), band: [5, 10] as [number, number] }
        : { sharePercent: aWeek(20, "percent"), band: [10, 20] as [number, number] }),
    }));
    const text = spaced(renderPlan(aPlan({ brandLine: { ...brandLine, stages } }), reportOptions({})));
    expect(text).toMatch(/4\.96% +5% to 10% +below its band/);
    expect(text).toMatch(/ 20% +10% to 20%$/m);
  });

  it("never cuts a number", () => {
    for (let width = 60; width <= 200; width += 7) {
      const text = spaced(renderPlan(aBusyPlan(), reportOptions({ width })));
      expect(text).toMatch(/Broad women 25-44 .*100\.00 .*raise \+20%/);
      expect(flowing(text)).toContain("€100.00 -> €120.00 a day (+20%, +€20.00)");
    }
  });

  it("says which columns did not fit", () => {
    expect(renderPlan(aBusyPlan(), reportOptions({ width: 60 }))).toContain(
      "Not shown at this width: Campaign, What",
    );
    expect(renderPlan(aBusyPlan(), reportOptions({ width: 200 }))).not.toContain("Not shown");
  });

  it("lets no name give orders to the terminal", () => {
    const evil = "X\u001b]0;owned\u0007\u001b[2J\u202eevil\r\nALARM";
    const plan = aBusyPlan();
    const holders = [aHolderLine("11", evil, { campaignName: evil })];
    const named = {
      ...plan,
      holders,
      changes: [aPlannedChange("11", evil, { owner: evil })],
      brandName: evil,
    };
    const text = renderPlan(named, reportOptions({ verbose: true, logFolder: evil }));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not appear
    expect(text.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(text).not.toContain("\nALARM");
  });

  it("colours only where asked, and says the same words", () => {
    const plain = renderPlan(aBusyPlan(), reportOptions());
    const coloured = renderPlan(aBusyPlan(), reportOptions({ colors: true }));
    expect(plain).not.toContain("\u001b");
    expect(coloured).toContain("\u001b[31m  ALARM Atelier Lune");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
    expect(coloured.replaceAll(/\u001b\[\d+m/g, "")).toBe(plain);
  });

  it("names the five nearest misses of a night without proposals, and three otherwise", () => {
    const nearMisses = ["a", "b", "c", "d", "e", "f"].map((id) => aNearMiss(id, `Ad set ${id}`));
    const quiet = renderPlan(aPlan({ nearMisses }), reportOptions());
    expect(quiet).toContain("Near misses (5)");
    expect(quiet).toContain("Ad set e (ad set), raise-proven");
    expect(quiet).not.toContain("Ad set f (ad set), raise-proven");
    const busy = renderPlan(aPlan({ nearMisses, changes: [aPlannedChange("11", "x")] }), reportOptions());
    expect(busy).toContain("Near misses (3)");
  });

  it("says when the evidence will suffice, or how far it is", () => {
    const failing = [
      anEvidence({ value: aReading(73_500_000, "money"), result: "notMatched", distancePercent: 30 }),
      anEvidence({ value: aReading(70_000_000, "money"), result: "notMatched", distancePercent: 33 }),
    ];
    const nearMisses = [aNearMiss("11", "Soon"), aNearMiss("12", "Later", { failing, forecast: null })];
    const text = flowing(renderPlan(aPlan({ nearMisses }), reportOptions()));
    expect(text).toContain("11 of 15 conversions over 14 days, about Thu 12 Mar at 1.5 a day");
    expect(text).toContain("spent 2.1 x target CPA over 14 days, needs at least 3 x (30% away)");
  });

  it("calls near only what misses one condition, and says of the others that it is not yet time", () => {
    const failing = [tooFewConversions(), tooFewConversions()];
    const plan = aPlan({
      holders: [aHolderLine("11", "Far off")],
      nearMisses: [aNearMiss("11", "Far off", { failing })],
    });
    const text = renderPlan(plan, reportOptions());
    expect(text).toMatch(/Far off .*not yet\n/);
    expect(flowing(text)).toContain("at 1.5 a day (and 1 more condition)");
  });

  it("lists a holder that is too small once, and not while something happens to it", () => {
    const forecast = { fact: "conversions", have: 0, need: 15, unit: "count", perDay: 0, day: null } as const;
    const small = (id: string, ruleId: string) => aNearMiss(id, `Tiny ${id}`, { ruleId, forecast });
    const tooSmall = [small("11", "pause"), small("12", "pause"), small("12", "raise")];
    const text = renderPlan(aPlan({ tooSmall, changes: [aPlannedChange("11", "Tiny 11")] }), reportOptions());
    expect(text.match(/Tiny 12 \(ad set\), /g)).toEqual(["Tiny 12 (ad set), "]);
    expect(text).not.toContain("Tiny 11 (ad set), pause");
  });

  it("tells two conditions in a holder's row and all of them in the change's section", () => {
    const evidence = [
      anEvidence(),
      ...["mer", "merFloor"].map((fact) => anEvidence({ fact, thresholdFact: null })),
    ];
    const text = renderPlan(aPlan({ changes: [aPlannedChange("11", "x", { evidence })] }), reportOptions());
    expect(text.match(/; MER floor /g)).toEqual(["; MER floor "]);
  });

  it("says that nothing came near", () => {
    expect(renderPlan(aPlan(), reportOptions())).toContain("No rule came near to any change.");
  });

  it("keeps a portfolio of 300 holders readable, what matters first", () => {
    const holders = Array.from({ length: 300 }, (_, index) =>
      aHolderLine(String(index), `Ad set ${index}`, { spend: aReading(index * 1_000_000, "money") }),
    );
    const changes = [aPlannedChange("0", "Ad set 0")];
    const lines = renderPlan(aPlan({ holders, changes }), reportOptions()).split("\n");
    const first = lines.findIndex((line) => line.startsWith("Budget holders (300)"));
    expect(lines[first + 2]).toMatch(/^ {2}Ad set 0 .*raise \+20%$/);
    expect(lines[first + 4]).toMatch(/^ {2}Ad set 299 /);
    expect(lines).toContain("  and 260 more (see --json)");
    expect(lines.filter((line) => !line.includes("https://")).length).toBeLessThan(100);
    expect(lines.filter((line) => line.includes("https://")).length).toBe(41);
  });

  it("shows a refused plan as refused and proposes nothing", () => {
    const values = {
      holders: { value: 12, unit: "count" },
      active: { value: 30, unit: "count" },
      limit: { value: 25, unit: "percent" },
      limitHolders: { value: 3, unit: "count" },
    } as const;
    const text = renderPlan(aPlan({ refused: { key: "refused.blastRadius", values } }), reportOptions());
    expect(flowing(text)).toContain(
      "The whole plan is refused: it would touch 12 of 30 active budget holders, over 25% and over 3; look at rules and data",
    );
  });

  it("says why a figure of the brand is missing, and that nothing is raised", () => {
    const plan = aPlan();
    const reason = { key: "noData.noShop", values: {} };
    const unknown = { ...aWeek(null, "ratio"), reason };
    const brandLine = {
      ...plan.brandLine,
      revenue: { ...unknown, unit: "money" as const },
      mer: unknown,
      merBand: "unknown" as const,
    };
    const text = flowing(renderPlan({ ...plan, brandLine }, reportOptions()));
    expect(text).toContain("MER no data (the brand has no shop figures)");
    expect(text).toContain("MER unknown, so nothing is raised (floor 3.57, alarm 2.00)");
  });

  it("marks a hold that holds for want of data, with the missing condition only", () => {
    const reason = { key: "noData.noShop", values: {} };
    const missing = anEvidence({ fact: "mer", value: { ...aWeek(null, "ratio"), reason }, result: "noData" });
    const hold = { ruleId: "hold-under-floor", pack: "roads", blocks: ["raise" as const], scope: "brand" };
    const holds = [{ ...hold, because: "noData" as const, until: null, evidence: [anEvidence(), missing] }];
    expect(flowing(renderPlan(aPlan({ holds }), reportOptions()))).toContain(
      "Raises on hold for want of data: MER over 7 days: the brand has no shop figures [hold-under-floor]",
    );
  });

  it("lists what is protected: why, by whom, which rule alone, until when", () => {
    const [on, rules] = [{ by: "lea", reason: null }, { ruleId: "raise-proven" }];
    const protections = [
      aProtection(),
      aProtection({ ...on, because: "brandFile", name: "Influencers", untilMs: null }),
      aProtection({ ...on, ...rules, because: "rejected", reason: "wait for the sale" }),
      aProtection({ ...on, ...rules, because: "restored" }),
      aProtection({ because: "cooldown", by: null, reason: null }),
      aProtection({ ...rules, because: "cooldown", by: null, reason: null }),
      aProtection({ because: "foreignEdit", by: null, reason: null }),
    ];
    const text = (language: "en" | "fr") =>
      flowing(renderPlan(aPlan({ protections }), reportOptions({ language, width: 200 })));
    const until = "until Mon 16 Mar, 00:00";
    expect(text("en")).toContain(
      [
        "Protected, left alone (7)",
        `Broad (ad set): hands off, by lea (sale), ${until}`,
        "Influencers (ad set): hands off in the brand file, by lea, until somebody says otherwise",
        `Broad (ad set): lea rejected what raise-proven asked for (wait for the sale), ${until}`,
        `Broad (ad set): lea took back what raise-proven had changed, ${until}`,
        `Broad (ad set): rests after its last change, ${until}`,
        `Broad (ad set): rests from raise-proven, ${until}`,
        `Broad (ad set): changed by somebody, ${until}`,
      ].join(" "),
    );
    expect(text("fr")).toContain(
      "Protégés, laissés tels quels (7) Broad (ensemble de publicités) : à ne pas toucher, par lea (sale), jusqu'au lun. 16 mars, 00:00",
    );
  });

  it("says under the title what is stopped, by whom, since when and why", () => {
    const stops = [
      { scope: "everything", by: "ops", atMs: Date.UTC(2026, 2, 10, 8), reason: "platform trouble" },
      { scope: "meta/1001", by: "lea", atMs: Date.UTC(2026, 2, 10, 9), reason: null },
    ];
    const lines = spaced(renderPlan(aPlan({ stops }), reportOptions({ width: 200 }))).split("\n");
    expect(lines.slice(1, 3)).toEqual([
      "STOPPED (everything) by ops since Tue 10 Mar, 09:00: nothing is changed (platform trouble)",
      "STOPPED (meta/1001) by lea since Tue 10 Mar, 10:00: nothing is changed (no reason given)",
    ]);
  });

  it("reminds of somebody's no to the same change before", () => {
    const told = (reason: string | null) => {
      const rejectedBefore = { by: "lea", atMs: Date.UTC(2026, 2, 2, 8), reason };
      const changes = [aPlannedChange("11", "x", { rejectedBefore })];
      return spaced(renderPlan(aPlan({ changes }), reportOptions()));
    };
    expect(told("too early")).toContain("    Before    rejected by lea on Mon 2 Mar, 09:00 (too early)\n");
    expect(told(null)).toContain("    Before    rejected by lea on Mon 2 Mar, 09:00 (no reason given)\n");
    expect(renderPlan(aPlan({ changes: [aPlannedChange("11", "x")] }), reportOptions())).not.toContain(
      "Before",
    );
  });

  it("says of a preview that it left no trace", () => {
    expect(renderPlan(aPlan(), reportOptions({ logFolder: null }))).toContain(
      "A preview: nothing was logged, nothing was sent.",
    );
  });

  it("adds every condition with its source, and whole hashes, where more is asked", () => {
    const text = renderPlan(aBusyPlan(), reportOptions({ verbose: true, width: 200 }));
    expect(spaced(text)).toContain(
      "    - spent 4.2 x target CPA over 14 days [meta/1001 omni_purchase 7dClick+1dView]",
    );
    expect(text).toContain("d".repeat(64));
  });
});
