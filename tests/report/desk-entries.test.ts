import { describe, expect, it } from "vitest";
import type { Change } from "../../lib/domain/change.ts";
import type { Desk } from "../../lib/domain/desk.ts";
import { eventSchema } from "../../lib/log/events.ts";
import { renderLogEntries } from "../../lib/report/log-entries.ts";
import { renderProposals } from "../../lib/report/proposals.ts";
import type { DeskEventView } from "../../lib/report/views.ts";
import type { Language } from "../../lib/words/reader.ts";
import { aChange, aDesk, aProposal, NIGHT_MS } from "../support/log.ts";
import { reportOptions } from "../support/plan-view.ts";

const atMs = NIGHT_MS;
const brand = { currency: "EUR", zone: "Europe/Paris", platforms: ["meta"], width: 300 };
const spaced = (text: string): string => text.replaceAll("\u00a0", " ");
const reason = { key: "loop.noEffect", values: { attempt: { value: 1, unit: "count" as const } } };

/** EUR 110 instead of 120, from 100. */
const edited: Change = aChange({
  id: "atelier-lune-20260311-2",
  edit: { kind: "dailyBudget", fromMicros: 100_000_000n, toMicros: 110_000_000n },
});
const back: Change = aChange({
  id: "atelier-lune-20260311-3",
  edit: { kind: "dailyBudget", fromMicros: 120_000_000n, toMicros: 100_000_000n },
});

/** The first line of each event, without position and time. */
function told(event: DeskEventView, language: Language = "en", verbose = false): string {
  const page = { ...reportOptions({ language, verbose }), ...brand };
  const [line = ""] = renderLogEntries([{ position: 7, events: [event] }], page).split("\n");
  return spaced(line).replace(/^7 {2}\S+ 11 \S+, 04:10 {2}/, "");
}

const desk: Desk = aDesk({
  people: [
    { name: "lea", slack: "U0LEA", role: "owner", raiseLimitMicros: null, dailyRaiseLimitMicros: null },
    {
      ...{ name: "marc", slack: "U0MARC", role: "approver" },
      ...{ raiseLimitMicros: 50_000_000n, dailyRaiseLimitMicros: 200_000_000n },
    },
  ],
  fourEyesAboveMicros: 100_000_000n,
});

const SENTENCES: readonly [DeskEventView, string, string][] = [
  [
    { type: "deskChanged", atMs, by: "lea", desk },
    "desk changed by lea: lea (owner), marc (approver, at most €50.00 a raise, €200.00 of raises a day); " +
      "asked in Slack channel C0LUNE; two people for a raise above €100.00",
    "bureau modifié par lea : lea (responsable), marc (approbateur, 50,00 € au plus par hausse, 200,00 € de hausses par jour); " +
      "interrogé dans le canal Slack C0LUNE; deux personnes pour une hausse au-dessus de 100,00 €",
  ],
  [
    { type: "deskChanged", atMs, by: "lea", desk: aDesk({ people: [], slack: null }) },
    "desk changed by lea: whoever has the machine answers; not asked in Slack",
    "bureau modifié par lea : répond qui a la machine; pas interrogé dans Slack",
  ],
  [
    { type: "approvalGiven", atMs, changeId: "x-1", by: "lea" },
    "x-1 approved by lea, first of two",
    "x-1 approuvé par lea, premier oui sur deux",
  ],
  [
    { type: "proposalEdited", atMs, changeId: "x-1", change: edited, by: "lea" },
    "x-1 edited by lea, now atelier-lune-20260311-2: €100.00 -> €110.00 a day (+10%, +€10.00), PROS broad (raise-proven)",
    "x-1 modifié par lea, désormais atelier-lune-20260311-2 : 100,00 € -> 110,00 € par jour (+10 %, +10,00 €), PROS broad (raise-proven)",
  ],
  [
    // 2026-03-25 at 04:10 in Paris.
    { type: "restoreApproved", atMs, of: "x-1", change: back, ruleOffUntilMs: 1_774_408_200_000, by: "lea" },
    "x-1 to be taken back, asked by lea: atelier-lune-20260311-3: €120.00 -> €100.00 a day (-16.7%, -€20.00), PROS broad " +
      "(raise-proven); raise-proven stays off it until Wed 25 Mar, 04:10",
    "retour sur x-1 demandé par lea : atelier-lune-20260311-3 : 120,00 € -> 100,00 € par jour (-16,7 %, -20,00 €), PROS broad " +
      "(raise-proven) ; raise-proven n'y touche plus jusqu'au mer. 25 mars, 04:10",
  ],
  [
    {
      ...{ type: "handsOffSet", atMs, target: back.target, name: "PROS broad" },
      ...{ until: "2026-03-20", by: "lea", reason: null },
    },
    "hands off PROS broad until Fri 20 Mar, by lea",
    "ne plus toucher à PROS broad jusqu'au ven. 20 mars, dit lea",
  ],
  [
    {
      ...{ type: "handsOffSet", atMs, target: back.target, name: "PROS broad" },
      ...{ until: "2026-03-20", by: "lea", reason: "launch" },
    },
    "hands off PROS broad until Fri 20 Mar, by lea: launch",
    "ne plus toucher à PROS broad jusqu'au ven. 20 mars, dit lea : launch",
  ],
  [
    { type: "handsOffLifted", atMs, holderKey: "meta/1001/adGroup/77", by: "lea" },
    "hands off meta/1001/adGroup/77 lifted by lea",
    "meta/1001/adGroup/77 n'est plus protégé, dit lea",
  ],
  [
    { type: "answerRefused", atMs, by: "slack:U9", what: "approve", subject: "x-1", reason },
    "slack:U9 tried to approve x-1, refused: attempt 1 had no effect on the platform",
    "slack:U9 a voulu approuver x-1, refusé : l'essai 1 n'a eu aucun effet sur la plateforme",
  ],
  [
    { type: "answerRefused", atMs, by: "eva", what: "dance", subject: "x-1", reason },
    "eva tried to dance x-1, refused: attempt 1 had no effect on the platform",
    "eva a voulu dance x-1, refusé : l'essai 1 n'a eu aucun effet sur la plateforme",
  ],
  [
    { type: "alertRaised", atMs, kind: "diverged", subject: "x-1", reason },
    "alert diverged/x-1 raised: attempt 1 had no effect on the platform",
    "alerte diverged/x-1 levée : l'essai 1 n'a eu aucun effet sur la plateforme",
  ],
  [
    { type: "alertTaken", atMs, alertId: "diverged/x-1", by: "lea" },
    "alert diverged/x-1 taken by lea",
    "alerte diverged/x-1 prise en charge par lea",
  ],
  [
    { type: "alertEscalated", atMs, alertId: "diverged/x-1" },
    "alert diverged/x-1 ESCALATED: nobody took it, and nothing is applied without asking until somebody does",
    "alerte diverged/x-1 SANS RÉPONSE : plus rien n'est appliqué sans demander tant que personne ne la prend",
  ],
  [
    { type: "alertCleared", atMs, alertId: "diverged/x-1" },
    "alert diverged/x-1 over",
    "alerte diverged/x-1 terminée",
  ],
  [
    { type: "questionAsked", atMs, kind: "why", text: "PROS", by: "lea" },
    "lea asked why: PROS",
    "lea a demandé pourquoi : PROS",
  ],
  [
    { type: "questionAsked", atMs, kind: "preview", text: "", by: "lea" },
    "lea asked for a preview",
    "lea a demandé un aperçu",
  ],
  [{ type: "questionAnswered", atMs, questionId: "q1" }, "question q1 answered", "question q1 répondue"],
];

const DELIVERIES: readonly [DeskEventView, string, string][] = [
  [
    { type: "clickUsed", atMs, clickId: "c1", by: "lea" },
    "interaction c1 of lea counted",
    "interaction c1 de lea comptée",
  ],
  [
    { type: "messageAttempted", atMs, key: "night/r/0", channel: "C0LUNE" },
    "message night/r/0 being told to C0LUNE",
    "message night/r/0 en cours d'envoi à C0LUNE",
  ],
  [
    { type: "messagePosted", atMs, key: "night/r/0", ts: "1773.01" },
    "message night/r/0 posted as 1773.01",
    "message night/r/0 publié sous 1773.01",
  ],
  [
    { type: "messageUpdated", atMs, key: "night/r/0" },
    "message night/r/0 brought up to date",
    "message night/r/0 mis à jour",
  ],
];

describe("lib/report/desk-entries", () => {
  it.each(SENTENCES)("tells %o in both languages", (event, en, fr) => {
    expect(told(event)).toBe(en);
    expect(told(event, "fr")).toBe(fr);
  });

  it.each(DELIVERIES)("tells %o with --verbose", (event, en, fr) => {
    expect(told(event, "en", true)).toBe(en);
    expect(told(event, "fr", true)).toBe(fr);
  });

  it("leaves deliveries out otherwise, and says how many", () => {
    const page = { ...reportOptions({}), ...brand };
    const events = DELIVERIES.map(([event]) => event);
    const given: DeskEventView = { type: "approvalGiven", atMs, changeId: "x-1", by: "lea" };
    const entries = [
      { position: 7, events: [...events.slice(0, 1), given] },
      { position: 8, events: events.slice(1, 2) },
    ];
    expect(spaced(renderLogEntries(entries, page)).split("\n")).toEqual([
      "7  Wed 11 Mar, 04:10  x-1 approved by lea, first of two",
      "2 events of how messages were delivered not shown (see --verbose)",
    ]);
    expect(renderLogEntries([{ position: 8, events: events.slice(1, 2) }], page)).toBe(
      "1 event of how messages were delivered not shown (see --verbose)",
    );
  });

  it("knows every event of the log that is not of a round or a change", () => {
    const known = new Set([...SENTENCES, ...DELIVERIES].map(([{ type }]) => type as string));
    const types = eventSchema.options.map(({ shape }) => shape.type.value);
    const desks = types.slice(types.indexOf("deskChanged"));
    expect(desks.length).toBeGreaterThan(16);
    expect(desks.filter((type) => !known.has(type))).toEqual([]);
  });

  it("takes the control characters out of what others typed", () => {
    expect(
      told({ type: "questionAsked", atMs, kind: "why", text: "a\u001b[31mb", by: "l\u0007ea" }),
    ).not.toMatch(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be gone
      /[\u0007\u001b]/,
    );
  });
});

describe("lib/report/proposals, versions", () => {
  const page = (language: Language) => ({ ...reportOptions({ language }), ...brand });
  const planned = aProposal({ status: "edited", decidedBy: "lea", decidedAtMs: atMs });
  const version = aProposal({
    ...{ change: edited, kind: "edited", origin: planned.change.id, madeBy: "lea" },
    approvals: [{ by: "marc", atMs }],
  });
  const shown = (language: Language, ...proposals: Parameters<typeof renderProposals>[0]) =>
    spaced(renderProposals(proposals, page(language)))
      .split("\n")
      .map((line) => line.trim());

  it("shows a person's version with what the plan said, who said the first yes, and the dead one last", () => {
    const lines = shown("en", planned, version);
    expect(lines.slice(2)).toEqual([
      "atelier-lune-20260311-2  open    raise +10%  PROS broad  Wed 11 Mar, 16:10  raise-proven",
      "PROS broad (ad set): €100.00 -> €110.00 a day (+10%, +€10.00)",
      "lea's version: €110.00 instead of €120.00",
      "approved by marc, one more yes needed",
      "https://meta.example/adGroup/77",
      "atelier-lune-20260311-1  edited  raise +20%  PROS broad  -                  raise-proven",
      "by lea",
      "https://meta.example/adGroup/77",
    ]);
    expect(shown("fr", planned, version).slice(4, 6)).toEqual([
      "version de lea : 110,00 € au lieu de 120,00 €",
      "approuvée par marc, il manque un autre oui",
    ]);
  });

  it("names what a version was made of where that is not among them, and what a restore takes back", () => {
    const restore = aProposal({
      ...{ change: back, kind: "restore", origin: planned.change.id, madeBy: "lea" },
      ...{ status: "approved", decidedBy: "lea", decidedAtMs: atMs },
    });
    expect(shown("en", version)).toContain("lea's version of atelier-lune-20260311-1");
    expect(shown("fr", version)).toContain("version de atelier-lune-20260311-1 par lea");
    expect(shown("en", restore)).toContain("by lea, takes atelier-lune-20260311-1 back, for lea");
    expect(shown("fr", restore)).toContain("par lea, revient sur atelier-lune-20260311-1, demandé par lea");
  });

  it("keeps the log's own word for why something was overtaken to itself", () => {
    const over = aProposal({ status: "superseded", decidedAtMs: atMs, reason: "loop.newerPlan" });
    expect(shown("en", over).join("\n")).not.toContain("loop.newerPlan");
  });
});
