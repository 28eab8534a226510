/** Which of the pauses that Palier made are somebody else's by now. */
import { isStatusForeignSince } from "../domain/foreign.ts";
import { accountKey, entityKey, type TargetRef } from "../domain/ids.ts";
import type { AccountSnapshot } from "../domain/snapshot.ts";
import type { OwnPause } from "../domain/state.ts";
import type { BuildInput } from "./build-input.ts";
import { compareText } from "./draft.ts";

/** A platform may still tell the status before the pause for so long after it was read back. */
const LAG_MS = 180_000;

/**
 * Holder keys of pauses that are over: it was seen in another state than paused, it is gone, or somebody changed its status
 * since. What was not read tonight stays as it is.
 */
export function takenOver(input: BuildInput): string[] {
  const { snapshot, state } = input;
  return Object.entries(state.memory.pauses)
    .filter(([holderKey, pause]) => {
      const account = snapshot.accounts.find((one) => holderKey.startsWith(`${accountKey(one)}/`));
      return account !== undefined && isOver(account, holderKey, pause, input);
    })
    .map(([holderKey]) => holderKey)
    .sort(compareText);
}

function isOver(account: AccountSnapshot, holderKey: string, pause: OwnPause, input: BuildInput): boolean {
  // A snapshot from before the pause knows nothing of it.
  if (account.fetchedAtMs <= pause.atMs + LAG_MS) return false;
  const found = statusOf(account, holderKey);
  if (found === null || found.status !== "paused") return true;
  return isStatusForeignSince(found.ref, holderKey, pause, account.history, input.state);
}

function statusOf(
  { platform, accountId, entities }: AccountSnapshot,
  holderKey: string,
): { status: string; ref: TargetRef } | null {
  for (const { level, id, status } of entities) {
    if (level === "ad") continue;
    const ref: TargetRef = { platform, accountId, level, id };
    if (holderKey === entityKey(ref)) return { status, ref };
  }
  return null;
}
