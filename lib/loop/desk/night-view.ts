/** A night's changes as the log knows them now: one card each, always at the same place, whatever became of it. */
import { CARDS_ON_FIRST_PAGE, CARDS_ON_PAGE, type Card } from "../../domain/content.ts";
import { localDay } from "../../domain/day.ts";
import type { Plan } from "../../domain/plan.ts";
import {
  type BrandState,
  type HeldOff,
  heldOffNow,
  type Intent,
  type Proposal,
  type Round,
  type Stop,
} from "../../domain/state.ts";
import { cameToNothing } from "../answers/restore.ts";

const MS_PER_DAY = 86_400_000;

export interface NightView {
  /** Cards by page, in the plan's order; one page at least. */
  pages: readonly (readonly Card[])[];
  /** Open proposals of the whole night that are routine, as planned. */
  safe: number;
  stop: Stop | null;
}

/** What the log says of one change of a plan, without the plan. */
export interface Standing {
  id: string;
  proposal: Proposal | null;
  intent: Intent | null;
  restore: Card["restore"];
  restorable: boolean;
  heldOff: HeldOff | null;
}

/** Ids of the round's changes by page. A refused or quiet night has one page without any. */
export function pagesOf({ changes }: Round): readonly (readonly string[])[] {
  const pages = [changes.slice(0, CARDS_ON_FIRST_PAGE)];
  for (let from = CARDS_ON_FIRST_PAGE; from < changes.length; from += CARDS_ON_PAGE)
    pages.push(changes.slice(from, from + CARDS_ON_PAGE));
  return pages;
}

export function nightView(plan: Plan, round: Round, state: BrandState, nowMs: number): NightView {
  const planned = new Map(plan.changes.map((change) => [change.id, change]));
  const standings = standingsOf(round, state, nowMs);
  const pages = pagesOf(round).map((ids) =>
    ids.flatMap((id): Card[] => {
      const change = planned.get(id);
      const standing = standings.get(id);
      if (change === undefined || standing === undefined) return [];
      const { proposal, intent, restore, restorable, heldOff } = standing;
      const { rejectedBefore } = change;
      return [{ change, proposal, intent, restore, restorable, heldOff, rejectedBefore }];
    }),
  );
  const safe = [...standings.values()].filter(
    ({ id, proposal, heldOff }) =>
      proposal?.kind === "planned" &&
      proposal.status === "open" &&
      heldOff === null &&
      planned.get(id)?.routine === true,
  ).length;
  return { pages, safe, stop: stopOn(round, state) };
}

/** By the plan's id of each change. */
export function standingsOf(round: Round, state: BrandState, nowMs: number): Map<string, Standing> {
  const ofRound = Object.values(state.proposals).filter(({ roundId }) => roundId === round.roundId);
  const versions = new Map<string, Proposal>();
  for (const proposal of ofRound)
    if (proposal.kind !== "restore" && proposal.status !== "edited") versions.set(proposal.origin, proposal);
  const today = localDay(nowMs, state.desk?.zone ?? "UTC");
  const restores = ofRound.filter(({ kind }) => kind === "restore");
  return new Map(
    round.changes.map((id) => {
      const proposal = versions.get(id) ?? null;
      const allowed = proposal?.change.id ?? id;
      const intent = state.intents[allowed] ?? null;
      const back = restores
        .filter(({ origin }) => origin === id || origin === allowed)
        .toSorted((a, b) => (a.decidedAtMs ?? 0) - (b.decidedAtMs ?? 0))
        .at(-1);
      const restore =
        back === undefined ? null : { proposal: back, intent: state.intents[back.change.id] ?? null };
      const untilMs = intent === null ? null : restorableUntilMs(state, intent);
      const taken = restore !== null && !cameToNothing(restore.proposal, restore.intent ?? undefined);
      const restorable = !taken && untilMs !== null && nowMs < untilMs;
      const heldOff =
        proposal?.status === "open" ? heldOffNow(state, proposal.change.holderKey, today) : null;
      return [id, { id, proposal, intent, restore, restorable, heldOff }];
    }),
  );
}

/** End of the time in which it may be taken back; null when it did not take effect or another change followed it. */
export function restorableUntilMs(state: BrandState, { change, status, settledAtMs }: Intent): number | null {
  if (status !== "confirmed" || settledAtMs === null || state.desk === null) return null;
  const last = state.applied.findLast(({ holderKey }) => holderKey === change.holderKey);
  if (last?.changeId !== change.id) return null;
  return settledAtMs + state.desk.restoreDays * MS_PER_DAY;
}

/** A stop is shown where something waits for an answer, and on the newest night. */
export function stopOn(round: Round, state: BrandState): Stop | null {
  if (state.stop === null) return null;
  const newest = newestPlanned(state)?.roundId === round.roundId;
  const open = Object.values(state.proposals).some(
    ({ status, roundId }) => status === "open" && roundId === round.roundId,
  );
  return newest || open ? state.stop : null;
}

export function newestPlanned(state: BrandState): Round | null {
  const planned = Object.values(state.rounds).filter(({ planHash }) => planHash !== null);
  return planned.toSorted((a, b) => a.startedAtMs - b.startedAtMs).at(-1) ?? null;
}
