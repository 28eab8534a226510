import { describe, expect, it } from "vitest";
import {
  deliver,
  prepareClick,
  prepareCommand,
  prepareSubmit,
  verifyUrl,
} from "../../lib/sandbox/slack/index.ts";
import { aCard, aDialog, anApp, aServedSlack, CARD, CHANNEL, payloadOf } from "../support/slack-sandbox.ts";

const LEA = "U0LEA0001";

describe("lib/sandbox/slack: dialogs, commands and homes", () => {
  /** Opens a dialog by a click and sends it once for each answer. */
  async function aSentDialog(...answers: Parameters<typeof anApp>) {
    const card = await aCard({}, ...answers);
    const { workspace, client, app, click } = card;
    await deliver(workspace, prepareClick(workspace, click(LEA)));
    const { trigger_id } = payloadOf(app, 0);
    const { view } = await client.views.open({ trigger_id, view: aDialog() });
    const send = async () =>
      await deliver(workspace, prepareSubmit(workspace, { user: LEA, fields: { amount: "12" } }));
    return { ...card, view, send, open: () => workspace.store.modals.all() };
  }

  it("opens a dialog for three seconds, once", async () => {
    const { workspace, client, app, click, later } = await aCard({});
    await deliver(workspace, prepareClick(workspace, click(LEA)));
    const { trigger_id } = payloadOf(app, 0);
    const open = async () =>
      await client.views.open({ trigger_id, view: aDialog() }).catch(({ data }) => data.error);
    expect(await open()).toMatchObject({ ok: true });
    expect(await open()).toBe("exchanged_trigger_id");
    await deliver(workspace, prepareClick(workspace, click(LEA)));
    later(3_001);
    const late = payloadOf(app, 1).trigger_id;
    const error = await client.views
      .open({ trigger_id: late, view: aDialog() })
      .catch(({ data }) => data.error);
    expect(error).toBe("expired_trigger_id");
  });

  it("sends what was entered, with what the app kept in it, and closes", async () => {
    const { send, open, app, view } = await aSentDialog({});
    await send();
    expect(payloadOf(app, 1)).toMatchObject({
      type: "view_submission",
      user: { id: LEA },
      view: {
        id: view?.id,
        callback_id: "edit",
        private_metadata: "c1",
        state: { values: { amount: { value: { type: "plain_text_input", value: "12" } } } },
      },
    });
    expect(open()).toEqual([]);
  });

  it("shows errors at their fields, and refuses those of no field", async () => {
    const errors = (key: string) => ({
      body: JSON.stringify({ response_action: "errors", errors: { [key]: "No." } }),
    });
    const { send, open } = await aSentDialog(errors("amount"), errors("other"), {});
    await send();
    expect(open()).toMatchObject([{ errors: { amount: "No." } }]);
    await send();
    expect(open()).toMatchObject([{ errors: { "": "the errors name no field of the dialog" } }]);
    await send();
    expect(open()).toEqual([]);
  });

  it("replaces a dialog, lays one over it, and clears them all", async () => {
    const act = (action: object) => ({ body: JSON.stringify(action) });
    const view = aDialog({ private_metadata: "c2" });
    const { send, open } = await aSentDialog(
      act({ response_action: "update", view }),
      act({ response_action: "push", view }),
      act({ response_action: "clear" }),
    );
    await send();
    expect(open()).toMatchObject([{ view: { private_metadata: "c2" } }]);
    await send();
    expect(open()).toHaveLength(2);
    await send();
    expect(open()).toEqual([]);
  });

  it("keeps a dialog open that the app fails on or that Slack would not show", async () => {
    const tall = JSON.stringify({ response_action: "update", view: { type: "home", blocks: [] } });
    const { send, open } = await aSentDialog({ status: 500 }, { body: tall }, { body: "[" });
    for (const error of [
      "We had some trouble connecting. Try again?",
      "invalid_arguments",
      "invalid_response",
    ]) {
      await send();
      expect(open()).toMatchObject([{ errors: { "": error } }]);
    }
  });

  it("asks for a field that has to be filled in before anything is sent", async () => {
    const { workspace } = await aSentDialog({});
    expect(() => prepareSubmit(workspace, { user: LEA, fields: {} })).toThrow("amount is a required field");
  });

  it("sends a command as a form and shows what comes back", async () => {
    const app = await anApp(
      { body: JSON.stringify({ response_type: "ephemeral", text: "All well" }) },
      { status: 500 },
    );
    const { workspace } = await aServedSlack({ requestUrl: app.url });
    const run = async () => {
      const command = { user: LEA, channel: CHANNEL, command: "/palier", text: "status" };
      await deliver(workspace, prepareCommand(workspace, command));
      return workspace.store.messages.all().at(-1);
    };
    expect(await run()).toMatchObject({ text: "All well", onlyFor: LEA });
    expect(Object.fromEntries(new URLSearchParams(app.got[0]?.body))).toMatchObject({
      command: "/palier",
      text: "status",
      user_id: LEA,
      team_id: "T0LUNE001",
      channel_id: CHANNEL,
      api_app_id: "A0PALIER1",
    });
    expect(await run()).toMatchObject({ text: '/palier failed with the error "http_service_error"' });
  });

  it("shows a home, has its buttons clicked, and minds the hash", async () => {
    const { workspace, client, app } = await aCard({});
    const view = { type: "home" as const, blocks: CARD };
    const first = await client.views.publish({ user_id: LEA, view });
    const id = first.view?.id ?? "";
    await deliver(workspace, prepareClick(workspace, { user: LEA, view: id, actionId: "no" }));
    expect(payloadOf(app, 0)).toMatchObject({
      container: { type: "view", view_id: id },
      view: { id, type: "home" },
    });
    const hash = first.view?.hash ?? "";
    await client.views.publish({ user_id: LEA, view, hash });
    const again = await client.views.publish({ user_id: LEA, view, hash }).catch(({ data }) => data.error);
    expect(again).toBe("hash_conflict");
  });

  it("takes an address that gives the challenge back", async () => {
    const app = await anApp({ body: "no" });
    const { workspace } = await aServedSlack({ requestUrl: app.url });
    expect(await verifyUrl(workspace)).toEqual({ ok: false });
    const { challenge } = JSON.parse(app.got[0]?.body ?? "{}");
    expect(challenge).toBe("challenge000001");
    workspace.requestUrl = (await anApp({ body: "challenge000002" })).url;
    expect(await verifyUrl(workspace)).toEqual({ ok: true });
  });
});
