/** What Slack shows, built by hand: options, cards in every state, nights of one and of sixty changes. */
import type { Card, NightContent } from "../../lib/domain/content.ts";
import { CARDS_ON_FIRST_PAGE, CARDS_ON_PAGE } from "../../lib/domain/content.ts";
import type { Plan, PlannedChange } from "../../lib/domain/plan.ts";
import type { Intent, Proposal } from "../../lib/domain/state.ts";
import type { RenderOptions } from "../../lib/slack/options.ts";
import type { Language, Reader } from "../../lib/words/reader.ts";
import { aProposal, EXPIRES_AT_MS, NIGHT_MS } from "./log.ts";
import {
  aHolderLine,
  anEvidence,
  aPlan,
  aPlannedChange,
  aReading,
  entityUrl,
  factLabels,
  levelWords,
  platformLabels,
} from "./plan-view.ts";

export const LEA = {
  name: "lea",
  slack: "U0LEA",
  role: "owner",
  raiseLimitMicros: null,
  dailyRaiseLimitMicros: null,
} as const;

export function readerIn(language: Language): Reader {
  return { language, currency: "EUR", zone: "Europe/Paris" };
}

export function slackOptions(language: Language = "en"): RenderOptions {
  const brand = { brand: "atelier-lune", brandName: "Atelier Lune" };
  return {
    ...brand,
    reader: readerIn(language),
    people: [LEA],
    factLabels,
    levelWords,
    platformLabels,
    entityUrl,
  };
}

/** An open proposal's card. */
export function aCard(given: Partial<Card> = {}): Card {
  const change = given.change ?? aPlannedChange("11", "Broad women 25-44");
  const proposal = aProposal({ change, expiresAtMs: EXPIRES_AT_MS });
  return {
    change,
    proposal,
    intent: null,
    restore: null,
    restorable: false,
    heldOff: null,
    rejectedBefore: null,
    ...given,
  };
}

/** What was sent of a card's change; `confirmed` at 04:12 where nothing else is said. */
export function sentOf(card: Card, given: Partial<Intent> = {}): Intent {
  return {
    change: card.proposal?.change ?? card.change,
    roundId: "atelier-lune/2026-03-11/night",
    allowedBy: "approval:lea",
    status: "confirmed",
    intendedAtMs: NIGHT_MS,
    sends: 1,
    writerId: "w",
    sendBeforeMs: NIGHT_MS,
    answered: true,
    settledAtMs: NIGHT_MS + 120_000,
    actual: null,
    reason: null,
    ...given,
  };
}

export function decided(card: Card, given: Partial<Proposal>): Card {
  const decision = { decidedBy: "lea", decidedAtMs: NIGHT_MS };
  return { ...card, proposal: aProposal({ change: card.change, ...decision, ...given }) };
}

export function aNight(plan: Plan, cards: readonly Card[], given: Partial<NightContent> = {}): NightContent {
  return { kind: "night", plan, page: 0, pages: 1, cards, safe: 0, stop: null, ...given };
}

/** Sixty proposals, each with three conditions, over as many pages as they take. */
export function busyNight(
  over: (change: PlannedChange, index: number) => Partial<PlannedChange> = () => ({}),
) {
  const names = Array.from({ length: 60 }, (_, index) => `PROS Broad FR ${index + 1}`);
  const changes = names.map((name, index) => {
    const id = String(100 + index);
    const change = aPlannedChange(id, name, {
      id: `atelier-lune-20260311-${index + 1}`,
      routine: true,
      evidence: [
        anEvidence(),
        anEvidence({
          fact: "conversions",
          value: aReading(18, "count"),
          threshold: aReading(15, "count", { from: null, to: null }),
          thresholdFact: null,
          thresholdTimes: null,
          thresholdPlus: null,
        }),
        anEvidence({
          fact: "stable",
          operator: "equal",
          value: aReading(true, "flag"),
          threshold: aReading(true, "flag", { from: null, to: null }),
          thresholdFact: null,
          thresholdTimes: null,
          thresholdPlus: null,
        }),
      ],
    });
    return { ...change, ...over(change, index) };
  });
  const plan = aPlan({
    changes,
    holders: changes.map((change) => aHolderLine(change.target.id, change.name)),
  });
  const cards = changes.map((change) => aCard({ change }));
  const pages = [cards.slice(0, CARDS_ON_FIRST_PAGE)];
  for (let from = CARDS_ON_FIRST_PAGE; from < cards.length; from += CARDS_ON_PAGE)
    pages.push(cards.slice(from, from + CARDS_ON_PAGE));
  return pages.map((shown, page) => aNight(plan, shown, { page, pages: pages.length, safe: 60 }));
}
