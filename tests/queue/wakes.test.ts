import { describe, expect, it } from "vitest";
import {
  aDeployment,
  DEDUPED_BY_MINUTE,
  type Deployment,
  MINUTE_MS,
  SECOND_NIGHT_MS,
} from "../support/queue/deployment.ts";

const BRANDS = ["alpha", "beta", "gamma"];
/** The night's three cuts of 10 %, each once. */
const CUT_ONCE = ["200 45", "201 45", "202 45"];
/** Longer than a message stays invisible. */
const SEVEN_MINUTES_MS = 7 * MINUTE_MS;
/** A process that nothing ends in time. */
const UNENDED = { timeoutMs: 30 * MINUTE_MS };

function account({ accounts }: Deployment, brand = "alpha") {
  const found = accounts.get(brand);
  if (found === undefined) throw new Error(`no account of ${brand}`);
  return found;
}

function written(deployment: Deployment, brand = "alpha"): string[] {
  const { writes } = account(deployment, brand);
  return writes.map(({ adGroup, toMicros }) => `${adGroup} ${toMicros / 1_000_000n}`).toSorted();
}

function deadLetters({ queues: { observe, apply } }: Deployment): string[] {
  return [...observe.deadLetters, ...apply.deadLetters].map(({ body }) => body);
}

function depth({ queues: { observe, apply } }: Deployment): number {
  return observe.depth() + apply.depth();
}

/** Every change of the log with its end, and whether the log holds together. */
async function ended({ log }: Deployment, brand = "alpha"): Promise<string[]> {
  expect(await log.verify(brand)).toMatchObject({ ok: true });
  const { intents } = await log.state(brand);
  return Object.values(intents).map(({ change, status }) => `${change.target.id} ${status}`);
}

const CONFIRMED = ["200 confirmed", "201 confirmed", "202 confirmed"];

/** All three brands made their changes once, nothing waits, nothing is dead. */
async function expectAllMade(deployment: Deployment): Promise<void> {
  for (const brand of BRANDS) {
    expect(written(deployment, brand)).toEqual(CUT_ONCE);
    expect(await ended(deployment, brand)).toEqual(CONFIRMED);
  }
  expect(deadLetters(deployment)).toEqual([]);
  expect(depth(deployment)).toBe(0);
}

async function passMinutes(deployment: Deployment, minutes: number): Promise<void> {
  await deployment.passTo(deployment.time.nowMs() + minutes * MINUTE_MS);
}

async function openProposals({ log }: Deployment): Promise<string[]> {
  const { proposals } = await log.state("alpha");
  return Object.values(proposals)
    .filter(({ status }) => status === "open")
    .map(({ change }) => change.id);
}

describe("messages that come again", () => {
  it.each([1, 2, 3])("change nothing, whatever is delivered twice (seed %i)", async (seed) => {
    const deployment = await aDeployment({ brands: BRANDS, seed, rules: { lostDeletes: 1 } });
    await passMinutes(deployment, 30);
    expect(deployment.fed.apply.counts.done).toBeGreaterThanOrEqual(6);
    await expectAllMade(deployment);
  });

  it("end a run that its time limit cut off after the write: the next one reads that it was made", async () => {
    const deployment = await aDeployment({ brands: BRANDS });
    account(deployment).answerTakesMs = (write) => (write === 1 ? SEVEN_MINUTES_MS : 300);
    await passMinutes(deployment, 20);
    expect(deployment.fed.apply.counts.timedOut).toBe(1);
    await expectAllMade(deployment);
  });
});

describe("a poison message", () => {
  it("is received three times and ends alone in the dead letters, and its brand's night follows", async () => {
    const deployment = await aDeployment({ brands: BRANDS });
    deployment.queues.observe.send({ body: '{"brand":"../alpha"}', group: "alpha", dedupe: "poison" });
    await passMinutes(deployment, 10);
    expect(written(deployment, "alpha")).toEqual([]);
    expect(written(deployment, "beta")).toEqual(CUT_ONCE);
    await passMinutes(deployment, 20);
    expect(deadLetters(deployment)).toEqual(['{"brand":"../alpha"}']);
    expect(deployment.fed.observe.counts.failed).toBe(3);
    for (const brand of BRANDS) expect(written(deployment, brand)).toEqual(CUT_ONCE);
    expect(depth(deployment)).toBe(0);
  });
});

describe("a worker that outlives the visibility of its message", () => {
  it("sends nothing after a live read that took seven minutes: the second has sent by then", async () => {
    const deployment = await aDeployment({ brands: BRANDS, rules: UNENDED });
    account(deployment).readTakesMs = (read) => (read === 1 ? SEVEN_MINUTES_MS : 300);
    await passMinutes(deployment, 30);
    await expectAllMade(deployment);
  });

  it("finds its write confirmed by the second, who read it, when the answer comes at last", async () => {
    const deployment = await aDeployment({ brands: BRANDS, rules: UNENDED });
    account(deployment).answerTakesMs = (write) => (write === 1 ? SEVEN_MINUTES_MS : 300);
    await passMinutes(deployment, 30);
    await expectAllMade(deployment);
  });

  it.each([1, 2, 3, 4])(
    "at once with two others plans one night and writes each change once (seed %i)",
    async (seed) => {
      // The message shows again after five milliseconds, and again: three workers run for the same places in the log.
      const deployment = await aDeployment({
        brands: BRANDS,
        seed,
        rules: { ...UNENDED, maximumConcurrency: 20 },
        visibilityMs: 5,
      });
      await passMinutes(deployment, 30);
      for (const brand of BRANDS) {
        expect(written(deployment, brand)).toEqual(CUT_ONCE);
        expect(await ended(deployment, brand)).toEqual(CONFIRMED);
        const events = (await deployment.log.entries(brand)).flatMap((entry) => entry.events);
        expect(events.filter(({ type }) => type === "planned")).toHaveLength(2);
      }
      expect(depth(deployment)).toBe(0);
    },
  );

  it("starts no call behind a fence that has passed, and the second sends in its place", async () => {
    const deployment = await aDeployment({ brands: BRANDS, rules: UNENDED });
    deployment.fenceTakesMs = (brand, fence) => (brand === "alpha" && fence === 1 ? SEVEN_MINUTES_MS : 0);
    await passMinutes(deployment, 30);
    await expectAllMade(deployment);
    const sends = (await deployment.log.entries("alpha")).flatMap(({ events }) =>
      events.filter(({ type }) => type === "changeSent"),
    );
    expect(sends).toHaveLength(4);
  });

  it("cannot end the attempt that the second has under way", async () => {
    const deployment = await aDeployment({ brands: BRANDS, rules: UNENDED });
    // The first wakes up while the second waits for its answer.
    deployment.fenceTakesMs = (brand, fence) =>
      brand === "alpha" && fence === 1 ? 6 * MINUTE_MS + 8_000 : 0;
    account(deployment).answerTakesMs = (write) => (write === 1 ? 15_000 : 300);
    await passMinutes(deployment, 30);
    const refused = deployment.telemetry.lines.filter(({ fields }) => fields.error === "log.illegal");
    expect(refused).toHaveLength(1);
    await expectAllMade(deployment);
  });
});

describe("approvals", () => {
  it("given twice within five minutes both reach the platform by their own wake-ups", async () => {
    const deployment = await aDeployment({ brands: BRANDS, mode: "propose" });
    await passMinutes(deployment, 10);
    const [first = "", second = ""] = await openProposals(deployment);
    deployment.loses = (lane, { dedupe }) => lane === "apply" && DEDUPED_BY_MINUTE.test(dedupe);
    await deployment.approve("alpha", first);
    await passMinutes(deployment, 2);
    expect(written(deployment)).toEqual(["200 45"]);
    await deployment.approve("alpha", second);
    await passMinutes(deployment, 2);
    expect(written(deployment)).toEqual(["200 45", "201 45"]);
    expect(deadLetters(deployment)).toEqual([]);
  });

  it("given at the same moment both reach the platform, in one order, once each", async () => {
    const deployment = await aDeployment({ brands: BRANDS, mode: "propose" });
    await passMinutes(deployment, 10);
    const [first = "", second = ""] = await openProposals(deployment);
    await deployment.approve("alpha", first);
    await deployment.approve("alpha", second);
    await passMinutes(deployment, 5);
    expect(written(deployment)).toEqual(["200 45", "201 45"]);
    expect(await ended(deployment)).toEqual(["200 confirmed", "201 confirmed"]);
  });
});

describe("a lost wake-up", () => {
  it("of an approval is made good by the first tick of the next hour", async () => {
    const deployment = await aDeployment({ brands: BRANDS, mode: "propose" });
    await passMinutes(deployment, 15);
    const [first = ""] = await openProposals(deployment);
    deployment.loses = () => true;
    await deployment.approve("alpha", first);
    deployment.loses = () => false;
    const fiveOClockMs = SECOND_NIGHT_MS + 56 * MINUTE_MS;
    await deployment.passTo(fiveOClockMs - MINUTE_MS);
    expect(written(deployment)).toEqual([]);
    await deployment.passTo(fiveOClockMs + MINUTE_MS);
    expect(written(deployment)).toEqual(["200 45"]);
  });

  it("of a night is made good by the next tick, and nobody plans it twice", async () => {
    const deployment = await aDeployment({ brands: BRANDS });
    let lost = 0;
    deployment.loses = () => {
      lost += 1;
      return lost <= 6;
    };
    await passMinutes(deployment, 30);
    expect(lost).toBeGreaterThan(6);
    await expectAllMade(deployment);
  });
});

describe("one brand that fails for hours", () => {
  it("by its platform is tried again ever more rarely, without dead letters, while the others run", async () => {
    const deployment = await aDeployment({ brands: BRANDS });
    const before = account(deployment).fetches.length;
    account(deployment).isDown = true;
    await passMinutes(deployment, 90);
    for (const brand of ["beta", "gamma"]) expect(written(deployment, brand)).toEqual(CUT_ONCE);
    expect(written(deployment, "alpha")).toEqual([]);
    const tries = account(deployment).fetches.length - before;
    expect(tries).toBeGreaterThanOrEqual(8);
    expect(tries).toBeLessThanOrEqual(11);
    account(deployment).isDown = false;
    await passMinutes(deployment, 20);
    await expectAllMade(deployment);
  });

  it("in its writes alone waits longer each time before it reads again", async () => {
    const deployment = await aDeployment({ brands: BRANDS, mode: "propose" });
    await passMinutes(deployment, 10);
    const [first = ""] = await openProposals(deployment);
    account(deployment).isDown = true;
    await deployment.approve("alpha", first);
    await passMinutes(deployment, 60);
    // At once, and 1, 3, 7, 15, 30 and 45 minutes later, a little late where the minute has begun.
    expect(account(deployment).reads).toBeGreaterThanOrEqual(6);
    expect(account(deployment).reads).toBeLessThanOrEqual(8);
    expect(deadLetters(deployment)).toEqual([]);
    account(deployment).isDown = false;
    await passMinutes(deployment, 20);
    expect(written(deployment)).toEqual(["200 45"]);
  });

  it("before anything can be recorded fills the dead letters with its own wake-ups alone", async () => {
    const deployment = await aDeployment({ brands: BRANDS });
    deployment.unreadable.add("alpha");
    await passMinutes(deployment, 60);
    for (const brand of ["beta", "gamma"]) expect(written(deployment, brand)).toEqual(CUT_ONCE);
    deployment.unreadable.clear();
    await passMinutes(deployment, 20);
    expect(written(deployment, "alpha")).toEqual(CUT_ONCE);
    expect(await ended(deployment)).toEqual(CONFIRMED);
    expect(new Set(deadLetters(deployment))).toEqual(new Set(['{"brand":"alpha"}']));
    expect(depth(deployment)).toBe(0);
  });
});
