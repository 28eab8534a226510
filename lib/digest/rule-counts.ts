/** How each rule has fared, counted from the log. */
import type { Change } from "../domain/change.ts";
import type { Judgement, RuleReview } from "../domain/digest.ts";
import type { LogEvent } from "../log/events.ts";

type Count = Exclude<keyof RuleReview, "ruleId" | "pack" | "owner" | "reasons">;

/** What an event about a change counts as; a change taken back is counted by the event that says so. */
const COUNTED: Partial<Record<LogEvent["type"], Count>> = {
  proposalApproved: "approved",
  proposalEdited: "edited",
  proposalRejected: "rejected",
  proposalExpired: "expired",
  changeConfirmed: "applied",
};

/**
 * One line per rule that did anything, the most proposed first. `events` are the log's from well before the period on, so that
 * every change named in it is known; `isInside` says which of them are counted.
 */
export function ruleReviews(
  events: readonly LogEvent[],
  isInside: (event: LogEvent) => boolean,
  judged: readonly Judgement[],
): RuleReview[] {
  const changes = changesIn(events);
  const lines = new Map<string, RuleReview>();
  const lineOf = ({ pack, ruleId, owner }: Pick<Change, "pack" | "ruleId" | "owner">): RuleReview => {
    const key = `${pack}/${ruleId}`;
    const line = lines.get(key) ?? emptyLine(pack, ruleId);
    lines.set(key, line);
    if (owner !== "") line.owner = owner;
    return line;
  };
  const restores = new Set(
    events.flatMap((event) => (event.type === "restoreApproved" ? event.change.id : [])),
  );
  for (const event of events.filter(isInside)) {
    if (event.type === "planned") {
      for (const change of event.proposed) lineOf(change).proposed += 1;
    } else if (event.type === "restoreApproved") {
      lineOf(changes.get(event.of) ?? event.change).restored += 1;
    } else if ("changeId" in event && !restores.has(event.changeId)) {
      const change = changes.get(event.changeId);
      const count = COUNTED[event.type];
      if (change === undefined || count === undefined) continue;
      lineOf(change)[count] += 1;
      const said = event.type === "proposalRejected" ? event.reason : null;
      if (said !== null) lineOf(change).reasons = [said, ...lineOf(change).reasons];
    }
  }
  for (const { changeId, pack, ruleId, verdict } of judged) {
    if (verdict !== "paid" && verdict !== "cost") continue;
    lineOf(changes.get(changeId) ?? { pack, ruleId, owner: "" })[verdict] += 1;
  }
  return [...lines.values()].sort(byProposed);
}

/** Every change that the events name, by its id. */
function changesIn(events: readonly LogEvent[]): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  for (const event of events) {
    const named =
      event.type === "planned" ? [...event.proposed, ...event.auto] : "change" in event ? [event.change] : [];
    for (const change of named) changes.set(change.id, change);
  }
  return changes;
}

function emptyLine(pack: string, ruleId: string): RuleReview {
  return {
    ...{ ruleId, pack, owner: "", proposed: 0, approved: 0, edited: 0, rejected: 0, expired: 0 },
    ...{ applied: 0, restored: 0, reasons: [], paid: 0, cost: 0 },
  };
}

function byProposed(a: RuleReview, b: RuleReview): number {
  const [left, right] = [a, b].map(({ pack, ruleId }) => `${pack}/${ruleId}`);
  return b.proposed - a.proposed || b.applied - a.applied || ((left ?? "") < (right ?? "") ? -1 : 1);
}
