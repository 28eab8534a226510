import { describe, expect, it } from "vitest";
import { putToDesk } from "../../functions/cli/answering.ts";
import type { OpenDesk } from "../../functions/cli/desk.ts";
import { rederivePlans } from "../../lib/loop/rederive.ts";
import { brandOnStage } from "../../lib/runtime/stage-brand.ts";
import { ENGINE_VERSION } from "../../lib/runtime/version.ts";
import { approve as recordApproval } from "../support/answers.ts";
import { aDeployment, BRAND, type Deployment } from "../support/aws-deployment.ts";

const NIGHT = [
  ...["roundStarted", "accountFetched", "accountFetched", "snapshotSealed"],
  ...["planned", "rulesRemembered"],
];
const SENT_ONCE = ["changeIntended", "changeSent", "changeConfirmed"];

/** Types of the log's events from position `from` on. */
async function eventsOf({ log }: Deployment, from = 1): Promise<string[]> {
  return (await log.entries(BRAND, from)).flatMap(({ events }) => events.map(({ type }) => type));
}

async function positionOf({ log }: Deployment): Promise<number> {
  return (await log.state(BRAND)).position;
}

async function effectsOf({ world }: Deployment): Promise<string[]> {
  const entries = (await world.client.ledger()).filter(({ applied }) => applied);
  return entries.map(({ platform, field, from, to }) => `${platform} ${field} ${from} -> ${to}`);
}

/** The first raise of each platform that waits for a person. */
async function raisesOf({ log }: Deployment) {
  const { proposals } = await log.state(BRAND);
  const raises = Object.values(proposals).filter(
    ({ status, change: { edit } }) => status === "open" && edit.kind === "dailyBudget",
  );
  return ["meta", "google"].map((platform) => {
    const raise = raises.find(({ change }) => change.target.platform === platform)?.change;
    if (raise?.edit.kind !== "dailyBudget") throw new Error(`no raise on ${platform} is proposed`);
    return { id: raise.id, from: raise.edit.fromMicros / 10_000n, to: raise.edit.toMicros / 10_000n };
  });
}

/** As the function `slack` does: durable first, then the wake-up. */
async function approve({ ports, log, lanes }: Deployment, changeId: string): Promise<void> {
  await recordApproval(ports, BRAND, changeId);
  await lanes.wake("apply", BRAND, `${BRAND}#${(await log.state(BRAND)).position}`);
}

/** As `palier approve --stage` does. */
async function approveByCommand({ log, blobs, store, ports }: Deployment, changeId: string): Promise<void> {
  const target = { name: "dev", account: "000000000000", region: "local" };
  const brand = await brandOnStage({ target, store, log, blobs }, undefined);
  const desk: OpenDesk = { config: { brand }, ports, store, at: { kind: "stage", name: "dev" } };
  const outcome = await putToDesk(desk, { kind: "approve", changeId, digest: null }, "lea");
  expect(outcome.kind).toBe("recorded");
}

describe("functions/{tick,observe,apply}", () => {
  it("watch a night, propose on the next, send what was approved once, and read it back", async () => {
    const deployment = await aDeployment();
    expect(await deployment.minute()).toEqual([]);
    expect(await eventsOf(deployment, 2)).toEqual(NIGHT);
    expect((await deployment.log.state(BRAND)).proposals).toEqual({});

    await deployment.nextNight();
    const before = await positionOf(deployment);
    expect(await deployment.minute()).toEqual([]);
    expect(await eventsOf(deployment, before + 1)).toEqual(NIGHT);
    const raises = await raisesOf(deployment);
    expect(await effectsOf(deployment)).toEqual([]);

    const planned = await positionOf(deployment);
    const [clicked, typed] = raises;
    await approve(deployment, clicked?.id ?? "");
    expect(await deployment.drain()).toEqual([]);
    // By command nobody is woken: the next tick finds it.
    await approveByCommand(deployment, typed?.id ?? "");
    expect(await deployment.drain()).toEqual([]);
    expect(await effectsOf(deployment)).toHaveLength(1);
    await deployment.pass(1);
    expect(await deployment.minute()).toEqual([]);
    const effects = raises.map(({ from, to }, index) => {
      const [platform, field] =
        [
          ["meta", "daily_budget"],
          ["google", "daily_budget"],
        ][index] ?? [];
      return `${platform} ${field} ${from} -> ${to}`;
    });
    expect(await effectsOf(deployment)).toEqual(effects);
    const approvals = ["proposalApproved", "proposalApproved"];
    expect((await eventsOf(deployment, planned + 1)).toSorted()).toEqual(
      [...approvals, ...SENT_ONCE, ...SENT_ONCE].toSorted(),
    );

    // Whatever was delivered is delivered again, one by one and all at once.
    const settled = await positionOf(deployment);
    for (const message of deployment.delivered) await deployment.deliver(message);
    await Promise.all(deployment.delivered.map((message) => deployment.deliver(message)));
    expect(await positionOf(deployment)).toBe(settled);
    expect(await effectsOf(deployment)).toEqual(effects);

    expect(await deployment.log.verify(BRAND)).toMatchObject({ ok: true });
    const { log, blobs } = deployment;
    const again = await rederivePlans({ log, blobs, engineVersion: ENGINE_VERSION }, BRAND);
    expect(again.map(({ result }) => result)).toEqual(["same", "same"]);
    expect(new Set(deployment.asked)).toEqual(
      new Set(["palier/meta/read", "palier/google/read", "palier/meta/write", "palier/google/write"]),
    );
  });

  it("plan one night and send one change, however many deliveries run at once", async () => {
    const deployment = await aDeployment();
    await deployment.minute();
    await deployment.nextNight();
    const before = await positionOf(deployment);
    await deployment.tick();
    await deployment.deliverTwice();
    const events = await eventsOf(deployment, before + 1);
    expect(events.toSorted()).toEqual(NIGHT.toSorted());
    const [raise] = await raisesOf(deployment);
    await approve(deployment, raise?.id ?? "");
    await deployment.deliverTwice();
    await deployment.drain();
    expect(await effectsOf(deployment)).toEqual([`meta daily_budget ${raise?.from} -> ${raise?.to}`]);
    expect((await eventsOf(deployment)).filter((type) => type === "changeSent")).toHaveLength(1);
  });
});
