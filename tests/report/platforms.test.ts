import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Message } from "../../lib/domain/figure.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import { renderPlan } from "../../lib/report/plan-report.ts";
import { renderProposals } from "../../lib/report/proposals.ts";
import { displayWidth } from "../../lib/report/width.ts";
import type { Language } from "../../lib/words/reader.ts";
import { aProposal } from "../support/log.ts";
import { aForeignEdit, anAccountLine, aPlan, aWeek, reportOptions } from "../support/plan-view.ts";
import { edited } from "../support/protections.ts";
import { aTwoPlatformPlan } from "../support/two-platform-plan.ts";

const spaced = (text: string): string => text.replaceAll("\u00a0", " ");
const flowing = (text: string): string => spaced(text).replaceAll(/\s+/g, " ");

/** Whole reports are kept as files, because they are read as pages. */
function page(language: Language): string {
  const file = new URL(`../fixtures/report/platforms-${language}-80.txt`, import.meta.url);
  return readFileSync(file, "utf8").trimEnd();
}

function printed(plan: Plan, language: Language = "en", width = 80): string[] {
  return spaced(renderPlan(plan, reportOptions({ language, width }))).split("\n");
}

describe("lib/report, a brand on two platforms", () => {
  it.each(["en", "fr"] as const)("reads as the page in %s, within 80 columns", (language) => {
    const lines = printed(aTwoPlatformPlan(), language);
    expect(lines.join("\n")).toBe(page(language));
    expect(lines.filter((line) => displayWidth(line) > 80)).toEqual([]);
  });

  it("adds up what the night would do to each platform's budgets a day, without what is only watched or blocked", () => {
    const [raise, search] = aTwoPlatformPlan().changes;
    if (raise === undefined || search === undefined) throw new Error("two raises");
    const pause = { kind: "status", from: "active", to: "paused", budgetMicros: 52_500_000n } as const;
    const changes = [
      raise,
      { ...raise, edit: pause },
      { ...search, outcome: "auto" as const },
      { ...search, outcome: "shadow" as const },
      { ...search, outcome: "blocked" as const },
    ];
    const text = flowing(printed(aTwoPlatformPlan({ changes })).join("\n"));
    expect(text).toContain("if all are made: Meta -€32.50, Google Ads +€20.00. Brand");
    expect(printed(aTwoPlatformPlan({ changes: [] })).join("\n")).not.toContain("if all are made");
  });

  it("tells platform and kind of every holder at every width", () => {
    for (let width = 60; width <= 200; width += 20) {
      const lines = printed(aTwoPlatformPlan(), "en", width);
      const headings = lines.filter((line) => /^ {2}(Meta|Google Ads): /.test(line));
      expect(headings).toEqual([
        "  Meta: ad set (2)",
        "  Google Ads: campaign (2)",
        "  Google Ads: shared budget (1)",
      ]);
    }
  });

  it("puts the group first that asks most of the reader", () => {
    const plan = aTwoPlatformPlan();
    const changes = plan.changes.filter(({ target }) => target.platform === "google");
    const headings = printed({ ...plan, changes }).filter((line) => /^ {2}(Meta|Google Ads): /.test(line));
    expect(headings[0]).toBe("  Google Ads: campaign (2)");
  });

  it("adds up the accounts of a platform, and knows none of it while one account is unread", () => {
    const brandLine = {
      ...aTwoPlatformPlan().brandLine,
      accounts: [
        anAccountLine("meta", "1001", 4_000_000_000, 11_000_000_000),
        anAccountLine("google", "1", 2_000_000_000, 5_000_000_000),
        anAccountLine("meta", "1002", 3_000_000_000, 12_500_000_000),
        anAccountLine("google", "2", null, null),
      ],
    };
    const lines = printed(aTwoPlatformPlan({ brandLine }));
    const first = lines.indexOf("  Meta        7,000.00  23,500.00");
    expect(lines[first + 1]).toBe("  Google Ads   no data    no data");
  });

  it("puts the platform first that spends most", () => {
    const accounts = [anAccountLine("meta", "1", 1_000_000, 0), anAccountLine("google", "2", 2_000_000, 0)];
    const lines = printed(aTwoPlatformPlan({ brandLine: { ...aTwoPlatformPlan().brandLine, accounts } }));
    const first = lines.indexOf("  Google Ads   2.00     0.00");
    expect(lines[first + 1]).toBe("  Meta         1.00     0.00");
  });

  it.each([
    ["more than the shop earned", 84_000_000_001, 84_000_000_000, 1],
    ["as much as the shop earned", 84_000_000_000, 84_000_000_000, 0],
    ["nobody knows what", null, 84_000_000_000, 0],
    ["something while the shop is silent", 84_000_000_000, null, 0],
  ])("says what platforms claim together where they claim %s", (_, claimed, earned, said) => {
    const brandLine = {
      ...aTwoPlatformPlan().brandLine,
      claimedValue: aWeek(claimed, "money"),
      revenue: aWeek(earned, "money"),
    };
    const lines = printed(aTwoPlatformPlan({ brandLine })).filter((line) => line.includes("Platforms claim"));
    expect(lines.length).toBe(said);
  });

  it("names no platform and groups nothing where the brand has one", () => {
    const text = printed(aPlan()).join("\n");
    expect(text).not.toContain("Meta");
    expect(text).toMatch(/\n {2}Name +What +Budget\/day /);
  });

  it("names the platform in proposals by the brand's platforms, whichever are shown", () => {
    const [, change] = aTwoPlatformPlan().changes;
    if (change === undefined) throw new Error("no change on Google Ads");
    const proposal = aProposal({ change });
    const brand = { currency: "EUR", zone: "Europe/Paris" };
    const text = (platforms: readonly string[], language: Language) =>
      renderProposals([proposal], { ...reportOptions({ language }), ...brand, platforms });
    expect(text(["meta", "google"], "en")).toContain("Search brand words (Google Ads campaign): ");
    expect(text(["meta", "google"], "fr")).toContain("Search brand words (campagne Google Ads)");
    expect(text(["google", "google"], "en")).toContain("Search brand words (campaign): ");
  });
});

describe("lib/report, a platform that does not answer", () => {
  const missing: Message[] = [
    { key: "missing.account", values: { account: { value: "google/1234567890", unit: "text" } } },
    {
      key: "loop.accountFailed",
      values: {
        account: { value: "google/1234567890", unit: "text" },
        detail: { value: "the service is unavailable", unit: "text" },
      },
    },
    { key: "missing.shop", values: {} },
  ];
  const [source] = aPlan().sources;
  const plan = aTwoPlatformPlan({
    holders: aPlan().holders,
    sources: source === undefined ? [] : [source],
    missing,
  });

  it.each([
    [
      "en",
      "UNKNOWN: Google Ads account 1234567890 could not be read, so MER and shares are unknown and nothing is raised. " +
        "account google/1234567890: the service is unavailable Mode propose",
    ],
    [
      "fr",
      "INCONNU : le compte Google Ads 1234567890 n'a pas pu être lu, donc MER et parts sont inconnus et il n'y a aucune " +
        "hausse. compte google/1234567890 : the service is unavailable Mode proposition",
    ],
  ] as const)(
    "says in %s right under the title which account, why, and that nothing is raised",
    (language, words) => {
      const lines = printed(plan, language);
      expect(flowing(lines.slice(1).join(" ")).slice(0, words.length)).toBe(words);
      expect(flowing(lines.join(" ")).split("1234567890").length).toBe(3);
    },
  );

  it("still names the platform of what could be read", () => {
    expect(printed(plan)).toContain("  Meta: ad set (1)");
  });

  it("keeps what else is missing in its own place", () => {
    const text = printed(plan).join("\n");
    expect(text).toContain(
      "\nMissing data\n  No shop figures: revenue, MER and whatever needs them are unknown\n",
    );
  });

  it("warns at the top of an account whose history may not be read", () => {
    const values = {
      account: { value: "meta/1001", unit: "text" },
      why: { value: "historyNotPermitted", unit: "state" },
    } as const;
    const lines = printed(aPlan({ missing: [{ key: "missing.history", values }] }), "en", 200);
    expect(lines[1]).toBe(
      "Account meta/1001: the credential has no permission to read its history of edits. Whether others changed its " +
        "budgets is unknown, so nothing in it is raised",
    );
    expect(lines).not.toContain("Missing data");
  });
});

describe("lib/report, edits by others", () => {
  function told(given: Parameters<typeof aForeignEdit>[2], language: Language = "en"): string {
    return flowing(printed(aPlan(edited(aForeignEdit("11", "Broad", given))), language).join("\n"));
  }

  it("are told on a quiet night, too, with who, through what, when, from, to and until when", () => {
    expect(told({})).toContain(
      "Protected, left alone (1) Broad (ad set): Camille Roy (Ads Manager) changed the budget " +
        "from €60.00 to €80.00 on Tue 10 Mar, 18:20; left alone until Fri 13 Mar, 18:20",
    );
    expect(told({}, "fr")).toContain(
      "Broad (ensemble de publicités) : Camille Roy (Ads Manager) a changé le budget de 60,00 € à 80,00 € " +
        "le mar. 10 mars, 18:20 ; laissé tel quel jusqu'au ven. 13 mars, 18:20",
    );
  });

  it("say nothing where there are none", () => {
    expect(printed(aPlan()).join("\n")).not.toContain("Protected");
  });

  it("let no name from the platform give orders to the terminal", () => {
    const by = "X\u001b]8;;https://evil.example\u001b\\";
    const text = renderPlan(
      aPlan(edited(aForeignEdit(`11${by}`, by, { by, via: by }))),
      reportOptions({ hyperlinks: true }),
    );
    expect(text).not.toContain("\u001b]8;;https://evil");
    expect(text).not.toContain("\u001b\\\u001b\\");
  });
});
