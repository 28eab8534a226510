import { describe, expect, it } from "vitest";
import { tellOutcome } from "../../../lib/loop/answers/tell.ts";
import type { Answer, AnswerOutcome } from "../../../lib/loop/answers/types.ts";
import { aDeskAtWork, CHANGES } from "../../support/desk.ts";
import { deskChanged } from "../../support/desk-events.ts";
import { aDesk, BRAND, EXPIRES_AT_MS, ROUND_ID, stopped } from "../../support/log.ts";

const ID = CHANGES.raise.id;
const APPROVE: Answer = { kind: "approve", changeId: ID, digest: null };
const SAFE: Answer = { kind: "approveSafe", roundId: ROUND_ID };
const EDIT: Answer = { kind: "edit", changeId: ID, digest: null, toMicros: 118_000_000n };
const EDITED = `${BRAND}-20260311-6`;

function keyOf(outcome: AnswerOutcome): string {
  return outcome.kind === "refused" ? outcome.reason.key : outcome.kind;
}

describe("loop/answers/approve", () => {
  it("tells the second who was first, and when", async () => {
    const desk = await aDeskAtWork();
    await desk.says("eva", APPROVE);
    const again = await desk.says("lea", APPROVE);
    expect(tellOutcome(APPROVE, again)).toEqual({
      key: "answer.approvedAlready",
      values: {
        id: { value: ID, unit: "text" },
        by: { value: "eva", unit: "text" },
        at: { value: 1773198660000, unit: "instant" },
      },
    });
  });

  it.each<[string, Partial<Parameters<typeof stopped>[0]> | string]>([
    ["the brand", {}],
    ["its account", "meta/1001"],
    ["everything", "everything"],
  ])("approves nothing while %s is stopped", async (_what, stop) => {
    const desk = await aDeskAtWork();
    if (typeof stop === "string") desk.stops.push({ scope: stop, by: "lea", atMs: 1, reason: null });
    else await desk.append(stopped(stop));
    expect(keyOf(await desk.says("lea", APPROVE))).toBe("answer.underStop");
    expect(keyOf(await desk.says("lea", SAFE))).toBe("answer.underStop");
  });

  it("refuses what expired, whether or not the log says so yet", async () => {
    const desk = await aDeskAtWork();
    desk.time.nowMs = EXPIRES_AT_MS;
    expect(keyOf(await desk.says("lea", APPROVE))).toBe("answer.expired");
    await desk.append({ type: "proposalExpired", v: 1, atMs: EXPIRES_AT_MS, changeId: ID });
    expect(keyOf(await desk.says("lea", APPROVE))).toBe("answer.expired");
  });

  it("offers the newest version in place of one that was edited", async () => {
    const desk = await aDeskAtWork();
    await desk.says("eva", EDIT);
    const outcome = await desk.says("lea", APPROVE);
    expect(outcome).toMatchObject({ kind: "refused", reason: { key: "answer.editedAlready" } });
    expect(outcome.kind === "refused" && outcome.fresh?.change.id).toBe(EDITED);
  });

  it("waits for a second person above the threshold, and for nobody at it", async () => {
    const above = await aDeskAtWork({ fourEyesAboveMicros: 19_999_999n });
    expect(await above.says("eva", APPROVE)).toMatchObject({ kind: "recorded", needsSecond: true });
    expect(keyOf(await above.says("eva", APPROVE))).toBe("stood");
    expect(await above.says("lea", APPROVE)).toMatchObject({ kind: "recorded", needsSecond: false });
    expect(await above.told()).toEqual(["approvalGiven eva", "proposalApproved lea"]);
    const at = await aDeskAtWork({ fourEyesAboveMicros: 20_000_000n });
    expect(await at.says("eva", APPROVE)).toMatchObject({ kind: "recorded", needsSecond: false });
  });

  it("takes somebody besides the editor for an edited raise above the threshold", async () => {
    const desk = await aDeskAtWork({ fourEyesAboveMicros: 10_000_000n });
    await desk.says("lea", APPROVE);
    await desk.says("eva", EDIT);
    const edited: Answer = { ...APPROVE, changeId: EDITED };
    // The yes to the old version is no yes to the new one.
    expect(await desk.says("eva", edited)).toMatchObject({ kind: "recorded", needsSecond: true });
    expect(keyOf(await desk.says("eva", edited))).toBe("stood");
    expect(await desk.says("lea", edited)).toMatchObject({ kind: "recorded", needsSecond: false });
  });

  it("counts no first yes of somebody who may not give it any more", async () => {
    const desk = await aDeskAtWork({ fourEyesAboveMicros: 10_000_000n });
    await desk.says("eva", APPROVE);
    const people = aDesk().people.filter(({ name }) => name !== "eva");
    await desk.append(deskChanged({ desk: aDesk({ people, fourEyesAboveMicros: 10_000_000n }) }));
    expect(await desk.says("lea", APPROVE)).toMatchObject({ kind: "recorded", needsSecond: true });
    expect(await desk.says("marc", APPROVE)).toMatchObject({ kind: "recorded", needsSecond: false });
    expect(await desk.told()).toEqual([
      "approvalGiven eva",
      "deskChanged lea",
      "approvalGiven lea",
      "proposalApproved marc",
    ]);
  });

  it("approves all that is routine in one entry, and names what it leaves", async () => {
    const desk = await aDeskAtWork({ fourEyesAboveMicros: 25_000_000n });
    const outcome = await desk.says("eva", SAFE);
    if (outcome.kind !== "recorded") throw new Error(outcome.kind);
    expect(outcome.proposals.map(({ change }) => change.id)).toEqual([ID, CHANGES.cut.id]);
    expect(outcome.left.map(({ proposal, reason }) => [proposal.change.id, reason.key])).toEqual([
      [CHANGES.other.id, "answer.takesTwo"],
    ]);
    expect(outcome.state.proposals[CHANGES.pause.id]?.status).toBe("open");
    expect((await desk.log.state(BRAND)).position).toBe(5);
    expect(keyOf(await desk.says("eva", SAFE))).toBe("answer.takesTwo");
  });

  it("adds up a person's day within one yes to all", async () => {
    const people = aDesk().people.map((one) => ({ ...one, dailyRaiseLimitMicros: 40_000_000n }));
    const desk = await aDeskAtWork({ people });
    const outcome = await desk.says("eva", SAFE);
    if (outcome.kind !== "recorded") throw new Error(outcome.kind);
    // 20 pass, 30 more would be 50; the cut raises nothing.
    expect(outcome.proposals.map(({ change }) => change.id)).toEqual([ID, CHANGES.cut.id]);
    expect(outcome.left.map(({ reason }) => reason.key)).toEqual(["answer.dailyRaiseLimit"]);
  });

  it("leaves people's own versions out of a yes to all", async () => {
    const desk = await aDeskAtWork();
    await desk.says("eva", EDIT);
    const outcome = await desk.says("lea", SAFE);
    expect(outcome.kind === "recorded" && outcome.proposals.map(({ change }) => change.id)).toEqual([
      CHANGES.other.id,
      CHANGES.cut.id,
    ]);
    expect(keyOf(await desk.says("lea", SAFE))).toBe("stood");
    expect(keyOf(await desk.says("lea", { kind: "approveSafe", roundId: "none" }))).toBe("unknown");
  });
});
