import { describe, expect, it } from "vitest";
import type { LogEvent } from "../../lib/log/events.ts";
import {
  answerRefused,
  clickUsed,
  deskChanged,
  handsOffLifted,
  handsOffSet,
  questionAnswered,
  questionAsked,
} from "../support/desk-events.ts";
import { fold } from "../support/fold.ts";
import { aDesk, NIGHT_MS } from "../support/log.ts";

const [lea, eva] = aDesk().people;

describe("lib/log/fold-desk", () => {
  it("keeps the newest desk", () => {
    const other = aDesk({ people: [], slack: null });
    expect(fold([deskChanged(), deskChanged({ desk: other })]).desk).toEqual(other);
  });

  it("keeps hands off a holder until the day that was said last, or until they are lifted", () => {
    const set = fold([handsOffSet(), handsOffSet({ until: "2026-03-25", by: "lea", reason: null })]);
    expect(set.heldOff).toEqual({
      "meta/1001/adGroup/77": {
        target: { platform: "meta", accountId: "1001", level: "adGroup", id: "77" },
        ...{ name: "PROS broad", until: "2026-03-25", by: "lea", atMs: NIGHT_MS, reason: null },
      },
    });
    expect(fold([handsOffLifted()], set).heldOff).toEqual({});
  });

  it("counts an interaction once, for a quarter of an hour", () => {
    const state = fold([clickUsed(), clickUsed({ clickId: "c2", atMs: NIGHT_MS + 899_999 })]);
    expect(state.clicks).toEqual({ c1: NIGHT_MS, c2: NIGHT_MS + 899_999 });
    const later = fold([clickUsed({ clickId: "c3", atMs: NIGHT_MS + 900_000 })], state);
    expect(Object.keys(later.clicks)).toEqual(["c2", "c3"]);
  });

  it("counts refused answers for an hour", () => {
    const state = fold([answerRefused(), answerRefused({ atMs: NIGHT_MS + 3_599_999 })]);
    expect(state.refusals).toEqual([NIGHT_MS, NIGHT_MS + 3_599_999]);
    expect(fold([answerRefused({ atMs: NIGHT_MS + 3_600_000 })], state).refusals).toEqual([
      NIGHT_MS + 3_599_999,
      NIGHT_MS + 3_600_000,
    ]);
  });

  it("keeps a question until it is answered", () => {
    const state = fold([questionAsked()]);
    expect(state.questions).toEqual({
      q1: {
        ...{ id: "q1", kind: "why", text: "PROS", by: "lea" },
        ...{ userId: "U0LEA", channel: "C0LUNE", askedAtMs: NIGHT_MS },
      },
    });
    expect(fold([questionAnswered()], state).questions).toEqual({});
  });

  const twenty = Array.from({ length: 20 }, (_, index) => questionAsked({ questionId: `q${index}` }));
  const twice = (key: "name" | "slack") =>
    deskChanged({
      desk: aDesk({
        people: [lea, eva].flatMap((one) => one ?? []).map((one) => ({ ...one, [key]: "U0LEA" })),
      }),
    });

  it.each<[string, readonly LogEvent[], LogEvent, string]>([
    ["a desk with one name twice", [], twice("name"), "the same name"],
    ["a desk with one member of Slack twice", [], twice("slack"), "the same slack"],
    ["lifting what nobody said", [], handsOffLifted(), "nobody keeps hands off"],
    ["an interaction twice", [clickUsed()], clickUsed({ atMs: NIGHT_MS + 1 }), "counted twice"],
    ["a question twice", [questionAsked()], questionAsked(), "asked twice"],
    ["an answer to nothing", [], questionAnswered(), "is not open"],
    ["a second answer", [questionAsked(), questionAnswered()], questionAnswered(), "is not open"],
    ["more than 20 open questions", twenty, questionAsked({ questionId: "one more" }), "more than 20"],
  ])("refuses %s", (_, before, event, why) => {
    const state = fold(before);
    expect(() => fold([event], state)).toThrow(illegal(why));
  });
});

function illegal(why: string): unknown {
  return expect.objectContaining({ code: "log.illegal", message: expect.stringContaining(why) });
}
