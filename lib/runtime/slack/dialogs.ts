/** What a dialog shows, and what is asked of the desk before it opens. */
import { takenBack } from "../../domain/change.ts";
import { addDays, localDay } from "../../domain/day.ts";
import type { BrandState } from "../../domain/state.ts";
import { editRangeOf } from "../../loop/answers/edit.ts";
import { groundsFor } from "../../loop/answers/grounds.ts";
import type { Answer } from "../../loop/answers/types.ts";
import type { DialogContext } from "../../slack/actions.ts";
import type { Modal } from "../../slack/blocks.ts";
import { editDialog, handsOffDialog, rejectDialog, restoreDialog } from "../../slack/dialogs.ts";
import type { DialogName } from "../../slack/inbound.ts";
import { RuntimeError } from "../errors.ts";
import { readerOf } from "./desk-view.ts";
import type { SlackParts } from "./parts.ts";

/** What stands in the field of a date before anybody chooses. */
const HANDS_OFF_DAYS = 7;

/** An answer that is refused when every answer of this dialog would be: whoever may say no to what is open may also edit it. */
export function probeOf(
  dialog: DialogName,
  { changeId, digest }: Pick<DialogContext, "changeId" | "digest">,
  state: BrandState,
  nowMs: number,
): Answer {
  switch (dialog) {
    case "edit":
    case "reject":
      return { kind: "reject", changeId, digest, reason: null };
    case "handsOff":
      return { kind: "handsOff", changeId, until: firstChoice(state, nowMs), reason: null };
    case "restore":
      return { kind: "restore", changeId };
  }
}

/** @throws RuntimeError `slack.dialog` for a change that is in no fold; BlobError. */
export async function dialogOf(
  { blobs, clock }: SlackParts,
  dialog: DialogName,
  about: DialogContext,
  state: BrandState,
): Promise<Modal> {
  const { changeId, digest } = about;
  const reader = readerOf(state);
  const proposal = state.proposals[changeId];
  const change = (proposal ?? state.intents[changeId] ?? state.auto[changeId])?.change;
  if (change === undefined) throw new RuntimeError("slack.dialog", `${changeId} has no card any more`);
  switch (dialog) {
    case "reject":
      return rejectDialog(change, about, reader);
    case "handsOff":
      return handsOffDialog(change, firstChoice(state, await clock.nowMs()), about, reader);
    case "restore":
      return restoreDialog(takenBack(change), state.desk?.restoredRuleDays ?? 0, about, reader);
    case "edit": {
      const grounds = await groundsFor(blobs, state, { kind: "edit", changeId, digest, toMicros: 0n });
      const range = grounds === null || proposal === undefined ? null : editRangeOf(grounds, proposal);
      return editDialog(change, range, about, reader);
    }
  }
}

function firstChoice(state: BrandState, nowMs: number): string {
  return addDays(localDay(nowMs, readerOf(state).zone), HANDS_OFF_DAYS);
}
