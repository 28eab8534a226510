/** What one person may allow: by raise, by day, by hour, and alone or with somebody else. */
import { type Change, raiseMicros } from "../../domain/change.ts";
import { localDay } from "../../domain/day.ts";
import { type Desk, type Person, roleAtLeast } from "../../domain/desk.ts";
import type { Message } from "../../domain/figure.ts";
import { heldOffNow, type Proposal } from "../../domain/state.ts";
import { stopFor } from "../../planner/stops.ts";
import type { Asked } from "./judged.ts";
import { answerMessage } from "./messages.ts";

const HOUR_MS = 3_600_000;
/** No local day is longer, whatever its zone's clock does. */
const LONGEST_DAY_MS = 27 * HOUR_MS;

/** What a person has allowed: raises of this local day, approvals of the last hour. */
export interface Tally {
  raiseMicros: bigint;
  approvals: number;
}

export function tallyOf({ state, desk, person, nowMs }: Asked): Tally {
  if (desk === null) return { raiseMicros: 0n, approvals: 0 };
  const given = Object.values(state.proposals).flatMap((proposal) => yesesOf(proposal, person.name));
  const today = localDay(nowMs, desk.zone);
  const ofToday = given.filter(
    ({ atMs, counts }) => counts && atMs > nowMs - LONGEST_DAY_MS && localDay(atMs, desk.zone) === today,
  );
  return {
    raiseMicros: ofToday.reduce((sum, { change }) => sum + raiseMicros(change.edit), 0n),
    approvals: given.filter(({ atMs }) => atMs > nowMs - HOUR_MS).length,
  };
}

export function tallyWith(tally: Tally, change: Change): Tally {
  return {
    raiseMicros: tally.raiseMicros + raiseMicros(change.edit),
    approvals: tally.approvals + 1,
  };
}

/** Why this person may not allow the change now; null when they may. Where a brand names nobody, nobody has limits of their own. */
export function overLimit({ desk, person }: Asked, change: Change, tally: Tally): Message | null {
  const { name: by, raiseLimitMicros, dailyRaiseLimitMicros } = person;
  const raise = raiseMicros(change.edit);
  if (raiseLimitMicros !== null && raise > raiseLimitMicros)
    return answerMessage("answer.raiseLimit", { by, raise, limit: raiseLimitMicros });
  const { raiseMicros: approved, approvals } = tally;
  if (dailyRaiseLimitMicros !== null && raise > 0n && approved + raise > dailyRaiseLimitMicros)
    return answerMessage("answer.dailyRaiseLimit", { by, raise, approved, limit: dailyRaiseLimitMicros });
  if (desk !== null && desk.people.length > 0 && approvals >= desk.approvalsPerHour)
    return answerMessage("answer.approvalsPerHour", { by, limit: desk.approvalsPerHour });
  return null;
}

/** The broadest stop that binds the change; null when none stands. */
export function underStop({ state, stops }: Asked, { target }: Change): Message | null {
  const stop = stopFor(target, state, stops);
  return stop === null ? null : { ...stop, key: "answer.underStop" };
}

/** What somebody keeps hands off is approved by nobody meanwhile: sending would only refuse it. */
export function underHandsOff({ state, desk, nowMs }: Asked, { id, holderKey }: Change): Message | null {
  const held = heldOffNow(state, holderKey, localDay(nowMs, desk?.zone ?? "UTC"));
  return held === null ? null : answerMessage("answer.heldOff", { id, by: held.by, until: held.until });
}

/** Somebody tried to allow more than they may, which is kept on record; clicking too often is not. */
export function isAboveOwnLimit({ key }: Message): boolean {
  return key === "answer.raiseLimit" || key === "answer.dailyRaiseLimit";
}

/** The threshold that the raise is above, so that it takes two people; null where one suffices. */
export function fourEyesLimit({ desk }: Asked, change: Change): bigint | null {
  const limit = desk?.fourEyesAboveMicros ?? null;
  return limit !== null && raiseMicros(change.edit) > limit ? limit : null;
}

/** A yes counts while whoever gave it may still give it: people leave, and roles change. */
export function standingYeses({ desk }: Asked, { approvals, change }: Proposal): readonly string[] {
  const people = desk?.people ?? [];
  const names = approvals.map(({ by }) => by);
  return people.length === 0 ? names : names.filter((name) => mayRaise(desk, name, change));
}

function mayRaise(desk: Desk | null, name: string, { edit }: Change): boolean {
  const person: Person | undefined = desk?.people.find((one) => one.name === name);
  if (person === undefined || !roleAtLeast(person.role, "approver")) return false;
  return person.raiseLimitMicros === null || raiseMicros(edit) <= person.raiseLimitMicros;
}

interface Yes {
  change: Change;
  atMs: number;
  /** False for a change that can never be made any more: its raise moves nothing. */
  counts: boolean;
}

function yesesOf({ change, status, approvals, decidedBy, decidedAtMs }: Proposal, name: string): Yes[] {
  const first = approvals.find(({ by }) => by === name);
  const isLive = status === "open" || status === "approved";
  if (first !== undefined) return [{ change, atMs: first.atMs, counts: isLive }];
  const isApproved = status === "approved" || status === "superseded";
  if (!isApproved || decidedBy !== name || decidedAtMs === null) return [];
  return [{ change, atMs: decidedAtMs, counts: status === "approved" }];
}
