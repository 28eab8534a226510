import { describe, expect, it } from "vitest";
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
    const { intents, proposals } = await loop.ports.log.state(BRAND);
    const { change, roundId } = intents[loop.ids.raise] ?? { change: null, roundId: "" };
    const planHash = proposals[loop.ids.raise]?.planHash ?? "";
    if (change === null) throw new Error("the raise was not intended");
    const atMs = loop.time.nowMs;
    const back: LogEvent = {
      ...{ type: "restoreApproved", v: 1, atMs, of: change.id, planHash, roundId, by: "lea" },
      change: {
        ...change,
        id: `${BRAND}-20260311-9`,
        edit: { kind: "dailyBudget", fromMicros: 60_000_000n, toMicros: 50_000_000n },
      },
      ...{ expiresAtMs: atMs + 3_600_000, ruleOffUntilMs: atMs + 86_400_000 },
    };
    await loop.ports.log.append(BRAND, () => [back]);
    expect(await make(loop, `${BRAND}-20260311-9`)).toBe("confirmed ");
    expect(loop.live.get("200")?.dailyBudgetMicros).toBe(50_000_000n);
    expect(writesOf(loop)).toEqual(["200", "200"]);
  });
});
