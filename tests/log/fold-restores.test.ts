import { describe, expect, it } from "vitest";
import type { LogEvent } from "../../lib/log/events.ts";
import { aRestoringChange, confirmed, DAY_MS, deskChanged, restoreApproved } from "../support/desk-events.ts";
import { approved, fold, intended, sealed, sent } from "../support/fold.ts";
import {
  aChange,
  aDesk,
  CHANGE_ID,
  changeConfirmed,
  changeDiverged,
  changeIntended,
  changeNotApplied,
  changeSent,
  changeSuperseded,
  NIGHT_MS,
  PLAN_HASH,
  planned,
  proposalApproved,
  proposalSuperseded,
  ROUND_ID,
  roundStarted,
} from "../support/log.ts";

const RESTORE_ID = "atelier-lune-20260311-3";
const FOURTH_ID = "atelier-lune-20260311-4";
const pause = { kind: "status", from: "active", to: "paused", budgetMicros: 60_000_000n } as const;

/** The restore sent and settled by `last`. */
function restored(...last: LogEvent[]): LogEvent[] {
  const intent = changeIntended({ change: aRestoringChange(), allowedBy: "approval:eva" });
  return [...confirmed, restoreApproved(), intent, changeSent({ changeId: RESTORE_ID }), ...last];
}
const done = restored(changeConfirmed({ changeId: RESTORE_ID }));

describe("lib/log/fold-proposals, restores", () => {
  it("approves a restore as it is asked for and keeps the rule off its holder", () => {
    const state = fold([...confirmed, deskChanged(), restoreApproved()]);
    expect(state.proposals[RESTORE_ID]).toEqual({
      change: aRestoringChange(),
      ...{ kind: "restore", origin: CHANGE_ID, madeBy: "eva", approvals: [] },
      ...{ roundId: ROUND_ID, planHash: PLAN_HASH, status: "approved", expiresAtMs: NIGHT_MS + 7_200_000 },
      ...{ decidedBy: "eva", decidedAtMs: NIGHT_MS + 3_600_000, reason: null },
    });
    expect(state.rulesOff).toEqual([
      {
        ...{ ruleId: "raise-proven", pack: "roads", holderKey: "meta/1001/adGroup/77" },
        ...{ untilMs: NIGHT_MS + 14 * DAY_MS, by: "eva" },
      },
    ]);
  });

  it("takes back a pause that stops an account until a day, and nothing ends by itself any more", () => {
    const paused = aChange({ edit: pause, until: "2026-03-12", accountStop: true });
    const back = aRestoringChange({ edit: { ...pause, from: "paused", to: "active" } });
    const story = [...sealed, planned({ proposed: [paused] }), proposalApproved()];
    const done = [...story, changeIntended({ change: paused }), changeSent(), changeConfirmed()];
    expect(fold([...done, restoreApproved({ change: back })]).proposals[RESTORE_ID]?.change).toEqual(back);
    const ending = { ...back, until: "2026-03-12" };
    expect(() => fold([...done, restoreApproved({ change: ending })])).toThrow(
      `${RESTORE_ID} is about something else than ${CHANGE_ID}`,
    );
  });

  it("takes a pause back to active", () => {
    const paused = aChange({ edit: pause });
    const back = aRestoringChange({ edit: { ...pause, from: "paused", to: "active" } });
    const story = [...sealed, planned({ proposed: [paused] }), proposalApproved()];
    const done = [...story, changeIntended({ change: paused }), changeSent(), changeConfirmed()];
    expect(fold([...done, restoreApproved({ change: back })]).proposals[RESTORE_ID]?.status).toBe("approved");
    const fourEyes = (fourEyesAboveMicros: bigint) => deskChanged({ desk: aDesk({ fourEyesAboveMicros }) });
    fold([...done, fourEyes(60_000_000n), restoreApproved({ change: back })]);
    expect(() => fold([...done, fourEyes(59_999_999n), restoreApproved({ change: back })])).toThrow(
      "takes two people",
    );
    const same = restoreApproved({ change: { ...back, edit: pause } });
    expect(() => fold([...done, same])).toThrow("does not take");
  });

  it("counts a restore on the newest night, not on that of the change it takes back", () => {
    const next = { day: "2026-03-14", roundId: "atelier-lune/2026-03-14/night" };
    const story = restored().toSpliced(confirmed.length, 0, roundStarted(next));
    const state = fold([...story, changeConfirmed({ changeId: RESTORE_ID })]);
    expect(state.applied.map(({ changeId, day }) => [changeId, day])).toEqual([
      [CHANGE_ID, "2026-03-11"],
      [RESTORE_ID, "2026-03-14"],
    ]);
  });

  it.each([
    ["was overtaken", [...confirmed, restoreApproved(), proposalSuperseded({ changeId: RESTORE_ID })]],
    ["was refused", restored(changeNotApplied({ changeId: RESTORE_ID }))],
    ["was left alone", [...restored().slice(0, -1), changeSuperseded({ changeId: RESTORE_ID })]],
  ])("lets a change be taken back again after the first restore %s, the rule off once", (_, before) => {
    const change = aRestoringChange({ id: FOURTH_ID });
    const state = fold([...before, restoreApproved({ change, ruleOffUntilMs: NIGHT_MS + 15 * DAY_MS })]);
    expect(state.proposals[change.id]?.status).toBe("approved");
    expect(state.rulesOff.map(({ untilMs }) => untilMs)).toEqual([NIGHT_MS + 15 * DAY_MS]);
  });

  it("leaves a rule of the same name in another pack as it was", () => {
    const [own] = fold([...confirmed, restoreApproved()]).rulesOff;
    const other = { ...own, ruleId: "raise-proven", holderKey: "meta/1001/adGroup/77", by: "lea" };
    const before = {
      ...fold(confirmed),
      rulesOff: [{ ...other, pack: "other", untilMs: NIGHT_MS + DAY_MS }],
    };
    expect(fold([restoreApproved()], before).rulesOff.map(({ pack }) => pack)).toEqual(["other", "roads"]);
  });

  it("lets a change be taken back until the last moment of the desk's seven days", () => {
    const last = NIGHT_MS + 64_000 + 7 * DAY_MS - 1;
    const state = fold([...confirmed, deskChanged(), restoreApproved({ atMs: last, expiresAtMs: last + 1 })]);
    expect(state.proposals[RESTORE_ID]?.status).toBe("approved");
  });

  const restore = (over: Parameters<typeof aRestoringChange>[0]) =>
    restoreApproved({ change: aRestoringChange(over) });
  const budget = (fromMicros: bigint, toMicros: bigint) =>
    ({ edit: { kind: "dailyBudget", fromMicros, toMicros } }) as const;
  const again = restore({ id: FOURTH_ID });

  it.each<[string, readonly LogEvent[], LogEvent, string]>([
    ["of what was never intended", approved, restoreApproved(), "never intended"],
    ["of what is not sent", intended, restoreApproved(), "not applied"],
    ["of what is not settled", sent, restoreApproved(), "not applied"],
    ["of what diverged", [...sent, changeDiverged()], restoreApproved(), "not applied"],
    ["of what was refused", [...sent, changeNotApplied()], restoreApproved(), "not applied"],
    ["of what was left alone", [...intended, changeSuperseded()], restoreApproved(), "not applied"],
    ["of half", confirmed, restore(budget(120_000_000n, 110_000_000n)), "back exactly"],
    ["of more", confirmed, restore(budget(120_000_000n, 90_000_000n)), "back exactly"],
    ["from another amount", confirmed, restore(budget(119_000_000n, 100_000_000n)), "back exactly"],
    ["by a pause", confirmed, restore({ edit: pause }), "back exactly"],
    ["of another holder", confirmed, restore({ holderKey: "meta/1001/adGroup/78" }), "something else"],
    ["under an id that is taken", confirmed, restore({ id: CHANGE_ID }), "exists already"],
    ["of another night's", confirmed, restore({ id: "atelier-lune-20260312-1" }), "not named by"],
    [
      "of an unknown round",
      confirmed,
      restoreApproved({ roundId: "atelier-lune/2026-03-12/night" }),
      "never started",
    ],
    ["by another plan", confirmed, restoreApproved({ planHash: "e".repeat(64) }), "is not the plan"],
    ["that is over at once", confirmed, restoreApproved({ expiresAtMs: NIGHT_MS + 3_600_000 }), "was over"],
    ["that keeps no rule off", confirmed, restoreApproved({ ruleOffUntilMs: NIGHT_MS }), "was over"],
    ["by somebody who only looks", [...confirmed, deskChanged()], restoreApproved({ by: "tom" }), "tom may"],
    [
      "after the desk's seven days",
      [...confirmed, deskChanged()],
      restoreApproved({ atMs: NIGHT_MS + 64_000 + 7 * DAY_MS, expiresAtMs: NIGHT_MS + 9 * DAY_MS }),
      "too old",
    ],
    ["while another waits", [...confirmed, restoreApproved()], again, "taken back by"],
    ["while another is under way", restored(), again, "taken back by"],
    ["after another was applied", done, again, "taken back by"],
    ["after another diverged", restored(changeDiverged({ changeId: RESTORE_ID })), again, "taken back by"],
    [
      "of a restore",
      done,
      restoreApproved({ of: RESTORE_ID, change: aChange({ id: FOURTH_ID }) }),
      "is itself a restore",
    ],
  ])("refuses a restore %s", (_, before, event, why) => {
    const state = fold(before);
    const message = expect.stringContaining(why);
    expect(() => fold([event], state)).toThrow(expect.objectContaining({ code: "log.illegal", message }));
  });

  it("lets nothing overtake a restore that is under way", () => {
    expect(() => fold([proposalSuperseded({ changeId: RESTORE_ID })], fold(restored()))).toThrow(
      "is approved and cannot be superseded",
    );
  });
});
