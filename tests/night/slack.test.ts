import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { aHome, aPlannedHome, BRAND, effects, openHome, removeHomes, serveWorld } from "../support/home.ts";
import { BRAND_FILE, rulesWith } from "../support/rules-folder.ts";
import { aServedHome, type Hands, INES, LEA, STRANGER, TOM, wordsOf } from "../support/served.ts";

const PAUSE = "atelier-lune-20260311-1";
const PAUSE_TOO = "atelier-lune-20260311-2";
const LARGE = "atelier-lune-20260311-3";
const BUYERS = "atelier-lune-20260311-4";
const CANDLES = "atelier-lune-20260311-5";
const NIGHT = "6 changes proposed";

/** A raise above 100 EUR a day takes two people. */
const STRICT = [BRAND_FILE, '"fourEyesAbove": 150', '"fourEyesAbove": 100'] as const;

/** The cards of the night as they stand. */
async function night(hands: Hands): Promise<string> {
  return wordsOf((await hands.message("night of")).blocks);
}

describe("a night in Slack, whole", () => {
  afterAll(removeHomes);

  async function aDesk(
    rules = "rules",
  ): Promise<{ hands: Hands; home: string; written(): Promise<string[]> }> {
    const home = await (rules === "rules" ? aPlannedHome() : aHome());
    const world = await serveWorld(home);
    onTestFinished(world.close);
    return { hands: await aServedHome(home, rules), home, written: async () => await effects(world) };
  }

  it("posts one message, makes what is approved, and the card says so", async () => {
    const { hands, home, written } = await aDesk();
    expect((await hands.state()).messages).toHaveLength(1);
    expect(await night(hands)).toContain(NIGHT);
    await hands.click(LEA, "palier_approve", CANDLES);
    expect(await hands.told(LEA)).toContain(CANDLES);
    await hands.settled();
    expect(await written()).toEqual(["daily_budget 16000 -> 19200"]);
    expect((await hands.state()).messages.filter(({ onlyFor }) => onlyFor === null)).toHaveLength(1);
    const card = await night(hands);
    expect(card).not.toContain(
      `"palier_approve","text":{"type":"plain_text","text":"Approve €192.00"},"value":"${CANDLES}`,
    );
    expect(card).toContain("palier_restore");
    await hands.served.close();
    const { ports, close } = await openHome(home);
    onTestFinished(close);
    expect(await ports.log.verify(BRAND)).toMatchObject({ ok: true });
    expect((await ports.log.state(BRAND)).proposals[CANDLES]).toMatchObject({ decidedBy: "lea" });
  });

  it("takes two people above the threshold, and one person once", async () => {
    const { hands, written } = await aDesk(rulesWith(STRICT));
    await hands.click(TOM, "palier_approve", LARGE);
    await hands.click(TOM, "palier_approve", LARGE);
    await hands.settled();
    expect(await written()).toEqual([]);
    await hands.click(LEA, "palier_approve", LARGE);
    await hands.settled();
    expect(await written()).toEqual(["daily_budget 52000 -> 62400"]);
  });

  it("makes a version of somebody's amount and drops the one before", async () => {
    const { hands, written } = await aDesk();
    await hands.click(LEA, "palier_edit", BUYERS);
    await hands.submit(LEA, { amount: "1.000" });
    const [dialog] = (await hands.state()).modals;
    expect(Object.keys(dialog?.errors ?? {})).toEqual(["amount"]);
    await hands.submit(LEA, { amount: "175,50" });
    await hands.settled();
    expect((await hands.state()).modals.filter(({ view }) => view.callback_id === "palier_edit")).toEqual([]);
    await hands.click(TOM, "palier_approve", "atelier-lune-20260311-9");
    await hands.settled();
    expect(await written()).toEqual(["daily_budget 16000 -> 17550"]);
  });

  it("lets nobody answer who is not on the desk, or only reads", async () => {
    const { hands, written } = await aDesk();
    await hands.click(STRANGER, "palier_approve", PAUSE);
    await hands.click(INES, "palier_approve", PAUSE);
    await hands.settled();
    expect(await written()).toEqual([]);
    expect(await night(hands)).toContain(`"value":"${PAUSE}`);
  });

  it("takes an applied pause back and keeps its rule off", async () => {
    const { hands, written } = await aDesk();
    await hands.click(LEA, "palier_approve", PAUSE);
    await hands.settled();
    await hands.click(LEA, "palier_restore", PAUSE);
    await hands.submit(LEA, {});
    await hands.settled();
    expect(await written()).toEqual(["status ACTIVE -> PAUSED", "status PAUSED -> ACTIVE"]);
  });

  it("hears why somebody says no, and keeps hands off", async () => {
    const { hands, home, written } = await aDesk();
    await hands.click(TOM, "palier_reject", PAUSE);
    await hands.submit(TOM, { reason: "the feed was broken" });
    await hands.click(LEA, "palier_hands_off", PAUSE_TOO);
    await hands.submit(LEA, { until: "2026-03-20", reason: "launch" });
    await hands.settled();
    expect(await written()).toEqual([]);
    expect(await night(hands)).toContain("the feed was broken");
    await hands.served.close();
    const { ports, close } = await openHome(home);
    onTestFinished(close);
    const state = await ports.log.state(BRAND);
    expect(state.proposals[PAUSE]).toMatchObject({ status: "rejected", reason: "the feed was broken" });
    expect(Object.values(state.heldOff)).toMatchObject([
      { until: "2026-03-20", by: "lea", reason: "launch" },
    ]);
  });

  it("answers the command and the home, and questions once they are thought through", async () => {
    const { hands } = await aDesk();
    await hands.command(LEA, "status");
    expect(await hands.told(LEA)).toContain("6");
    await hands.command(TOM, "why Candles");
    await hands.settled();
    expect(await hands.told(TOM)).toContain("Candles");
    expect(await hands.home(LEA)).toContain(PAUSE);
    await hands.command(INES, "stop");
    await hands.command(LEA, "stop stock is low");
    await hands.settled();
    await hands.click(LEA, "palier_approve", PAUSE);
    expect(await hands.told(LEA)).toContain("atelier-lune is stopped, by lea");
  });

  it("loses and doubles no message, whatever becomes of the calls", async () => {
    const { hands } = await aDesk();
    await hands.fault({ method: "chat.update", fault: { kind: "dropAfter" } });
    await hands.click(LEA, "palier_reject", PAUSE);
    await hands.submit(LEA, {});
    await hands.settled();
    const { messages } = await hands.state();
    expect(messages.filter(({ onlyFor }) => onlyFor === null)).toHaveLength(1);
    expect(wordsOf(messages)).toContain("ejected");
  });
});
