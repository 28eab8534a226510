import { describe, expect, it } from "vitest";
import type { Lane, WakeUp } from "../../../lib/lanes/port.ts";
import { StoreError } from "../../../lib/log/errors.ts";
import type { BrandSummary, ControlStop } from "../../../lib/log/store.ts";
import { answerTick, type TickContainer } from "../../../lib/runtime/aws/tick.ts";
import { recordingTelemetry } from "../../support/telemetry.ts";

/** 2026-03-11 04:10 UTC is minute 29 553 370. */
const EVENT = { source: "aws.scheduler", "detail-type": "Scheduled Event", time: "2026-03-11T04:10:31Z" };
const MINUTE_MS = 29_553_370 * 60_000;

function aRow(over: Partial<BrandSummary> = {}): BrandSummary {
  return {
    brand: "atelier-lune",
    nextDueAtMs: MINUTE_MS + 60_000,
    nextApplyAtMs: null,
    nightEndsAtMs: MINUTE_MS + 3_600_000,
    openProposals: 0,
    unsettled: 0,
    stopped: false,
    lastNight: null,
    head: { position: 1, hash: "h" },
    ...over,
  };
}

function aTick(rows: BrandSummary[], stops: ControlStop[] = [], refused: readonly string[] = []) {
  const woken: (WakeUp & { lane: Lane })[] = [];
  const telemetry = recordingTelemetry();
  const container: TickContainer = {
    telemetry,
    store: { summaries: async () => rows, controlStops: async () => stops },
    lanes: {
      wake: () => expect.fail("one by one is too slow"),
      async wakeAll(lane, wakeUps) {
        woken.push(...wakeUps.map((one) => ({ ...one, lane })));
        return wakeUps.flatMap(({ brand }) =>
          refused.includes(brand) ? [{ brand, reason: "throttled" }] : [],
        );
      },
    },
  };
  return { container, telemetry, woken };
}

describe("lib/runtime/aws/tick", () => {
  it("wakes by the event's minute, which is also what tells two deliveries of it apart", async () => {
    const { container, woken } = aTick([
      aRow({ brand: "due", nextDueAtMs: MINUTE_MS }),
      aRow({ brand: "later" }),
      aRow({ brand: "to-apply", nextApplyAtMs: MINUTE_MS - 1 }),
    ]);
    await answerTick(container, EVENT);
    await answerTick(container, EVENT);
    const once = [
      { lane: "observe", brand: "due", dedupe: "due#29553370" },
      { lane: "apply", brand: "to-apply", dedupe: "to-apply#29553370" },
    ];
    expect(woken).toEqual([...once, ...once]);
  });

  it("counts what alarms look at, without a brand in any of it", async () => {
    const rows = [
      aRow({ brand: "missed", nightEndsAtMs: MINUTE_MS - 1_800_000 }),
      aRow({ brand: "stopped", stopped: true }),
      aRow(),
    ];
    const stop = { scope: "everything", by: "lea", atMs: 1, reason: null };
    const { container, telemetry } = aTick(rows, [stop]);
    await answerTick(container, EVENT);
    expect(telemetry.counts).toEqual({ Ticks: 1, BrandsSeen: 3, MissedNights: 1, StopsSet: 2 });
    expect(telemetry.lines.map(({ fields }) => fields.brand)).toEqual(["missed"]);
    expect(telemetry.flushed).toBe(1);
  });

  it("wakes the others, counts and then fails when a brand could not be woken", async () => {
    const rows = ["a", "b"].map((brand) => aRow({ brand, nextDueAtMs: MINUTE_MS }));
    const { container, telemetry, woken } = aTick(rows, [], ["a"]);
    await expect(answerTick(container, EVENT)).rejects.toMatchObject({ code: "lane.failed" });
    expect(woken).toHaveLength(2);
    expect(telemetry.counts).toMatchObject({ Ticks: 1, BrandsSeen: 2 });
    expect(telemetry.flushed).toBe(1);
  });

  it("counts no tick when the rows cannot be read, so that the silence is noticed", async () => {
    const { container, telemetry } = aTick([]);
    const store = {
      ...container.store,
      summaries: async () => {
        throw new StoreError("store.unreachable", "no answer");
      },
    };
    await expect(answerTick({ ...container, store }, EVENT)).rejects.toMatchObject({
      code: "store.unreachable",
    });
    expect(telemetry.counts).toEqual({});
    expect(telemetry.lines[0]?.fields.error).toBe("store.unreachable");
  });

  it.each([[{}], [{ time: "at dawn" }], [null]])("refuses the event %j", async (event) => {
    const { container, woken } = aTick([aRow({ nextDueAtMs: MINUTE_MS })]);
    await expect(answerTick(container, event)).rejects.toThrow();
    expect(woken).toEqual([]);
  });
});
