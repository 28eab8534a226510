/** The figures of one snapshot: built once, read many times. */
import type { Brand } from "../domain/brand.ts";
import { DomainError } from "../domain/errors.ts";
import { STAGE_GROUP } from "../domain/match.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { BrandState } from "../domain/state.ts";
import type { Subject } from "../domain/verdict.ts";
import { censusOf, type Node } from "./census.ts";
import { deliverySource } from "./delivery/delivery.ts";
import type { Facts } from "./port.ts";
import { readers } from "./readers.ts";
import { windowDays } from "./windows/window.ts";

export interface FactsInput {
  brand: Brand;
  snapshot: Snapshot;
  state: BrandState;
  /** By platform: share of a day's conversions that has arrived by age in days, index 0 the day itself. */
  maturity: Readonly<Record<string, readonly number[]>>;
  /** The moment ages are counted to; the snapshot's own when absent. */
  nowMs?: number;
}

/**
 * @throws DomainError `metrics.maturityMissing` for a platform without a maturity curve, `metrics.unsafeSum` when figures
 * leave the exact range of numbers. `read` throws `metrics.unknownSubject` and `metrics.badParams` for what no checked
 * rule asks.
 */
export function createFacts(input: FactsInput): Facts {
  const census = censusOf(input.brand, input.snapshot);
  const nodes = new Map(
    Object.values(census.nodes).flatMap((level) => level.map((node) => [subjectKey(node.subject), node])),
  );
  const bySubject = new Map([...nodes.values()].map((node) => [node.subject, node]));
  const holders = census.nodes.budgetHolder.flatMap((node) => (node.holder === null ? [] : [node.holder]));
  const holdersByKey = new Map(holders.map((holder) => [holder.key, holder]));
  const delivery = deliverySource(input.brand, input.snapshot, census, input.maturity);
  const readerOf = readers(input, census, delivery, (subject) => nodeOf(subject));
  const nodeOf = (subject: Subject): Node => {
    const node = bySubject.get(subject) ?? nodes.get(subjectKey(subject));
    if (node !== undefined) return node;
    throw new DomainError("metrics.unknownSubject", `${subjectKey(subject)} is not in the snapshot`);
  };
  return {
    subjects: (level) => census.nodes[level].filter((node) => !node.handsOff).map((node) => node.subject),
    everySubject: (level) => census.nodes[level].map((node) => node.subject),
    holders: () => holders,
    holder: (key) => holdersByKey.get(key) ?? null,
    entity: (subject) => {
      const { entity: self, campaign, holder } = nodeOf(subject);
      return self === null || holder !== null ? null : { self, campaign };
    },
    memberOf: (subject, group) => {
      const node = nodeOf(subject);
      return group === STAGE_GROUP ? node.subject.stage : memberAt(node.groups, group);
    },
    read: (subject, fact, params, among) => readerOf(fact, params).one(nodeOf(subject), among),
    readAll: (level, fact, params) => readerOf(fact, params).all(level),
    days: (subject, window) => delivery.daysOf(nodeOf(subject), windowDays(window, input.snapshot.day)),
  };
}

function memberAt(groups: Node["groups"], group: string): string | null {
  return Object.hasOwn(groups, group) ? (groups[group] ?? null) : null;
}

function subjectKey(subject: Subject): string {
  return `${subject.level} ${subject.key}`;
}
