import { describe, expect, it } from "vitest";
import { answerText, ephemeral, notAllowedText, notRecordedText } from "../../lib/slack/reply.ts";
import type { Reader } from "../../lib/words/reader.ts";
import { aProposal, NIGHT_MS } from "../support/log.ts";

const CLICK = { changeId: "atelier-lune-20260311-1", verdict: "approved" as const };
const EN: Reader = { language: "en", currency: "EUR", zone: "Europe/Paris" };
const FR: Reader = { ...EN, language: "fr" };

const said = (text: string) => text.replaceAll("\u00a0", " ");

describe("lib/slack/reply", () => {
  it("says what an approval and a rejection lead to, in the brand's language", () => {
    const recorded = { kind: "recorded", proposal: aProposal() } as const;
    expect(answerText(CLICK, recorded, EN)).toBe(
      "atelier-lune-20260311-1 is approved. Palier checks every limit again, reads the budget live, then makes the change once.",
    );
    expect(answerText({ ...CLICK, verdict: "rejected" }, recorded, FR)).toBe(
      "atelier-lune-20260311-1 est refusée. Rien n'est modifié.",
    );
  });

  it("names who was first and when, a person of Slack by a mention", () => {
    const decided = { status: "rejected", decidedAtMs: NIGHT_MS } as const;
    const first = (decidedBy: string) =>
      said(
        answerText(
          CLICK,
          { kind: "refused", stop: null, proposal: aProposal({ ...decided, decidedBy }) },
          EN,
        ),
      );
    expect(first("slack:W111")).toBe(
      "atelier-lune-20260311-1 was rejected already by <@W111>, Wed 11 Mar, 04:10. This click changed nothing.",
    );
    expect(first("lea <!channel>")).toContain("by lea &lt;!channel&gt;, Wed");
    expect(first("slack:W1><!here")).toContain("by slack:W1&gt;&lt;!here, Wed");
  });

  it("tells a repeated answer from the first", () => {
    const proposal = aProposal({ status: "approved", decidedBy: "slack:W111", decidedAtMs: NIGHT_MS });
    expect(said(answerText(CLICK, { kind: "stood", proposal }, FR))).toBe(
      "atelier-lune-20260311-1 a déjà été approuvée par <@W111>, mer. 11 mars, 04:10. Ce clic n'a rien changé.",
    );
  });

  it.each<[string, Partial<Proposal>, string]>([
    ["expired", { status: "expired" }, "expired, Wed 11 Mar, 16:10: silence is a no."],
    ["overtaken", { status: "superseded" }, "was overtaken by a newer plan"],
  ])("says that a proposal is %s", (_, over, text) => {
    const refused = { kind: "refused", stop: null, proposal: aProposal(over) } as const;
    expect(said(answerText(CLICK, refused, EN))).toContain(text);
  });

  it("shows an unknown id as text and no further than a line", () => {
    const changeId = `<!channel>\n${"x".repeat(200)}`;
    const text = answerText({ ...CLICK, changeId }, { kind: "unknown" }, EN);
    expect(text).toBe(`There is no proposal &lt;!channel&gt; ${"x".repeat(69)}. Nothing was changed.`);
  });

  it("is seen by nobody else and leaves the proposal's message alone", () => {
    expect(ephemeral("x")).toEqual({ response_type: "ephemeral", replace_original: false, text: "x" });
  });

  it("says when somebody may not answer, and when an answer may be lost", () => {
    expect(notAllowedText(FR)).toContain("Vous ne pouvez pas");
    expect(notRecordedText(CLICK, EN)).toContain("NOT certain that your answer to atelier-lune-20260311-1");
  });
});
