import { afterAll, describe, expect, it, vi } from "vitest";
import { rootCommand } from "../../functions/cli/main.ts";
import { runProgram } from "../../functions/cli/program.ts";
import { aHome, aNight, openHome, removeHomes } from "../support/home.ts";

async function printed(args: readonly string[]): Promise<string> {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    await runProgram(rootCommand(), args);
    return write.mock.calls.map(([text]) => String(text)).join("");
  } finally {
    write.mockRestore();
  }
}

describe("functions/cli/digest", () => {
  afterAll(removeHomes);

  it("tells the morning of a night, for people and for machines", async () => {
    const home = await aHome();
    const workspace = await openHome(home);
    const { run } = await aNight(workspace);
    await workspace.close();
    const open = Object.values(run.state.proposals).map(({ change }) => change.id);
    const { day, changes, judged } = JSON.parse(await printed(["digest", "--json", "--home", home]));
    expect(process.exitCode).toBe(0);
    expect(day).toBe("2026-03-11");
    expect(open.length).toBeGreaterThan(0);
    expect(changes.map(({ changeId }: { changeId: string }) => changeId).toSorted()).toEqual(open.toSorted());
    expect(changes.every(({ status }: { status: string }) => status === "waiting")).toBe(true);
    expect(judged).toEqual([]);
    expect(await printed(["digest", "--home", home])).toContain("Atelier Lune, Wed");
  });
});
