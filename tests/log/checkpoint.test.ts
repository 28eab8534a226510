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

/** As a night with everything in it leaves it. */
const remembering: BrandState = {
  ...full,
  memory: {
    streaks: {
      ["a".repeat(64)]: { "budgetHolder meta/1001/adGroup/77": { nights: 2, blind: 1, day: "2026-03-12" } },
    },
    told: { tell: { "brand atelier-lune": { since: "2026-03-11", on: "2026-03-12" } } },
    holds: { hold: { "stage:cold": { until: "2026-03-14" } } },
    scopes: { ["a".repeat(64)]: 12 },
    acts: { stop: { "meta/1001/adGroup/77": { times: 3, day: "2026-03-12" } } },
    pauses: {
      "meta/1001/adGroup/77": {
        ...{
          ruleId: "stop",
          pack: "roads",
          changeId: "atelier-lune-20260312-1",
          atMs: NIGHT_MS,
          until: null,
        },
      },
    },
  },
};

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

  it("keeps what rules remember", () => {
    expect(checkpointState(BRAND, checkpointText(remembering))).toEqual(remembering);
  });

  it("drops a state of the fold before", () => {
    const text = checkpointText(full);
    expect(text).toContain('"foldVersion":4');
    expect(checkpointState(BRAND, text.replace('"foldVersion":4', '"foldVersion":3'))).toBeNull();
  });
});
