import { describe, expect, it } from "vitest";
import type { Alert } from "../../../lib/domain/state.ts";
import type { Step } from "../../../lib/loop/next-step.ts";
import { tellDisputes } from "../../../lib/runtime/aws/disputes.ts";
import { anEmptyState } from "../../support/snapshot.ts";
import { recordingTelemetry } from "../../support/telemetry.ts";

const DECIDE: Step = { kind: "decide", roundId: "b/2026-03-11/night" };

function countOf(steps: readonly Step[], clearedAtMs: number | null): number | undefined {
  const alert: Alert = {
    ...{ id: "disputed/2026-03-11", kind: "disputed", subject: "2026-03-11", raisedAtMs: 1 },
    ...{ reason: { key: "k", values: {} }, takenBy: null, takenAtMs: null, escalatedAtMs: null, clearedAtMs },
  };
  const telemetry = recordingTelemetry();
  const state = anEmptyState({ alerts: { [alert.id]: alert } });
  tellDisputes(telemetry, "b", { steps, state });
  return telemetry.counts.ExecutorDisagreements;
}

describe("lib/runtime/aws/disputes", () => {
  it("counts a plan that was made while the executors of rules disagree, and nothing else", () => {
    expect(countOf([DECIDE], null)).toBe(1);
    expect(countOf([DECIDE], 2)).toBe(0);
    expect(countOf([], null)).toBeUndefined();
  });
});
