import { describe, expect, it } from "vitest";
import type { Edit } from "../../lib/domain/change.ts";
import type { LogEvent } from "../../lib/log/events.ts";
import { intendChange } from "../../lib/loop/steps/intend.ts";
import { sendChange } from "../../lib/loop/steps/send.ts";
import { aLoop, type TestLoop, writesOf } from "../support/loop.ts";

const BRAND = "atelier-lune";

async function make({ ports, config }: TestLoop, changeId: string): Promise<string> {
  await intendChange(ports, config, changeId);
  await sendChange(ports, config, changeId);
  const { proposals, intents } = await ports.log.state(BRAND);
  const intent = intents[changeId];
  return intent === undefined
    ? `${proposals[changeId]?.reason}`
    : `${intent.status} ${intent.reason?.key ?? ""}`;
}

const BACK = `${BRAND}-20260311-9`;

/** Somebody has what was applied taken back. */
async function takeBack({ ports, time }: TestLoop, changeId: string, edit: Edit): Promise<void> {
  const { intents, proposals } = await ports.log.state(BRAND);
  const { change, roundId } = intents[changeId] ?? { change: null, roundId: "" };
  const planHash = proposals[changeId]?.planHash ?? "";
  if (change === null) throw new Error(`${changeId} was not intended`);
  const atMs = time.nowMs;
  const back: LogEvent = {
    ...{ type: "restoreApproved", v: 1, atMs, of: changeId, planHash, roundId, by: "lea" },
    change: { ...change, id: BACK, edit },
    ...{ expiresAtMs: atMs + 3_600_000, ruleOffUntilMs: atMs + 86_400_000 },
  };
  await ports.log.append(BRAND, () => [back]);
}

describe("lib/loop/steps/intend", () => {
  it("makes nothing of what a rule asked for that is not in force any more", async () => {
    const loop = await aLoop();
    const config = { ...loop.config, ruleset: { ...loop.config.ruleset, rules: [] } };
    expect(await make({ ...loop, config }, loop.ids.raise)).toBe("recheck.ruleWithdrawn");
    expect(writesOf(loop)).toEqual([]);
  });

  it("sends nothing for a rule that was withdrawn after the intent", async () => {
    const loop = await aLoop();
    await intendChange(loop.ports, loop.config, loop.ids.raise);
    const config = { ...loop.config, ruleset: { ...loop.config.ruleset, rules: [] } };
    expect(await make({ ...loop, config }, loop.ids.raise)).toBe("superseded recheck.ruleWithdrawn");
    expect(writesOf(loop)).toEqual([]);
  });

  it("puts the old value back when somebody takes an applied change back, and writes nothing twice", async () => {
    const loop = await aLoop();
    expect(await make(loop, loop.ids.raise)).toBe("confirmed ");
    expect(loop.live.get("200")?.dailyBudgetMicros).toBe(60_000_000n);
    await takeBack(loop, loop.ids.raise, {
      kind: "dailyBudget",
      fromMicros: 60_000_000n,
      toMicros: 50_000_000n,
    });
    expect(await make(loop, BACK)).toBe("confirmed ");
    expect(loop.live.get("200")?.dailyBudgetMicros).toBe(50_000_000n);
    expect(writesOf(loop)).toEqual(["200", "200"]);
  });

  it.each([
    ["the budget that it was paused with", 50_000_000n, "confirmed ", "active"],
    ["no budget that somebody gave it meanwhile", 51_000_000n, "superseded loop.changedMeanwhile", "paused"],
    ["no budget that is not a daily one any more", null, "superseded loop.changedMeanwhile", "paused"],
  ])("starts what was paused again with %s", async (_what, dailyBudgetMicros, told, status) => {
    const loop = await aLoop();
    expect(await make(loop, loop.ids.pause)).toBe("confirmed ");
    loop.live.set("202", { status: "paused", dailyBudgetMicros, budgetName: "202" });
    const budgetMicros = 50_000_000n;
    await takeBack(loop, loop.ids.pause, { kind: "status", from: "paused", to: "active", budgetMicros });
    expect(await make(loop, BACK)).toBe(told);
    expect(loop.live.get("202")?.status).toBe(status);
  });
});
