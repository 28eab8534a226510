import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, describe, expect, it } from "vitest";
import { runBrand } from "../../lib/loop/run.ts";
import { answered, approve, stopBrand } from "../support/answers.ts";
import { BRAND, effects, removeHomes, serveWorld } from "../support/home.ts";
import { anOwnStory, linesOf, type OwnStory, wrongWith } from "../support/own-rules.ts";

const CLARA = "UGC Clara";
const INES = "UGC Ines";
const MARC = "UGC Marc";
const ADVANTAGE = "PROS | Advantage+ | FR";
const HOUR_MS = 3_600_000;

function on(...names: string[]) {
  return { appliesTo: { level: "budgetHolder", names } };
}

function whilePaused(...names: string[]) {
  return { appliesTo: { level: "budgetHolder", names, status: ["paused"] } };
}

function onDay(day: number) {
  return { conditions: { all: [{ fact: "dayOfMonth", operator: "equal", value: day }] } };
}

const BRANDWIDE = { appliesTo: { level: "brand" } };
const PAUSE_FOR_A_DAY = { type: "pause", until: "tomorrow" };

/** What was written to the platforms of each night's changes, in cents or by status. */
async function written(story: OwnStory): Promise<string[]> {
  return await effects(story.at().sandbox);
}

async function pausedByUs(story: OwnStory): Promise<number> {
  return Object.keys((await story.state()).memory.pauses).length;
}

describe("rules of every kind, night after night over the real SDKs", () => {
  afterAll(removeHomes);

  it("turn on again what they paused, once in a life, and leave alone what a person paused again", async () => {
    const story = await anOwnStory({
      rules: {
        "stop-tonight": { ...on(CLARA), action: PAUSE_FOR_A_DAY, atMost: { perLife: 1 } },
        "stop-dear": { ...on(MARC, INES), action: { type: "pause" } },
        "wake-up": { ...whilePaused(MARC, INES), action: { type: "resume", pausedBy: ["stop-dear"] } },
      },
    });
    expect(linesOf(await story.night())).toEqual([
      "stop-dear UGC Ines pause auto",
      "stop-dear UGC Marc pause auto",
      "stop-tonight UGC Clara pause auto",
    ]);
    const { world } = story.at();
    for (const status of ["ACTIVE", "PAUSED"] as const) {
      await world.advance({ ms: HOUR_MS });
      await story.byHand(MARC, status);
    }
    expect(linesOf(await story.night())).toEqual([
      "stop-tonight UGC Clara resume auto",
      "wake-up UGC Ines resume proposed scopeGrew",
      "wake-up UGC Marc resume blocked scopeGrew pausedBy",
    ]);
    expect([await story.statusOf(CLARA), await pausedByUs(story)]).toEqual(["ACTIVE", 1]);
    expect(linesOf(await story.night())).toEqual([
      "stop-tonight UGC Clara pause blocked atMost",
      "wake-up UGC Ines resume proposed evidence",
      "wake-up UGC Marc resume blocked pausedBy",
    ]);
    expect(await wrongWith(story)).toEqual([]);
  });

  it("stop a whole account in one night, and bring it back over as many as its writes need", async () => {
    const story = await anOwnStory({
      brand: { accountStop: ["stop-account"] },
      limits: { writesPerRun: 2 },
      rules: {
        "stop-account": {
          ...{ appliesTo: { level: "account", accounts: ["2000000002"] }, ...onDay(11) },
          action: { ...PAUSE_FOR_A_DAY, what: "campaigns" },
        },
      },
    });
    const nights: string[] = [];
    for (let night = 1; night <= 4; night += 1) {
      const plan = await story.night();
      expect(plan.refused).toBeNull();
      const made = plan.changes.filter(({ outcome }) => outcome === "auto").length;
      nights.push(`${made} made, ${await pausedByUs(story)} still paused`);
    }
    expect(nights).toEqual([
      "5 made, 5 still paused",
      "2 made, 3 still paused",
      "2 made, 1 still paused",
      "1 made, 0 still paused",
    ]);
    expect(await wrongWith(story)).toEqual([]);
  });

  it("count nights, take turns, mute, hold on, walk up and steer", async () => {
    const story = await anOwnStory({
      limits: { settledPercent: 50, minConversionsProposed: 5, minConversionsApplied: 5 },
      layers: [{ firstMatch: ["cut-ines", "raise-ines"] }],
      rules: {
        "tell-media": { ...BRANDWIDE, action: { type: "notify", to: ["#media"] } },
        "hold-cold": {
          ...{ ...BRANDWIDE, ...onDay(12) },
          action: { type: "hold", blocks: ["raise"], scope: "stage:prospecting", forAtLeast: "2d" },
        },
        "cut-clara": {
          ...{ ...on(CLARA), nightsInARow: 3, rollout: { propose: "3d" } },
          action: { type: "cutBudget", percent: 5, floor: 5 },
        },
        "cut-marc": {
          ...{ ...on(MARC), ...onDay(11) },
          ...{ action: { type: "cutBudget", percent: 5, floor: 5 } },
          mutes: { rules: ["raise-marc"], for: "2d" },
        },
        "raise-marc": { ...on(MARC), action: { type: "raiseBudget", percent: 5 } },
        "cut-ines": { ...on(INES), ...onDay(11), action: { type: "cutBudget", percent: 5, floor: 5 } },
        "raise-ines": { ...on(INES), action: { type: "raiseBudget", percent: 5 } },
        steer: {
          ...on(ADVANTAGE),
          action: {
            type: "setBudget",
            toward: { metric: "cpa", window: "14d", target: 20, band: [19, 21] },
            ...{ maxPercent: 8, floor: 460, ceiling: 600 },
          },
        },
      },
    });
    const first = await story.night();
    expect(linesOf(first)).toEqual([
      "cut-clara UGC Clara cut blocked rollout nightsInARow",
      "cut-ines UGC Ines cut auto",
      "cut-marc UGC Marc cut auto",
      "raise-ines UGC Ines raise blocked firstMatch",
      "raise-marc UGC Marc raise blocked conflict",
      "steer PROS | Advantage+ | FR cut auto",
    ]);
    const second = await story.night();
    expect(linesOf(second)).toEqual([
      "cut-clara UGC Clara cut blocked rollout nightsInARow",
      "raise-ines UGC Ines raise blocked hold",
      "raise-marc UGC Marc raise blocked muted",
      "steer PROS | Advantage+ | FR cut blocked floor tolerance",
    ]);
    expect([first, second].map(({ notices }) => notices.map(({ ruleId, to }) => `${ruleId} ${to}`))).toEqual([
      ["tell-media #media"],
      [],
    ]);
    const third = linesOf(await story.night());
    expect(third.slice(0, 3)).toEqual([
      "cut-clara UGC Clara cut proposed rollout",
      "raise-ines UGC Ines raise blocked hold",
      "raise-marc UGC Marc raise blocked hold",
    ]);
    expect(linesOf(await story.night())[0]).toBe("cut-clara UGC Clara cut auto");
    // 8 % of 520 EUR; what is left to the floor is not worth an edit.
    const steered = (await written(story)).filter((line) => /52000|47840|46000/.test(line));
    expect(steered).toEqual(["daily_budget 52000 -> 47840"]);
    expect(await wrongWith(story)).toEqual([]);
  });

  it("keep what they did and paused when they are edited, and nothing of what they counted or held", async () => {
    const rules = {
      "stop-clara": { ...on(CLARA), action: PAUSE_FOR_A_DAY, atMost: { perLife: 1 } },
      "stop-marc": { ...on(MARC), action: PAUSE_FOR_A_DAY, atMost: { perLife: 1 } },
      "hold-cuts": {
        ...{ ...BRANDWIDE, ...onDay(11) },
        action: { type: "hold", blocks: ["cut"], forAtLeast: "9d" },
      },
      slow: { ...on(INES), action: { type: "cutBudget", percent: 5, floor: 5 }, nightsInARow: 2 },
    };
    const story = await anOwnStory({ rules });
    const first = await story.night();
    expect(linesOf(first)).toEqual([
      "slow UGC Ines cut blocked nightsInARow",
      "stop-clara UGC Clara pause auto",
      "stop-marc UGC Marc pause auto",
    ]);
    expect(first.holds.map(({ ruleId, until }) => `${ruleId} ${until}`)).toEqual(["hold-cuts 2026-03-19"]);

    const { "stop-clara": _, "hold-cuts": __, ...left } = rules;
    const slower = { ...rules.slow, action: { type: "cutBudget", percent: 6, floor: 5 } };
    await story.write({ rules: { ...left, slow: slower } });
    await stopBrand(story.at().ports, BRAND);
    const second = await story.night();
    expect(linesOf(second)).toEqual([
      "slow UGC Ines cut blocked nightsInARow",
      "stop-marc UGC Marc resume blocked stop",
    ]);
    expect(second.missing).toEqual([
      {
        key: "missing.pauseEnd",
        values: {
          name: { value: CLARA, unit: "text" },
          rule: { value: "stop-clara", unit: "text" },
          until: { value: "2026-03-12", unit: "day" },
        },
      },
    ]);

    await answered(story.at().ports, BRAND, "lea", { kind: "resume" });
    await story.write({ rules: { ...rules, slow: slower } });
    const third = await story.night();
    expect(third.holds).toEqual([]);
    expect(linesOf(third)).toEqual([
      "slow UGC Ines cut auto",
      "stop-clara UGC Clara resume auto",
      "stop-marc UGC Marc resume auto",
    ]);
    expect(linesOf(await story.night())).toEqual([
      "slow UGC Ines cut auto",
      "stop-clara UGC Clara pause blocked atMost",
      "stop-marc UGC Marc pause blocked atMost",
    ]);
    expect(await wrongWith(story)).toEqual([]);
  });

  it("pause and turn on exactly once where the process is killed in both", async () => {
    const rules = { "stop-clara": { ...on(CLARA), action: PAUSE_FOR_A_DAY, atMost: { perLife: 1 } } };
    const story = await anOwnStory({ rules, brand: { mode: "propose" } });
    for (const place of ["after write", "before changeConfirmed"]) {
      const [change] = (await story.night()).changes;
      if (change === undefined) throw new Error("nothing was planned");
      await approve(story.at().ports, BRAND, change.id);
      await story.close();
      const world = await serveWorld(story.home);
      const child = spawn(process.execPath, [
        ...["tests/support/crash-child.ts", story.home, place, story.folder],
      ]);
      const [, signal] = await once(child, "exit");
      expect(signal).toBe("SIGKILL");
      await world.client.advance({ ms: 5 * 60_000 });
      await world.close();
      await story.open();
      const { ports, config } = story.at();
      const { state } = await runBrand(ports, config, null);
      expect(state.intents[change.id]?.status).toBe("confirmed");
    }
    expect(await written(story)).toEqual(["status ACTIVE -> PAUSED", "status PAUSED -> ACTIVE"]);
    const { memory } = await story.state();
    expect([Object.values(memory.acts["stop-clara"] ?? {}), memory.pauses]).toEqual([
      [{ times: 1, day: "2026-03-11" }],
      {},
    ]);
    expect(linesOf(await story.night())).toEqual(["stop-clara UGC Clara pause blocked mode atMost"]);
    expect(await wrongWith(story)).toEqual([]);
  });
});
