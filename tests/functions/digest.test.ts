import { afterAll, describe, expect, it } from "vitest";
import { palier } from "../support/command.ts";
import { aNight, aPlannedHome, openHome, removeHomes } from "../support/home.ts";

describe("functions/cli/digest", () => {
  afterAll(removeHomes);

  it("tells the morning of a night, for people and for machines", async () => {
    const home = await aPlannedHome();
    const workspace = await openHome(home);
    const { run } = await aNight(workspace);
    await workspace.close();
    const open = Object.values(run.state.proposals).map(({ change }) => change.id);
    const { code, stdout } = await palier(["digest", "--json", "--home", home]);
    expect(code).toBe(0);
    const { day, changes, judged } = JSON.parse(stdout);
    expect(day).toBe("2026-03-11");
    expect(open.length).toBeGreaterThan(0);
    expect(changes.map(({ changeId }: { changeId: string }) => changeId).toSorted()).toEqual(open.toSorted());
    expect(changes.every(({ status }: { status: string }) => status === "waiting")).toBe(true);
    expect(judged).toEqual([]);
    expect((await palier(["digest", "--home", home])).stdout).toContain("Atelier Lune, Wed");
  });
});
