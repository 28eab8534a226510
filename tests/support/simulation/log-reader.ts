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
  /** `auto` where nobody has to be asked. */
  kind: "planned" | "auto" | "edited" | "restore";
  /** Of the change that it is a version of, or takes back; its own where it is planned. */
  origin: string;
  /** Id and pack of the rule that asked for it. */
  rule: string;
  /** It ends a pause of that rule's own on the day that the pause named. */
  endsPause: boolean;
  /** Its events in order, from the one on that brought it about. */
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
    const { event } = one;
    const id = event.changeId ?? event.change?.id;
    if (id !== undefined) changes.get(id)?.told.push(one);
    for (const story of newIn(one, changes)) changes.set(story.id, story);
  }
  return changes;
}

function newIn(one: Told, changes: ReadonlyMap<string, ChangeStory>): ChangeStory[] {
  const { event, type } = one;
  const begun = (kind: ChangeStory["kind"], change: Body, roundId: string, origin: string): ChangeStory => {
    const { id, holderKey, target, edit, ruleId, pack } = change;
    const account = `${target.platform}/${target.accountId}`;
    const rule = `${pack}/${ruleId}`;
    const endsPause = change.endsPause !== undefined;
    const about = { id, holderKey, targetId: target.id, account, rule, endsPause };
    return { ...about, roundId, edit, kind, origin, told: [one] };
  };
  switch (type) {
    case "planned":
      return (["planned", "auto"] as const).flatMap((kind) =>
        event[kind === "auto" ? "auto" : "proposed"].map((change: Body) =>
          begun(kind, change, event.roundId, change.id),
        ),
      );
    case "proposalEdited": {
      const old = changes.get(event.changeId);
      return old === undefined ? [] : [begun("edited", event.change, old.roundId, old.origin)];
    }
    case "restoreApproved":
      return [begun("restore", event.change, event.roundId, event.of)];
    default:
      return [];
  }
}

/** Cents that the change adds to a day; what is started again adds all that it spends. */
export function raiseCents({ edit }: { edit: Body }): number {
  if (edit.kind === "status") return edit.to === "active" ? Number(edit.budgetMicros) / 10_000 : 0;
  return Math.max(0, (Number(edit.toMicros) - Number(edit.fromMicros)) / 10_000);
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

/** What is taken back counts in the night in which that is done. */
export function madeIn({ kind, roundId, told: own }: ChangeStory, told: readonly Told[]): string {
  const intended = own.find(({ type }) => type === "changeIntended");
  if (kind !== "restore" || intended === undefined) return roundId;
  const begun = told.findLast(
    ({ type, position }) => type === "roundStarted" && position < intended.position,
  );
  return begun?.event.roundId ?? roundId;
}
