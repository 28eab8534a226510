import { describe, expect, it } from "vitest";
import type { SlackSettings } from "../../lib/domain/brand.ts";
import type { Content } from "../../lib/domain/content.ts";
import { MessengerError } from "../../lib/domain/messenger.ts";
import { StoreError } from "../../lib/log/errors.ts";
import type { LogEvent } from "../../lib/log/events.ts";
import { memoryStore } from "../../lib/log/memory-store.ts";
import { type RunResult, runBrand } from "../../lib/loop/run.ts";
import { summaryOf } from "../../lib/loop/summary.ts";
import { aChannel, CHANNEL, type TestChannel } from "../support/channel.ts";
import { aLog, BRAND, memoryHeads, NIGHT_MS, ROUND_ID } from "../support/log.ts";
import { aLoop, type TestLoop } from "../support/loop.ts";

const MINUTE_MS = 60_000;
const NIGHT = `night/${ROUND_ID}/0`;
const SLACK: SlackSettings = {
  team: "T0ATELIER",
  app: "A0PALIER",
  channel: CHANNEL,
  digestAt: "08:30",
  reviewEvery: "week",
  reviewOn: "mon",
  noticeBeforeApply: true,
};

const swallowed = new MessengerError("unknown", "no_ts", "it is unknown whether Slack did it");
const invalid = new MessengerError("refused", "invalid_blocks", "Slack refuses it");
const dead = () => new StoreError("store.unreachable", "the process ended");

interface Desk extends TestLoop {
  channel: TestChannel;
}

/** A loop whose night is planned, its three proposals approved, and a channel in which nothing was told yet. */
async function aDesk(options: Parameters<typeof aLoop>[0] = {}): Promise<Desk> {
  const loop = await aLoop({ ...options, brand: { slack: SLACK, ...options.brand } });
  const channel = aChannel();
  loop.ports.messenger = channel.messenger;
  return { ...loop, channel };
}

function observe({ ports, config }: TestLoop): Promise<RunResult> {
  return runBrand(ports, config, null, { part: "observe", mayStart: () => true });
}

function apply({ ports, config }: TestLoop): Promise<RunResult> {
  return runBrand(ports, config, null, { part: "apply", mayStart: () => true });
}

async function append({ ports }: TestLoop, ...events: LogEvent[]): Promise<void> {
  await ports.log.append(BRAND, () => events);
}

async function messageOf({ ports }: TestLoop, key = NIGHT) {
  return (await ports.log.state(BRAND)).messages[key];
}

/** What a night's message says of each change: its proposal and what came of it. */
function saidOf(content: Content | undefined): (string | undefined)[] {
  if (content?.body.kind !== "night") throw new Error("no night");
  return content.body.cards.map(({ proposal, intent }) => intent?.status ?? proposal?.status);
}

function anAlert(subject: string, atMs = NIGHT_MS): LogEvent {
  const reason = { key: "loop.alert.diverged", values: {} };
  return { type: "alertRaised", v: 1, atMs, kind: "trackingSuspect", subject, reason };
}

describe("the night's message", () => {
  it("is posted once, its name is on record, and nothing more is said while nothing changes", async () => {
    const desk = await aDesk();
    await observe(desk);
    expect(desk.channel.calls).toEqual([`post ${NIGHT}`]);
    expect(saidOf(desk.channel.posts[0]?.content)).toEqual(["approved", "approved", "approved"]);
    expect(await messageOf(desk)).toMatchObject({ channel: CHANNEL, ts: "1.000", attempt: null });
    await observe(desk);
    expect(desk.channel.calls).toHaveLength(1);
  });

  it("is left to whoever may post by the part that applies, and then says what became of each change", async () => {
    const desk = await aDesk();
    await observe(desk);
    const applied = await apply(desk);
    expect(applied.left).toEqual([{ kind: "tell", key: NIGHT }]);
    expect(summaryOf(desk.config.brand, applied.state, desk.time.nowMs).nextDueAtMs).toBe(desk.time.nowMs);
    await observe(desk);
    expect(desk.channel.calls).toEqual([`post ${NIGHT}`, `update ${NIGHT}`]);
    expect(saidOf(desk.channel.posts[0]?.content)).toEqual(["confirmed", "confirmed", "confirmed"]);
  });

  it("is not told by a process without a channel, which leaves it to others", async () => {
    const desk = await aDesk();
    desk.ports.messenger = null;
    const { left, failed } = await observe(desk);
    expect(left.map(({ kind }) => kind)).toEqual(["intend", "intend", "intend", "tell"]);
    expect(failed).toEqual([]);
    expect(await messageOf(desk)).toBeUndefined();
  });

  it("waits as long as Slack asks for, and is then posted once", async () => {
    const desk = await aDesk();
    const error = new MessengerError("throttled", "ratelimited", "Slack throttles", 90_000);
    desk.channel.faults.push({ call: "post", error, kept: false });
    const { failed, state } = await observe(desk);
    expect(failed.map(({ step }) => step.kind)).toEqual(["tell"]);
    expect(state.retries[`tell ${NIGHT}`]).toMatchObject({ tries: 1, nextTryAtMs: desk.time.nowMs + 90_000 });
    expect(summaryOf(desk.config.brand, state, desk.time.nowMs).nextDueAtMs).toBeLessThanOrEqual(
      desk.time.nowMs + 90_000,
    );
    desk.time.nowMs += 89_999;
    await observe(desk);
    expect(desk.channel.posts).toHaveLength(0);
    desk.time.nowMs += 1;
    const later = await observe(desk);
    expect(desk.channel.calls).toEqual([`post ${NIGHT}`, `find ${NIGHT}`, `post ${NIGHT}`]);
    expect(later.state.retries).toEqual({});
  });

  it.each([
    ["swallowed by Slack", false, ["find", "post"]],
    ["kept by Slack, its answer lost", true, ["find", "update"]],
  ])("is there exactly once after it was %s", async (_name, kept, calls) => {
    const desk = await aDesk();
    desk.channel.faults.push({ call: "post", error: swallowed, kept });
    await observe(desk);
    expect((await messageOf(desk))?.ts).toBeNull();
    desk.time.nowMs += MINUTE_MS;
    await observe(desk);
    expect(desk.channel.calls).toEqual([`post ${NIGHT}`, ...calls.map((call) => `${call} ${NIGHT}`)]);
    expect(desk.channel.posts).toHaveLength(1);
    expect(await messageOf(desk)).toMatchObject({ ts: "1.000", attempt: null });
  });

  it("is not posted again when it cannot be looked for", async () => {
    const desk = await aDesk();
    desk.channel.faults.push({ call: "post", error: swallowed, kept: true });
    await observe(desk);
    desk.channel.faults.push({ call: "find", error: swallowed, kept: false });
    desk.time.nowMs += MINUTE_MS;
    await observe(desk);
    desk.time.nowMs += 2 * MINUTE_MS;
    await observe(desk);
    expect(desk.channel.posts).toHaveLength(1);
    expect((await messageOf(desk))?.ts).toBe("1.000");
  });

  it("shows the newest state, whatever happens while it is being changed", async () => {
    const desk = await aDesk();
    await observe(desk);
    await append(desk, { type: "stopped", v: 1, atMs: desk.time.nowMs, by: "lea", reason: null });
    desk.channel.hold = async () => {
      desk.channel.hold = async () => {};
      await append(desk, { type: "resumed", v: 1, atMs: desk.time.nowMs, by: "lea" });
    };
    const first = await observe(desk);
    expect(desk.channel.posts[0]?.content.body).toMatchObject({ stop: { by: "lea" } });
    expect(first.left).toContainEqual({ kind: "tell", key: NIGHT });
    await observe(desk);
    expect(desk.channel.posts[0]?.content.body).toMatchObject({ stop: null });
  });

  it("is put right also where the state went back to what was shown before an update without an answer", async () => {
    const desk = await aDesk();
    await observe(desk);
    await append(desk, { type: "stopped", v: 1, atMs: desk.time.nowMs, by: "lea", reason: null });
    desk.channel.faults.push({ call: "update", error: swallowed, kept: true });
    await observe(desk);
    await append(desk, { type: "resumed", v: 1, atMs: desk.time.nowMs, by: "lea" });
    desk.time.nowMs += MINUTE_MS;
    await observe(desk);
    expect(desk.channel.posts[0]?.content.body).toMatchObject({ stop: null });
  });
});

describe("a process that is killed", () => {
  it.each([
    ["after its attempt is on record", { call: "post", error: dead(), kept: false }, 1],
    ["after Slack has the message", { call: "post", error: dead(), kept: true }, 1],
  ] as const)("%s loses and doubles nothing", async (_name, fault, posts) => {
    const desk = await aDesk();
    desk.channel.faults.push(fault);
    await expect(observe(desk)).rejects.toThrow("the process ended");
    const within = await observe(desk);
    expect(within.steps).toEqual([]);
    const atMs = desk.time.nowMs;
    expect(summaryOf(desk.config.brand, within.state, atMs).nextDueAtMs).toBe(atMs + MINUTE_MS);
    desk.time.nowMs += MINUTE_MS;
    await observe(desk);
    expect(desk.channel.posts).toHaveLength(posts);
    expect(await messageOf(desk)).toMatchObject({ ts: "1.000", attempt: null });
  });

  it("before the message's name is on record loses and doubles nothing", async () => {
    const desk = await aDesk();
    const { log } = desk.ports;
    let appends = 0;
    const dying = {
      ...log,
      append: async (...args: Parameters<typeof log.append>) => {
        appends += 1;
        if (appends === 2) throw dead();
        return await log.append(...args);
      },
    };
    await expect(observe({ ...desk, ports: { ...desk.ports, log: dying } })).rejects.toThrow(
      "the process ended",
    );
    expect(desk.channel.posts).toHaveLength(1);
    desk.time.nowMs += MINUTE_MS;
    await observe(desk);
    expect(desk.channel.calls).toEqual([`post ${NIGHT}`, `find ${NIGHT}`, `update ${NIGHT}`]);
    expect(await messageOf(desk)).toMatchObject({ ts: "1.000", attempt: null });
  });

  it("or that slept after its attempt does not post any more", async () => {
    const desk = await aDesk();
    const { log } = desk.ports;
    const sleepy = {
      ...log,
      append: async (...args: Parameters<typeof log.append>) => {
        const appended = await log.append(...args);
        desk.time.monotonicMs += 20_001;
        return appended;
      },
    };
    await observe({ ...desk, ports: { ...desk.ports, log: sleepy } });
    expect(desk.channel.calls).toEqual([]);
  });
});

describe("two writers", () => {
  it("post one message: the second leaves it to the first while that may still be posting", async () => {
    const store = memoryStore();
    const heads = memoryHeads();
    const first = await aDesk({ log: aLog({ store, heads, writerId: "w1" }) });
    const second = { ...first, ports: { ...first.ports, log: aLog({ store, heads, writerId: "w2" }) } };
    let release = () => {};
    const begun = new Promise<void>((resolveBegun) => {
      first.channel.hold = () =>
        new Promise((resolve) => {
          release = resolve;
          resolveBegun();
        });
    });
    const posting = observe(first);
    await begun;
    const other = await observe(second);
    expect(other.steps).toEqual([]);
    release();
    await posting;
    expect(first.channel.calls).toEqual([`post ${NIGHT}`]);
    expect((await observe(second)).steps).toEqual([]);
  });
});

describe("messages that Slack refuses", () => {
  it("do not keep others from being told, and are tried once a day at last", async () => {
    const desk = await aDesk();
    await append(desk, anAlert("meta/1001"), anAlert("meta/1002"));
    const waits: number[] = [];
    for (let tries = 0; tries < 6; tries += 1) {
      desk.channel.faults.push({ call: "find", error: invalid, kept: false });
      if (tries === 0) desk.channel.faults.splice(0, 1, { call: "post", error: invalid, kept: false });
      const { state } = await observe(desk);
      const retry = state.retries[`tell alert/trackingSuspect/meta/1001/${NIGHT_MS}`];
      // Two messages before it took a second each.
      waits.push(Math.round(((retry?.nextTryAtMs ?? 0) - desk.time.nowMs) / MINUTE_MS));
      desk.time.nowMs = retry?.nextTryAtMs ?? 0;
    }
    expect(waits.slice(0, 5)).toEqual([5, 15, 60, 240, 1440]);
    expect(desk.channel.posts.map(({ content }) => content.key).slice(0, 2)).toEqual([
      `alert/trackingSuspect/meta/1002/${NIGHT_MS}`,
      NIGHT,
    ]);
  });

  it("are tried at once when the desk is another, in its new channel", async () => {
    const desk = await aDesk({ brand: { slack: { ...SLACK, channel: "C0WRONG" } } });
    const { failed } = await observe(desk);
    expect(failed).toHaveLength(1);
    const brand = { ...desk.config.brand, slack: SLACK };
    desk.time.nowMs += MINUTE_MS;
    await observe({ ...desk, config: { ...desk.config, brand } });
    expect(await messageOf(desk)).toMatchObject({ channel: CHANNEL, ts: "1.000" });
  });
});

describe("many messages", () => {
  it("are told one a second, thirty a run, and the rest is left", async () => {
    const desk = await aDesk();
    await append(desk, ...Array.from({ length: 32 }, (_, index) => anAlert(`meta/${1001 + index}`)));
    const before = desk.time.monotonicMs;
    const { left } = await observe(desk);
    expect(desk.channel.posts).toHaveLength(30);
    expect(desk.time.monotonicMs - before).toBe(29_000);
    expect(left.filter(({ kind }) => kind === "tell")).toHaveLength(3);
    await observe(desk);
    expect(desk.channel.posts).toHaveLength(33);
  });
});
