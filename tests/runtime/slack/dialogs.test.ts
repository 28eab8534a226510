import { describe, expect, it } from "vitest";
import { aClickBody, aSubmissionBody, MESSAGE_TS, VALUE } from "../../support/aws/slack.ts";
import { confirmed } from "../../support/desk-events.ts";
import { BRAND, CHANGE_ID, EXPIRES_AT_MS, NIGHT_MS } from "../../support/log.ts";
import { aSlackHandler, POSITION } from "../../support/slack-parts.ts";

const REJECT = { action_id: "palier_reject" };
const ABOUT = {
  brand: BRAND,
  changeId: CHANGE_ID,
  digest: VALUE.split(":")[1],
  channel: "C111",
  ts: MESSAGE_TS,
};

describe("lib/runtime/slack/dialogs", () => {
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
});
