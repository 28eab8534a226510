/**
 * Sending to the app what somebody did, signed as Slack signs: once, again, late, out of order or several at once, as the caller
 * sends what it has prepared. What the app answers is shown to whoever did it.
 */
import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { SandboxError } from "../errors.ts";
import { elementsOf, listOf } from "./block-kit.ts";
import { isObject } from "./check.ts";
import { showAnswer } from "./hooks.ts";
import {
  blockActions,
  type ClickOn,
  type Command,
  entered,
  homeOpened,
  slashCommand,
  urlVerification,
  viewSubmission,
} from "./payloads.ts";
import { SlackRefusal } from "./refusal.ts";
import type { StoredView } from "./store.ts";
import { modalsOf, pushView, replaceView, viewOf } from "./views.ts";
import { nextTs, putMessage, type Workspace } from "./workspace.ts";

export interface Prepared {
  contentType: string;
  body: string;
  /** Unix seconds at which it was signed. */
  signedAt: number;
  signature: string;
  /** What the first answer brings about in Slack; called once. */
  settle(answer: DeliveryAnswer): void;
}

export interface DeliveryAnswer {
  /** Null when none came in time. */
  status: number | null;
  body: string;
}

export interface Delivery extends DeliveryAnswer {
  ms: number;
}

export interface DeliveryOptions {
  /** As the Events API repeats what failed: signed anew. */
  retry?: { number: number; reason: "http_timeout" | "http_error" | "connection_failed" };
  /** What is sent in place of the true signature. */
  signature?: string;
}

type Tamper = (payload: Record<string, unknown>) => Record<string, unknown>;

const FORM = "application/x-www-form-urlencoded";
const TROUBLE = "Palier did not respond. Try again.";

export function prepareClick(workspace: Workspace, click: ClickOn, tamper: Tamper = same): Prepared {
  const payload = tamper(blockActions(workspace, click));
  const channel = click.message?.channel ?? null;
  return prepared(workspace, interactionBody(payload), FORM, ({ status }) => {
    if (status !== 200 && channel !== null) tell(workspace, channel, click.user, TROUBLE);
  });
}

export interface Submit {
  user: string;
  /** By `block_id`. */
  fields: Readonly<Record<string, string>>;
}

/** Sends the dialog in front. @throws SandboxError where a field is empty that Slack itself would ask for. */
export function prepareSubmit(
  workspace: Workspace,
  { user, fields }: Submit,
  tamper: Tamper = same,
): Prepared {
  const view = modalsOf(workspace, user).at(-1);
  if (view === undefined) throw new SandboxError("sandbox.requestRefused", `${user} has no dialog open`);
  const payload = tamper(viewSubmission(workspace, view, valuesOf(view, fields)));
  return prepared(workspace, interactionBody(payload), FORM, (answer) => {
    settleView(workspace, view, answer);
  });
}

export function prepareCommand(workspace: Workspace, command: Command, tamper: Tamper = same): Prepared {
  const form = tamper(slashCommand(workspace, command));
  const body = new URLSearchParams();
  for (const [key, value] of Object.entries(form)) body.set(key, String(value));
  const { channel, user: userId } = command;
  return prepared(workspace, body.toString(), FORM, ({ status, body: text }) => {
    if (status !== 200) {
      const why = status === null ? "operation_timeout" : "http_service_error";
      tell(workspace, channel, userId, `${command.command} failed with the error "${why}"`);
      return;
    }
    if (text === "") return;
    try {
      const args = text.startsWith("{") ? jsonOf(text) : { text };
      showAnswer({ channel, userId, messageTs: null }, args, workspace);
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
      tell(workspace, channel, userId, `${command.command} failed with the error "${error.code}"`);
    }
  });
}

export function prepareHomeOpened(workspace: Workspace, user: string): Prepared {
  return prepared(workspace, JSON.stringify(homeOpened(workspace, user)), "application/json", () => {});
}

/** `ok` is what Slack says when the address is saved: the challenge came back. */
export async function verifyUrl(workspace: Workspace): Promise<{ ok: boolean }> {
  const payload = urlVerification(workspace);
  const challenge = String(payload.challenge);
  const { status, body } = await deliver(
    workspace,
    prepared(workspace, JSON.stringify(payload), "application/json", () => {}),
  );
  return { ok: status === 200 && (body === challenge || body.includes(`"challenge":"${challenge}"`)) };
}

export async function deliver(
  workspace: Workspace,
  request: Prepared,
  { retry, signature }: DeliveryOptions = {},
): Promise<Delivery> {
  const { answerWithinMs, requestUrl } = workspace;
  if (requestUrl === null) throw new SandboxError("sandbox.requestRefused", "the app has no request URL yet");
  const signed = retry === undefined ? request : sign(workspace, request.body);
  const headers: Record<string, string> = {
    "content-type": request.contentType,
    "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    "x-slack-request-timestamp": String(signed.signedAt),
    "x-slack-signature": signature ?? signed.signature,
  };
  if (retry !== undefined) {
    headers["x-slack-retry-num"] = String(retry.number);
    headers["x-slack-retry-reason"] = retry.reason;
  }
  const startedMs = performance.now();
  const answer = await answerOf(requestUrl, { headers, body: request.body }, answerWithinMs);
  request.settle(answer);
  return { ...answer, ms: performance.now() - startedMs };
}

/** The app's request may well be at work still when Slack no longer waits for it: it is not cut off. */
async function answerOf(
  url: string,
  request: { headers: Record<string, string>; body: string },
  withinMs: number,
): Promise<DeliveryAnswer> {
  const stop = new AbortController();
  const late = sleep(withinMs, { status: null, body: "" }, { signal: stop.signal });
  late.catch(() => {});
  const inTime = fetch(url, { method: "POST", redirect: "manual", ...request })
    .then(async (response) => ({ status: response.status, body: await response.text() }))
    .catch(() => ({ status: null, body: "" }));
  const answer = await Promise.race([inTime, late]);
  stop.abort();
  return answer;
}

function prepared(
  workspace: Workspace,
  body: string,
  contentType: string,
  settle: (answer: DeliveryAnswer) => void,
): Prepared {
  let isSettled = false;
  return {
    contentType,
    body,
    ...sign(workspace, body),
    settle(answer) {
      if (isSettled) return;
      isSettled = true;
      settle(answer);
    },
  };
}

function sign({ app, now }: Workspace, body: string): { signedAt: number; signature: string } {
  const signedAt = Math.floor(now() / 1_000);
  return { signedAt, signature: signatureOf(app.signingSecret, signedAt, body) };
}

/** Source: docs.slack.dev, verifying requests from Slack. */
export function signatureOf(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}

function interactionBody(payload: object): string {
  return `payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

function valuesOf(view: StoredView, fields: Submit["fields"]): Record<string, object> {
  return Object.fromEntries(
    listOf(view.view.blocks).flatMap((block) => {
      if (!isObject(block) || block.type !== "input") return [];
      const [placed] = elementsOf(block);
      const blockId = String(block.block_id);
      const given = fields[blockId] ?? "";
      if (given === "" && block.optional !== true) {
        throw new SandboxError("sandbox.requestRefused", `${blockId} is a required field`);
      }
      const element = placed?.element ?? {};
      const value = { type: element.type, ...entered(element, given === "" ? null : given) };
      return [[blockId, { [String(element.action_id)]: value }]];
    }),
  );
}

/** Source: docs.slack.dev, modals, response_action. An answer without one closes the dialog. */
function settleView(workspace: Workspace, view: StoredView, { status, body }: DeliveryAnswer): void {
  const { modals } = workspace.store;
  if (modals.get(view.id) === undefined) return;
  try {
    if (status !== 200) throw new SlackRefusal("We had some trouble connecting. Try again?");
    const action = body === "" ? {} : jsonOf(body);
    switch (action.response_action) {
      case undefined:
        modals.remove(view.id);
        return;
      case "clear":
        for (const open of modalsOf(workspace, view.userId)) modals.remove(open.id);
        return;
      case "errors":
        modals.put(view.id, { ...view, errors: errorsOf(view, action.errors) });
        return;
      case "update":
        replaceView(workspace, view, viewOf(action.view, "modal"));
        return;
      case "push":
        pushView(workspace, view.userId, viewOf(action.view, "modal"));
        return;
      default:
        throw new SlackRefusal(`no response_action ${String(action.response_action)}`);
    }
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    modals.put(view.id, { ...view, errors: { "": error.message } });
  }
}

/** Each error stands at a field: of any other Slack shows nothing at all. */
function errorsOf(view: StoredView, errors: unknown): Record<string, string> {
  const fields = listOf(view.view.blocks).flatMap((block) => (isObject(block) ? [block.block_id] : []));
  const entries = isObject(errors) ? Object.entries(errors) : [];
  const unknown = entries.filter(([key, text]) => !fields.includes(key) || typeof text !== "string");
  if (entries.length === 0 || unknown.length > 0)
    throw new SlackRefusal("the errors name no field of the dialog");
  return Object.fromEntries(entries.map(([key, text]) => [key, String(text)]));
}

/** @throws SlackRefusal for an answer that is no JSON object. */
function jsonOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Told below: a text is no better than a list.
  }
  throw new SlackRefusal("invalid_response");
}

/** Slack's own word to one person. */
function tell(workspace: Workspace, channel: string, userId: string, text: string): void {
  const message = { channel, userId: "USLACKBOT", text, blocks: [], metadata: null, editedTs: null };
  putMessage(workspace, { ...message, ts: nextTs(workspace), threadTs: null, onlyFor: userId });
}

function same(payload: Record<string, unknown>): Record<string, unknown> {
  return payload;
}
