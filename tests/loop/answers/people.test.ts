import { describe, expect, it } from "vitest";
import { changeDigest } from "../../../lib/domain/change.ts";
import type { Person } from "../../../lib/domain/desk.ts";
import { emptyState } from "../../../lib/log/fold.ts";
import { checkAnswer } from "../../../lib/loop/answers/desk.ts";
import { answerMessage } from "../../../lib/loop/answers/messages.ts";
import type { Answer, AnswerOutcome } from "../../../lib/loop/answers/types.ts";
import { atTerminal, inSlack } from "../../support/answers.ts";
import { aDeskAtWork, CHANGES, type TestDesk } from "../../support/desk.ts";
import { deskChanged } from "../../support/desk-events.ts";
import { aDesk, BRAND } from "../../support/log.ts";

const ID = CHANGES.raise.id;
const APPROVE: Answer = { kind: "approve", changeId: ID, digest: null };
const ASK: Answer = { kind: "ask", question: "why", text: "broad", userId: "U0EVA", channel: "C0LUNE" };

/** The outcome's kind, with the reason's key where it is a refusal. */
function keyOf(outcome: AnswerOutcome | null): string {
  if (outcome === null) return "may";
  return outcome.kind === "refused" ? outcome.reason.key : outcome.kind;
}

describe("loop/answers/people", () => {
  it.each<[string, string, Answer, string]>([
    ["an owner", "U0LEA", APPROVE, "recorded"],
    ["an approver", "U0EVA", APPROVE, "recorded"],
    ["a viewer", "U0TOM", APPROVE, "answer.needsApprover"],
    ["a viewer", "U0TOM", { kind: "stop", reason: null }, "answer.needsApprover"],
    ["a viewer", "U0TOM", ASK, "recorded"],
    ["somebody unknown", "U0XXX", ASK, "answer.notOnDesk"],
    ["somebody unknown", "U0XXX", APPROVE, "answer.notOnDesk"],
    ["a name instead of an id", "lea", APPROVE, "answer.notOnDesk"],
    ["an approver", "U0EVA", { kind: "stop", reason: null }, "recorded"],
    ["an approver", "U0EVA", { kind: "resume" }, "answer.needsOwner"],
    ["an approver", "U0EVA", { kind: "liftHandsOff", holderKey: "x" }, "answer.needsOwner"],
    ["an owner", "U0LEA", { kind: "liftHandsOff", holderKey: "x" }, "unknown"],
  ])("judges %s in Slack (%s) by role, %j", async (_who, userId, answer, key) => {
    const desk = await aDeskAtWork();
    expect(keyOf(await desk.asks(inSlack(userId), answer))).toBe(key);
  });

  it("knows people of the command line by name where the desk names any, and takes anybody where it does not", async () => {
    const named = await aDeskAtWork();
    expect(keyOf(await named.says("marc", APPROVE))).toBe("recorded");
    expect(keyOf(await named.says("somebody", APPROVE))).toBe("answer.notOnDesk");
    expect(keyOf(await named.says("U0LEA", APPROVE))).toBe("answer.notOnDesk");
    for (const desk of [await aDeskAtWork({ people: [] }), await aDeskAtWork(null)]) {
      expect(keyOf(await desk.asks(inSlack("U0LEA"), APPROVE))).toBe("answer.notOnDesk");
      expect(keyOf(await desk.says("  ", APPROVE))).toBe("answer.notOnDesk");
      expect(keyOf(await desk.says("somebody", APPROVE))).toBe("recorded");
      expect(await desk.told()).toContain("proposalApproved somebody");
    }
  });

  it("judges by the desk of the moment, not of the posting", async () => {
    const desk = await aDeskAtWork();
    const people = aDesk().people.filter(({ name }) => name !== "eva");
    await desk.append(deskChanged({ desk: aDesk({ people }) }));
    expect(keyOf(await desk.asks(inSlack("U0EVA"), APPROVE))).toBe("answer.notOnDesk");
  });

  it("takes nothing from outside, and puts each attempt on record, at most twenty an hour", async () => {
    const desk = await aDeskAtWork();
    const outside = answerMessage("answer.outsideTeam", {});
    for (let click = 0; click < 25; click += 1) {
      const asker = { ...inSlack("U0LEA", `click-${click}`), outside };
      expect(keyOf(await desk.asks(asker, APPROVE))).toBe("answer.outsideTeam");
    }
    const told = await desk.told();
    expect(told.filter((event) => event === "answerRefused lea")).toHaveLength(20);
    expect(told).toHaveLength(40);
    desk.time.nowMs += 3_600_000;
    await desk.asks(inSlack("U0XXX", "click-later"), APPROVE);
    expect((await desk.told()).slice(40)).toEqual(["clickUsed slack:U0XXX", "answerRefused slack:U0XXX"]);
  });

  it("makes no log of a brand that somebody invents", async () => {
    const { ports, log } = await aDeskAtWork();
    expect(keyOf(await checkAnswer(ports, "no-brand", inSlack("U0LEA", "click"), APPROVE))).toBe(
      "answer.notOnDesk",
    );
    expect(await log.state("no-brand")).toEqual(emptyState("no-brand"));
  });

  it("refuses a button that says something else than the log", async () => {
    const desk = await aDeskAtWork();
    const wrong = { ...APPROVE, digest: changeDigest(CHANGES.other) } as const;
    expect(keyOf(await desk.asks(inSlack("U0LEA"), wrong))).toBe("answer.otherVersion");
    expect(await desk.told()).toEqual(["answerRefused lea"]);
    const right = { ...APPROVE, digest: changeDigest(CHANGES.raise) } as const;
    expect(keyOf(await desk.asks(inSlack("U0LEA"), right))).toBe("recorded");
  });

  it("counts an interaction once, whatever it would decide by now", async () => {
    const desk = await aDeskAtWork();
    const asker = inSlack("U0LEA", "click-1");
    expect(keyOf(await desk.asks(asker, APPROVE))).toBe("recorded");
    expect(keyOf(await desk.asks(asker, APPROVE))).toBe("stood");
    expect(keyOf(await desk.asks(asker, { kind: "stop", reason: null }))).toBe("stood");
    expect(await desk.told()).toEqual(["clickUsed lea", "proposalApproved lea"]);
  });

  it.each<[string, Answer, (desk: TestDesk) => Promise<unknown>, (desk: TestDesk) => Promise<unknown>]>([
    [
      "a yes under a stop, once that is lifted",
      APPROVE,
      (desk) => desk.says("lea", { kind: "stop", reason: null }),
      (desk) => desk.says("lea", { kind: "resume" }),
    ],
    [
      "a yes too many for the hour, an hour later",
      APPROVE,
      (desk) => desk.says("lea", { kind: "approve", changeId: CHANGES.cut.id, digest: null }),
      async (desk) => {
        desk.time.nowMs += 3_600_000;
      },
    ],
    [
      "going on while nothing was stopped, once it is",
      { kind: "resume" },
      async () => {},
      (desk) => desk.says("lea", { kind: "stop", reason: null }),
    ],
  ])("makes nothing of %s, when the same interaction is repeated", async (_what, answer, before, after) => {
    const desk = await aDeskAtWork({ approvalsPerHour: 1 });
    await before(desk);
    const asker = inSlack("U0LEA", "click-1");
    expect(keyOf(await desk.asks(asker, answer))).not.toBe("recorded");
    await after(desk);
    const { position } = await desk.log.state(BRAND);
    expect(keyOf(await desk.asks(asker, answer))).toBe("stood");
    expect((await desk.log.state(BRAND)).position).toBe(position);
    expect(keyOf(await desk.asks(inSlack("U0LEA", "click-2"), answer))).toBe("recorded");
  });

  it("puts no click on record that comes too late for ever", async () => {
    const desk = await aDeskAtWork();
    await desk.says("lea", { kind: "reject", changeId: ID, digest: null, reason: null });
    for (const click of ["a", "b"]) await desk.asks(inSlack("U0EVA", click), APPROVE);
    expect(await desk.told()).toEqual(["proposalRejected lea"]);
  });

  it("checks beforehand without deciding, and still records who may not", async () => {
    const { ports, told } = await aDeskAtWork();
    expect(await checkAnswer(ports, BRAND, inSlack("U0EVA"), APPROVE)).toBeNull();
    expect(keyOf(await checkAnswer(ports, BRAND, inSlack("U0TOM"), APPROVE))).toBe("answer.needsApprover");
    expect(await told()).toEqual(["answerRefused tom"]);
    expect(keyOf(await checkAnswer(ports, BRAND, atTerminal("lea"), { kind: "restore", changeId: ID }))).toBe(
      "answer.notApplied",
    );
  });

  it("says no, and stops, while nobody can read the stops that stand; it says no yes", async () => {
    const desk = await aDeskAtWork();
    desk.ports.stops = async () => {
      throw new Error("the control table is out of reach");
    };
    await expect(desk.says("lea", APPROVE)).rejects.toThrow("out of reach");
    expect(keyOf(await desk.says("lea", { kind: "stop", reason: " wrong\n prices " }))).toBe("recorded");
    expect((await desk.log.state(BRAND)).stop).toMatchObject({ by: "lea", reason: "wrong prices" });
    expect(keyOf(await desk.says("lea", { kind: "reject", changeId: ID, digest: null, reason: null }))).toBe(
      "recorded",
    );
  });
});

const EVA: Person = {
  name: "eva",
  slack: "U0EVA",
  role: "approver",
  raiseLimitMicros: 25_000_000n,
  dailyRaiseLimitMicros: null,
};

describe("loop/answers/limits", () => {
  const other: Answer = { kind: "approve", changeId: CHANGES.other.id, digest: null };

  it("holds one raise against the person's limit", async () => {
    const desk = await aDeskAtWork({ people: [EVA] });
    expect(keyOf(await desk.says("eva", other))).toBe("answer.raiseLimit");
    expect(keyOf(await desk.says("eva", APPROVE))).toBe("recorded");
    expect(await desk.told()).toEqual(["answerRefused eva", "proposalApproved eva"]);
  });

  it("adds the raises of the local day, first yeses included, and not those that came to nothing", async () => {
    const people = [
      { ...EVA, raiseLimitMicros: null, dailyRaiseLimitMicros: 49_000_000n },
      { ...EVA, name: "lea", slack: null, raiseLimitMicros: null },
    ];
    const desk = await aDeskAtWork({ people, fourEyesAboveMicros: 20_000_000n });
    expect(await desk.says("eva", other)).toMatchObject({ kind: "recorded", needsSecond: true });
    // 30 given + 20 asked are above 49.
    expect(keyOf(await desk.says("eva", APPROVE))).toBe("answer.dailyRaiseLimit");
    await desk.says("lea", { kind: "reject", changeId: CHANGES.other.id, digest: null, reason: null });
    expect(keyOf(await desk.says("eva", APPROVE))).toBe("recorded");
  });

  it("counts approvals within an hour, cuts and pauses included, and no longer", async () => {
    const desk = await aDeskAtWork({ approvalsPerHour: 2 });
    for (const { id } of [CHANGES.cut, CHANGES.pause])
      expect(keyOf(await desk.says("eva", { kind: "approve", changeId: id, digest: null }))).toBe("recorded");
    expect(keyOf(await desk.says("eva", APPROVE))).toBe("answer.approvalsPerHour");
    expect(keyOf(await desk.says("lea", other))).toBe("recorded");
    desk.time.nowMs += 3_600_000;
    expect(keyOf(await desk.says("eva", APPROVE))).toBe("recorded");
  });
});
