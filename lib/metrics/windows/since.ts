/** Since when a subject is there, and when it was last changed. */
import { addDays, type Day, localDay } from "../../domain/day.ts";
import { entityKey } from "../../domain/ids.ts";
import type { Node } from "../census.ts";
import { metricMessage } from "../messages.ts";
import { type NoData, noData } from "../outcome.ts";
import type { StartOf } from "./window-days.ts";

export const NO_KNOWN_CHANGE = noData(metricMessage("noData.noKnownChange", {}));
export const NO_AGE = noData(metricMessage("noData.notReported", { fact: "age" }));

/**
 * The last change of the entity, its campaign or the shared budget it lives on, in epoch milliseconds: by Palier
 * (`lastAppliedAtMs`, by holder key) or as the platform reports it. Null where none is known.
 */
export function lastChangeAtMs(node: Node, lastAppliedAtMs: ReadonlyMap<string, number>): number | null {
  const { entity, campaign, sharedBudget } = node;
  const parts = [entity, campaign, ...(entity === null ? (sharedBudget?.campaigns ?? []) : [])];
  const changesAtMs = [
    sharedBudget === null ? null : lastAppliedAtMs.get(sharedBudget.key),
    ...parts.flatMap((part) =>
      part === null ? [] : [part.lastEditAtMs, lastAppliedAtMs.get(entityKey(part))],
    ),
  ].filter((atMs) => typeof atMs === "number");
  return changesAtMs.length === 0 ? null : Math.max(...changesAtMs);
}

/** First days of the windows that begin on a day of the subject's own; `zone` is its account's. */
export function startsOf(node: Node, zone: string, lastAppliedAtMs: ReadonlyMap<string, number>): StartOf {
  return (start) =>
    start === "lifetime" ? creationDay(node, zone) : dayAfterChange(node, zone, lastAppliedAtMs);
}

/** A shared budget has spent since the oldest of what it feeds was there, though it is as young as the youngest. */
function creationDay({ entity, holder }: Node, zone: string): Day | NoData {
  const parts = entity === null ? (holder?.feeds ?? []) : [entity];
  const createdAtMs = parts.flatMap((part) => part.createdAtMs ?? []);
  if (parts.length === 0 || createdAtMs.length < parts.length) return NO_AGE;
  return localDay(Math.min(...createdAtMs), zone);
}

/** The day of the change itself was lived under both. */
function dayAfterChange(
  node: Node,
  zone: string,
  lastAppliedAtMs: ReadonlyMap<string, number>,
): Day | NoData {
  const changedAtMs = lastChangeAtMs(node, lastAppliedAtMs);
  return changedAtMs === null ? NO_KNOWN_CHANGE : addDays(localDay(changedAtMs, zone), 1);
}
