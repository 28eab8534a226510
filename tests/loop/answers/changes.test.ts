import { describe, expect, it } from "vitest";
import type { Change } from "../../../lib/domain/change.ts";
import type { Answer, AnswerOutcome } from "../../../lib/loop/answers/types.ts";
import { aDeskAtWork, applied, CHANGES, type TestDesk } from "../../support/desk.ts";
import { BRAND, NIGHT_MS, planned, snapshotSealed } from "../../support/log.ts";

const ID = CHANGES.raise.id;
const NEXT = `${BRAND}-20260311-6`;
const DAY_MS = 86_400_000;

function keyOf(outcome: AnswerOutcome): string {
  return outcome.kind === "refused" ? outcome.reason.key : outcome.kind;
}

function anEdit(toMicros: bigint, changeId: string = ID): Answer {
  return { kind: "edit", changeId, digest: null, toMicros };
}

/** Approved by eva and applied two minutes after the night. */
async function applyChange(desk: TestDesk, { id }: Change): Promise<void> {
  await desk.says("eva", { kind: "approve", changeId: id, digest: null });
  const proposal = (await desk.log.state(BRAND)).proposals[id];
  if (proposal === undefined) throw new Error(`${id} is gone`);
  await desk.append(...applied(proposal.change, proposal.planHash, "eva"));
  desk.time.nowMs = NIGHT_MS + 180_000;
}

describe("loop/answers/edit", () => {
  it("makes a version under the night's next free id, for as long as the old one had", async () => {
    const desk = await aDeskAtWork();
    const outcome = await desk.says("eva", anEdit(110_000_000n));
    if (outcome.kind !== "recorded") throw new Error(outcome.kind);
    // The plan alone knows the blocked fifth change.
    expect(outcome.proposals.map(({ change }) => change.id)).toEqual([NEXT]);
    expect(outcome.proposals[0]).toMatchObject({
      ...{ kind: "edited", origin: ID, madeBy: "eva", status: "open", expiresAtMs: NIGHT_MS + 43_200_000 },
      change: { edit: { fromMicros: 100_000_000n, toMicros: 110_000_000n } },
    });
    expect(outcome.state.proposals[ID]).toMatchObject({ status: "edited", decidedBy: "eva" });
    expect(keyOf(await desk.says("eva", anEdit(110_000_000n)))).toBe("stood");
    expect(keyOf(await desk.says("eva", anEdit(111_000_000n)))).toBe("answer.editedAlready");
    expect(keyOf(await desk.says("lea", anEdit(111_000_000n, NEXT)))).toBe("recorded");
  });

  it.each<[string, Answer, string]>([
    ["the least", anEdit(101_000_000n), "recorded"],
    ["less than the least", anEdit(100_990_000n), "answer.outsideRange"],
    ["more than the most", anEdit(120_010_000n), "answer.outsideRange"],
    ["a part of a unit", anEdit(110_005_000n), "answer.outsideRange"],
    ["the very amount", anEdit(120_000_000n), "answer.sameAmount"],
    ["a raise instead of a cut", anEdit(60_000_000n, CHANGES.cut.id), "answer.outsideRange"],
    ["an amount of a pause", anEdit(1_000_000n, CHANGES.pause.id), "answer.notEditable"],
    ["what nothing is named by", anEdit(1_000_000n, `${BRAND}-20260311-99`), "unknown"],
  ])("judges %s", async (_what, answer, key) => {
    const desk = await aDeskAtWork();
    expect(keyOf(await desk.says("eva", answer))).toBe(key);
  });

  it("names the least, the most and the unit", async () => {
    const desk = await aDeskAtWork();
    const outcome = await desk.says("eva", anEdit(1n));
    expect(outcome.kind === "refused" && outcome.reason.values).toEqual({
      least: { value: 101_000_000, unit: "money" },
      most: { value: 120_000_000, unit: "money" },
      unit: { value: 10_000, unit: "money" },
    });
  });

  it("ends after twenty versions", async () => {
    const desk = await aDeskAtWork();
    let changeId: string = ID;
    for (let version = 2; version <= 20; version += 1) {
      expect(keyOf(await desk.says("eva", anEdit(100_000_000n + BigInt(version) * 500_000n, changeId)))).toBe(
        "recorded",
      );
      changeId = `${BRAND}-20260311-${version + 4}`;
    }
    expect(keyOf(await desk.says("eva", anEdit(119_000_000n, changeId)))).toBe("answer.tooManyVersions");
  });
});

describe("loop/answers/restore", () => {
  const RESTORE: Answer = { kind: "restore", changeId: ID };

  it("takes an applied change back once, and keeps its rule away", async () => {
    const desk = await aDeskAtWork();
    await applyChange(desk, CHANGES.raise);
    const outcome = await desk.says("lea", RESTORE);
    if (outcome.kind !== "recorded") throw new Error(outcome.kind);
    expect(outcome.proposals[0]).toMatchObject({
      ...{ kind: "restore", origin: ID, status: "approved", decidedBy: "lea" },
      expiresAtMs: NIGHT_MS + 180_000 + 3_600_000,
      change: { id: NEXT, edit: { fromMicros: 120_000_000n, toMicros: 100_000_000n } },
    });
    expect(outcome.state.rulesOff).toMatchObject([
      {
        ruleId: "raise-proven",
        holderKey: "meta/1001/adGroup/77",
        untilMs: NIGHT_MS + 180_000 + 14 * DAY_MS,
      },
    ]);
    expect(outcome.notes).toEqual([
      {
        key: "answer.restoreSpent",
        values: {
          amount: { value: 20_000_000, unit: "money" },
          since: { value: NIGHT_MS + 120_000, unit: "instant" },
        },
      },
      { key: "answer.restoreLearning", values: {} },
    ]);
    expect(keyOf(await desk.says("eva", RESTORE))).toBe("stood");
    expect(keyOf(await desk.says("eva", { kind: "restore", changeId: NEXT }))).toBe("answer.notApplied");
  });

  it("may be asked for again where taking back came to nothing", async () => {
    const desk = await aDeskAtWork();
    await applyChange(desk, CHANGES.raise);
    await desk.says("lea", RESTORE);
    const reason = { key: "recheck.expired", values: {} };
    await desk.append({ type: "proposalSuperseded", v: 1, atMs: desk.time.nowMs, changeId: NEXT, reason });
    expect(keyOf(await desk.says("lea", RESTORE))).toBe("recorded");
  });

  it("starts what was paused again, as a raise within the person's limits", async () => {
    const desk = await aDeskAtWork({ fourEyesAboveMicros: 29_000_000n });
    await applyChange(desk, CHANGES.pause);
    expect(keyOf(await desk.says("lea", { kind: "restore", changeId: CHANGES.pause.id }))).toBe(
      "answer.restoreTakesTwo",
    );
    const free = await aDeskAtWork();
    await applyChange(free, CHANGES.pause);
    const outcome = await free.says("lea", { kind: "restore", changeId: CHANGES.pause.id });
    expect(outcome.kind === "recorded" && outcome.proposals[0]?.change.edit).toMatchObject({
      from: "paused",
      to: "active",
    });
    expect(outcome.kind === "recorded" && outcome.notes[0]?.key).toBe("answer.restoreMissed");
  });

  it("is refused for what is not applied, too old, or stopped", async () => {
    const desk = await aDeskAtWork();
    expect(keyOf(await desk.says("lea", RESTORE))).toBe("answer.notApplied");
    expect(keyOf(await desk.says("lea", { kind: "restore", changeId: "nothing" }))).toBe("unknown");
    await applyChange(desk, CHANGES.raise);
    desk.stops.push({ scope: "everything", by: "lea", atMs: 1, reason: null });
    expect(keyOf(await desk.says("lea", RESTORE))).toBe("answer.underStop");
    desk.stops.pop();
    desk.time.nowMs = NIGHT_MS + 120_000 + 7 * DAY_MS;
    expect(keyOf(await desk.says("lea", RESTORE))).toBe("answer.restoreTooLate");
    desk.time.nowMs -= 1;
    expect(keyOf(await desk.says("lea", RESTORE))).toBe("recorded");
  });
});

describe("loop/answers/restore of a budget that is not as it was left", () => {
  const next = { ...CHANGES.raise, id: `${BRAND}-20260311-9` };
  const RESTORE: Answer = { kind: "restore", changeId: ID };

  /** Another change of the same holder, planned in a later round and approved. */
  async function anotherChange(): Promise<{ desk: TestDesk; planHash: string }> {
    const desk = await aDeskAtWork();
    await applyChange(desk, CHANGES.raise);
    const planHash = (await desk.log.state(BRAND)).proposals[ID]?.planHash ?? "";
    const roundId = `${BRAND}/2026-03-11/12:00`;
    const at = { v: 1, atMs: desk.time.nowMs } as const;
    await desk.append({ type: "roundStarted", ...at, roundId, day: "2026-03-11", slot: "12:00" });
    await desk.append(snapshotSealed({ roundId }));
    await desk.append(planned({ roundId, planHash, proposed: [next] }));
    await desk.says("eva", { kind: "approve", changeId: next.id, digest: null });
    return { desk, planHash };
  }

  it("waits while another change of it is under way", async () => {
    const { desk } = await anotherChange();
    expect(keyOf(await desk.says("lea", RESTORE))).toBe("answer.changeUnderWay");
  });

  it("is refused once another change was applied to it", async () => {
    const { desk, planHash } = await anotherChange();
    await desk.append(...applied(next, planHash, "eva", `${BRAND}/2026-03-11/12:00`));
    expect(keyOf(await desk.says("lea", RESTORE))).toBe("answer.changedSince");
  });
});

describe("loop/answers/hands-off", () => {
  const until = (day: string, changeId: string = ID): Answer => ({
    ...{ kind: "handsOff", changeId, until: day, reason: " sale " },
  });

  it.each([
    ["2026-03-10", "answer.untilOutside"],
    ["2026-03-11", "recorded"],
    ["2027-03-12", "recorded"],
    ["2027-03-13", "answer.untilOutside"],
  ])("takes %s as last day: %s", async (day, key) => {
    const desk = await aDeskAtWork();
    expect(keyOf(await desk.says("eva", until(day)))).toBe(key);
  });

  it("keeps off the holder, for a change that stands in the plan alone too, until an owner lifts it", async () => {
    const desk = await aDeskAtWork();
    const holderKey = "meta/1001/adGroup/81";
    expect(keyOf(await desk.says("eva", until("2026-03-20", `${BRAND}-20260311-5`)))).toBe("recorded");
    expect((await desk.log.state(BRAND)).heldOff[holderKey]).toMatchObject({
      ...{ name: "Ad group 81", until: "2026-03-20", by: "eva", reason: "sale" },
    });
    expect(keyOf(await desk.says("lea", until("2026-03-20", `${BRAND}-20260311-5`)))).toBe("stood");
    expect(keyOf(await desk.says("lea", { kind: "liftHandsOff", holderKey }))).toBe("recorded");
    expect(keyOf(await desk.says("lea", { kind: "liftHandsOff", holderKey }))).toBe("unknown");
  });
});

describe("loop/answers/hands-off, of what is open", () => {
  it("is approved by nobody until an owner lifts it", async () => {
    const desk = await aDeskAtWork();
    const approve: Answer = { kind: "approve", changeId: ID, digest: null };
    const kept = { kind: "handsOff", changeId: ID, until: "2026-03-20", reason: null } as const;
    expect(keyOf(await desk.says("eva", kept))).toBe("recorded");
    const holderKey = Object.keys((await desk.log.state(BRAND)).heldOff)[0] ?? "";
    expect(keyOf(await desk.says("lea", approve))).toBe("answer.heldOff");
    expect(keyOf(await desk.says("lea", { kind: "liftHandsOff", holderKey }))).toBe("recorded");
    expect(keyOf(await desk.says("lea", approve))).toBe("recorded");
  });
});

describe("loop/answers/brakes and questions", () => {
  it("stops once, and lets an owner go on once", async () => {
    const desk = await aDeskAtWork();
    const kinds = [];
    for (const answer of [{ kind: "stop", reason: null }, { kind: "resume" }] as const)
      kinds.push(keyOf(await desk.says("lea", answer)), keyOf(await desk.says("lea", answer)));
    expect(kinds).toEqual(["recorded", "stood", "recorded", "stood"]);
    expect(await desk.told()).toEqual(["stopped lea", "resumed lea"]);
  });

  it("names who takes an alert first, and none that is over", async () => {
    const desk = await aDeskAtWork();
    const reason = { key: "loop.tooLate", values: {} };
    const at = { v: 1, atMs: desk.time.nowMs } as const;
    for (const subject of ["a", "b"])
      await desk.append({ type: "alertRaised", ...at, kind: "diverged", subject, reason });
    await desk.append({ type: "alertCleared", ...at, alertId: "diverged/b" });
    const take = async (by: string, subject: string) =>
      keyOf(await desk.says(by, { kind: "takeAlert", alertId: `diverged/${subject}` }));
    expect([
      await take("eva", "a"),
      await take("lea", "a"),
      await take("lea", "b"),
      await take("lea", "c"),
    ]).toEqual(["recorded", "stood", "answer.alertOver", "unknown"]);
    expect((await desk.log.state(BRAND)).alerts["diverged/a"]?.takenBy).toBe("eva");
  });

  it("keeps at most five questions waiting, and each once", async () => {
    const desk = await aDeskAtWork();
    const ask = async (text: string) =>
      keyOf(
        await desk.says("eva", { kind: "ask", question: "why", text, userId: "U0EVA", channel: "C0LUNE" }),
      );
    const kinds = [];
    for (const text of ["a", "a", "b", "c", "d", "e", "f"]) kinds.push(await ask(text));
    expect(kinds).toEqual([
      ...["recorded", "stood", "recorded", "recorded", "recorded", "recorded"],
      "answer.tooManyQuestions",
    ]);
  });
});
