import { describe, expect, it } from "vitest";
import { messageProblems, textTraps, viewProblems } from "../../lib/sandbox/slack/index.ts";
import { type DeskNow, homeView, proposalsReply, statusReply } from "../../lib/slack/home.ts";
import { aChange, aProposal, NIGHT_MS } from "../support/log.ts";
import { LEA, readerIn } from "../support/slack-view.ts";

const EN = readerIn("en");
const ALERT = {
  id: "merAlarm/2026-03-11",
  kind: "merAlarm",
  subject: "2026-03-11",
  reason: { key: "missing.shop", values: {} },
  raisedAtMs: NIGHT_MS,
  takenBy: null,
  takenAtMs: null,
  escalatedAtMs: null,
  clearedAtMs: null,
} as const;

function aDesk(given: Partial<DeskNow> = {}): DeskNow {
  return {
    brand: "atelier-lune",
    brandName: "Atelier Lune",
    reader: EN,
    people: [LEA],
    role: "approver",
    open: [aProposal()],
    alerts: [],
    stop: null,
    ...given,
  };
}

const told = (view: object) => JSON.stringify(view).replaceAll("\u00a0", " ");

describe("lib/slack/home", () => {
  it("shows what waits with the buttons that answer it", () => {
    const view = told(homeView([aDesk()], EN));
    expect(view).toContain("PROS broad: €100.00 -&gt; €120.00 a day (+20%, +€20.00)");
    expect(view).toContain('"action_id":"palier_approve"');
    expect(view).toContain("until Wed 11 Mar, 16:10, rule raise-proven");
  });

  it("gives a viewer nothing to click", () => {
    const view = told(homeView([aDesk({ role: "viewer", alerts: [ALERT] })], EN));
    expect(view).toContain("€120.00");
    expect(view).not.toContain("action_id");
  });

  it("shows stops and alerts, and lets an alert be taken", () => {
    const stop = { by: "lea", atMs: NIGHT_MS, reason: "sale" };
    const view = told(homeView([aDesk({ alerts: [ALERT], stop })], EN));
    expect(view).toContain("*STOPPED by <@U0LEA>, Wed 11 Mar, 04:10: sale*");
    expect(view).toContain(`"value":"atelier-lune:${NIGHT_MS}:merAlarm/2026-03-11"`);
  });

  it("tells whoever is on no brand's list how to get there", () => {
    expect(told(homeView([], EN))).toContain("An owner adds you to the brand file");
  });

  it("stays within what Slack takes, every brand with its place, and says how many more there are", () => {
    const deskOf = (brand: string) =>
      aDesk({
        brand,
        brandName: `The ${brand}`,
        open: Array.from({ length: 60 }, (_, index) =>
          aProposal({ change: aChange({ id: `${brand}-20260311-${index}`, name: "<!here>".repeat(90) }) }),
        ),
        alerts: ["1", "2", "3"].map((day) => ({ ...ALERT, id: `missedNight/${day}` })),
      });
    const desks = ["a", "b", "c", "d", "e"].map(deskOf);
    const view = homeView(desks, EN);
    expect(view.blocks.length).toBeLessThanOrEqual(100);
    expect(viewProblems(view)).toEqual([]);
    expect(textTraps(view, [])).toEqual([]);
    for (const { brandName } of desks) expect(told(view)).toContain(`"${brandName}"`);
    expect(told(homeView([deskOf("a")], EN))).toContain("and 40 more in the channel");
  });

  it("answers with what waits, without buttons that could not count", () => {
    const reply = proposalsReply(aDesk());
    expect(messageProblems(reply.blocks)).toEqual([]);
    expect(told(reply)).toContain("€120.00");
    expect(told(reply)).not.toContain("action_id");
  });

  it("answers how a brand stands", () => {
    expect(told(statusReply(aDesk()))).toContain("Running: no stop is set.\\nProposals (1)");
  });
});
