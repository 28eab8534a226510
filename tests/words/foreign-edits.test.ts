import { describe, expect, it } from "vitest";
import type { ForeignEdit } from "../../lib/domain/plan.ts";
import { describeForeignEdit } from "../../lib/words/foreign-edits.ts";
import type { Reader } from "../../lib/words/reader.ts";

const ENGLISH: Reader = { language: "en", currency: "EUR", zone: "Europe/Paris" };
const FRENCH: Reader = { ...ENGLISH, language: "fr" };

/** 2026-03-10 18:20 in Europe/Paris, and 72 hours later. */
function anEdit(given: Partial<ForeignEdit> = {}): ForeignEdit {
  return {
    subject: { level: "budgetHolder", key: "google/1/campaign/7", name: "x", ref: null, stage: null },
    atMs: 1_773_163_200_000,
    untilMs: 1_773_422_400_000,
    by: "Camille Roy",
    via: "GOOGLE_ADS_WEB_CLIENT",
    edit: { kind: "dailyBudget", fromMicros: 60_000_000n, toMicros: 80_000_000n },
    ...given,
  };
}

const told = (given: Partial<ForeignEdit>, reader = ENGLISH) =>
  describeForeignEdit(anEdit(given), "Search generic", reader).replaceAll("\u00a0", " ");

describe("lib/words/foreign-edits", () => {
  it("says who changed what through what, when, and until when it is left alone", () => {
    expect(told({})).toBe(
      "Search generic: Camille Roy (Google Ads) changed the budget from €60.00 to €80.00 on Tue 10 Mar, 18:20; left alone until Fri 13 Mar, 18:20",
    );
    expect(told({}, FRENCH)).toBe(
      "Search generic : Camille Roy (Google Ads) a changé le budget de 60,00 € à 80,00 € le mar. 10 mars, 18:20 ; laissé tel quel jusqu'au ven. 13 mars, 18:20",
    );
  });

  it.each<[string, Partial<ForeignEdit>, string]>([
    [
      "a budget whose old value is not told",
      { edit: { kind: "dailyBudget", fromMicros: null, toMicros: 80_000_000n } },
      "(Google Ads) changed the budget to €80.00 on",
    ],
    [
      "a budget whose new value is not told",
      { edit: { kind: "dailyBudget", fromMicros: 60_000_000n, toMicros: null } },
      "(Google Ads) changed the budget on",
    ],
    ["a pause", { edit: { kind: "status", to: "paused" } }, "(Google Ads) paused it on"],
    ["a start", { edit: { kind: "status", to: "active" } }, "(Google Ads) started it on"],
    ["a removal", { edit: { kind: "status", to: "removed" } }, "(Google Ads) removed it on"],
    ["any other status", { edit: { kind: "status", to: "other" } }, "(Google Ads) changed its status on"],
    ["Google's rules", { via: "GOOGLE_ADS_AUTOMATED_RULE" }, "(automated rule) changed"],
    [
      "an author whom the platform does not name",
      { by: "somebody", via: "GOOGLE_ADS_RECOMMENDATIONS" },
      "Search generic: somebody (Google's recommendations) changed",
    ],
    ["a tool without a word of ours", { via: "Madgicx" }, "Camille Roy (Madgicx) changed"],
    ["a tool that the platform does not name", { via: null }, "Camille Roy (tool not named) changed"],
  ])("tells %s", (_, given, words) => {
    expect(told(given)).toContain(words);
  });

  it("makes names from the platform safe for a terminal", () => {
    expect(told({ by: "Eve\u001b[31m", via: "x\u001b[2J" })).not.toContain("\u001b");
  });
});
