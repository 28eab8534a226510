import { afterEach, describe, expect, it } from "vitest";
import { runBrand } from "../../lib/loop/run.ts";
import type { FaultKind, SandboxClient } from "../../lib/sandbox/index.ts";
import {
  ACCOUNT,
  anApprovedRaise,
  aPlannedWorkspace,
  closeWorkspaces,
  effects,
  withMeta,
} from "../support/home.ts";

afterEach(closeWorkspaces);

async function failWrite(world: SandboxClient, entityId: string, fault: FaultKind): Promise<void> {
  await world.fault({ method: "POST", path: `/${entityId}`, fault });
}

describe("a platform in trouble while a change is sent", () => {
  it.each([{ kind: "dropAfter" }, { kind: "errorAfter" }] as const)(
    "confirms by reading what was applied although no answer came: $kind",
    async (fault) => {
      const workspace = await aPlannedWorkspace();
      const raise = await anApprovedRaise(workspace);
      await failWrite(workspace.world, raise.entityId, fault);
      const { state } = await runBrand(workspace.ports, workspace.config, null);
      expect(state.intents[raise.id]).toMatchObject({ status: "confirmed", sends: 1 });
      expect(await effects(workspace.sandbox)).toEqual([
        `daily_budget ${raise.fromCents} -> ${raise.toCents}`,
      ]);
    },
  );

  it.each([{ kind: "dropBefore" }, { kind: "html502" }] as const)(
    "sends again only when a late read proves that nothing happened: $kind",
    async (fault) => {
      const workspace = await aPlannedWorkspace();
      const raise = await anApprovedRaise(workspace);
      await failWrite(workspace.world, raise.entityId, fault);
      const first = await runBrand(workspace.ports, workspace.config, null);
      expect(first.state.intents[raise.id]?.status).toBe("sent");
      await workspace.world.advance({ ms: 5 * 60_000 });
      const second = await runBrand(workspace.ports, workspace.config, null);
      expect(second.state.intents[raise.id]).toMatchObject({ status: "confirmed", sends: 2 });
      expect(await effects(workspace.sandbox)).toEqual([
        `daily_budget ${raise.fromCents} -> ${raise.toCents}`,
      ]);
    },
  );

  it("stops after two sends without effect and says so", async () => {
    const workspace = await aPlannedWorkspace();
    const raise = await anApprovedRaise(workspace);
    for (let send = 1; send <= 2; send++) {
      await failWrite(workspace.world, raise.entityId, { kind: "dropBefore" });
      await runBrand(workspace.ports, workspace.config, null);
      await workspace.world.advance({ ms: 5 * 60_000 });
    }
    const { state } = await runBrand(workspace.ports, workspace.config, null);
    expect(state.intents[raise.id]).toMatchObject({
      status: "notApplied",
      sends: 2,
      reason: { key: "loop.noEffect" },
    });
    expect(await effects(workspace.sandbox)).toEqual([]);
  });

  it("takes a clear refusal as the end, without a second try", async () => {
    const workspace = await aPlannedWorkspace();
    const raise = await anApprovedRaise(workspace);
    await failWrite(workspace.world, raise.entityId, { kind: "throttle", code: 613, subcode: 1487632 });
    const { state } = await runBrand(workspace.ports, workspace.config, null);
    expect(state.intents[raise.id]).toMatchObject({
      status: "notApplied",
      sends: 1,
      reason: { key: "loop.platformRefused" },
    });
    await workspace.world.advance({ ms: 5 * 60_000 });
    expect((await runBrand(workspace.ports, workspace.config, null)).steps).toEqual([]);
  });

  it("reports another value than asked for as diverged and stops the account", async () => {
    const workspace = await aPlannedWorkspace();
    const raise = await anApprovedRaise(workspace);
    await failWrite(workspace.world, raise.entityId, { kind: "clamp", cents: 11_111 });
    const { state } = await runBrand(workspace.ports, workspace.config, null);
    expect(state.intents[raise.id]).toMatchObject({
      status: "diverged",
      actual: { kind: "dailyBudget", toMicros: 111_110_000n },
    });
    expect(await workspace.ports.stops()).toMatchObject([{ scope: ACCOUNT, by: "palier" }]);
  });

  it("leaves a budget alone that a person changed meanwhile, and says so", async () => {
    const workspace = await aPlannedWorkspace();
    const raise = await anApprovedRaise(workspace);
    await workspace.world.edit({ entityId: raise.entityId, edit: { field: "daily_budget", cents: 7_777 } });
    const { state } = await runBrand(workspace.ports, workspace.config, null);
    expect(state.intents[raise.id]).toMatchObject({
      status: "superseded",
      sends: 0,
      reason: { key: "loop.changedMeanwhile", values: { budget: { value: 77_770_000, unit: "money" } } },
    });
    const apiWrites = (await workspace.world.ledger()).filter(({ actor }) => actor === "api");
    expect(apiWrites).toEqual([]);
  });
});

describe("an approval", () => {
  it("runs out with its proposal, also when the platform could not be read in time", async () => {
    const workspace = withMeta(await aPlannedWorkspace());
    const raise = await anApprovedRaise(workspace);
    for (let tries = 0; tries < 3; tries++) {
      await workspace.world.fault({ method: "GET", path: `/${raise.entityId}`, fault: { kind: "html502" } });
    }
    const first = await runBrand(workspace.ports, workspace.config, null);
    expect(first.state.intents[raise.id]?.status).toBe("intended");
    expect(first.failed).toHaveLength(1);
    await workspace.world.advance({ ms: 12 * 3_600_000 });
    const late = await runBrand(workspace.ports, workspace.config, null);
    expect(late.state.intents[raise.id]).toMatchObject({
      status: "superseded",
      reason: { key: "loop.tooLate" },
    });
    expect(await effects(workspace.sandbox)).toEqual([]);
  });
});
