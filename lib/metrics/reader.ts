/** From what a fact comes to, to what is read: kept for one subject, or made for all of a level. */
import type { Reading, Unit } from "../domain/figure.ts";
import type { Level } from "../domain/ids.ts";
import type { Subject } from "../domain/verdict.ts";
import { cached, slots } from "./cache.ts";
import type { Census, Node } from "./census.ts";
import { EVERY_LEVEL, type Fact, type NodeReader } from "./fact.ts";
import { metricMessage } from "./messages.ts";
import { noData, type Outcome } from "./outcome.ts";
import type { WindowDays } from "./windows/window.ts";

/** Reads one fact with one set of parameters. */
export interface Reader {
  /** Computed once. `among` says whom a rank is made of, and nothing to other figures. */
  one(node: Node, among?: readonly Subject[]): Reading;
  /** In the order of the census. Not kept: many figures at once are most of what a process holds. */
  all(level: Level): readonly Reading[];
}

/** One figure of each subject, read when first asked for. */
export function perSubject(census: Census, read: NodeReader, toReading: ToReading): Reader {
  return kept(census, (node) => toReading(read(node)));
}

/** The same where readings are made one by one. */
export function kept(census: Census, read: (node: Node) => Reading): Reader {
  let made: (Reading | undefined)[] = [];
  return {
    one: (node) => {
      const known = made[node.ordinal];
      if (known !== undefined) return known;
      const reading = read(node);
      if (made.length === 0) made = slots(census.size);
      made[node.ordinal] = reading;
      return reading;
    },
    all: (level) => census.nodes[level].map(read),
  };
}

/** One figure for all of them. */
export function forAll(census: Census, make: () => Reading): Reader {
  let reading: Reading | null = null;
  const one = (): Reading => {
    reading ??= make();
    return reading;
  };
  return { one, all: (level) => new Array<Reading>(census.nodes[level].length).fill(one()) };
}

/** No data at the levels where the fact does not exist. */
export function atLevels({ id, levels }: Fact, census: Census, toReading: ToReading, reader: Reader): Reader {
  if (levels === EVERY_LEVEL) return reader;
  const elsewhere = new Map<Level, Reading>();
  const at = (level: Level): Reading =>
    cached(elsewhere, level, () =>
      toReading(noData(metricMessage("noData.notAtThisLevel", { fact: id, level }))),
    );
  return {
    one: (node) => (levels.includes(node.subject.level) ? reader.one(node) : at(node.subject.level)),
    all: (level) => (levels.includes(level) ? reader.all(level) : census.nodes[level].map(() => at(level))),
  };
}

export type ToReading = (outcome: Outcome) => Reading;

/** Many subjects in a row have no data for the same reason: one reading for all of them. */
export function readingsOf(unit: Unit, window: WindowDays | null): ToReading {
  const from = window === null ? null : window.from;
  const to = window === null ? null : window.to;
  let none: Reading | null = null;
  return (outcome) => {
    const { reason } = outcome;
    if (outcome.kind === "known") {
      return { value: outcome.value, unit, from, to, reason, source: outcome.source };
    }
    if (none === null || none.reason !== reason) none = { value: null, unit, from, to, reason, source: null };
    return none;
  };
}
