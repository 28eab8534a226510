/** Who changed it last and who paused it: ours to undo is only what nobody has taken over. */
import { foreignAmong, isStatusForeignSince } from "../../domain/foreign.ts";
import { accountKey, entityKey, type TargetRef } from "../../domain/ids.ts";
import type { EditHistory, PastEdit, Snapshot } from "../../domain/snapshot.ts";
import type { OwnPause } from "../../domain/state.ts";
import type { Node } from "../census.ts";
import { ENTITY_LEVELS, type NodeReader, type StateContext, type StateFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData, type Outcome } from "../outcome.ts";
import { lastChangeAtMs, NO_KNOWN_CHANGE } from "../windows/since.ts";

const MS_PER_HOUR = 3_600_000;
/** A platform tells the time of an edit of ours a little before or after the log does. */
const SAME_EDIT_MS = 600_000;

const AUTHORS = ["palier", "person", "platform", "otherTool", "unknown"] as const;
type Author = (typeof AUTHORS)[number];

/** The platforms' own interfaces, where people click; a recommendation is applied by whoever accepts it. */
const BY_HAND: ReadonlySet<string> = new Set([
  "Ads Manager",
  "GOOGLE_ADS_WEB_CLIENT",
  "GOOGLE_ADS_MOBILE_APP",
  "GOOGLE_ADS_EDITOR",
  "GOOGLE_ADS_RECOMMENDATIONS",
]);
const BY_PLATFORM: ReadonlySet<string> = new Set([
  "GOOGLE_ADS_RECOMMENDATIONS_SUBSCRIPTION",
  "INTERNAL_TOOL",
]);

const NOT_PAUSED = noData(metricMessage("noData.notPaused", {}));
const NOT_OURS = noData(metricMessage("noData.notPausedByPalier", {}));
const NO_TIME = noData(metricMessage("noData.notReported", { fact: "pauseTime" }));
const NO_STATUS = noData(metricMessage("noData.notReported", { fact: "status" }));

export const lastChangedBy: StateFact = {
  id: "lastChangedBy",
  label: { en: "last changed by", fr: "dernier changement par" },
  unit: "state",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  values: AUTHORS,
  doc: "`palier`, `person`, `platform`, `otherTool` or `unknown`: who made the last change of the entity, its campaign or the shared budget it lives on; `unknown` where the platform's history does not reach back to it, no data when no change is known.",
  source: "the brand's log and the account's history of edits",
  read: (context) => {
    const foreignOf = foreignEdits(context);
    return (node) => {
      const changedAtMs = lastChangeAtMs(node, context.lastAppliedAtMs);
      const edits = targetsOf(node).flatMap(foreignOf);
      const last = edits.toSorted((a, b) => a.atMs - b.atMs).at(-1);
      if (changedAtMs === null && last === undefined) return NO_KNOWN_CHANGE;
      const latestMs = Math.max(changedAtMs ?? 0, last?.atMs ?? 0);
      if (last !== undefined && last.atMs >= latestMs - SAME_EDIT_MS) return known(authorOf(last));
      return known(isOurs(context, node, latestMs) ? "palier" : "unknown");
    };
  },
};

export const pausedBy: StateFact = {
  id: "pausedBy",
  label: { en: "paused by", fr: "mis en pause par" },
  unit: "state",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  values: AUTHORS,
  doc: "`palier`, `person`, `platform`, `otherTool` or `unknown`: who paused it; a pause of Palier's is somebody else's once they changed the status after it. No data for what is not paused.",
  source: "the brand's log and the account's history of edits",
  read: ofPause(({ by }) => known(by)),
};

export const pausedByRule: StateFact = {
  id: "pausedByRule",
  label: { en: "paused by the rule", fr: "mis en pause par la règle" },
  unit: "text",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  doc: "Id of the rule that paused it; no data for what is not paused, and where that was not Palier.",
  source: "the brand's log",
  read: ofPause(({ ruleId }) => (ruleId === null ? NOT_OURS : known(ruleId))),
};

export const hoursSincePaused: StateFact = {
  id: "hoursSincePaused",
  label: { en: "paused since", fr: "en pause depuis" },
  unit: "hours",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  doc: "Completed hours since it was paused, by whomever; no data for what is not paused, and where the account's history does not reach back to it.",
  source: "the brand's log and the account's history of edits",
  read: ofPause(({ atMs }, nowMs) =>
    atMs === null ? NO_TIME : known(Math.max(0, Math.floor((nowMs - atMs) / MS_PER_HOUR))),
  ),
};

interface Pause {
  by: Author;
  atMs: number | null;
  ruleId: string | null;
}

/** Of its own status: what a paused campaign contains was not paused itself. */
function ofPause(tell: (pause: Pause, nowMs: number) => Outcome): (context: StateContext) => NodeReader {
  return (context) => {
    const foreignOf = foreignEdits(context);
    return ({ entity, holder, subject: { ref } }) => {
      if (entity?.unsaid?.includes("status") === true) return NO_STATUS;
      if (ref === null || (entity ?? holder)?.status !== "paused") return NOT_PAUSED;
      const own = ownPause(context, ref);
      if (own !== null) return tell({ by: "palier", atMs: own.atMs, ruleId: own.ruleId }, context.nowMs);
      const last = foreignOf(ref).findLast(({ edit }) => edit.kind === "status" && edit.to === "paused");
      const by = last === undefined ? "unknown" : authorOf(last);
      return tell({ by, atMs: last?.atMs ?? null, ruleId: null }, context.nowMs);
    };
  };
}

/** Null where there is none, or somebody has taken it over. */
function ownPause({ snapshot, state }: StateContext, ref: TargetRef): OwnPause | null {
  const key = entityKey(ref);
  const pauses = state.memory.pauses;
  const pause = Object.hasOwn(pauses, key) ? pauses[key] : undefined;
  if (pause === undefined) return null;
  return isStatusForeignSince(ref, key, pause, historyFor(snapshot, ref), state) ? null : pause;
}

/** Oldest first; none where the history may not be read. Sorted by target once: a history may hold thousands. */
function foreignEdits({ snapshot, state }: StateContext): (ref: TargetRef) => PastEdit[] {
  const edits = snapshot.accounts.flatMap(({ history }) => history?.edits ?? []);
  const byTarget = Map.groupBy(edits, ({ target }) => entityKey(target));
  return (ref) => {
    const own = byTarget.get(entityKey(ref)) ?? [];
    return own.length === 0
      ? []
      : foreignAmong(
          own.toSorted((a, b) => a.atMs - b.atMs),
          entityKey(ref),
          state,
        );
  };
}

function historyFor({ accounts }: Snapshot, ref: TargetRef): EditHistory | null {
  return accounts.find((one) => accountKey(one) === accountKey(ref))?.history ?? null;
}

/** Where a change of Palier's was the last one as far as the history tells all that came after it. */
function isOurs({ snapshot, lastAppliedAtMs }: StateContext, node: Node, latestMs: number): boolean {
  const refs = targetsOf(node);
  const appliedAtMs = Math.max(0, ...refs.map((ref) => lastAppliedAtMs.get(entityKey(ref)) ?? 0));
  if (appliedAtMs < latestMs - SAME_EDIT_MS) return false;
  return refs.every((ref) => (historyFor(snapshot, ref)?.fromMs ?? Number.POSITIVE_INFINITY) <= appliedAtMs);
}

/** What of it a change may be addressed to: itself, its campaign, and the shared budget it lives on. */
function targetsOf({ campaign, sharedBudget, subject }: Node): TargetRef[] {
  const all = [subject.ref, campaign, sharedBudget?.ref ?? null].flatMap((ref) => ref ?? []);
  const byKey = new Map(
    all.map(({ platform, accountId, level, id }) => {
      const ref = { platform, accountId, level, id };
      return [entityKey(ref), ref] as const;
    }),
  );
  return [...byKey.values()];
}

/** Where the platform names no tool, a named person did it. */
function authorOf({ by, via }: PastEdit): Author {
  if (via === null) return ["", "?"].includes(by.trim()) ? "unknown" : "person";
  if (BY_HAND.has(via)) return "person";
  return BY_PLATFORM.has(via) ? "platform" : "otherTool";
}
