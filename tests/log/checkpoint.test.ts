import { describe, expect, it } from "vitest";
import type { BrandState } from "../../lib/domain/state.ts";
import { checkpointState, checkpointText } from "../../lib/log/checkpoint.ts";
import {
  alertEscalated,
  alertRaised,
  answerRefused,
  approvalGiven,
  aRestoringChange,
  clickUsed,
  confirmed,
  deskChanged,
  handsOffSet,
  messageAttempted,
  messagePosted,
  questionAsked,
  restoreApproved,
} from "../support/desk-events.ts";
import { fold } from "../support/fold.ts";
import {
  aChange,
  accountFailed,
  BRAND,
  NIGHT_MS,
  planned,
  roundStarted,
  SNAPSHOT_HASH,
  snapshotSealed,
  stopped,
} from "../support/log.ts";

const NEXT = { roundId: "atelier-lune/2026-03-12/night", day: "2026-03-12" };
const waiting = aChange({ id: "atelier-lune-20260312-1" });
const auto = aChange({ id: "atelier-lune-20260312-2", edit: aRestoringChange().edit });

/** Something in every part of the state. */
const full: BrandState = fold([
  { type: "rulesPublished", v: 1, atMs: NIGHT_MS, by: "lea", sourceHash: "9".repeat(64), ruleHashes: [] },
  deskChanged(),
  ...confirmed,
  restoreApproved(),
  roundStarted(NEXT),
  accountFailed({ roundId: NEXT.roundId }),
  snapshotSealed({ roundId: NEXT.roundId, snapshotHash: SNAPSHOT_HASH }),
  planned({ roundId: NEXT.roundId, proposed: [waiting], auto: [auto] }),
  approvalGiven({ changeId: waiting.id }),
  handsOffSet(),
  clickUsed(),
  answerRefused(),
  messageAttempted(),
  messagePosted(),
  messageAttempted({ key: "digest/2026-03-12" }),
  alertRaised(),
  alertEscalated(),
  questionAsked(),
  {
    type: "stepFailed",
    v: 1,
    atMs: NIGHT_MS,
    step: "tell digest/2026-03-12",
    nextTryAtMs: NIGHT_MS + 1,
    reason: null,
  },
  stopped(),
]);

function isEmpty(part: unknown): boolean {
  return part === null || (typeof part === "object" && Object.keys(part).length === 0);
}

describe("lib/log/checkpoint", () => {
  it("keeps a state with something in every part", () => {
    expect(Object.entries(full).flatMap(([name, part]) => (isEmpty(part) ? [name] : []))).toEqual([]);
    expect(checkpointState(BRAND, checkpointText(full))).toEqual(full);
  });

  it("drops a state that lacks any part", () => {
    const { state, ...rest } = JSON.parse(checkpointText(full));
    for (const name of Object.keys(full)) {
      const { [name]: _, ...lacking } = state;
      expect(checkpointState(BRAND, JSON.stringify({ ...rest, state: lacking })), name).toBeNull();
    }
  });

  it("drops a state of the fold before", () => {
    const text = checkpointText(full);
    expect(text).toContain('"foldVersion":4');
    expect(checkpointState(BRAND, text.replace('"foldVersion":4', '"foldVersion":3'))).toBeNull();
  });
});
