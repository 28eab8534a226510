import { describe, expect, it } from "vitest";
import {
  aClickBody,
  aCommandBody,
  anOpenedHomeBody,
  aSlackDesk,
  aSubmissionBody,
  MESSAGE_TS,
  REPLY_URL,
  SIGNING_SECRET,
  signedBySlack,
  VALUE,
} from "../../support/aws/slack.ts";
import { ALERT_ID, alertRaised, confirmed, deskChanged } from "../../support/desk-events.ts";
import {
  appendAll,
  BRAND,
  CHANGE_ID,
  EXPIRES_AT_MS,
  NIGHT_MS,
  ROUND_ID,
  stopped,
} from "../../support/log.ts";
import {
  aSlackHandler,
  ask,
  type GivenSlack,
  NOW_MS,
  never,
  POSITION,
  ROW,
} from "../../support/slack-parts.ts";

const EVA = { user: { id: "U222", team_id: "T111" } };
const REJECT = { action_id: "palier_reject" };
const ABOUT = {
  brand: BRAND,
  changeId: CHANGE_ID,
  digest: VALUE.split(":")[1],
  channel: "C111",
  ts: MESSAGE_TS,
};
const AT_HOME = { channel: null, response_url: null, container: { type: "view", view_id: "V1" } };

describe("lib/runtime/slack/answer", () => {
  it("records an approval by the person's name on the desk, wakes both lanes, rewrites the row, and tells them", async () => {
    const { send, log, last, store, woken, replies } = await aSlackHandler();
    expect(await send(aClickBody())).toEqual({ status: 200, body: {} });
    expect(await last()).toMatchObject([
      { type: "clickUsed", by: "lea" },
      { type: "proposalApproved", atMs: NOW_MS, changeId: CHANGE_ID, by: "lea" },
    ]);
    expect(woken.sort()).toEqual([`apply ${BRAND} ${BRAND}#7`, `observe ${BRAND} ${BRAND}#7`]);
    const { position, hash } = await log.state(BRAND);
    expect(await store.summary(BRAND)).toEqual({
      ...ROW,
      nextDueAtMs: NOW_MS,
      nextApplyAtMs: NOW_MS,
      openProposals: 0,
      head: { position, hash },
    });
    expect(replies).toMatchObject([{ url: REPLY_URL, text: expect.stringContaining(CHANGE_ID) }]);
  });

  it("counts the same click once, however often it arrives", async () => {
    const { send, log, replies } = await aSlackHandler();
    await send(aClickBody());
    await send(aClickBody());
    expect((await log.state(BRAND)).position).toBe(POSITION + 1);
    expect(replies).toHaveLength(2);
  });

  it("lets exactly one of two opposite answers at once decide", async () => {
    const { send, log } = await aSlackHandler();
    const reject = aSubmissionBody("palier_reject", ABOUT, { reason: { value: "sale" } }, EVA);
    await Promise.all([send(aClickBody()), send(reject)]);
    const { position, proposals } = await log.state(BRAND);
    expect(position).toBe(POSITION + 1);
    expect(["approved", "rejected"]).toContain(proposals[CHANGE_ID]?.status);
  });

  it("approves all safe ones of a night with one click", async () => {
    const { send, log } = await aSlackHandler();
    await send(aClickBody({}, { action_id: "palier_approve_safe", value: ROUND_ID }));
    expect((await log.state(BRAND)).proposals[CHANGE_ID]).toMatchObject({
      status: "approved",
      decidedBy: "lea",
    });
  });

  it.each<[string, GivenSlack, object, string]>([
    ["somebody on no desk", {}, { user: { id: "U999", team_id: "T111" } }, "answer.notOnDesk"],
    ["a viewer", {}, { user: { id: "U333", team_id: "T111" } }, "answer.needsApprover"],
    ["somebody of another workspace", {}, { user: { id: "W111", team_id: "T999" } }, "answer.outsideTeam"],
    ["a click of no workspace", {}, { team: null }, "answer.outsideTeam"],
    ["another app", {}, { api_app_id: "A999" }, "answer.outsideApp"],
    ["another channel", {}, { channel: { id: "C999" } }, "answer.outsideChannel"],
    ["a message that is not in the log", {}, { container: { message_ts: "9.9" } }, "answer.outsideMessage"],
    ["a bot", {}, { bot_id: "B1" }, "answer.outsideBot"],
    ["a guest", {}, { user: { id: "W111", team_id: "T111", is_restricted: true } }, "answer.outsideGuest"],
    [
      "somebody who was taken off the desk since",
      { desk: aSlackDesk({ people: aSlackDesk().people.slice(1) }) },
      {},
      "answer.notOnDesk",
    ],
  ])("refuses %s, tells them, and keeps the attempt on record", async (_, given, over, key) => {
    const { send, log, last, replies, woken } = await aSlackHandler(given);
    await send(aClickBody(over));
    expect((await log.state(BRAND)).proposals[CHANGE_ID]?.status).toBe("open");
    expect((await last()).at(-1)).toMatchObject({ type: "answerRefused", what: "approve", reason: { key } });
    expect(replies).toHaveLength(1);
    expect(woken.filter((wake) => wake.startsWith("apply"))).toEqual([]);
  });

  it.each<[string, GivenSlack]>([
    ["expired", { nowMs: EXPIRES_AT_MS }],
    ["under a stop", { also: [stopped()] }],
  ])("refuses an approval of what is %s, and writes nothing", async (_, given) => {
    const { send, log, replies, woken } = await aSlackHandler(given);
    const before = (await log.state(BRAND)).position;
    await send(aClickBody());
    expect((await log.state(BRAND)).position).toBe(before);
    expect(replies).toHaveLength(1);
    // Its card may still say that it is open.
    expect(woken).toEqual([`observe ${BRAND} ${BRAND}#${before}`]);
  });

  it.each([["other-20260311-1:00000000"], ["click_me_123"], ["atelier-lune-20260311-9:00000000"]])(
    "knows no change %s, and writes in nobody's log",
    async (value) => {
      const { send, store, replies, woken } = await aSlackHandler();
      await send(aClickBody({}, { value }));
      expect(await store.latest("other")).toBeNull();
      expect((await store.latest(BRAND))?.position).toBe(POSITION);
      expect(replies).toHaveLength(1);
      expect(woken).toEqual([]);
    },
  );

  it("takes an alert, but not the one that was raised after what was shown", async () => {
    const { send, log } = await aSlackHandler({ also: [alertRaised()] });
    const take = (raisedAtMs: number, trigger_id: string) =>
      send(
        aClickBody(
          { trigger_id },
          { action_id: "palier_take_alert", value: `${BRAND}:${raisedAtMs}:${ALERT_ID}` },
        ),
      );
    await take(NIGHT_MS - 1, "1.1.a");
    expect((await log.state(BRAND)).alerts[ALERT_ID]?.takenBy).toBeNull();
    await take(NIGHT_MS, "1.1.b");
    expect((await log.state(BRAND)).alerts[ALERT_ID]?.takenBy).toBe("lea");
  });

  it.each([["palier_reject"], ["palier_edit"], ["palier_hands_off"]])(
    "opens the dialog of %s with what it is about, and decides nothing yet",
    async (action_id) => {
      const { send, log, called } = await aSlackHandler();
      expect(await send(aClickBody({}, { action_id }))).toEqual({ status: 200, body: {} });
      expect(called).toMatchObject([
        {
          method: "views.open",
          token: "xoxb-111",
          body: { trigger_id: "111.222.valid", view: { callback_id: action_id } },
        },
      ]);
      const [call] = called as { body: { view: { private_metadata: string } } }[];
      expect(JSON.parse(call?.body.view.private_metadata ?? "")).toEqual(ABOUT);
      expect((await log.state(BRAND)).position).toBe(POSITION);
    },
  );

  it("says what a person may make of the amount before they type it", async () => {
    const { send, called } = await aSlackHandler();
    await send(aClickBody({}, { action_id: "palier_edit" }));
    expect(JSON.stringify(called)).toContain("€101.00");
  });

  it("offers to take back what was applied", async () => {
    const planned = ["roundStarted", "accountFetched", "snapshotSealed", "planned"];
    const also = confirmed.filter(({ type }) => !planned.includes(type));
    const { send, called } = await aSlackHandler({ also, nowMs: NIGHT_MS + 120_000 });
    await send(aClickBody({}, { action_id: "palier_restore" }));
    expect(called).toMatchObject([{ body: { view: { callback_id: "palier_restore" } } }]);
  });

  it("opens no dialog for whoever may not answer, nor for what is over", async () => {
    const viewer = await aSlackHandler();
    await viewer.send(aClickBody({ user: { id: "U333", team_id: "T111" } }, REJECT));
    expect([viewer.called, viewer.replies.length]).toEqual([[], 1]);
    const late = await aSlackHandler({ nowMs: EXPIRES_AT_MS });
    await late.send(aClickBody({}, REJECT));
    expect([late.called, late.replies.length]).toEqual([[], 1]);
  });

  it("says so when Slack opens no dialog", async () => {
    const { send, parts, replies } = await aSlackHandler();
    parts.calls.call = async () => Promise.reject(new Error("expired_trigger_id"));
    await send(aClickBody({}, REJECT));
    expect(replies[0]?.text).toContain("did not open the dialog in time");
  });

  it("records a rejection with its reason, and shows what became of it in the dialog", async () => {
    const { send, log } = await aSlackHandler();
    const answer = await send(
      aSubmissionBody("palier_reject", ABOUT, { reason: { value: "sale next week" } }),
    );
    expect(answer).toMatchObject({
      status: 200,
      body: { response_action: "update", view: { type: "modal" } },
    });
    expect((await log.state(BRAND)).proposals[CHANGE_ID]).toMatchObject({
      status: "rejected",
      decidedBy: "lea",
      reason: "sale next week",
    });
  });

  it("makes a new version of an edited amount, and the old one is dead", async () => {
    const { send, log } = await aSlackHandler();
    await send(aSubmissionBody("palier_edit", ABOUT, { amount: { value: "110" } }));
    const { proposals } = await log.state(BRAND);
    expect(proposals[CHANGE_ID]?.status).toBe("edited");
    expect(proposals["atelier-lune-20260311-2"]).toMatchObject({
      status: "open",
      madeBy: "lea",
      change: { edit: { toMicros: 110_000_000n } },
    });
  });

  it.each([
    ["1.000", "amount"],
    ["", "amount"],
    ["500", "amount"],
  ])(
    "shows beside the field what is wrong with the amount %j, and lets it be mended",
    async (value, field) => {
      const { send, log } = await aSlackHandler();
      const answer = await send(aSubmissionBody("palier_edit", ABOUT, { amount: { value } }));
      expect(answer.body).toEqual({ response_action: "errors", errors: { [field]: expect.any(String) } });
      expect((await log.state(BRAND)).position).toBe(POSITION);
      await send(aSubmissionBody("palier_edit", ABOUT, { amount: { value: "110" } }));
      expect((await log.state(BRAND)).proposals[CHANGE_ID]?.status).toBe("edited");
    },
  );

  it("keeps hands off until the chosen day, and shows a day that is over beside its field", async () => {
    const { send, log } = await aSlackHandler();
    const until = (selected_date: string) =>
      send(aSubmissionBody("palier_hands_off", ABOUT, { until: { selected_date }, reason: { value: null } }));
    expect((await until("2026-03-10")).body).toMatchObject({
      response_action: "errors",
      errors: { until: /./ },
    });
    await until("2026-03-20");
    expect((await log.state(BRAND)).heldOff["meta/1001/adGroup/77"]).toMatchObject({
      until: "2026-03-20",
      by: "lea",
    });
  });

  it("holds a dialog to the message that opened it", async () => {
    const { send, log, last } = await aSlackHandler();
    await send(aSubmissionBody("palier_reject", { ...ABOUT, ts: "9.9" }, {}));
    expect((await log.state(BRAND)).proposals[CHANGE_ID]?.status).toBe("open");
    expect((await last()).at(-1)).toMatchObject({ reason: { key: "answer.outsideMessage" } });
  });

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

  it("answers a click at home, where there is no message, in a dialog, and shows the home anew", async () => {
    const { send, log, called } = await aSlackHandler();
    await send(aClickBody(AT_HOME));
    expect((await log.state(BRAND)).proposals[CHANGE_ID]?.status).toBe("approved");
    expect(called.map(({ method }) => method).sort()).toEqual(["views.open", "views.publish"]);
  });

  it("proves to Slack that the address is its own, and lets everything else be", async () => {
    const { send, log } = await aSlackHandler();
    expect(await send('{"type":"url_verification","challenge":"c1"}')).toEqual({
      status: 200,
      body: { challenge: "c1" },
    });
    expect(await send(aClickBody({}, { action_id: "palier_open" }))).toEqual({ status: 200, body: {} });
    expect(await send(aClickBody({ type: "view_closed" }))).toEqual({ status: 200, body: {} });
    expect((await log.state(BRAND)).position).toBe(POSITION);
  });

  it.each([
    ["unsigned", { body: aClickBody(), headers: {} }],
    ["signed by another secret", signedBySlack(aClickBody(), NOW_MS, "another-signing-secret-1234")],
    ["of five minutes ago", signedBySlack(aClickBody(), NOW_MS - 301_000)],
    ["changed since", { ...signedBySlack(aClickBody(), NOW_MS), body: aClickBody({}, REJECT) }],
  ])("refuses a request that is %s, with nothing recorded and nothing sent", async (_, posted) => {
    const { parts, log, replies } = await aSlackHandler();
    expect(await ask(parts, posted)).toEqual({ status: 401, body: { error: "slack.unsigned" } });
    expect((await log.state(BRAND)).position).toBe(POSITION);
    expect(replies).toEqual([]);
  });

  it("refuses what is malformed or too large", async () => {
    const { parts, send } = await aSlackHandler();
    expect(await send("payload=x")).toEqual({ status: 400, body: { error: "slack.malformed" } });
    const large = { headers: {}, body: "x".repeat(1_048_577) };
    expect(await ask(parts, large)).toEqual({ status: 413, body: { error: "slack.tooLarge" } });
  });

  it("keeps the decision when everything after it fails", async () => {
    const fail = async () => Promise.reject(new Error("down"));
    const { send, log, telemetry } = await aSlackHandler({
      store: (store) => ({ ...store, putSummary: fail }),
      parts: { lanes: { wake: fail }, calls: { call: fail, reply: fail } },
    });
    expect((await send(aClickBody())).status).toBe(200);
    expect((await log.state(BRAND)).proposals[CHANGE_ID]?.status).toBe("approved");
    expect(telemetry.lines.map(({ message }) => message).sort()).toEqual([
      "a lane was not woken; the next tick wakes it",
      "a lane was not woken; the next tick wakes it",
      "the summary row was not rewritten; the next run does it",
      "whoever answered could not be told",
    ]);
  });

  it("answers in time even when what follows hangs", async () => {
    const waits: number[] = [];
    const wait = async (ms: number) => {
      waits.push(ms);
      if (ms > 2_000) await never<void>();
    };
    const wall = { nowMs: () => NOW_MS, wait };
    const { send, log } = await aSlackHandler({
      parts: { wall, lanes: { wake: never }, calls: { call: never, reply: never } },
    });
    expect((await send(aClickBody())).status).toBe(200);
    expect(waits.sort()).toEqual([1_500, 2_600]);
    expect((await log.state(BRAND)).proposals[CHANGE_ID]?.status).toBe("approved");
  });

  it("says that nothing is certain when the log does not answer in time, or at all", async () => {
    const hangs = {
      openLog: () => ({ state: never }) as never,
      wall: { nowMs: () => NOW_MS, wait: async () => {} },
    };
    const slow = await aSlackHandler({ parts: hangs });
    expect((await slow.send(aClickBody())).status).toBe(503);
    const submitted = await slow.send(aSubmissionBody("palier_reject", ABOUT, {}));
    expect(JSON.stringify(submitted.body)).toContain("NOT certain");
    const down = await aSlackHandler({
      store: (store) => ({ ...store, controlStops: async () => Promise.reject(new Error("unreadable")) }),
    });
    expect((await down.send(aClickBody())).status).toBe(503);
    expect(down.replies[0]?.text).toContain("NOT certain");
    expect(down.woken).toEqual([]);
  });

  it("judges nothing without a signing secret", async () => {
    const { send, log } = await aSlackHandler({
      parts: { credentials: async () => Promise.reject(new Error(`no ${SIGNING_SECRET.length}`)) },
    });
    expect(await send(aClickBody())).toEqual({ status: 503, body: { error: "slack.unavailable" } });
    expect((await log.state(BRAND)).position).toBe(POSITION);
  });
});
