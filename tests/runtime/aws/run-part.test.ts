import type { SQSEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../lib/domain/canonical.ts";
import { MessengerError } from "../../../lib/domain/messenger.ts";
import type { BrandState } from "../../../lib/domain/state.ts";
import { LaneError } from "../../../lib/lanes/errors.ts";
import { dueNight } from "../../../lib/loop/due-night.ts";
import { PlatformError, type PlatformErrorKind } from "../../../lib/platforms/errors.ts";
import { answerWakes } from "../../../lib/runtime/aws/wakes.ts";
import { BRAND } from "../../support/log.ts";
import { writesOf } from "../../support/loop.ts";
import { aRig, BRAND_FILE, publish, RULE_FILES, statusesOf } from "../../support/run-part.ts";
import { aBrand } from "../../support/snapshot.ts";

const HOUR_MS = 3_600_000;

function down(kind: PlatformErrorKind): PlatformError {
  const details = { platform: "meta", kind, code: 190, subcode: null, traceId: null, retryAfterMs: null };
  return new PlatformError("the platform says no", details);
}

const LEA = { name: "lea", slack: "U0LEA", role: "owner" };
const PLACE = { team: "T0ATELIER", app: "A0PALIER", channel: "C0BUDGETS" };

describe("a message of the apply lane", () => {
  it("sends what was approved, and again nothing when it is delivered twice", async () => {
    const rig = await aRig("apply");
    expect(await rig.deliver([BRAND])).toEqual([]);
    expect(await statusesOf(rig)).toEqual(["confirmed", "confirmed", "confirmed"]);
    const { position } = (await rig.store.summaries())[0]?.head ?? {};
    expect(await rig.deliver([BRAND])).toEqual([]);
    expect(writesOf(rig.loop)).toHaveLength(3);
    expect((await rig.store.summaries())[0]?.head.position).toBe(position);
    expect(rig.container.telemetry.counts).toMatchObject({
      StepsFailed: 0,
      ChangesDiverged: 0,
      UnknownOutcomes: 0,
    });
    expect(rig.container.telemetry.flushed).toBe(2);
  });

  it("puts the row again only when it says something else", async () => {
    const rig = await aRig("apply");
    const puts: number[] = [];
    const { putSummary } = rig.store;
    rig.store.putSummary = async (row) => {
      puts.push(row.head.position);
      await putSummary(row);
    };
    await rig.deliver([BRAND]);
    expect(puts).toHaveLength(1);
    await rig.deliver([BRAND]);
    expect(puts).toHaveLength(1);
    // What another writer left there by mistake does not stay.
    const [row] = await rig.store.summaries();
    if (row === undefined) expect.unreachable();
    await putSummary({ ...row, nextApplyAtMs: 0 });
    await rig.deliver([BRAND]);
    expect(await rig.store.summaries()).toEqual([row]);
  });

  it("looks at the credential that it changed budgets with, and at none when it changed nothing", async () => {
    const rig = await aRig("apply");
    const looked: string[][] = [];
    rig.container.watch = {
      afterWork: async (_, { accounts }) => void looked.push(accounts.map(({ platform }) => platform)),
    };
    await rig.deliver([BRAND]);
    await rig.deliver([BRAND]);
    expect(looked).toEqual([["meta"], []]);
  });

  it("does nothing more by files that were replaced during the run, and goes on by those that replaced them", async () => {
    const rig = await aRig("apply");
    const text = JSON.stringify({ ...BRAND_FILE, mode: "shadow" });
    const shadowed = await rig.loop.ports.blobs.put(
      canonicalJson({ brandFile: `rules/brands/${BRAND}.json`, brandText: text, ruleFiles: RULE_FILES }),
    );
    const platform = rig.container.platforms.open;
    let opened = 0;
    rig.container.platforms.open = async (id) => {
      opened += 1;
      // Before the first live read: everything is intended by then, and nothing was sent.
      if (opened === 1) await publish(rig.store, BRAND, shadowed);
      return await platform(id);
    };
    expect(await rig.deliver([BRAND])).toEqual([]);
    expect(writesOf(rig.loop)).toEqual([]);
    expect(await statusesOf(rig)).not.toContain("sent");
    expect(rig.container.telemetry.counts).toMatchObject({ StepsFailed: 0 });
  });

  it("starts nothing with under 90 seconds left, wakes itself for it, and leaves a row that says it is due", async () => {
    const rig = await aRig("apply");
    expect(await rig.deliver([BRAND], 89_999)).toEqual([]);
    expect(rig.woken.map((wake) => wake.split("#")[0])).toEqual([`apply ${BRAND} ${BRAND}`]);
    expect(await statusesOf(rig)).toEqual([]);
    expect((await rig.store.summaries())[0]?.nextApplyAtMs).toBeLessThanOrEqual(rig.loop.time.nowMs);
    expect(await rig.deliver([BRAND], 90_000)).toEqual([]);
    expect(await statusesOf(rig)).toHaveLength(3);
    expect(rig.woken).toHaveLength(1);
  });

  it("takes a platform's failure for dealt with: it is in the log, waits, and is counted", async () => {
    const rig = await aRig("apply");
    rig.container.platforms.open = async () => {
      throw down("unavailable");
    };
    expect(await rig.deliver([BRAND])).toEqual([]);
    expect(rig.container.telemetry.counts.StepsFailed).toBe(3);
    expect(rig.refused).toEqual([]);
    expect(await rig.deliver([BRAND])).toEqual([]);
    expect(rig.container.telemetry.counts.StepsFailed).toBe(3);
  });

  it("gives up the secret that a platform refused", async () => {
    const rig = await aRig("apply");
    rig.container.platforms.open = async () => {
      throw down("auth");
    };
    await rig.deliver([BRAND]);
    expect(new Set(rig.refused)).toEqual(new Set(["meta"]));
  });

  it("counts the change whose outcome nobody knows, and the one that came to another end", async () => {
    const rig = await aRig("apply", {
      write: () => ({ kind: "unknown", code: "timeout", detail: "no answer" }),
    });
    const { live, ids } = rig.loop;
    await rig.deliver([BRAND]);
    // After two in one account Palier stops touching it, so the third was never sent.
    expect(rig.container.telemetry.counts).toMatchObject({ UnknownOutcomes: 2, ChangesDiverged: 0 });
    const told = rig.container.telemetry.lines.map(({ fields }) => fields.changeId);
    expect(told).toEqual([ids.pause, ids.cut]);
    for (const [id, held] of live) live.set(id, { ...held, dailyBudgetMicros: 70_000_000n });
    rig.loop.time.nowMs += HOUR_MS;
    await rig.deliver([BRAND]);
    expect(rig.container.telemetry.counts.ChangesDiverged).toBe(1);
  });
});

describe("a message of the observe lane", () => {
  it("changes no platform, and wakes the apply lane for what was approved", async () => {
    const rig = await aRig("observe");
    expect(await rig.deliver([BRAND])).toEqual([]);
    expect(writesOf(rig.loop)).toEqual([]);
    expect(rig.woken).toEqual([`apply ${BRAND} ${BRAND}#8`]);
  });

  it("counts the messages that Slack has not taken for half an hour, and none before", async () => {
    const rig = await aRig("observe", { file: { people: [LEA], slack: PLACE } });
    const refuse = () =>
      Promise.reject(new MessengerError("refused", "not_in_channel", "not in the channel"));
    rig.container.messengerFor = async () => ({ post: refuse, update: refuse, find: refuse, tell: refuse });
    await rig.deliver([BRAND]);
    expect(rig.container.telemetry.counts.MessagesWaiting).toBe(0);
    rig.loop.time.nowMs += 29 * 60_000;
    await rig.deliver([BRAND]);
    expect(rig.container.telemetry.counts.MessagesWaiting).toBe(0);
    rig.loop.time.nowMs += 120_000;
    await rig.deliver([BRAND]);
    expect(rig.container.telemetry.counts.MessagesWaiting).toBeGreaterThan(0);
  });

  it("succeeds although the apply lane cannot be woken: the row says that it is due", async () => {
    const rig = await aRig("observe");
    rig.container.lanes.wake = async () => {
      throw new LaneError("the queue is away");
    };
    expect(await rig.deliver([BRAND])).toEqual([]);
    expect(rig.container.telemetry.lines.map(({ fields }) => fields.error)).toEqual(["lane.failed"]);
    expect((await rig.store.summaries())[0]?.nextApplyAtMs).toBeLessThanOrEqual(rig.loop.time.nowMs);
  });
});

describe("a message that cannot be done", () => {
  it("is a success with a log line for a brand that nothing was published for", async () => {
    const rig = await aRig("observe");
    expect(await rig.deliver(["nobody"])).toEqual([]);
    expect(rig.container.telemetry.lines).toMatchObject([{ fields: { brand: "nobody" } }]);
    expect(await rig.store.summaries()).toEqual([]);
  });

  it("leaves a sandbox brand alone: it has no account of anybody", async () => {
    const rig = await aRig("apply", { file: { sandbox: true } });
    expect(await rig.deliver([BRAND])).toEqual([]);
    expect(writesOf(rig.loop)).toEqual([]);
    expect(rig.container.telemetry.lines).toHaveLength(1);
  });

  it("fails alone, is delivered again, and does not keep another brand from its run", async () => {
    const rig = await aRig("apply");
    await publish(rig.store, "broken", "0".repeat(64));
    expect(await rig.deliver(["broken", BRAND])).toEqual(["m-broken"]);
    expect(await statusesOf(rig)).toHaveLength(3);
    expect(rig.container.telemetry.counts.StepsFailed).toBe(1);
  });

  it("fails when the published file is one that this version refuses", async () => {
    const rig = await aRig("apply", { file: { zone: "Paris" } });
    expect(await rig.deliver([BRAND])).toEqual([`m-${BRAND}`]);
    expect(writesOf(rig.loop)).toEqual([]);
    expect(rig.container.telemetry.lines[0]?.fields).toMatchObject({ error: "config.invalid", brand: BRAND });
  });

  it("fails when no lane wrote it", async () => {
    const rig = await aRig("apply");
    const event = { Records: [{ messageId: "m-1", body: "Test message." }] } as SQSEvent;
    const answer = await answerWakes(rig.container, event, { getRemainingTimeInMillis: () => 300_000 });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
  });
});

describe("dueNight", () => {
  const brand = aBrand();
  /** 2026-03-12 in Paris, an hour ahead of UTC. */
  const at = (time: string) => Date.parse(`2026-03-12T${time}:00+01:00`);
  const empty = { rounds: {} } as BrandState;
  const due = { roundId: `${BRAND}/2026-03-12/night`, day: "2026-03-12", slot: "night" };

  it.each([
    ["00:00", null],
    ["04:04", null],
    ["04:05", due],
    ["06:30", due],
    ["23:59", due],
  ])("at %s is %j", (time, expected) => {
    expect(dueNight(brand, empty, at(time))).toEqual(expected);
  });

  it("is none once the night is planned, and still due while it has only begun", () => {
    const round = { ...due, planHash: null };
    const begun = { rounds: { [due.roundId]: round } } as unknown as BrandState;
    const planned = { rounds: { [due.roundId]: { ...round, planHash: "p" } } } as unknown as BrandState;
    expect(dueNight(brand, begun, at("05:00"))).toEqual(due);
    expect(dueNight(brand, planned, at("05:00"))).toBeNull();
  });
});
