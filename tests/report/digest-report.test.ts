import { describe, expect, it } from "vitest";
import type { Digest, DigestChange, Judgement } from "../../lib/domain/digest.ts";
import type { Alert } from "../../lib/domain/state.ts";
import { renderDigest } from "../../lib/report/digest-report.ts";
import type { BrandPageOptions } from "../../lib/report/proposals.ts";
import { aParameter, aReading, factLabels, levelWords, platformLabels } from "../support/plan-view.ts";

const OPTIONS: BrandPageOptions = {
  ...{ language: "en", width: 100, colors: false, verbose: false, hyperlinks: false },
  ...{ factLabels, levelWords, platformLabels, entityUrl: () => null },
  ...{ currency: "EUR", zone: "Europe/Paris", platforms: ["meta"] },
};

const ref = { platform: "meta", accountId: "1001", level: "adGroup", id: "77" } as const;
const raise = { kind: "dailyBudget", fromMicros: 100_000_000n, toMicros: 120_000_000n } as const;

function aChangeLine(given: Partial<DigestChange> = {}): DigestChange {
  const place = { changeId: "atelier-lune-20260311-1", name: "PROS broad", ref, ruleId: "raise-proven" };
  return { ...place, edit: raise, by: "lea", status: "confirmed", reason: null, ...given };
}

function aJudgement(given: Partial<Judgement> = {}): Judgement {
  const money = (value: number) => ({ value, unit: "money" }) as const;
  return {
    ...{
      changeId: "atelier-lune-20260302-1",
      name: "PROS broad",
      ref,
      ruleId: "raise-proven",
      pack: "roads",
    },
    ...{ edit: raise, day: "2026-03-02", days: 7, verdict: "paid" },
    ...{ spendBefore: aReading(700_000_000, "money"), spendAfter: aReading(840_000_000, "money") },
    ...{ conversionsBefore: aReading(28, "count"), conversionsAfter: aReading(70, "count") },
    marginalCpa: aReading(3_333_333, "money"),
    targetCpa: aParameter(25_000_000, "money", "here"),
    reason: {
      key: "judged.moreThanNeeded",
      values: {
        spend: money(140_000_000),
        conversions: { value: 42, unit: "count" },
        needed: { value: 5.6, unit: "count" },
      },
    },
    ...given,
  };
}

function anAlert(given: Partial<Alert> = {}): Alert {
  const reason = { key: "digest.noNight", values: {} };
  return {
    ...{ id: "missedNight/2026-03-11", kind: "missedNight", subject: "2026-03-11", reason, raisedAtMs: 0 },
    ...{ takenBy: null, takenAtMs: null, escalatedAtMs: null, clearedAtMs: null },
    ...given,
  };
}

function aDigest(given: Partial<Digest> = {}): Digest {
  const yesterday = {
    spend: aReading(2_100_000_000, "money"),
    revenue: aReading(8_820_000_000, "money"),
    mer: aReading(4.2, "ratio"),
  };
  return {
    ...{ brand: "atelier-lune", brandName: "Atelier Lune", day: "2026-03-11", plan: null, yesterday },
    ...{ changes: [], expired: 0, blocked: [], judged: [], quality: [], alerts: [], protections: [] },
    ...given,
  };
}

function busyDigest(): Digest {
  const because = { reason: { value: "sale next week", unit: "text" } } as const;
  return aDigest({
    changes: [
      aChangeLine(),
      aChangeLine({ name: "RTG cart", by: null, status: "waiting" }),
      aChangeLine({
        ...{ name: "PROS narrow", status: "rejected" },
        reason: { key: "digest.rejectedBecause", values: because },
      }),
    ],
    expired: 2,
    blocked: [{ guardrail: "learning", count: 3 }],
    judged: [aJudgement()],
    quality: [{ key: "digest.noNight", values: {} }],
    alerts: [anAlert(), anAlert({ takenBy: "max" }), anAlert({ escalatedAtMs: 1 })],
    protections: [
      {
        ...{ because: "handsOff", name: "INFLU", ref, by: "lea", ruleId: null, reason: null },
        untilMs: Date.parse("2026-03-20T23:00:00Z"),
      },
    ],
  });
}

/** With ordinary spaces, to be read. */
function rendered(digest: Digest, given: Partial<BrandPageOptions> = {}): string[] {
  return renderDigest(digest, { ...OPTIONS, ...given })
    .replaceAll(/[\u00a0\u202f]/g, " ")
    .split("\n");
}

describe("lib/report/digest-report", () => {
  it("tells a busy morning in English", () => {
    expect(rendered(busyDigest()).join("\n")).toMatchInlineSnapshot(`
      "Atelier Lune, Wed 11 Mar 2026

      Alerts
        no night was planned since the last digest (nobody has taken it)
        no night was planned since the last digest (taken by max)
        no night was planned since the last digest (nobody took it: nothing is applied without asking
          until somebody does)

      Yesterday
        Spend €2,100.00   Revenue €8,820.00   MER 4.20

      Changes
        PROS broad, €100.00 -> €120.00 a day (+20%, +€20.00): done (lea)
        RTG cart, €100.00 -> €120.00 a day (+20%, +€20.00): waiting
        PROS narrow, €100.00 -> €120.00 a day (+20%, +€20.00): rejected (lea): sale next week
        2 proposals expired without an answer

      Judged
        PROS broad, raise +20%, 7 days: paid: €140.00 more brought 42 conversions more; at the target it
          had to bring 5.6

      Blocked
        3 changes: in the learning phase

      Data
        no night was planned since the last digest

      Protected, left alone (1)
        INFLU (ad set): hands off, by lea, until Sat 21 Mar, 00:00"
    `);
  });

  it("tells it in French", () => {
    expect(rendered(busyDigest(), { language: "fr" }).join("\n")).toMatchInlineSnapshot(`
      "Atelier Lune, mer. 11 mars 2026

      Alertes
        aucune nuit n'a été planifiée depuis le dernier point (personne ne s'en charge)
        aucune nuit n'a été planifiée depuis le dernier point (prise en charge par max)
        aucune nuit n'a été planifiée depuis le dernier point (personne ne s'en est chargé : rien n'est
          appliqué sans demander tant que c'est le cas)

      Hier
        Dépense 2 100,00 €   Chiffre d'affaires 8 820,00 €   MER 4,20

      Changements
        PROS broad, 100,00 € -> 120,00 € par jour (+20 %, +20,00 €) : fait (lea)
        RTG cart, 100,00 € -> 120,00 € par jour (+20 %, +20,00 €) : en attente
        PROS narrow, 100,00 € -> 120,00 € par jour (+20 %, +20,00 €) : refusé (lea) : sale next week
        2 propositions ont expiré sans réponse

      Bilan
        PROS broad, hausse +20 %, 7 jours : rentable : 140,00 € de plus ont apporté 42 conversions de
          plus ; à l'objectif, il en fallait 5,6

      Bloqués
        3 changements : en phase d'apprentissage

      Données
        aucune nuit n'a été planifiée depuis le dernier point

      Protégés, laissés tels quels (1)
        INFLU (ensemble de publicités) : à ne pas toucher, par lea, jusqu'au sam. 21 mars, 00:00"
    `);
  });

  it("says of a quiet morning that it is one", () => {
    const lines = rendered(aDigest());
    expect(lines).toContain("  Nothing was changed, and nothing waits.");
    expect(lines).toContain("  Every account is in, and nothing is suspect.");
  });

  it("keeps to the page, and caps long lists by saying how many more there are", () => {
    const changes = Array.from({ length: 40 }, (_, index) => aChangeLine({ name: `Campaign ${index}` }));
    const lines = rendered(aDigest({ changes }), { width: 60 });
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(lines.filter((line) => line.includes("and 10 more"))).toHaveLength(1);
  });

  it("colours what was judged and what nobody has taken, never as the only sign", () => {
    const lines = rendered(busyDigest(), { colors: true });
    expect(lines.find((line) => line.includes("paid"))?.startsWith("\u001b[32m")).toBe(true);
    expect(lines.find((line) => line.includes("nobody has taken it"))?.startsWith("\u001b[31m")).toBe(true);
    expect(lines.find((line) => line.includes("taken by max"))).not.toContain("\u001b");
  });

  it("ends with the address of everything that it names, each once", () => {
    const address = "https://ads.example/77";
    const lines = rendered(busyDigest(), { entityUrl: () => address });
    expect(lines.filter((line) => line.includes(address))).toEqual([`  PROS broad  ${address}`]);
  });

  it("lets no name reach the terminal as a command", () => {
    const lines = rendered(aDigest({ changes: [aChangeLine({ name: "A\u001b[2J\nB" })] }));
    expect(lines.join("\n")).not.toContain("\u001b");
  });
});
