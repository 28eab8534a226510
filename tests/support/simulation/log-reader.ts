/** The log as anybody can read it: JSON in order. Deliberately none of the product's own folding. */
import type { StoredEntry } from "../../../lib/log/store.ts";

// biome-ignore lint/suspicious/noExplicitAny: the oracle reads bodies as a stranger would.
type Body = any;

export interface Told {
  position: number;
  writerId: string;
  type: string;
  atMs: number;
  event: Body;
}

export interface ChangeStory {
  id: string;
  holderKey: string;
  targetId: string;
  /** Platform and account as stops name them. */
  account: string;
  roundId: string;
  edit: Body;
  /** Its events in order, from the plan on. */
  told: Told[];
}

export function toldOf(stored: readonly StoredEntry[]): Told[] {
  return stored.flatMap(({ position, body }) => {
    const { events, writerId }: Body = JSON.parse(body);
    return events.map((event: Body): Told => {
      return { position, writerId, type: event.type, atMs: event.atMs, event };
    });
  });
}

export function changesOf(told: readonly Told[]): Map<string, ChangeStory> {
  const changes = new Map<string, ChangeStory>();
  for (const one of told) {
    if (one.type === "planned") {
      for (const change of [...one.event.proposed, ...one.event.auto]) {
        const { id, holderKey, target, edit } = change;
        const { roundId } = one.event;
        const account = `${target.platform}/${target.accountId}`;
        changes.set(id, { id, holderKey, targetId: target.id, account, roundId, edit, told: [one] });
      }
    }
    const id = one.event.changeId ?? one.event.change?.id;
    if (id !== undefined) changes.get(id)?.told.push(one);
  }
  return changes;
}

/** Cents that the change adds to a day. */
export function raiseCents({ edit }: { edit: Body }): number {
  return edit.kind === "dailyBudget"
    ? Math.max(0, (Number(edit.toMicros) - Number(edit.fromMicros)) / 10_000)
    : 0;
}

/** Until it is certain that nothing happened, or for ever if it did. */
export function reserves(change: ChangeStory, upTo: number): boolean {
  const seen = change.told.filter(({ position }) => position <= upTo).map(({ type }) => type);
  return (
    seen.includes("changeIntended") &&
    !seen.includes("changeSuperseded") &&
    !seen.includes("changeNotApplied")
  );
}
