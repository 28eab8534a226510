import { afterEach, describe, expect, it } from "vitest";
import { FileError, type Files } from "../../lib/domain/files.ts";
import { previewPlan } from "../../lib/loop/preview.ts";
import { runBrand } from "../../lib/loop/run.ts";
import { PlatformError } from "../../lib/platforms/errors.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import {
  aNight,
  anApprovedRaise,
  aPlannedWorkspace,
  aWorkspace,
  BRAND,
  closeWorkspaces,
  effects,
  withMeta,
} from "../support/home.ts";

/** Nobody listens on the discard port. */
const NOBODY = { baseUrl: "http://127.0.0.1:9" };

afterEach(closeWorkspaces);

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
    expect(await effects(workspace.sandbox)).toEqual([]);
    // The next run of the same night takes it up again.
    expect((await aNight(workspace)).plan).not.toBeNull();
  });

  it("gives a silent platform up after its timeout", async () => {
    const workspace = await aWorkspace();
    for (let tries = 0; tries < 3; tries++) {
      await workspace.world.fault({ method: "GET", path: "/act_1001", fault: { kind: "hang" } });
    }
    const { run, plan } = await aNight(withMeta(workspace, { timeoutMs: 200 }));
    expect(plan).toBeNull();
    expect(run.failed[0]?.error).toMatchObject({ details: { kind: "unavailable" } });
  });

  it("says that a platform which is down cannot be reached", async () => {
    const workspace = await aWorkspace();
    const { run } = await aNight(withMeta(workspace, NOBODY));
    expect(run.failed[0]?.error).toMatchObject({ details: { kind: "unavailable" } });
    expect(run.state.proposals).toEqual({});
  });

  it("refuses wrong credentials without showing them", async () => {
    const workspace = await aWorkspace();
    const { run } = await aNight(withMeta(workspace, { token: "CANARY-wrong-token" }));
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
    const { plan } = await aNight(withMeta(workspace, NOBODY));
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
    const real = nodeFiles();
    let full = false;
    const files: Files = {
      ...real,
      async writeAtomic(path, text) {
        if (full) throw new FileError("files.noSpace", path, `${path} cannot be written: the disk is full`);
        await real.writeAtomic(path, text);
      },
    };
    const workspace = await aPlannedWorkspace(files);
    const raise = await anApprovedRaise(workspace);
    full = true;
    await expect(runBrand(workspace.ports, workspace.config, null)).rejects.toMatchObject({
      code: "files.noSpace",
    });
    expect(await effects(workspace.sandbox)).toEqual([]);
    full = false;
    const { state } = await runBrand(workspace.ports, workspace.config, null);
    expect(state.intents[raise.id]?.status).toBe("confirmed");
    expect(await workspace.ports.log.verify(BRAND)).toMatchObject({ ok: true });
  });
});
