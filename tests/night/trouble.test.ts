import { afterEach, describe, expect, it } from "vitest";
import { FileError, type Files } from "../../lib/domain/files.ts";
import { answerProposal, stopBrand } from "../../lib/loop/decisions.ts";
import { previewPlan } from "../../lib/loop/preview.ts";
import { runBrand } from "../../lib/loop/run.ts";
import { PlatformError } from "../../lib/platforms/errors.ts";
import { createMetaPlatform } from "../../lib/platforms/meta/index.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import type { Workspace } from "../../lib/runtime/workspace.ts";
import type { FaultKind, SandboxClient } from "../../lib/sandbox/index.ts";
import { ACCOUNT, aHome, aNight, BRAND, effects, openHome, removeHomes } from "../support/home.ts";

const open: Workspace[] = [];

afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close();
  removeHomes();
});

async function aWorkspace(): Promise<Workspace & { world: SandboxClient }> {
  const workspace = await openHome(await aHome());
  open.push(workspace);
  if (workspace.sandbox === null) throw new Error("the example brand is on the sandbox");
  return { ...workspace, world: workspace.sandbox.client };
}

/** A planned night with its first proposed raise approved and not yet sent. */
async function anApprovedRaise(workspace: Workspace) {
  const { plan } = await aNight(workspace);
  const raise = plan?.changes.find(
    ({ outcome, edit }) => outcome === "proposed" && edit.kind === "dailyBudget",
  );
  if (raise?.edit.kind !== "dailyBudget") throw new Error("no raise proposed");
  const given = { changeId: raise.id, verdict: "approved", by: "lea", reason: null } as const;
  await answerProposal(workspace.ports, BRAND, given);
  const toCents = raise.edit.toMicros / 10_000n;
  return { id: raise.id, entityId: raise.target.id, fromCents: raise.edit.fromMicros / 10_000n, toCents };
}

async function failWrite(world: SandboxClient, entityId: string, fault: FaultKind): Promise<void> {
  await world.fault({ method: "POST", path: `/${entityId}`, fault });
}

describe("a platform in trouble while a change is sent", () => {
  it.each([{ kind: "dropAfter" }, { kind: "errorAfter" }] as const)(
    "confirms by reading what was applied although no answer came: $kind",
    async (fault) => {
      const workspace = await aWorkspace();
      const raise = await anApprovedRaise(workspace);
      await failWrite(workspace.world, raise.entityId, fault);
      const { state } = await runBrand(workspace.ports, workspace.config, null);
      expect(state.intents[raise.id]).toMatchObject({ status: "confirmed", sends: 1 });
      expect(await effects(sandboxOf(workspace))).toEqual([
        `daily_budget ${raise.fromCents} -> ${raise.toCents}`,
      ]);
    },
  );

  it.each([{ kind: "dropBefore" }, { kind: "html502" }] as const)(
    "sends again only when a late read proves that nothing happened: $kind",
    async (fault) => {
      const workspace = await aWorkspace();
      const raise = await anApprovedRaise(workspace);
      await failWrite(workspace.world, raise.entityId, fault);
      const first = await runBrand(workspace.ports, workspace.config, null);
      expect(first.state.intents[raise.id]?.status).toBe("sent");
      await workspace.world.advance({ ms: 5 * 60_000 });
      const second = await runBrand(workspace.ports, workspace.config, null);
      expect(second.state.intents[raise.id]).toMatchObject({ status: "confirmed", sends: 2 });
      expect(await effects(sandboxOf(workspace))).toEqual([
        `daily_budget ${raise.fromCents} -> ${raise.toCents}`,
      ]);
    },
  );

  it("stops after two sends without effect and says so", async () => {
    const workspace = await aWorkspace();
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
    expect(await effects(sandboxOf(workspace))).toEqual([]);
  });

  it("takes a clear refusal as the end, without a second try", async () => {
    const workspace = await aWorkspace();
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
    const workspace = await aWorkspace();
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
    const workspace = await aWorkspace();
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

describe("stops", () => {
  it("keep an approved change from being sent", async () => {
    const workspace = await aWorkspace();
    const raise = await anApprovedRaise(workspace);
    await stopBrand(workspace.ports, BRAND, "lea", "wrong prices");
    const { state } = await runBrand(workspace.ports, workspace.config, null);
    expect(state.intents[raise.id]).toBeUndefined();
    expect(state.proposals[raise.id]?.status).toBe("superseded");
    expect(await effects(sandboxOf(workspace))).toEqual([]);
  });

  it.each(["everything", ACCOUNT])("of %s keep it too, between intent and sending", async (scope) => {
    const workspace = await aWorkspace();
    const raise = await anApprovedRaise(workspace);
    const readable = { ...workspace.ports };
    let reads = 0;
    const ports = {
      ...readable,
      stops: async () => {
        reads += 1;
        return reads === 1 ? [] : [{ scope, by: "lea", atMs: 1, reason: null }];
      },
    };
    const { state } = await runBrand(ports, workspace.config, null);
    expect(state.intents[raise.id]).toMatchObject({ status: "superseded", sends: 0 });
    expect(await effects(sandboxOf(workspace))).toEqual([]);
  });

  it("that cannot be read stop everything", async () => {
    const workspace = await aWorkspace();
    const raise = await anApprovedRaise(workspace);
    const unreadable = async () => {
      throw new Error("control table is out of reach");
    };
    await expect(runBrand({ ...workspace.ports, stops: unreadable }, workspace.config, null)).rejects.toThrow(
      "control table is out of reach",
    );
    expect((await workspace.ports.log.state(BRAND)).intents[raise.id]).toBeUndefined();
    expect(await effects(sandboxOf(workspace))).toEqual([]);
  });
});

describe("a platform in trouble while it is read", () => {
  it.each([
    ["an expired token", { kind: "expiredToken" }, "auth"],
    ["another account's answer", { kind: "wrongAccount" }, "malformed"],
  ] as const)("plans nothing with %s, in one clear message", async (_name, fault, kind) => {
    const workspace = await aWorkspace();
    await workspace.world.fault({ method: "GET", path: "/act_1001/insights", fault });
    const { run, plan } = await aNight(workspace);
    expect(plan).toBeNull();
    expect(run.failed).toHaveLength(1);
    const error = run.failed[0]?.error;
    expect(error).toBeInstanceOf(PlatformError);
    expect(error).toMatchObject({ details: { kind } });
    expect(run.state.proposals).toEqual({});
    expect(await effects(sandboxOf(workspace))).toEqual([]);
    // The next run of the same night takes it up again.
    expect((await aNight(workspace)).plan).not.toBeNull();
  });

  it("gives a silent platform up after its timeout", async () => {
    const workspace = await aWorkspace();
    const { meta } = sandboxOf(workspace);
    const impatient = createMetaPlatform({ ...meta, timeoutMs: 200, sleep: async () => {} });
    for (let tries = 0; tries < 3; tries++) {
      await workspace.world.fault({ method: "GET", path: "/act_1001", fault: { kind: "hang" } });
    }
    const ports = { ...workspace.ports, platform: async () => impatient };
    const { run, plan } = await aNight({ ...workspace, ports });
    expect(plan).toBeNull();
    expect(run.failed[0]?.error).toMatchObject({ details: { kind: "unavailable" } });
  });

  it("says that a platform which is down cannot be reached", async () => {
    const workspace = await aWorkspace();
    const unreachable = createMetaPlatform({
      token: "t",
      baseUrl: "http://127.0.0.1:9",
      sleep: async () => {},
    });
    const ports = { ...workspace.ports, platform: async () => unreachable };
    const { run } = await aNight({ ...workspace, ports });
    expect(run.failed[0]?.error).toMatchObject({ details: { kind: "unavailable" } });
    expect(run.state.proposals).toEqual({});
  });

  it("refuses wrong credentials without showing them", async () => {
    const workspace = await aWorkspace();
    const { meta } = sandboxOf(workspace);
    const wrong = createMetaPlatform({ ...meta, token: "CANARY-wrong-token", sleep: async () => {} });
    const { run } = await aNight({
      ...workspace,
      ports: { ...workspace.ports, platform: async () => wrong },
    });
    const error = run.failed[0]?.error;
    expect(error).toMatchObject({ details: { kind: "auth", code: 190 } });
    const log = JSON.stringify(await workspace.ports.log.entries(BRAND), (_key, value) =>
      typeof value === "bigint" ? value.toString() : value,
    );
    expect(`${log}${String(error)}${JSON.stringify(error)}`).not.toContain("CANARY");
  });

  it("seals at the end of the night window with the missing account named, and raises nothing", async () => {
    const workspace = await aWorkspace();
    await workspace.world.advance({ ms: 2 * 3_600_000 });
    const unreachable = createMetaPlatform({
      token: "t",
      baseUrl: "http://127.0.0.1:9",
      sleep: async () => {},
    });
    const { plan } = await aNight({
      ...workspace,
      ports: { ...workspace.ports, platform: async () => unreachable },
    });
    expect(plan?.missing.map(({ key }) => key)).toEqual(["missing.account", "loop.accountFailed"]);
    expect(plan?.changes.filter(({ outcome }) => outcome === "proposed" || outcome === "auto")).toEqual([]);
    expect(plan?.brandLine.mer.value).toBeNull();
    expect(plan?.holds.map(({ because }) => because)).toEqual(["noData"]);
  });

  it("names what is missing in a preview, which stores nothing", async () => {
    const workspace = await aWorkspace();
    await workspace.world.fault({ method: "GET", path: "/act_1001", fault: { kind: "expiredToken" } });
    const plan = await previewPlan(workspace.ports, workspace.config);
    expect(plan.missing.map(({ key }) => key)).toContain("loop.accountFailed");
    expect((await workspace.ports.log.state(BRAND)).position).toBe(0);
  });
});

describe("a disk in trouble", () => {
  it.each([
    ["files.noSpace", "the disk is full"],
    ["files.readOnly", "read-only"],
  ] as const)("ends the night with %s before anything is proposed", async (code, words) => {
    const workspace = await aWorkspace();
    const { blobs } = workspace.ports;
    const failing = {
      ...blobs,
      put: async () => {
        throw new FileError(code, "blobs", `blobs cannot be written: ${words}`);
      },
    };
    await expect(
      aNight({ ...workspace, ports: { ...workspace.ports, blobs: failing } }),
    ).rejects.toMatchObject({ code });
    expect((await workspace.ports.log.state(BRAND)).proposals).toEqual({});
    expect((await aNight(workspace)).plan).not.toBeNull();
  });

  it("never sends what it could not record, and goes on when it can", async () => {
    const home = await aHome();
    const real = nodeFiles();
    let full = false;
    const files: Files = {
      ...real,
      async writeAtomic(path, text) {
        if (full) throw new FileError("files.noSpace", path, `${path} cannot be written: the disk is full`);
        await real.writeAtomic(path, text);
      },
    };
    const workspace = await openHome(home, { files });
    open.push(workspace);
    const raise = await anApprovedRaise(workspace);
    full = true;
    await expect(runBrand(workspace.ports, workspace.config, null)).rejects.toMatchObject({
      code: "files.noSpace",
    });
    expect(await effects(sandboxOf(workspace))).toEqual([]);
    full = false;
    const { state } = await runBrand(workspace.ports, workspace.config, null);
    expect(state.intents[raise.id]?.status).toBe("confirmed");
    expect(await workspace.ports.log.verify(BRAND)).toMatchObject({ ok: true });
  });
});

function sandboxOf({ sandbox }: Workspace) {
  if (sandbox === null) throw new Error("the example brand is on the sandbox");
  return sandbox;
}
