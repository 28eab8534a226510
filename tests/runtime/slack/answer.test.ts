import { describe, expect, it } from "vitest";
import {
  aClickBody,
  aSlackDesk,
  aSubmissionBody,
  MESSAGE_TS,
  REPLY_URL,
  SIGNING_SECRET,
  signedBySlack,
  VALUE,
} from "../../support/aws/slack.ts";
import { ALERT_ID, alertRaised } from "../../support/desk-events.ts";
import { BRAND, CHANGE_ID, EXPIRES_AT_MS, NIGHT_MS, ROUND_ID, stopped } from "../../support/log.ts";
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

  it("takes what Slack repeats because its first try failed, once", async () => {
    let tries = 0;
    const { parts, log } = await aSlackHandler({
      store: (store) => ({
        ...store,
        controlStops: async () => {
          tries += 1;
          return tries === 1 ? await Promise.reject(new Error("unreadable")) : await store.controlStops();
        },
      }),
    });
    const { body, headers } = signedBySlack(aClickBody(), NOW_MS);
    const statuses: number[] = [];
    for (const number of ["0", "1", "2"]) {
      const again = { body, headers: { ...headers, "x-slack-retry-num": number } };
      statuses.push((await ask(parts, again)).status);
    }
    expect(statuses).toEqual([503, 200, 200]);
    const { position, proposals } = await log.state(BRAND);
    expect([position, proposals[CHANGE_ID]?.status]).toEqual([POSITION + 1, "approved"]);
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

  it("refuses an approval of what is expired, and writes nothing", async () => {
    const { send, log, replies, woken } = await aSlackHandler({ nowMs: EXPIRES_AT_MS });
    await send(aClickBody());
    expect((await log.state(BRAND)).position).toBe(POSITION);
    expect(replies).toHaveLength(1);
    // Its card may still say that it is open.
    expect(woken).toEqual([`observe ${BRAND} ${BRAND}#${POSITION}`]);
  });

  it("refuses an approval under a stop, also when it is repeated once that is lifted", async () => {
    const { send, log, last, replies, woken } = await aSlackHandler({ also: [stopped()] });
    await send(aClickBody());
    expect(await last()).toMatchObject([{ type: "clickUsed", by: "lea" }]);
    expect(woken).toEqual([`observe ${BRAND} ${BRAND}#${POSITION + 2}`]);
    await log.append(BRAND, () => [{ type: "resumed", v: 1, atMs: NOW_MS, by: "lea" }]);
    await send(aClickBody());
    expect((await log.state(BRAND)).proposals[CHANGE_ID]?.status).toBe("open");
    expect(replies).toHaveLength(2);
  });

  it.each([["../../etc/night"], ["constructor/x"], [""], [`${BRAND}/2026-03-11/nigh`]])(
    "knows no night %j to approve all safe ones of",
    async (value) => {
      const opened: string[] = [];
      const { send, parts, replies } = await aSlackHandler();
      const { openLog } = parts;
      parts.openLog = () => {
        const log = openLog();
        const state: typeof log.state = async (brand) => {
          opened.push(brand);
          return await log.state(brand);
        };
        return { ...log, state };
      };
      await send(aClickBody({}, { action_id: "palier_approve_safe", value }));
      expect(opened.filter((brand) => !/^[a-z-]+$/.test(brand))).toEqual([]);
      expect(replies).toHaveLength(1);
    },
  );

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

  it("records nothing once nobody waits for it any more, as in a function that was frozen", async () => {
    const time = { nowMs: NOW_MS };
    const { send, log, replies, woken, telemetry } = await aSlackHandler({
      store: (store) => ({
        ...store,
        controlStops: async () => {
          time.nowMs += 3_600_000;
          return await store.controlStops();
        },
      }),
      parts: { wall: { nowMs: () => time.nowMs, wait: never } },
    });
    expect((await send(aClickBody())).status).toBe(503);
    expect((await log.state(BRAND)).position).toBe(POSITION);
    expect(replies[0]?.text).toContain("NOT certain");
    expect(woken).toEqual([]);
    expect(telemetry.lines.map(({ message }) => message)).toEqual([
      "an answer in Slack could not be recorded",
    ]);
  });

  it("judges nothing without a signing secret", async () => {
    const { send, log } = await aSlackHandler({
      parts: { credentials: async () => Promise.reject(new Error(`no ${SIGNING_SECRET.length}`)) },
    });
    expect(await send(aClickBody())).toEqual({ status: 503, body: { error: "slack.unavailable" } });
    expect((await log.state(BRAND)).position).toBe(POSITION);
  });
});
