import { describe, expect, it } from "vitest";
import { aClickBody, aCommandBody, anOpenedHomeBody, aSlackDesk, VALUE } from "../../support/aws/slack.ts";
import { deskChanged } from "../../support/desk-events.ts";
import { appendAll, BRAND, CHANGE_ID } from "../../support/log.ts";
import { aSlackHandler, NOW_MS, never, ROW } from "../../support/slack-parts.ts";

const AT_HOME = { channel: null, response_url: null, container: { type: "view", view_id: "V1" } };

describe("lib/runtime/slack/commands", () => {
  it("stops and resumes by the command, in the channel's brand", async () => {
    const { send, log, woken } = await aSlackHandler();
    const answer = await send(aCommandBody("stop Black Friday"));
    expect(answer).toMatchObject({ status: 200, body: { response_type: "ephemeral" } });
    expect((await log.state(BRAND)).stop).toMatchObject({ by: "lea", reason: "Black Friday" });
    await send(aCommandBody("resume", { trigger_id: "1.3.c", user_id: "U222" }));
    expect((await log.state(BRAND)).stop).not.toBeNull();
    await send(aCommandBody(`${BRAND} resume`, { trigger_id: "1.4.c" }));
    expect((await log.state(BRAND)).stop).toBeNull();
    expect(woken.at(-1)).toMatch(/^(apply|observe) /);
  });

  it("queues questions for whoever may read", async () => {
    const { send, log, woken } = await aSlackHandler();
    await send(aCommandBody("why PROS broad"));
    await send(aCommandBody("preview", { trigger_id: "1.3.c" }));
    const asked = Object.values((await log.state(BRAND)).questions);
    expect(asked.map(({ kind, text, by, userId, channel }) => [kind, text, by, userId, channel])).toEqual([
      ["why", "PROS broad", "lea", "W111", "C111"],
      ["preview", "", "lea", "W111", "C111"],
    ]);
    expect(woken.every((wake) => wake.startsWith("observe"))).toBe(true);
  });

  it("shows a viewer how things stand, and nobody else's channel anything", async () => {
    const { send } = await aSlackHandler();
    const viewer = { user_id: "U333" };
    expect((await send(aCommandBody("status", viewer))).body).toMatchObject({
      text: expect.stringContaining("Atelier Lune"),
    });
    expect(JSON.stringify((await send(aCommandBody("proposals", viewer))).body)).toContain("PROS broad");
    expect(JSON.stringify((await send(aCommandBody("status", { user_id: "U999" }))).body)).not.toContain(
      "Lune",
    );
    expect((await send(aCommandBody("status", { channel_id: "C999" }))).body).toMatchObject({
      text: expect.stringContaining("No brand is asked in this channel"),
    });
    expect(JSON.stringify((await send(aCommandBody("help", viewer))).body)).toContain("status");
  });

  it("asks which brand is meant where one channel serves several", async () => {
    const { send, parts, store } = await aSlackHandler();
    await appendAll(parts.openLog(), [[deskChanged({ desk: aSlackDesk({ brandName: "Brise" }) })]], "brise");
    await store.putSummary({ ...ROW, brand: "brise" });
    expect((await send(aCommandBody("status"))).body).toMatchObject({
      text: expect.stringContaining("`/palier atelier-lune status`"),
    });
    expect((await send(aCommandBody("brise status"))).body).toMatchObject({
      text: expect.stringContaining("Brise"),
    });
  });

  it("publishes the home of whoever opens it, with what they may answer", async () => {
    const { send, called } = await aSlackHandler();
    expect(await send(anOpenedHomeBody())).toEqual({ status: 200, body: {} });
    expect(called).toMatchObject([
      { method: "views.publish", body: { user_id: "W111", view: { type: "home" } } },
    ]);
    expect(JSON.stringify(called)).toContain(VALUE);
    const stranger = await aSlackHandler();
    await stranger.send(anOpenedHomeBody({ event: { type: "app_home_opened", user: "U999", tab: "home" } }));
    expect(JSON.stringify(stranger.called)).not.toContain("PROS broad");
  });

  it("looks into every log for a stranger once, and again no sooner than after ten seconds", async () => {
    const time = { nowMs: NOW_MS };
    let listed = 0;
    const { send } = await aSlackHandler({
      store: (store) => ({
        ...store,
        summaries: async () => {
          listed += 1;
          return await store.summaries();
        },
      }),
      parts: { wall: { nowMs: () => time.nowMs, wait: never } },
    });
    const stranger = { event: { type: "app_home_opened", user: "U999", tab: "home" } };
    const counts: number[] = [];
    for (const afterMs of [0, 0, 9_999, 1]) {
      time.nowMs += afterMs;
      await send(anOpenedHomeBody(stranger));
      counts.push(listed);
    }
    expect(counts).toEqual([1, 1, 1, 2]);
  });

  it("answers a click at home, where there is no message, in a dialog, and shows the home anew", async () => {
    const { send, log, called } = await aSlackHandler();
    await send(aClickBody(AT_HOME));
    expect((await log.state(BRAND)).proposals[CHANGE_ID]?.status).toBe("approved");
    expect(called.map(({ method }) => method).sort()).toEqual(["views.open", "views.publish"]);
  });
});
