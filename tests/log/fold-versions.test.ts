import { describe, expect, it } from "vitest";
import type { LogEvent } from "../../lib/log/events.ts";
import { anEditedChange, approvalGiven, deskChanged, proposalEdited } from "../support/desk-events.ts";
import { approved, automatic, fold, proposed, sealed } from "../support/fold.ts";
import {
  aChange,
  aDesk,
  BRAND,
  CHANGE_ID,
  changeIntended,
  EXPIRES_AT_MS,
  NIGHT_MS,
  PLAN_HASH,
  planned,
  proposalApproved,
  proposalExpired,
  proposalRejected,
  proposalSuperseded,
  ROUND_ID,
  roundStarted,
  snapshotSealed,
} from "../support/log.ts";

const EDITED_ID = "atelier-lune-20260311-2";
const THIRD_ID = "atelier-lune-20260311-3";
const NEXT_ROUND = { roundId: "atelier-lune/2026-03-12/night", day: "2026-03-12" };
const pause = { kind: "status", from: "active", to: "paused", budgetMicros: 60_000_000n } as const;
const fourEyes = deskChanged({ desk: aDesk({ fourEyesAboveMicros: 19_999_999n }) });
const twoEyes = deskChanged({ desk: aDesk({ fourEyesAboveMicros: 20_000_000n }) });
const withDesk = [...proposed, deskChanged()];

/** Four eyes for every raise, and of the usual people only these. */
function peopleAre(...names: string[]): LogEvent {
  const people = aDesk().people.filter(({ name }) => names.includes(name));
  return deskChanged({ desk: aDesk({ people, fourEyesAboveMicros: 1n }) });
}

describe("lib/log/fold-proposals", () => {
  it("keeps the first yes and lets somebody else's decide", () => {
    const first = fold([...proposed, fourEyes, approvalGiven()]);
    expect(first.proposals[CHANGE_ID]).toMatchObject({
      ...{ status: "open", decidedBy: null },
      approvals: [{ by: "eva", atMs: NIGHT_MS + 30_000 }],
    });
    const second = fold([proposalApproved()], first);
    expect(second.proposals[CHANGE_ID]).toMatchObject({ status: "approved", decidedBy: "lea" });
  });

  it("lets one yes suffice for a raise that is not above the threshold", () => {
    expect(fold([...proposed, twoEyes, proposalApproved()]).proposals[CHANGE_ID]?.status).toBe("approved");
  });

  it("lets whoever gave the first yes decide once two are not needed any more", () => {
    const state = fold([...proposed, fourEyes, approvalGiven(), twoEyes, proposalApproved({ by: "eva" })]);
    expect(state.proposals[CHANGE_ID]).toMatchObject({ status: "approved", decidedBy: "eva" });
  });

  it("opens an edited proposal as a new version for as long as the old one would have been", () => {
    const state = fold([...proposed, approvalGiven(), proposalEdited()]);
    expect(state.proposals[CHANGE_ID]).toMatchObject({
      ...{ status: "edited", kind: "planned", decidedBy: "eva", decidedAtMs: NIGHT_MS + 40_000 },
      approvals: [{ by: "eva" }],
    });
    expect(state.proposals[EDITED_ID]).toEqual({
      change: anEditedChange(),
      ...{ kind: "edited", origin: CHANGE_ID, madeBy: "eva", approvals: [] },
      ...{ roundId: ROUND_ID, planHash: PLAN_HASH, status: "open", expiresAtMs: EXPIRES_AT_MS },
      ...{ decidedBy: null, decidedAtMs: null, reason: null },
    });
  });

  it("lets a version be edited again, going back to the same change of the plan", () => {
    const again = anEditedChange({ id: THIRD_ID });
    const state = fold([
      ...proposed,
      proposalEdited(),
      proposalEdited({ changeId: EDITED_ID, change: again }),
    ]);
    expect(Object.values(state.proposals).map(({ status, origin }) => [status, origin])).toEqual([
      ["edited", CHANGE_ID],
      ["edited", CHANGE_ID],
      ["open", CHANGE_ID],
    ]);
  });

  it("sends an edited version once it is approved", () => {
    const change = anEditedChange();
    const yes = proposalApproved({ changeId: EDITED_ID });
    const state = fold([...proposed, proposalEdited(), yes, changeIntended({ change })]);
    expect(state.intents[EDITED_ID]).toMatchObject({ status: "intended", allowedBy: "approval:lea" });
  });

  const edit = (over: Parameters<typeof anEditedChange>[0]) =>
    proposalEdited({ change: anEditedChange(over) });
  const budget = (fromMicros: bigint, toMicros: bigint) =>
    ({ edit: { kind: "dailyBudget", fromMicros, toMicros } }) as const;
  const late = { atMs: EXPIRES_AT_MS };
  const edited = [...proposed, proposalEdited()];

  it.each<[string, readonly LogEvent[], LogEvent, string]>([
    ["a first yes to nothing", sealed, approvalGiven(), "does not exist"],
    ["a first yes to what is decided", approved, approvalGiven(), "already approved"],
    ["a first yes too late", proposed, approvalGiven(late), "after it expired"],
    ["the same first yes twice", [...proposed, approvalGiven()], approvalGiven(), "twice"],
    [
      "both yeses of one person",
      [...proposed, fourEyes, approvalGiven()],
      proposalApproved({ by: "eva" }),
      "two people",
    ],
    ["one yes where two are needed", [...proposed, fourEyes], proposalApproved(), "two people"],
    [
      "a yes beside that of somebody who left",
      [...proposed, approvalGiven(), peopleAre("lea", "marc")],
      proposalApproved(),
      "two people",
    ],
    [
      "a yes beside that of somebody who only looks now",
      [...proposed, approvalGiven({ by: "tom" }), peopleAre("lea", "tom")],
      proposalApproved(),
      "two people",
    ],
    ["a yes of somebody else than the desk's people", withDesk, proposalApproved({ by: "zoe" }), "zoe may"],
    ["a yes of somebody who only looks", withDesk, proposalApproved({ by: "tom" }), "tom may"],
    ["a first yes of somebody who only looks", withDesk, approvalGiven({ by: "tom" }), "tom may"],
    ["an edit by somebody who only looks", withDesk, proposalEdited({ by: "tom" }), "tom may"],
    ["an edit of nothing", sealed, proposalEdited(), "does not exist"],
    ["an edit of what is automatic", automatic, proposalEdited(), "does not exist"],
    ["an edit of what is approved", approved, proposalEdited(), "already approved"],
    ["an edit of what is rejected", [...proposed, proposalRejected()], proposalEdited(), "already rejected"],
    ["an edit of what is edited", edited, edit({ id: THIRD_ID }), "already edited"],
    ["an edit too late", proposed, proposalEdited(late), "after it expired"],
    ["an edit under an id that is taken", proposed, edit({ id: CHANGE_ID }), "exists already"],
    ["an edit of another brand's", proposed, edit({ id: "other-20260311-2" }), "not named by"],
    ["an edit of another night's", proposed, edit({ id: "atelier-lune-20260312-2" }), "not named by"],
    ["an edit without a number", proposed, edit({ id: "atelier-lune-20260311-0" }), "not named by"],
    ["an edit under no number of ours", proposed, edit({ id: "atelier-lune-20260311-02" }), "not named by"],
    ["an edit of another holder", proposed, edit({ holderKey: "meta/1001/adGroup/78" }), "something else"],
    [
      "an edit of another entity",
      proposed,
      edit({ target: { ...aChange().target, id: "78" } }),
      "something else",
    ],
    ["an edit in another currency", proposed, edit({ currency: "USD" }), "something else"],
    ["an edit by another rule", proposed, edit({ ruleId: "cut-unproven" }), "something else"],
    ["an edit from another amount", proposed, edit(budget(90_000_000n, 110_000_000n)), "another amount"],
    ["an edit of a raise to a cut", proposed, edit(budget(100_000_000n, 90_000_000n)), "another amount"],
    ["an edit to no change", proposed, edit(budget(100_000_000n, 100_000_000n)), "another amount"],
    [
      "an edit of a cut to no change",
      [...sealed, planned({ proposed: [aChange(budget(100_000_000n, 90_000_000n))] })],
      edit(budget(100_000_000n, 100_000_000n)),
      "another amount",
    ],
    ["an edit to a pause", proposed, edit({ edit: pause }), "another amount"],
    ["a yes to the dead version", edited, proposalApproved(), "already edited"],
    ["the end of the dead version", edited, proposalExpired(), "already edited"],
    ["overtaking the dead version", edited, proposalSuperseded(), "is edited"],
    ["sending the dead version", edited, changeIntended(), "without an approval"],
    [
      "a plan that takes a version's id",
      [...edited, roundStarted(NEXT_ROUND), snapshotSealed(NEXT_ROUND)],
      planned({ roundId: NEXT_ROUND.roundId, proposed: [anEditedChange()] }),
      "planned twice",
    ],
  ])("refuses %s", (_, before, event, why) => {
    const state = fold(before);
    const message = expect.stringContaining(why);
    const position = before.length + 1;
    expect(() => fold([event], state)).toThrow(
      expect.objectContaining({ code: "log.illegal", brand: BRAND, position, message }),
    );
  });

  it("takes at most 50 versions of one change", () => {
    const id = (index: number) => `atelier-lune-20260311-${index}`;
    const edits = Array.from({ length: 50 }, (_, index) =>
      proposalEdited({ changeId: id(index + 1), change: anEditedChange({ id: id(index + 2) }) }),
    );
    const most = fold([...proposed, ...edits.slice(0, 49)]);
    expect(Object.keys(most.proposals)).toHaveLength(50);
    expect(() => fold(edits.slice(49), most)).toThrow("versions");
  });
});
