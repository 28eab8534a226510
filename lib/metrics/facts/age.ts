/** How long ago: completed hours and days, so that "at least 3 days" means 72 hours. */
import { ENTITY_LEVELS, type NodeReader, type StateContext, type StateFact } from "../fact.ts";
import { known } from "../outcome.ts";
import { lastChangeAtMs, NO_AGE, NO_KNOWN_CHANGE } from "../windows/since.ts";

const MS_PER_HOUR = 3_600_000;
const MS_PER_DAY = 24 * MS_PER_HOUR;

export const ageHours: StateFact = {
  id: "ageHours",
  label: { en: "age", fr: "âge" },
  unit: "hours",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  doc: "Completed hours since the entity was created; no data when the platform does not say.",
  source: "Meta Marketing API, field created_time",
  read: (context) => age(context, MS_PER_HOUR),
};

export const ageDays: StateFact = {
  id: "ageDays",
  label: { en: "age", fr: "âge" },
  unit: "days",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  doc: "Completed periods of 24 hours since the entity was created; no data when the platform does not say.",
  source: "Meta Marketing API, field created_time",
  read: (context) => age(context, MS_PER_DAY),
};

export const daysSinceChange: StateFact = {
  id: "daysSinceChange",
  label: { en: "days since the last change", fr: "jours depuis le dernier changement" },
  unit: "days",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  doc: "Completed periods of 24 hours since the last change of the entity, its campaign or the shared budget it lives on, by Palier or as the platform reports it; no data when no change is known.",
  source:
    "the brand's log; Meta Marketing API, field learning_stage_info.last_sig_edit_ts; Google Ads API, change_event of the last days",
  read:
    ({ nowMs, lastAppliedAtMs }) =>
    (node) => {
      const changedAtMs = lastChangeAtMs(node, lastAppliedAtMs);
      return changedAtMs === null ? NO_KNOWN_CHANGE : known(completed(nowMs - changedAtMs, MS_PER_DAY));
    },
};

function age({ nowMs }: StateContext, unitMs: number): NodeReader {
  return (node) => {
    const createdAtMs = (node.entity ?? node.holder)?.createdAtMs ?? null;
    return createdAtMs === null ? NO_AGE : known(completed(nowMs - createdAtMs, unitMs));
  };
}

/** A platform's clock may run ahead of ours: never below 0. */
function completed(elapsedMs: number, unitMs: number): number {
  return Math.max(0, Math.floor(elapsedMs / unitMs));
}
