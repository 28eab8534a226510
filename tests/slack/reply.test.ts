import { describe, expect, it } from "vitest";
import { textTraps } from "../../lib/sandbox/slack/index.ts";
import {
  answerReply,
  ephemeral,
  helpReply,
  notAllowedReply,
  notRecordedReply,
} from "../../lib/slack/reply.ts";
import { aChange, aProposal } from "../support/log.ts";
import { readerIn } from "../support/slack-view.ts";

const EN = readerIn("en");
const said = (text: string) => text.replaceAll("\u00a0", " ");

function told(key: string, values: Record<string, string>) {
  const figures = Object.entries(values).map(([name, value]) => [name, { value, unit: "text" as const }]);
  return { key, values: Object.fromEntries(figures) };
}

describe("lib/slack/reply", () => {
  const proposal = aProposal();
  const approved = told("answer.approved", { id: proposal.change.id });

  it("says what an answer led to, and of which change", () => {
    const recorded = { kind: "recorded", proposals: [proposal], left: [], notes: [] } as const;
    expect(said(answerReply(approved, recorded, EN).text)).toBe(
      "atelier-lune-20260311-1 is approved. Palier checks every limit again, reads the budget live, then makes the change once.\n" +
        "PROS broad: €100.00 -&gt; €120.00 a day (+20%, +€20.00)",
    );
  });

  it("names what one yes to all did not reach, with its reason", () => {
    const left = [{ proposal, reason: { key: "answer.nothingSafe", values: {} } }];
    const reply = answerReply(approved, { kind: "recorded", proposals: [], left, notes: [] }, EN);
    expect(said(reply.text)).toContain(
      "Left as it is: PROS broad: €100.00 -&gt; €120.00 a day (+20%, +€20.00) (",
    );
  });

  it("offers what took the place of an overtaken change", () => {
    const fresh = aProposal({
      change: aChange({ edit: { kind: "dailyBudget", fromMicros: 100_000_000n, toMicros: 110_000_000n } }),
    });
    const superseded = told("answer.superseded", { id: "x" });
    expect(said(answerReply(superseded, { kind: "refused", fresh }, EN).text)).toContain(
      "Open now instead: PROS broad: €100.00 -&gt; €110.00 a day",
    );
    expect(answerReply(superseded, { kind: "refused", fresh: null }, EN).text).not.toContain("instead");
  });

  it("lets no text of others through as Slack's own", () => {
    const unknown = told("answer.unknown", { id: "<!channel> *x*" });
    const reply = answerReply(unknown, { kind: "unknown" }, EN);
    expect(reply.text).toBe("There is no &lt;!channel&gt; ∗x∗ here. Nothing was changed.");
    expect(textTraps(reply, [])).toEqual([]);
  });

  it("is seen by nobody else and leaves the proposal's message alone", () => {
    const { response_type, replace_original, text } = ephemeral(helpReply(EN));
    expect({ response_type, replace_original }).toEqual({
      response_type: "ephemeral",
      replace_original: false,
    });
    expect(text).toContain("`status`");
  });

  it("says when somebody may not answer, and when an answer may be lost", () => {
    expect(notAllowedReply(readerIn("fr")).text).toContain("Vous ne pouvez pas");
    expect(notRecordedReply(EN).text).toContain("NOT certain that your answer was recorded");
  });
});
