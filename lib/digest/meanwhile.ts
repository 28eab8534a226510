/** Whether a budget holder was left as a change made it while its days were counted. */
import type { Edit } from "../domain/change.ts";
import { addDays, type Day, localDay } from "../domain/day.ts";
import type { Message } from "../domain/figure.ts";
import { accountKey, entityKey } from "../domain/ids.ts";
import type { PastEdit, Snapshot } from "../domain/snapshot.ts";
import type { Facts } from "../metrics/port.ts";
import type { MadeChange } from "./made.ts";
import { digestMessage } from "./messages.ts";

interface Watched {
  snapshot: Snapshot;
  facts: Facts;
  made: readonly MadeChange[];
  zone: string;
}

/**
 * Why the days before and after `one` are not those of this change alone; null when they are. Another change counts from the
 * second of the days before to the last of those after: Palier's own by the log, others' by the platform's history as far as
 * the snapshot holds it. History reaches back few days only, so a holder that is not as the last known change left it was
 * changed by somebody, too.
 */
export function changedMeanwhile(
  { snapshot, facts, made, zone }: Watched,
  one: MadeChange,
  days: number,
): Message | null {
  const { holderKey } = one.change;
  const own = made.filter(({ change }) => change.holderKey === holderKey);
  const others = editsOf(snapshot, one, zone).filter((edit) => !own.some((mine) => isSame(mine, edit)));
  const from = addDays(one.day, 1 - days);
  const to = addDays(one.day, days);
  const changes = [...own.filter((mine) => mine.change.id !== one.change.id), ...others]
    .map(({ day }) => day)
    .sort();
  const again = changes.find((day) => day >= from && day <= to);
  if (again !== undefined) return digestMessage("judged.changedAgain", { day: again });
  const holder = facts.holder(holderKey);
  if (holder === null) return digestMessage("judged.gone", {});
  if (changes.some((day) => day > to) || stillHolds(one.change.edit, holder)) return null;
  return digestMessage("judged.changedByOthers", {});
}

interface DatedEdit {
  day: Day;
  edit: PastEdit["edit"];
}

function editsOf({ accounts }: Snapshot, { change }: MadeChange, zone: string): DatedEdit[] {
  const history = accounts.find((account) => accountKey(account) === accountKey(change.target))?.history;
  return (history?.edits ?? [])
    .filter(({ target }) => entityKey(target) === change.holderKey)
    .map(({ atMs, edit }) => ({ day: localDay(atMs, zone), edit }));
}

/** The platform's own record of a change that Palier made: the same value on the same day. */
function isSame({ day, change }: MadeChange, made: DatedEdit): boolean {
  return day === made.day && reaches(made.edit, change.edit);
}

function reaches(made: PastEdit["edit"], wanted: Edit): boolean {
  if (made.kind === "status") return wanted.kind === "status" && made.to === wanted.to;
  return wanted.kind === "dailyBudget" && made.toMicros === wanted.toMicros;
}

type Standing = NonNullable<ReturnType<Facts["holder"]>>;

function stillHolds(edit: Edit, { budget, status }: Standing): boolean {
  if (edit.kind === "status") return status === edit.to;
  return status === "active" && budget.period === "daily" && budget.amountMicros === edit.toMicros;
}
