import { describe, expect, it } from "vitest";
import { textTraps, viewProblems } from "../../lib/sandbox/slack/index.ts";
import { alertValue, readAlertValue, readDialogMetadata } from "../../lib/slack/actions.ts";
import { editDialog, handsOffDialog, rejectDialog, restoreDialog } from "../../lib/slack/dialogs.ts";
import { aChange } from "../support/log.ts";
import { readerIn } from "../support/slack-view.ts";

const EN = readerIn("en");
const ABOUT = {
  brand: "atelier-lune",
  changeId: "atelier-lune-20260311-1",
  digest: "0a1b2c3d",
  channel: "C0",
  ts: "1.2",
};
const RANGE = { leastMicros: 105_000_000n, mostMicros: 120_000_000n, unitMicros: 10_000n };

const told = (dialog: object) => JSON.stringify(dialog).replaceAll("\u00a0", " ");

describe("lib/slack/dialogs", () => {
  it("says what stands, what is proposed and what is allowed, and asks for one amount", () => {
    const dialog = editDialog(aChange(), RANGE, ABOUT, EN);
    expect(told(dialog)).toContain("Now: €100.00 a day\\nProposed: €120.00 a day (+20%)");
    expect(told(dialog)).toContain("Allowed: €105.00 to €120.00, in steps of €0.01.");
    expect(dialog.blocks.filter(({ type }) => type === "input")).toHaveLength(1);
    expect(dialog.callback_id).toBe("palier_edit");
  });

  it("says what taking back does, and what it cannot undo", () => {
    const edit = { kind: "dailyBudget", fromMicros: 120_000_000n, toMicros: 100_000_000n } as const;
    const dialog = told(restoreDialog(aChange({ edit }), 14, ABOUT, EN));
    expect(dialog).toContain("It goes back: €120.00 -&gt; €100.00 a day");
    expect(dialog).toContain("Rule raise-proven stays off it for 14 days.");
    expect(dialog).toContain("What cannot be undone: money spent since");
  });

  it.each(["en", "fr"] as const)("is taken by Slack with the worst names, in %s", (language) => {
    const reader = readerIn(language);
    const change = aChange({ name: "<!channel> *x* ".repeat(60) });
    const dialogs = [
      editDialog(change, RANGE, ABOUT, reader),
      rejectDialog(change, ABOUT, reader),
      handsOffDialog(change, "2026-03-18", ABOUT, reader),
      restoreDialog(change, 14, ABOUT, reader),
    ];
    expect(dialogs.map(viewProblems)).toEqual([[], [], [], []]);
    expect(dialogs.flatMap((dialog) => textTraps(dialog, []))).toEqual([]);
  });

  it("carries what it is about, and reads nothing else", () => {
    const { private_metadata } = rejectDialog(aChange(), ABOUT, EN);
    expect(readDialogMetadata(private_metadata)).toEqual(ABOUT);
    expect(readDialogMetadata("{")).toBeNull();
    expect(readDialogMetadata('{"brand":"x"}')).toBeNull();
  });

  it("names an alert by its brand and by when it was raised", () => {
    const value = alertValue("atelier-lune", { id: "merAlarm/2026-03-11", raisedAtMs: 17 });
    expect(readAlertValue(value)).toEqual({
      brand: "atelier-lune",
      raisedAtMs: 17,
      alertId: "merAlarm/2026-03-11",
    });
    expect(readAlertValue("merAlarm/2026-03-11")).toBeNull();
  });
});
