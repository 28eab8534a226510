import { describe, expect, it } from "vitest";
import { parseBrand } from "../../lib/brand/parse.ts";
import {
  type Answers,
  brandFile,
  type Findings,
  type Guess,
  SETTINGS,
  type Wishes,
} from "../../lib/init/index.ts";
import type { ReachableAccount } from "../../lib/platforms/port.ts";
import { aCampaign, aGoogleAccount, anAccount, anAdGroup, anInsight, aShopDay } from "../support/snapshot.ts";

const NO_MARGIN: Wishes = { contributionMargin: null, wantedProfit: 0 };
const MARGIN: Wishes = { contributionMargin: 0.5, wantedProfit: 0.1 };
const SETTINGS_OF_BRAND = { id: "lune", name: "Lune", sandbox: false, dataset: false, schema: null };

function anAccountOf(platform: string, accountId: string, fields: Partial<ReachableAccount> = {}) {
  const own = { name: "Lune", currency: "EUR", zone: "Europe/Paris", status: "active" } as const;
  return { platform, accountId, ...own, ...fields };
}

/** 300 EUR on 10 conversions worth 900 EUR for prospecting, 100 EUR on 20 worth 1 000 EUR for retargeting. */
function someFindings(fields: Partial<Findings> = {}): Findings {
  const insight = {
    level: "campaign",
    day: "2026-03-09",
    spendMicros: 300_000_000n,
    conversions: 10,
  } as const;
  const snapshot = anAccount({
    entities: [
      aCampaign({ id: "1", name: "PROS Broad" }),
      aCampaign({ id: "2", name: "PROS Lookalike" }),
      aCampaign({ id: "3", name: "RTG Cart", budget: { period: "daily", amountMicros: 5_000_000n } }),
      aCampaign({ id: "4", name: "Spring" }),
      anAdGroup({ id: "11", parentId: "1" }),
      anAdGroup({ id: "12", parentId: "2" }),
    ],
    insights: [
      anInsight({ ...insight, entityId: "1", conversionValueMicros: 900_000_000n }),
      anInsight({
        ...insight,
        entityId: "3",
        spendMicros: 100_000_000n,
        conversions: 20,
        conversionValueMicros: 1_000_000_000n,
      }),
      anInsight({
        ...insight,
        level: "account",
        entityId: "1001",
        spendMicros: 400_000_000n,
        conversions: 30,
        conversionValueMicros: 1_900_000_000n,
      }),
      // 91 days ago: outside of what is looked at.
      anInsight({ ...insight, level: "account", entityId: "1001", day: "2025-12-10", conversions: 500 }),
    ],
  });
  const account = anAccountOf("meta", "1001");
  return {
    accounts: [{ account, conversion: "omni_purchase", snapshot }],
    shop: null,
    today: "2026-03-11",
    ...fields,
  };
}

/** Every question in its order, with what is proposed or what `said` says instead. */
function interview(findings: Findings, wishes: Wishes, said: Answers = {}) {
  const answers: Record<string, Answers[string]> = {};
  const guesses: Guess[] = [];
  const notes: string[] = [];
  for (const step of SETTINGS) {
    const asked = step(findings, wishes, answers);
    notes.push(...asked.notes);
    for (const guess of asked.guesses) {
      guesses.push(guess);
      answers[guess.key] = guess.key in said ? (said[guess.key] ?? null) : guess.proposed;
    }
  }
  const written = brandFile(findings, wishes, answers, SETTINGS_OF_BRAND);
  const parsed = parseBrand(JSON.stringify(written.file), "rules/brands/lune.json");
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return { guesses, notes, written, brand: parsed.brand };
}

function evidenceOf(guesses: readonly Guess[], key: string): readonly string[] | undefined {
  return guesses.find((guess) => guess.key === key)?.evidence;
}

describe("lib/init/brand-file", () => {
  it("holds what was confirmed, in shadow mode, and parses", () => {
    const { written, brand } = interview(someFindings(), NO_MARGIN);
    expect(written.file).toEqual({
      id: "lune",
      name: "Lune",
      language: "fr",
      currency: "EUR",
      zone: "Europe/Paris",
      mode: "shadow",
      accounts: [{ platform: "meta", id: "1001", attribution: "asSet" }],
      conversions: { purchase: { meta: "omni_purchase" }, primary: "purchase" },
      // 400 EUR for 30 conversions; retargeting 100 EUR for 20; prospecting has too few by itself.
      parameters: {
        targetCpa: { unit: "money", default: 13.33, values: [{ ids: ["3"], value: 5 }] },
      },
      groups: { stage: { prospecting: { campaigns: ["PROS *"] }, retargeting: { ids: ["3"] } } },
      packs: { roads: {} },
    });
    expect(brand.mode).toBe("shadow");
  });

  it("shows the figures behind each guess, and tells the campaigns that it has none for", () => {
    const { guesses, notes } = interview(someFindings(), NO_MARGIN);
    expect(evidenceOf(guesses, "budgets:meta/1001")).toEqual([
      "1 by campaign (1 active)",
      "2 by ad set (2 active)",
    ]);
    expect(evidenceOf(guesses, "stage:prospecting:PROS *")).toEqual([
      "2 of 4 campaigns, 75 % of spend",
      "PROS Broad, PROS Lookalike",
    ]);
    expect(evidenceOf(guesses, "targetCpa")).toEqual([
      "only what was paid",
      "paid: 13.33 EUR each (30 conversions for 400 EUR in 90 days)",
      "prospecting: 30 EUR each (10 conversions for 300 EUR in 90 days)",
      "retargeting: 5 EUR each (20 conversions for 100 EUR in 90 days)",
    ]);
    expect(notes).toEqual([
      "No stage is guessed for 1 of 4 campaigns, 0 % of spend: Spring. Until groups.stage names them, no rule for a stage looks at them.",
      "Without --margin a target is only what was paid in these days: it says what you pay, not what you can afford.",
    ]);
  });

  it("takes margin and profit off what the platforms say a conversion is worth", () => {
    const { written, guesses } = interview(someFindings(), MARGIN);
    // 1 900 EUR / 30 x 0.4, and for retargeting 1 000 EUR / 20 x 0.4.
    expect(written.file.parameters).toEqual({
      targetCpa: { unit: "money", default: 25.33, values: [{ ids: ["3"], value: 20 }] },
      contributionMargin: { unit: "ratio", default: 0.5 },
      wantedProfit: { unit: "ratio", default: 0.1 },
    });
    expect(evidenceOf(guesses, "targetCpa")?.[0]).toBe(
      "a conversion worth 63.33 EUR by the platforms' own claims x (0.5 - 0.1)",
    );
  });

  it("prefers the shop's own orders, one target for all, and lets a claimed conversion cost no more than its share of an order", () => {
    const shop = [
      aShopDay({ day: "2026-03-09", revenueMicros: 1_000_000_000n, orders: 15 }),
      aShopDay({ day: "2026-03-10", revenueMicros: 500_000_000n, orders: 5 }),
      aShopDay({ day: "2025-12-10", revenueMicros: 9_000_000_000n, orders: 1 }),
    ];
    const { written, guesses } = interview(someFindings({ shop }), MARGIN);
    // 1 500 EUR / 20 orders x 0.4 = 30 EUR an order; 20 orders for 30 claims make that 20 EUR a claim.
    expect(written.file.parameters).toMatchObject({ targetCpa: { unit: "money", default: 20 } });
    expect(evidenceOf(guesses, "targetCpa")?.[0]).toBe(
      "an average order of 75 EUR (20 orders of the shop) x (0.5 - 0.1) = 30 EUR an order; " +
        "30 conversions claimed for 20 orders, so each may cost less",
    );
  });

  it("guesses no target from figures that are not known on every day", () => {
    const findings = someFindings();
    const [found] = findings.accounts;
    if (found === undefined) throw new Error("no account");
    const insights = found.snapshot.insights.map((row) => ({ ...row, conversions: null }));
    const accounts = [{ ...found, snapshot: { ...found.snapshot, insights } }];
    const { written, notes } = interview(someFindings({ accounts }), NO_MARGIN);
    expect(written.file.parameters).toEqual({});
    expect(notes.at(-1)).toMatch(/^No target CPA is guessed/);
  });

  it("leaves out what was answered with nothing, and takes another stage or amount", () => {
    const { written } = interview(someFindings(), NO_MARGIN, {
      "stage:prospecting:PROS *": "mixed",
      "stage:retargeting:ids": null,
      targetCpa: 42.5,
      language: "en",
      "budgets:meta/1001": false,
    });
    expect(written.file).toMatchObject({
      parameters: { targetCpa: { unit: "money", default: 42.5 } },
      groups: { stage: { mixed: { campaigns: ["PROS *"] } } },
    });
    expect(written.file).not.toHaveProperty("language");
    expect(Object.keys((written.file.groups as { stage: object }).stage)).toEqual(["mixed"]);
    expect(written.notes).toEqual([
      'You said that the budgets of "Lune" (meta/1001) are not these: look there before anything is applied.',
    ]);
  });

  it("takes brand search out of the rules' hands where that was answered", () => {
    const snapshot = aGoogleAccount({
      entities: [
        aCampaign({
          platform: "google",
          accountId: "2000000002",
          id: "7",
          name: "Brand",
          objective: "search",
        }),
      ],
    });
    const account = anAccountOf("google", "2000000002");
    const findings = someFindings({ accounts: [{ account, conversion: "Lead form", snapshot }] });
    const { written, brand } = interview(findings, NO_MARGIN, { "brandSearch:rules": false });
    expect(written.file).toMatchObject({
      accounts: [{ platform: "google", id: "2000000002" }],
      conversions: { lead: { google: ["Lead form"] }, primary: "lead" },
      handsOff: [{ ids: ["7"], by: "palier init" }],
    });
    expect(brand.handsOff).toHaveLength(1);
    expect(interview(findings, NO_MARGIN).written.file).not.toHaveProperty("handsOff");
  });

  it("names what two accounts of one platform count apart", () => {
    const [found] = someFindings().accounts;
    if (found === undefined) throw new Error("no account");
    const second = { account: anAccountOf("meta", "1002"), conversion: "purchase" };
    const snapshot = anAccount({ accountId: "1002" });
    const { written } = interview(someFindings({ accounts: [found, { ...second, snapshot }] }), NO_MARGIN);
    expect(written.file).toMatchObject({
      accounts: [{ id: "1001" }, { id: "1002", conversion: "purchase2" }],
      conversions: {
        purchase: { meta: "omni_purchase" },
        purchase2: { meta: "purchase" },
        primary: "purchase",
      },
    });
  });
});
