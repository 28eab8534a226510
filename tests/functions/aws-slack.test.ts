import { describe, expect, it } from "vitest";
import { BRAND } from "../support/aws-deployment.ts";
import { aDeskedDeployment, type DeskedDeployment, LEA, TOM } from "../support/aws-slack.ts";

/** Three nights with both SDKs take seconds, and more where everything runs at once. */
const LONG_MS = 60_000;
const PLANNED = [
  ...["roundStarted", "accountFetched", "accountFetched", "snapshotSealed"],
  ...["planned", "rulesRemembered"],
];
const NOT_TOLD = ["messageAttempted", "stepFailed"];

const PAUSE = `${BRAND}-20260312-1`;
const PAUSE_TOO = `${BRAND}-20260312-2`;
const LARGE = `${BRAND}-20260312-3`;
const BUYERS = `${BRAND}-20260312-4`;
const CANDLES = `${BRAND}-20260312-5`;
/** Two more were blocked in the plan, so the next free number is the ninth. */
const EDITED = `${BRAND}-20260312-9`;

const approve = (changeId: string) => ({ actionId: "palier_approve", changeId });

async function positionOf({ log }: DeskedDeployment): Promise<number> {
  return (await log.state(BRAND)).position;
}

/** Types of the log's events after that position. */
async function eventsAfter({ log }: DeskedDeployment, position: number): Promise<string[]> {
  return (await log.entries(BRAND, position + 1)).flatMap(({ events }) => events.map(({ type }) => type));
}

async function effectsOf({ world }: DeskedDeployment): Promise<string[]> {
  const entries = (await world.client.ledger()).filter(({ applied }) => applied);
  return entries.map(({ platform, field, from, to }) => `${platform} ${field} ${from} -> ${to}`);
}

async function statusOf({ log }: DeskedDeployment, changeId: string): Promise<string | undefined> {
  return (await log.state(BRAND)).proposals[changeId]?.status;
}

/** The calls to Slack since the last time, with what became of them. */
function callsOf({ workspace }: DeskedDeployment): string[] {
  return workspace.calls.splice(0).map(({ method, outcome }) => `${method} ${outcome}`);
}

/** A night without the secret's value, one message with trouble on the way, and a night without Slack. */
async function tellLate(deployment: DeskedDeployment): Promise<void> {
  const { workspace, posts, titles } = deployment;
  const down = { method: "chat.postMessage", fault: { kind: "serverError", status: 503 } } as const;
  // The secret has no value.
  expect(await deployment.minute()).toEqual([]);
  expect((await eventsAfter(deployment, 1)).slice(-8)).toEqual([...PLANNED, ...NOT_TOLD]);
  expect(deployment.asked).toContain("palier/slack");
  expect(callsOf(deployment)).toEqual([]);

  // It has one, and Slack answers with an error, then takes the message and its answer is lost.
  deployment.fillSecret();
  workspace.faults.push(down, { method: "chat.postMessage", fault: { kind: "dropAfter" } });
  for (const minutes of [5, 2, 4]) {
    await deployment.pass(minutes);
    expect(await deployment.minute()).toEqual([]);
  }
  expect(callsOf(deployment)).toEqual([
    "conversations.history ok",
    "chat.postMessage serverError",
    "conversations.history ok",
    "chat.postMessage dropAfter",
    "conversations.history ok",
    "chat.update ok",
  ]);
  expect(posts()).toHaveLength(1);

  // A whole night without Slack: its plan, and yesterday's figures, wait for it.
  await deployment.nextNight();
  const before = await positionOf(deployment);
  workspace.faults.push(down, down);
  expect(await deployment.hour()).toEqual([]);
  expect(await eventsAfter(deployment, before)).toEqual([...PLANNED, ...NOT_TOLD, ...NOT_TOLD]);
  expect(await statusOf(deployment, CANDLES)).toBe("open");
  expect(posts()).toHaveLength(1);
  await deployment.pass(4);
  expect(await deployment.minute()).toEqual([]);
  expect(titles()).toEqual([
    "Atelier Lune, night of Wed 11 Mar (Europe/Paris)",
    "Atelier Lune, night of Thu 12 Mar (Europe/Paris)",
    "Atelier Lune, Wed 11 Mar",
  ]);
}

/** Yes by one and by two, no, and an amount of somebody's own. */
async function answer(deployment: DeskedDeployment): Promise<void> {
  const { click, submit, told, shown, posts } = deployment;
  const messages = posts().length;
  const candles = deployment.prepare(LEA, approve(CANDLES));
  const first = await deployment.send(candles, true);
  expect(first).toMatchObject({ statusCode: 200, body: "{}" });
  // Slack repeats what it thinks went missing; this time as text.
  await deployment.send(candles);
  expect(await deployment.drain()).toEqual([]);
  expect(await effectsOf(deployment)).toEqual(["google daily_budget 16000 -> 19200"]);
  expect(() => deployment.valueOf(approve(CANDLES))).toThrow("no button");
  expect(deployment.valueOf({ actionId: "palier_restore", changeId: CANDLES })).toContain(CANDLES);

  await click(LEA, { actionId: "palier_edit", changeId: BUYERS });
  await submit(LEA, { amount: "1.000" });
  expect(Object.keys(deployment.errors(LEA) ?? {})).toEqual(["amount"]);
  await submit(LEA, { amount: "175,50" });
  await click(TOM, { actionId: "palier_reject", changeId: PAUSE });
  await submit(TOM, { reason: "the feed was broken" });
  await click(LEA, approve(LARGE));
  await click(LEA, approve(LARGE));
  expect(told(LEA)).toContain("Somebody else must say yes too");
  expect(await deployment.drain()).toEqual([]);
  expect(await effectsOf(deployment)).toHaveLength(1);
  expect(shown()).toContain("the feed was broken");
  expect(await statusOf(deployment, BUYERS)).toBe("edited");

  await click(TOM, approve(EDITED));
  await click(TOM, approve(LARGE));
  expect(await deployment.drain()).toEqual([]);
  expect((await effectsOf(deployment)).slice(1).toSorted()).toEqual([
    "meta daily_budget 16000 -> 17550",
    "meta daily_budget 52000 -> 62400",
  ]);
  expect(await statusOf(deployment, PAUSE)).toBe("rejected");
  expect(posts()).toHaveLength(messages);
}

/** Somebody who was taken off the desk since, and what a newer night has overtaken. */
async function answerTooLate(deployment: DeskedDeployment): Promise<void> {
  const { told } = deployment;
  const shown = deployment.prepare(TOM, approve(PAUSE_TOO));
  const people = [{ name: "lea", slack: LEA, role: "owner" }];
  await deployment.publishAnew({ limits: { shadowNights: 1 }, people });
  const before = await positionOf(deployment);
  await deployment.send(shown);
  expect(told(TOM)).toContain("is not among this brand's people");
  expect((await eventsAfter(deployment, before)).at(-1)).toBe("answerRefused");
  expect(await statusOf(deployment, PAUSE_TOO)).toBe("open");

  const seen = { actionId: "palier_approve", value: deployment.valueOf(approve(PAUSE_TOO)) };
  await deployment.nextNight();
  expect(await deployment.hour()).toEqual([]);
  expect(() => deployment.valueOf(approve(PAUSE_TOO))).toThrow("no button");
  await deployment.click(LEA, { actionId: "palier_restore", changeId: CANDLES, seen });
  expect(told(LEA)).toContain(`${PAUSE_TOO} expired`);
  expect(await deployment.drain()).toEqual([]);
  expect(await effectsOf(deployment)).toHaveLength(3);
}

describe("functions/{tick,observe,apply,slack}", () => {
  it(
    "look after budgets with and without Slack, make what its people answer, and show what became of it",
    async () => {
      const deployment = await aDeskedDeployment();
      await tellLate(deployment);
      await answer(deployment);
      await answerTooLate(deployment);
      expect(await deployment.log.verify(BRAND)).toMatchObject({ ok: true });
      expect(await deployment.leaks()).toEqual([]);
    },
    LONG_MS,
  );
});
