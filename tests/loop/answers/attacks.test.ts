/** What somebody would try who wants more money moved than they may: by haste, by detours, by a friend's name. */
import { describe, expect, it } from "vitest";
import type { Answer, AnswerOutcome } from "../../../lib/loop/answers/types.ts";
import { aDeskAtWork, applied, CHANGES, type TestDesk } from "../../support/desk.ts";
import { BRAND, NIGHT_MS, planned, snapshotSealed } from "../../support/log.ts";

const RAISE = CHANGES.raise.id;
const NEXT = `${BRAND}-20260311-6`;
const AFTER = `${BRAND}-20260311-7`;
const EVA = {
  ...{ name: "eva", slack: "U0EVA", role: "approver" as const },
  ...{ raiseLimitMicros: null, dailyRaiseLimitMicros: 40_000_000n },
};

function yes(changeId: string): Answer {
  return { kind: "approve", changeId, digest: null };
}

function restore(changeId: string): Answer {
  return { kind: "restore", changeId };
}

function edit(changeId: string, euros: number): Answer {
  return { kind: "edit", changeId, digest: null, toMicros: BigInt(euros) * 1_000_000n };
}

function keyOf(outcome: AnswerOutcome): string {
  return outcome.kind === "refused" ? outcome.reason.key : outcome.kind;
}

/** Answers one after another, each told in one word. */
async function inTurn(desk: TestDesk, ...said: [string, Answer][]): Promise<string[]> {
  const keys: string[] = [];
  for (const [by, answer] of said) keys.push(keyOf(await desk.says(by, answer)));
  return keys;
}

/** As `apply` would put it on record, for a change that was approved by that person. */
async function apply(desk: TestDesk, changeId: string, by: string): Promise<void> {
  const proposal = (await desk.log.state(BRAND)).proposals[changeId];
  if (proposal === undefined) throw new Error(`${changeId} is gone`);
  await desk.append(...applied(proposal.change, proposal.planHash, by));
  desk.time.nowMs = NIGHT_MS + 180_000;
}

describe("lib/loop/answers, under attack", () => {
  it("lets one of two raises at once through where both are above a person's day", async () => {
    const desk = await aDeskAtWork({ people: [EVA] });
    const both = await Promise.all([RAISE, CHANGES.other.id].map((id) => desk.says("eva", yes(id))));
    expect(both.map(keyOf).toSorted()).toEqual(["answer.dailyRaiseLimit", "recorded"]);
  });

  it("takes two clicks of one person at once for one pair of eyes", async () => {
    const desk = await aDeskAtWork({ fourEyesAboveMicros: 1_000_000n });
    await Promise.all([yes(RAISE), yes(RAISE)].map((answer) => desk.says("eva", answer)));
    expect(await desk.told()).toEqual(["approvalGiven eva"]);
  });

  it("approves nothing of a night that a newer plan took the place of", async () => {
    const desk = await aDeskAtWork();
    const { proposals, rounds } = await desk.log.state(BRAND);
    const [first] = Object.values(rounds);
    const roundId = `${BRAND}/2026-03-11/12:00`;
    const at = { v: 1, atMs: desk.time.nowMs } as const;
    const reason = { key: "loop.newerPlan", values: {} };
    await desk.append({ type: "roundStarted", ...at, roundId, day: "2026-03-11", slot: "12:00" });
    await desk.append(snapshotSealed({ roundId }));
    await desk.append(
      ...Object.keys(proposals).map(
        (changeId) => ({ type: "proposalSuperseded", ...at, changeId, reason }) as const,
      ),
      planned({
        roundId,
        planHash: first?.planHash ?? "",
        proposed: [{ ...CHANGES.raise, id: `${BRAND}-20260311-9` }],
      }),
    );
    const said = await inTurn(
      desk,
      ["eva", { kind: "approveSafe", roundId: first?.roundId ?? "" }],
      ["eva", yes(RAISE)],
      ["eva", edit(RAISE, 110)],
    );
    expect(said).toEqual(["answer.nothingSafe", "answer.superseded", "answer.superseded"]);
  });

  it("counts what starts again among the raises of a person's day", async () => {
    const desk = await aDeskAtWork({ people: [EVA] });
    await desk.says("eva", yes(CHANGES.cut.id));
    await apply(desk, CHANGES.cut.id, "eva");
    // 10 back and 30 more are 40; 20 on top would be 60.
    expect(
      await inTurn(
        desk,
        ["eva", restore(CHANGES.cut.id)],
        ["eva", yes(CHANGES.other.id)],
        ["eva", yes(RAISE)],
      ),
    ).toEqual(["recorded", "recorded", "answer.dailyRaiseLimit"]);
  });

  it("is not led around a limit by edits and restores of each other", async () => {
    const desk = await aDeskAtWork();
    expect(await inTurn(desk, ["eva", edit(RAISE, 110)], ["eva", yes(NEXT)])).toEqual([
      "recorded",
      "recorded",
    ]);
    await apply(desk, NEXT, "eva");
    const detours = await inTurn(
      desk,
      // The plan's own version is dead, and what was applied is its own: neither is edited or approved again.
      ["eva", restore(RAISE)],
      ["eva", edit(NEXT, 120)],
      ["eva", yes(RAISE)],
      ["eva", restore(NEXT)],
      ["eva", edit(AFTER, 120)],
      ["eva", restore(NEXT)],
    );
    expect(detours).toEqual([
      "answer.notApplied",
      "answer.approvedAlready",
      "answer.editedAlready",
      "recorded",
      "answer.approvedAlready",
      "stood",
    ]);
    await apply(desk, AFTER, "eva");
    expect(await inTurn(desk, ["eva", restore(AFTER)], ["eva", restore(NEXT)])).toEqual([
      "answer.isRestore",
      "stood",
    ]);
  });
});
