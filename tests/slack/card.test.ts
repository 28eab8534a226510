import { describe, expect, it } from "vitest";
import type { Card } from "../../lib/domain/content.ts";
import { messageProblems, textsTooLong } from "../../lib/sandbox/slack/index.ts";
import type { Block } from "../../lib/slack/blocks.ts";
import { render } from "../../lib/slack/render.ts";
import { sparkline } from "../../lib/slack/sparkline.ts";
import { aProposal, NIGHT_MS } from "../support/log.ts";
import { aHolderLine, anEvidence, aPlan, aPlannedChange, aReading } from "../support/plan-view.ts";
import { aCard, aNight, busyNight, decided, sentOf, slackOptions } from "../support/slack-view.ts";

/** All that is written on the first card of a page. */
function shownOf(card: Card): string {
  const plan = aPlan({ changes: [card.change], holders: [aHolderLine("11", card.change.name)] });
  const { blocks } = render({ key: "k", body: aNight(plan, [card], { page: 1, pages: 2 }) }, slackOptions());
  return textsOf(blocks).replaceAll("\u00a0", " ");
}

function textsOf(blocks: readonly Block[]): string {
  return blocks
    .flatMap((block) => {
      if (block.type === "section" || block.type === "header") return [block.text.text];
      if (block.type === "context") return block.elements.map(({ text }) => text);
      return block.type === "actions" ? [`[${block.elements.map(({ text }) => text.text).join("] [")}]`] : [];
    })
    .join("\n");
}

describe("lib/slack/card", () => {
  const card = aCard();

  it("offers to approve the amount, to edit, to reject and to keep hands off", () => {
    expect(shownOf(card)).toContain("[Approve €120.00] [Edit] [Reject] [Hands off]");
    expect(shownOf(card)).toContain("*€100.00 -&gt; €120.00 a day (+20%, +€20.00)*");
    expect(shownOf(card)).toContain("Why: spent 4.2 x target CPA over 14 days; CPA 31.20");
  });

  it("offers no edit of what has no amount, or where the plan allows none", () => {
    const edit = { kind: "status", from: "active", to: "paused", budgetMicros: 60_000_000n } as const;
    const pause = aCard({ change: aPlannedChange("11", "Dead", { edit, editRange: null }) });
    expect(shownOf(pause)).toContain("[Approve] [Reject] [Hands off]");
  });

  it.each<[string, Card, string]>([
    ["approved", decided(card, { status: "approved" }), "Approved by <@U0LEA>, Wed 11 Mar, 04:10."],
    [
      "rejected",
      decided(card, { status: "rejected", reason: "*too* early" }),
      "Rejected by <@U0LEA>, Wed 11 Mar, 04:10: ∗too∗ early",
    ],
    ["expired", decided(card, { status: "expired" }), "Expired Wed 11 Mar, 16:10 without an answer"],
    ["overtaken", decided(card, { status: "superseded" }), "Overtaken by a newer plan"],
    ["automatic", { ...card, proposal: null }, "Without asking: mode and limits allow it."],
    [
      "diverged",
      { ...card, proposal: null, intent: sentOf(card, { status: "diverged" }) },
      "*DIVERGED, look now: no reason given.*",
    ],
    ["sent", { ...card, proposal: null, intent: sentOf(card, { status: "sent" }) }, "never sent twice"],
  ])("says that a change is %s, and asks nothing more", (_, one, told) => {
    expect(shownOf(one)).toContain(told);
    expect(shownOf(one)).not.toContain("[");
  });

  it("says who keeps hands off it, and then offers only a no", () => {
    const heldOff = {
      target: card.change.target,
      ...{ name: "Broad", until: "2026-03-25", by: "lea", atMs: NIGHT_MS, reason: "launch" },
    };
    const shown = shownOf({ ...card, heldOff });
    expect(shown).toContain("Hands off by <@U0LEA>, up to and including Wed 25 Mar: launch");
    expect(shown).toContain("[Reject]");
    expect(shown).not.toContain("[Approve");
  });

  it("offers to take back what was applied, naming the amount that comes back", () => {
    const applied = { ...decided(card, { status: "approved" }), intent: sentOf(card), restorable: true };
    expect(shownOf(applied)).toContain("Applied Wed 11 Mar, 04:12, and read back");
    expect(shownOf(applied)).toContain("[Restore €100.00]");
    expect(shownOf({ ...applied, restorable: false })).not.toContain("[Restore");
  });

  it("says who took a change back, and what came of that", () => {
    const restore = {
      proposal: aProposal({ kind: "restore", status: "approved", decidedBy: "lea", decidedAtMs: NIGHT_MS }),
      intent: sentOf(card, { status: "intended" }),
    };
    const told = shownOf({ ...decided(card, { status: "approved" }), intent: sentOf(card), restore });
    expect(told).toContain("Taken back by <@U0LEA>, Wed 11 Mar, 04:10.\nDecided, not sent yet.");
  });

  it("shows a person's version with what the rule proposed, and answers that version", () => {
    const change = {
      ...card.change,
      id: "atelier-lune-20260311-9",
      edit: { kind: "dailyBudget", fromMicros: 100_000_000n, toMicros: 110_000_000n },
    } as const;
    const proposal = aProposal({ change, kind: "edited", madeBy: "lea" });
    expect(shownOf({ ...card, proposal })).toContain(
      "<@U0LEA> made it €110.00 a day; the rule proposed €120.00.",
    );
    expect(shownOf({ ...card, proposal })).toContain("[Approve €110.00] [Edit]");
    expect(shownOf({ ...card, proposal })).toContain("atelier-lune-20260311-9");
  });

  it("shows the first yes of two", () => {
    const approvals = [{ by: "lea", atMs: NIGHT_MS }];
    const told = shownOf({ ...card, proposal: aProposal({ change: card.change, approvals }) });
    expect(told).toContain("First yes by <@U0LEA>, Wed 11 Mar, 04:10. It needs a second one");
  });

  it("shows the no from before with its reason", () => {
    const rejectedBefore = { by: "lea", atMs: NIGHT_MS, reason: "stock is out" };
    expect(shownOf({ ...card, rejectedBefore })).toContain(
      "Rejected before by <@U0LEA>, Wed 11 Mar, 04:10: stock is out",
    );
  });

  it("draws days from the lowest to the highest, and a dot where nobody knows", () => {
    expect(sparkline([0, 7, null, 3])).toBe("▁█·▄");
    expect(sparkline([5, 5])).toBe("▄▄");
  });

  it("drops what is no decision before a page of the worst cards is more than Slack takes", () => {
    const long = "<&>".repeat(400);
    const evidence = Array.from({ length: 20 }, () =>
      anEvidence({
        value: aReading(null, "money", {
          reason: { key: "noData.stageUnknown", values: { stage: { value: long, unit: "text" } } },
        }),
      }),
    );
    const notes = Array.from({ length: 10 }, () => ({
      guardrail: "hold",
      effect: "clamped" as const,
      reason: { key: "guardrail.hold.blocked", values: { rule: { value: long, unit: "text" as const } } },
    }));
    const worst = { name: long, ruleId: long, pack: long, owner: long, evidence, notes };
    const [first, second] = busyNight(() => worst).map((night) => ({
      ...night,
      cards: night.cards.map((one) => ({
        ...one,
        rejectedBefore: { by: long, atMs: NIGHT_MS, reason: long },
      })),
    }));
    for (const body of [first, second].filter((one) => one !== undefined)) {
      const { blocks } = render({ key: "k", body }, slackOptions("fr"));
      expect(messageProblems(blocks)).toEqual([]);
      expect(textsTooLong(blocks)).toBe(false);
      const told = JSON.stringify(blocks);
      const cards = body.page === 0 ? 6 : 10;
      expect(told.match(/"palier_approve"/g)).toHaveLength(cards);
      expect(told.match(/100,00\u00a0€ -&gt; 120,00\u00a0€/g)).toHaveLength(cards);
      expect(told.match(/Pourquoi\u00a0: /g)).toHaveLength(cards);
    }
  });
});
