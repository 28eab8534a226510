import { afterEach, describe, expect, it } from "vitest";
import { runBrand } from "../../lib/loop/run.ts";
import { stopBrand } from "../support/answers.ts";
import {
  ACCOUNT,
  anApprovedRaise,
  aPlannedWorkspace,
  BRAND,
  closeWorkspaces,
  effects,
} from "../support/home.ts";

afterEach(closeWorkspaces);

describe("stops", () => {
  it("keep an approved change from being sent", async () => {
    const workspace = await aPlannedWorkspace();
    const raise = await anApprovedRaise(workspace);
    await stopBrand(workspace.ports, BRAND, "wrong prices");
    const { state } = await runBrand(workspace.ports, workspace.config, null);
    expect(state.intents[raise.id]).toBeUndefined();
    expect(state.proposals[raise.id]?.status).toBe("superseded");
    expect(await effects(workspace.sandbox)).toEqual([]);
  });

  it.each(["everything", ACCOUNT])("of %s keep it too, between intent and sending", async (scope) => {
    const workspace = await aPlannedWorkspace();
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
    expect(await effects(workspace.sandbox)).toEqual([]);
  });

  it("that cannot be read stop everything", async () => {
    const workspace = await aPlannedWorkspace();
    const raise = await anApprovedRaise(workspace);
    const unreadable = async () => {
      throw new Error("control table is out of reach");
    };
    await expect(runBrand({ ...workspace.ports, stops: unreadable }, workspace.config, null)).rejects.toThrow(
      "control table is out of reach",
    );
    expect((await workspace.ports.log.state(BRAND)).intents[raise.id]).toBeUndefined();
    expect(await effects(workspace.sandbox)).toEqual([]);
  });
});
