/** Names and values of everything that can be clicked or sent in Slack: written by who renders, read by who is called. */
import { z } from "zod";
import { type Change, changeDigest } from "../domain/change.ts";
import type { Alert } from "../domain/state.ts";

/** `action_id` of buttons. */
export const ACTIONS = {
  approve: "palier_approve",
  edit: "palier_edit",
  reject: "palier_reject",
  handsOff: "palier_hands_off",
  restore: "palier_restore",
  approveSafe: "palier_approve_safe",
  takeAlert: "palier_take_alert",
  /** Links: Slack tells of them too, and nothing follows. */
  open: "palier_open",
} as const;

/** `callback_id` of dialogs, and the `block_id` of each field; a field's `action_id` is `value`. */
export const DIALOGS = {
  edit: { id: "palier_edit", fields: { amount: "amount" } },
  reject: { id: "palier_reject", fields: { reason: "reason" } },
  handsOff: { id: "palier_hands_off", fields: { until: "until", reason: "reason" } },
  restore: { id: "palier_restore", fields: {} },
} as const;

/** Value of a button on a change: its id, and a digest of the very change that was shown. */
export function changeValue(change: Change): string {
  return `${change.id}:${changeDigest(change)}`;
}

/** Null for a value that no button of ours has. */
export function readChangeValue(value: string): { changeId: string; digest: string } | null {
  const match = /^([a-z0-9-]{1,100}):([0-9a-f]{8})$/.exec(value);
  return match === null ? null : { changeId: match[1] ?? "", digest: match[2] ?? "" };
}

/** Value of the button that takes an alert: whose it is, and the very one that was shown. */
export function alertValue(brand: string, { id, raisedAtMs }: Pick<Alert, "id" | "raisedAtMs">): string {
  return `${brand}:${raisedAtMs}:${id}`;
}

/** Null for a value that no button of ours has. */
export function readAlertValue(value: string): { brand: string; raisedAtMs: number; alertId: string } | null {
  const match = /^([a-z0-9-]{1,64}):(\d{1,15}):(.{1,300})$/.exec(value);
  return match === null
    ? null
    : { brand: match[1] ?? "", raisedAtMs: Number(match[2]), alertId: match[3] ?? "" };
}

/** What a dialog is about, and the message whose button opened it: a dialog's answer says neither by itself. */
const dialogContextSchema = z.object({
  brand: z.string(),
  changeId: z.string(),
  digest: z.string(),
  /** Null where a person's home opened it. */
  channel: z.string().nullable(),
  ts: z.string().nullable(),
});
export type DialogContext = z.infer<typeof dialogContextSchema>;

/** A dialog's `private_metadata`. */
export function dialogMetadata({ brand, changeId, digest, channel, ts }: DialogContext): string {
  return JSON.stringify({ brand, changeId, digest, channel, ts });
}

/** Null for what no dialog of ours carries. */
export function readDialogMetadata(text: string): DialogContext | null {
  try {
    return dialogContextSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
