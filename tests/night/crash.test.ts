import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runBrand } from "../../lib/loop/run.ts";
import { approve } from "../support/answers.ts";
import {
  aNight,
  aPlannedHome,
  BRAND,
  copyOfHome,
  effects,
  openHome,
  removeHomes,
  serveWorld,
} from "../support/home.ts";

const RAISE = "dailyBudget";

/** Every place in an apply where a process can end, in order. */
const PLACES = [
  "before changeIntended",
  "after changeIntended",
  "after live read",
  "before changeSent",
  "after changeSent",
  "before write",
  "after write",
  "after read back",
  "before changeConfirmed",
  "after changeConfirmed",
];

/** Runs the child on `home` until it is killed; the signal that ended it. */
async function killedAt(home: string, place: string): Promise<string | null> {
  const child = spawn(process.execPath, ["tests/support/crash-child.ts", home, place], {
    stdio: "inherit",
  });
  const [, signal] = await once(child, "exit");
  return signal;
}

describe("a process killed in the middle of an apply", () => {
  let planned: string;
  let changeId: string;
  let wanted: string;

  beforeAll(async () => {
    planned = await aPlannedHome();
    const workspace = await openHome(planned);
    const { plan } = await aNight(workspace);
    const raise = plan?.changes.find(({ outcome, edit }) => outcome === "proposed" && edit.kind === RAISE);
    if (raise?.edit.kind !== RAISE) throw new Error("no raise proposed");
    changeId = raise.id;
    wanted = `daily_budget ${raise.edit.fromMicros / 10_000n} -> ${raise.edit.toMicros / 10_000n}`;
    await approve(workspace.ports, BRAND, changeId);
    await workspace.close();
  });

  afterAll(removeHomes);

  it.each(PLACES)(
    "is finished by the next round with exactly one change on the platform: %s",
    async (place) => {
      const home = copyOfHome(planned);
      const world = await serveWorld(home);
      try {
        expect(await killedAt(home, place)).toBe("SIGKILL");
        await world.client.advance({ ms: 5 * 60_000 });
        const workspace = await openHome(home);
        try {
          const { state } = await runBrand(workspace.ports, workspace.config, null);
          expect(state.intents[changeId]?.status).toBe("confirmed");
          expect(await effects(world)).toEqual([wanted]);
          expect(await workspace.ports.log.verify(BRAND)).toMatchObject({ ok: true });
          expect((await runBrand(workspace.ports, workspace.config, null)).steps).toEqual([]);
        } finally {
          await workspace.close();
        }
      } finally {
        await world.close();
      }
    },
  );

  it("is not judged while its call could still be under way", async () => {
    const home = copyOfHome(planned);
    const world = await serveWorld(home);
    try {
      expect(await killedAt(home, "before write")).toBe("SIGKILL");
      const workspace = await openHome(home);
      try {
        const soon = await runBrand(workspace.ports, workspace.config, null);
        expect(soon.state.intents[changeId]?.status).toBe("sent");
        // Past the deadline the old value still proves nothing: the platform's own lag has not passed.
        await world.client.advance({ ms: 60_000 });
        const early = await runBrand(workspace.ports, workspace.config, null);
        expect(early.state.intents[changeId]?.status).toBe("sent");
        expect(await effects(world)).toEqual([]);
        await world.client.advance({ ms: 4 * 60_000 });
        const late = await runBrand(workspace.ports, workspace.config, null);
        expect(late.state.intents[changeId]).toMatchObject({ status: "confirmed", sends: 2 });
        expect(await effects(world)).toEqual([wanted]);
      } finally {
        await workspace.close();
      }
    } finally {
      await world.close();
    }
  });
});
