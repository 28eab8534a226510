import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TargetRef } from "../../lib/domain/ids.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import { addressOf, planLinks } from "../../lib/report/links.ts";
import { renderLogEntries } from "../../lib/report/log-entries.ts";
import { renderPlan } from "../../lib/report/plan-report.ts";
import { renderProposals } from "../../lib/report/proposals.ts";
import { displayWidth } from "../../lib/report/width.ts";
import { aBusyPlan } from "../support/busy-plan.ts";
import { aProposal } from "../support/log.ts";
import {
  aForeignEdit,
  aHolderLine,
  aNearMiss,
  aPlan,
  aPlannedChange,
  aWeek,
  entityUrl,
  reportOptions,
} from "../support/plan-view.ts";
import { edited } from "../support/protections.ts";

const END = "\u001b]8;;\u001b\\";
const start = (address: string): string => `\u001b]8;;${address}\u001b\\`;
const link = (address: string, text: string): string => `${start(address)}${text}${END}`;
const BROAD = "https://meta.example/adGroup/11";

const brand = { currency: "EUR", zone: "Europe/Paris", platforms: ["meta"] };
const NIGHT_MS = 1_773_198_600_000;

/** What is left where a terminal has taken its hyperlinks. */
function unlinked(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences are what is looked for
  return text.replaceAll(/\u001b\]8;;[^\u001b]*\u001b\\/g, "");
}

describe("lib/report/links", () => {
  const target: TargetRef = { platform: "meta", accountId: "1001", level: "adGroup", id: "11" };

  it.each([
    ["11", "https://meta.example/adGroup/11"],
    ["1 1", "https://meta.example/adGroup/1%201"],
    ["1\u001b]8;;x\u0007", "https://meta.example/adGroup/1%1B]8;;x%07"],
    ["é\u202e\n", "https://meta.example/adGroup/%C3%A9%E2%80%AE%0A"],
    ['"><b>', "https://meta.example/adGroup/%22%3E%3Cb%3E"],
    ["\ud800", "https://meta.example/adGroup/%EF%BF%BD"],
  ])("escapes %j in an address", (id, address) => {
    expect(addressOf(entityUrl, { ...target, id })).toBe(address);
  });

  it("has no address for what has no page, and none for what stands on no platform", () => {
    expect(addressOf(entityUrl, { ...target, level: "ad" })).toBe(null);
    expect(addressOf(entityUrl, null)).toBe(null);
  });

  it("gives machines the address of each holder and each change, by key", () => {
    const miss = aNearMiss("13", "c");
    const plan = aPlan({
      holders: [aHolderLine("11", "a")],
      changes: [aPlannedChange("12", "b")],
      nearMisses: [miss, { ...miss, subject: { ...miss.subject, ref: null } }],
      ...edited(aForeignEdit("14", "d")),
    });
    expect(planLinks(plan, entityUrl)).toEqual({
      "meta/1001/adGroup/11": "https://meta.example/adGroup/11",
      "meta/1001/adGroup/12": "https://meta.example/adGroup/12",
      "meta/1001/adGroup/13": "https://meta.example/adGroup/13",
      "meta/1001/adGroup/14": "https://meta.example/adGroup/14",
    });
  });
});

describe("lib/report, hyperlinks", () => {
  const hyperlinks = { hyperlinks: true };

  it("links every name of a holder and prints no address", () => {
    const text = renderPlan(aBusyPlan(), reportOptions(hyperlinks));
    const broad = link(BROAD, "Broad women 25-44");
    expect(text).toContain(`\n  ${broad}          ad set `);
    expect(text).toContain(`RAISE  ${broad} (ad set in PROS Broad FR)`);
    expect(text).toContain(`\n  ${link("https://meta.example/adGroup/13", "Lookalike 1 %")} (ad set in`);
    expect(text).toContain(`\n  ${link("https://meta.example/adGroup/14", "Video viewers")} (ad set), raise`);
    expect(text).toContain(`\n  ${link("https://meta.example/adGroup/15", "Tiny test")} (ad set), raise`);
    expect(text).toContain(`\n  ${link("https://meta.example/campaign/7", "Leftovers BE")} (campaign): `);
    expect(unlinked(text)).not.toContain("https://");
    expect(unlinked(text)).not.toContain("Link");
  });

  it("says the same words as without them", () => {
    const linked = unlinked(renderPlan(aBusyPlan(), reportOptions(hyperlinks)));
    const plain = renderPlan(aBusyPlan(), reportOptions({ entityUrl: () => null }));
    expect(linked).toBe(plain);
  });

  it("links a name that the table cuts, and ends every link in its line", () => {
    const name = "Broad women 25-44 with a name that no table can hold";
    const holders = [aHolderLine("11", name)];
    const changes = [aPlannedChange("11", name)];
    const text = renderPlan(aPlan({ holders, changes }), reportOptions({ ...hyperlinks, width: 60 }));
    expect(text).toContain(`\n  ${link(BROAD, "Broad women 25-44 with a n…")} `);
    expect(text).toContain(`  RAISE  ${link(BROAD, "Broad women 25-44 with a")}\n`);
  });

  it("keeps lines within the width and every link whole, whatever names and ids the platform holds", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 40 });
    const width = fc.integer({ min: 60, max: 120 });
    fc.assert(
      fc.property(text, text, width, (name, id, columns) => {
        const ref = { platform: "meta", accountId: "1001", level: "adGroup", id } as const;
        const line = aHolderLine("11", name);
        const plan = aPlan({
          holders: [{ ...line, subject: { ...line.subject, ref } }],
          changes: [aPlannedChange("11", name, { target: ref })],
        });
        const lines = renderPlan(plan, reportOptions({ ...hyperlinks, width: columns })).split("\n");
        expect(lines.filter((one) => displayWidth(one) > columns)).toEqual([]);
        expect(lines.filter((one) => one.split("\u001b]8;;").length % 2 === 0)).toEqual([]);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not appear
        expect(unlinked(lines.join(""))).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }),
      { numRuns: 50 },
    );
  });

  it("links the names of proposals and of logged changes", () => {
    const change = aPlannedChange("11", "Broad women 25-44");
    const proposal = aProposal({ change });
    const broad = link(BROAD, "Broad women 25-44");
    const options = { ...reportOptions(hyperlinks), ...brand };
    const proposals = renderProposals([proposal], options);
    expect(proposals).toContain(`  ${broad}  `);
    expect(proposals).toContain(`    ${broad} (ad set): `);
    const event = { type: "changeIntended", atMs: NIGHT_MS, change, allowedBy: "mode:apply" } as const;
    const log = renderLogEntries([{ position: 1, events: [event] }], { ...options, width: 200 });
    expect(log).toContain(`, ${broad} (raise-proven), allowed by mode apply`);
    expect(unlinked(proposals + log)).not.toContain("https://");
  });
});

describe("lib/report, addresses", () => {
  it("lists each name once in a section of its own, a shared page once for each name", () => {
    const holders = [aHolderLine("11", "Search budget"), aHolderLine("12", "Brand budget")];
    const page = "https://google.example/budgets";
    const text = renderPlan(aPlan({ holders }), reportOptions({ entityUrl: () => page }));
    expect(text).toContain(`\n\nLinks\n  Search budget  ${page}\n  Brand budget   ${page}\n\n`);
  });

  /** The lines of the section of addresses. */
  function listed(plan: Plan): string[] {
    const lines = renderPlan(plan, reportOptions()).split("\n");
    const rest = lines.slice(lines.indexOf("Links") + 1);
    return rest.slice(0, rest.indexOf("")).map((line) => line.trim().replace(/ {2,}/, " "));
  }

  it("lists what is named outside the table, too, and names a thing as the table does", () => {
    const { ref } = aHolderLine("11", "").subject;
    if (ref === null) throw new Error("a holder stands on a platform");
    const spend = aWeek(1_000_000, "money");
    const plan = aPlan({
      holders: [aHolderLine("11", "Broad")],
      changes: [aPlannedChange("12", "Blocked", { outcome: "blocked" })],
      ...edited(aForeignEdit("13", "Changed")),
      uncovered: [{ name: "PROS / Broad", level: "adGroup", ref, spend }],
    });
    expect(listed(plan)).toEqual([
      "Broad https://meta.example/adGroup/11",
      "Blocked https://meta.example/adGroup/12",
      "Changed https://meta.example/adGroup/13",
    ]);
  });

  it("lists no more than the sections name", () => {
    const tooSmall = Array.from({ length: 12 }, (_, index) => aNearMiss(`2${index}`, `Tiny ${index}`));
    expect(listed(aPlan({ holders: [], tooSmall })).length).toBe(10);
  });

  it("breaks no address, however long", () => {
    const address = `https://meta.example/${"1".repeat(90)}`;
    const text = renderPlan(
      aPlan({ changes: [aPlannedChange("11", "x")] }),
      reportOptions({ width: 60, entityUrl: () => address }),
    );
    expect(text).toContain(`\n    Link      ${address}\n`);
  });
});
