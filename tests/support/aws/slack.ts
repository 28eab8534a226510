/** Clicks on a proposal's buttons, made from the one that Slack recorded. */
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Posted } from "./function-url.ts";

const RECORDED = JSON.parse(readFileSync("tests/fixtures/slack/block_actions_button.json", "utf8"));
export const SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

/** The form that Slack posts: an approval of `atelier-lune-20260311-1` by W111 of team T111, but for what is stated. */
export function aClickBody(over: object = {}, action: object = {}): string {
  const value = "atelier-lune-20260311-1";
  const actions = [{ ...RECORDED.actions[0], action_id: "palier_approve", value, ...action }];
  return new URLSearchParams({ payload: JSON.stringify({ ...RECORDED, actions, ...over }) }).toString();
}

export function signedBySlack(body: string, atMs: number, secret = SIGNING_SECRET): Posted {
  const timestamp = String(Math.floor(atMs / 1000));
  const mac = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return { body, headers: { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${mac}` } };
}
