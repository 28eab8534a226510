import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changePercent, directionOf } from "../../lib/domain/change.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import { previewPlan } from "../../lib/loop/preview.ts";
import { rederivePlans } from "../../lib/loop/rederive.ts";
import { runBrand } from "../../lib/loop/run.ts";
import type { Workspace } from "../../lib/runtime/workspace.ts";
import { answered } from "../support/answers.ts";
import { aHome, aNight, BRAND, effects, openHome, removeHomes } from "../support/home.ts";

/** The smallest of them: the largest raise takes two people. */
function idOf(plan: Plan, direction: string): string {
  const found = plan.changes.findLast(
    ({ edit, outcome }) => outcome === "proposed" && directionOf(edit) === direction,
  );
  if (found === undefined) throw new Error(`no ${direction} proposed`);
  return found.id;
}

describe("one night on the sandbox, over the real SDK", () => {
  let workspace: Workspace;
  let plan: Plan;

  beforeAll(async () => {
    workspace = await openHome(await aHome());
    const night = await aNight(workspace);
    if (night.plan === null) throw new Error("the night was not planned");
    plan = night.plan;
  });

  afterAll(async () => {
    await workspace.close();
    removeHomes();
  });

  async function approve(changeId: string, by = "lea") {
    const outcome = await answered(workspace.ports, BRAND, by, { kind: "approve", changeId, digest: null });
    return { outcome: outcome.kind, run: await runBrand(workspace.ports, workspace.config, null) };
  }

  it("proposes a raise and a pause, and blocks another raise with its reason", () => {
    const proposed = plan.changes.filter(({ outcome }) => outcome === "proposed");
    expect(proposed.map(({ edit }) => directionOf(edit))).toEqual(expect.arrayContaining(["raise", "pause"]));
    const blocked = plan.changes.filter(({ outcome }) => outcome === "blocked");
    expect(blocked.flatMap(({ notes }) => notes.map(({ reason }) => reason.key))).toEqual(
      expect.arrayContaining(["guardrail.learning.blocked", "guardrail.stageBand.blocked"]),
    );
  });

  it("raises by the rule's 20 % to the cent, with the evidence for each condition", () => {
    const raises = plan.changes.filter(
      ({ outcome, edit }) => outcome === "proposed" && directionOf(edit) === "raise",
    );
    expect(raises.map(({ edit }) => changePercent(edit))).toEqual(raises.map(() => 20));
    for (const { evidence } of raises) {
      expect(evidence.map(({ result }) => result)).toEqual(evidence.map(() => "matched"));
      expect(evidence.map(({ fact }) => fact)).toContain("cpaOkProbability");
    }
  });

  it("previews the very same changes without leaving a trace", async () => {
    const fresh = await openHome(await aHome());
    try {
      const preview = await previewPlan(fresh.ports, fresh.config);
      expect(preview.changes).toEqual(plan.changes);
      expect((await fresh.ports.log.state(BRAND)).position).toBe(0);
    } finally {
      await fresh.close();
    }
  });

  it("applies an approved raise: one write, read back, and the log verifies", async () => {
    const id = idOf(plan, "raise");
    const { outcome, run } = await approve(id);
    expect(outcome).toBe("recorded");
    expect(run.state.intents[id]?.status).toBe("confirmed");
    const change = plan.changes.find((one) => one.id === id);
    if (change?.edit.kind !== "dailyBudget" || workspace.sandbox === null) throw new Error("no raise");
    const cents = (micros: bigint) => micros / 10_000n;
    expect(await effects(workspace.sandbox)).toEqual([
      `daily_budget ${cents(change.edit.fromMicros)} -> ${cents(change.edit.toMicros)}`,
    ]);
    expect(await workspace.ports.log.verify(BRAND)).toMatchObject({ ok: true });
  });

  it("changes nothing when the same proposal is approved again", async () => {
    const id = idOf(plan, "raise");
    const before = (await workspace.ports.log.state(BRAND)).position;
    const { outcome, run } = await approve(id, "tom");
    expect(outcome).toBe("stood");
    expect(run.steps).toEqual([]);
    expect(run.state.proposals[id]?.decidedBy).toBe("lea");
    expect((await workspace.ports.log.state(BRAND)).position).toBe(before);
  });

  it("pauses what was approved to be paused", async () => {
    const id = idOf(plan, "pause");
    const { run } = await approve(id);
    expect(run.state.intents[id]?.status).toBe("confirmed");
    if (workspace.sandbox === null) throw new Error("no sandbox");
    expect((await effects(workspace.sandbox)).at(-1)).toBe("status ACTIVE -> PAUSED");
  });

  it("changes nothing when the same night runs again", async () => {
    const before = await workspace.ports.log.state(BRAND);
    const writes = workspace.sandbox === null ? [] : await workspace.sandbox.client.ledger();
    const again = await aNight(workspace);
    expect(again.run.steps).toEqual([]);
    expect(again.plan).toEqual(plan);
    expect((await workspace.ports.log.state(BRAND)).hash).toBe(before.hash);
    expect(await workspace.sandbox?.client.ledger()).toEqual(writes);
  });

  it("makes the decision again from what the log names, byte for byte", async () => {
    expect(await rederivePlans(workspace.ports, BRAND)).toEqual([
      { roundId: "atelier-lune/2026-03-11/night", position: 6, result: "same" },
    ]);
  });

  it("does not judge what another version decided", async () => {
    const { log, blobs } = workspace.ports;
    expect(await rederivePlans({ log, blobs, engineVersion: "0.1.0" }, BRAND)).toMatchObject([
      { result: "otherVersion" },
    ]);
  });

  it("finds a night that left anything else than it would again", async () => {
    const { log, ...ports } = workspace.ports;
    const entries = (await log.entries(BRAND)).map((entry) => ({
      ...entry,
      events: entry.events.map((event) =>
        event.type === "rulesRemembered" ? { ...event, channels: ["#elsewhere"] } : event,
      ),
    }));
    const forged = { ...ports, log: { ...log, entries: async () => entries } };
    expect(await rederivePlans(forged, BRAND)).toMatchObject([{ result: "different" }]);
  });

  it("rests what was raised, and expires what nobody answered, on the next night", async () => {
    await workspace.sandbox?.client.advance({ to: "nextNight" });
    const raised = idOf(plan, "raise");
    const next = await aNight(workspace);
    const holder = plan.changes.find(({ id }) => id === raised)?.holderKey;
    const again = next.plan?.changes.find(({ holderKey }) => holderKey === holder);
    expect(again === undefined || again.outcome === "blocked").toBe(true);
    const statuses = Object.values(next.run.state.proposals)
      .filter(({ roundId }) => roundId === plan.roundId)
      .map(({ status }) => status);
    expect(statuses).not.toContain("open");
    expect(statuses).toContain("expired");
    expect(await rederivePlans(workspace.ports, BRAND)).toMatchObject([
      { result: "same" },
      { result: "same" },
    ]);
  });
});

describe("the same seed", () => {
  afterAll(removeHomes);

  it("gives the same log of decisions, whoever runs it", async () => {
    const plans: (Plan | null)[] = [];
    for (let run = 0; run < 2; run++) {
      const workspace = await openHome(await aHome());
      plans.push((await aNight(workspace)).plan);
      await workspace.close();
    }
    const [first, second] = plans;
    expect(first).not.toBeNull();
    expect({ ...first, inputs: { ...first?.inputs, state: "" } }).toEqual({
      ...second,
      inputs: { ...second?.inputs, state: "" },
    });
  });
});
