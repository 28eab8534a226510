/** What must hold over the accounts of both platforms, judged from the world's ledger and from what was really read. */
import { localDay } from "../../../lib/domain/day.ts";
import type { LedgerEntry } from "../../../lib/sandbox/model.ts";
import { type ChangeStory, raiseCents } from "./log-reader.ts";
import type { Evidence } from "./oracle.ts";
import { PLATFORMS, wireValue } from "./witness.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NIGHT_MS = 6 * HOUR_MS;
const ZONE = "Europe/Paris";
/** Most of a daily budget that can be spent on one day. */
const WORST_DAY = { meta: 1.75, google: 2 };
/** A change may stand in the history only after this long, and is left alone for this long. */
const LATE_MS = { meta: 0, google: 180_000 };
const HANDS_OFF_MS = 72 * HOUR_MS;

/** I-13: what a round raises, it raises with every account of the brand read; by the calls, not by the log's word. */
export function raisesUnread({ told, fetches }: Evidence): string[] {
  return told
    .filter(({ type }) => type === "planned")
    .flatMap(({ event: { roundId, proposed, auto } }) => {
      const read = new Set(fetches.filter((one) => one.roundId === roundId).map(({ account }) => account));
      return read.size === PLATFORMS.length
        ? []
        : [...proposed, ...auto]
            .filter((change) => raiseCents(change) > 0)
            .map(({ id }) => `I-13: ${id} raises, and only ${[...read]} was read`);
    });
}

/** I-4: on no day can Palier's raises cost more than twice what a night may raise, by the ledger alone. */
export function exposure({ setup, ledger, startCents }: Evidence): string[] {
  const days = new Map<string, number>();
  for (const line of ledger.filter(isOurRaise)) {
    const day = localDay(line.atMs, ZONE);
    const cents = (Number(line.to) - Number(line.from)) * WORST_DAY[line.platform];
    days.set(day, (days.get(day) ?? 0) + cents);
  }
  return [...days].flatMap(([day, cents]) => {
    // What was approved late in the evening may be sent after midnight.
    const nights = [day, localDay(Date.parse(`${day}T12:00:00Z`) - DAY_MS, ZONE)];
    const began = [...startCents].filter(([roundId]) => nights.some((night) => roundId.includes(night)));
    const most = Math.max(0, ...began.map(([, start]) => start));
    const limit = (2 * most * setup.nightlyRaisePercent) / 100;
    return cents > limit ? [`I-4: ${day} may cost ${cents} cents more, the limit is ${limit}`] : [];
  });
}

function isOurRaise({ actor, applied, field, from, to }: LedgerEntry): boolean {
  return actor === "api" && applied && field === "daily_budget" && Number(to) > Number(from);
}

/** I-17: nothing is planned for a holder whose history, when it was read, showed another hand within 72 hours of the plan. */
export function foreignHands(evidence: Evidence, changes: ReadonlyMap<string, ChangeStory>): string[] {
  const { ledger, fetches } = evidence;
  return [...changes.values()].flatMap((change) => {
    const read = fetches.findLast(
      ({ roundId, account }) => roundId === change.roundId && account === change.account,
    );
    if (read === undefined) return [];
    if (read.edits === null)
      return raiseCents(change) > 0 ? [`I-17: ${change.id} raises without a history`] : [];
    // The platform was made to hide what had happened.
    if (read.edits === 0) return [];
    const plannedAtMs = change.told[0]?.atMs ?? read.atMs;
    const hand = ledger.find(
      (line) =>
        line.actor === "person" &&
        line.entityId === change.targetId &&
        line.seq <= read.ledgerBefore &&
        line.from !== line.stored &&
        line.atMs > plannedAtMs - HANDS_OFF_MS &&
        line.atMs <= read.atMs - LATE_MS[line.platform] &&
        !looksLikeOurs(line, evidence),
    );
    return hand === undefined ? [] : [`I-17: ${change.id} touches what a person set in line ${hand.seq}`];
  });
}

/** A person who sets what Palier set, and by chance while an answer was lost, cannot be told from it. */
function looksLikeOurs(line: LedgerEntry, { writes }: Evidence): boolean {
  return writes.some(({ targetId, edit }) => targetId === line.entityId && wireValue(edit, "to") === line.to);
}

/**
 * I-22: what is settled was settled within a day of its intent; where nothing ran until the next night, by the end of that; where
 * its platform was silent all that night, by the end of the night after.
 */
export function settledInTime(changes: readonly ChangeStory[], { outages }: Evidence): string[] {
  return changes.flatMap(({ id, account, told }) => {
    const intended = told.find(({ type }) => type === "changeIntended");
    const last = told.at(-1);
    const beganMs = intended?.atMs ?? last?.atMs ?? 0;
    const late = (last?.atMs ?? 0) - beganMs;
    const silent = outages.filter(({ id, atMs }) => account.startsWith(id) && atMs > beganMs).length;
    return late > DAY_MS + NIGHT_MS + silent * DAY_MS
      ? [`I-22: ${id} was settled ${late / 3_600_000} hours after its intent`]
      : [];
  });
}
