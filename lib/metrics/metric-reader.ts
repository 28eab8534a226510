/** Reads a metric: over which days, whose figure, and divided by how many. */
import { DomainError } from "../domain/errors.ts";
import type { Reading } from "../domain/figure.ts";
import { integerRatio, sixDecimals } from "./arithmetic.ts";
import { cached } from "./cache.ts";
import type { Census, Node } from "./census.ts";
import { type BrandFact, EVERY_LEVEL, type MetricContext, type MetricFact } from "./fact.ts";
import { GROUPS, type Group, type Groups } from "./groups.ts";
import { metricMessage } from "./messages.ts";
import { noData } from "./outcome.ts";
import type { Params } from "./port.ts";
import { atLevels, forAll, kept, perSubject, type Reader, readingsOf, type ToReading } from "./reader.ts";
import type { WindowDays } from "./windows/window.ts";
import type { WindowOf, Windows } from "./windows/windows.ts";

/** Name of the parameter that says whose figure. */
export const OF = "of";

/** Name of the parameter that divides by how many there are. */
export const PER = "per";

export interface MetricGround {
  census: Census;
  windows: Windows;
  groups(): Groups;
  contextOver(window: WindowDays, params: Params): MetricContext;
}

type Metric = MetricFact | BrandFact;

/** @throws DomainError `metrics.badParams` for a group that does not exist, and for `per` without one. */
export function metricReader(fact: Metric, params: Params, ground: MetricGround): Reader {
  const { census, windows } = ground;
  const group = groupAsked(fact, params);
  const subject = group === "brand" ? "subjectsBrand" : "subject";
  const window = windows.of(params, fact.about === "brand" ? "brand" : subject);
  const noWindow = readingsOf(fact.unit, null);
  if (group !== null) return kept(census, groupAnswer(fact, params, ground, window, group));
  if (!("all" in window)) {
    const over = overWindows(fact, params, ground);
    const read = (node: Node): Reading => {
      const days = window.of(node);
      return "kind" in days ? noWindow(days) : over(days).read(node);
    };
    return atLevels(fact, census, noWindow, kept(census, read));
  }
  const { all: days } = window;
  if ("kind" in days) return forAll(census, () => noWindow(days));
  const toReading = readingsOf(fact.unit, days);
  const context = ground.contextOver(days, params);
  const reader =
    fact.about === "brand"
      ? forAll(census, () => toReading(fact.read(context)))
      : perSubject(census, fact.read(context), toReading);
  return atLevels(fact, census, toReading, reader);
}

function groupAsked({ id, params: taken }: Metric, { [OF]: of, [PER]: per }: Params): Group | null {
  const isGood =
    of === undefined ? per === undefined : taken.includes(OF) && GROUPS.some((one) => one === of);
  if (!isGood || !(per === undefined || (per === "entity" && taken.includes(PER)))) {
    throw new DomainError("metrics.badParams", `${id} of ${String(of)} per ${String(per)}`);
  }
  return of === undefined ? null : (of as Group);
}

interface Over {
  read(node: Node): Reading;
  toReading: ToReading;
}

/** Subjects with the same days share what reads them. */
function overWindows(fact: Metric, params: Params, ground: MetricGround): (window: WindowDays) => Over {
  const made = new Map<string, Over>();
  return (window) =>
    cached(made, `${window.from} ${window.to}`, () => {
      const toReading = readingsOf(fact.unit, window);
      const context = ground.contextOver(window, params);
      if (fact.about === "brand") {
        const reading = toReading(fact.read(context));
        return { toReading, read: () => reading };
      }
      const read = fact.read(context);
      return { toReading, read: (node) => toReading(read(node)) };
    });
}

/** The days are the subject's, what is counted in them the group's, read once for all that are in it. */
function groupAnswer(
  fact: Metric,
  params: Params,
  ground: MetricGround,
  window: WindowOf,
  group: Group,
): (node: Node) => Reading {
  const noWindow = readingsOf(fact.unit, null);
  const over = overWindows(fact, params, ground);
  const groupOf = ground.groups().of(group);
  const countOf = params[PER] === undefined ? null : ground.groups().activeIn(group);
  const byDays = new Map<Over, Map<Node, Reading>>();
  return (node) => {
    const days = "all" in window ? window.all : window.of(node);
    if ("kind" in days) return noWindow(days);
    const { toReading, read } = over(days);
    const whose = groupOf(node);
    if ("kind" in whose) return toReading(whose);
    const { level } = whose.subject;
    if (fact.levels !== EVERY_LEVEL && !fact.levels.includes(level)) {
      return toReading(noData(metricMessage("noData.notAtThisLevel", { fact: fact.id, level })));
    }
    const whole = cached(
      cached(byDays, over(days), () => new Map()),
      whose,
      () => read(whose),
    );
    if (countOf === null || typeof whole.value !== "number") return whole;
    const count = countOf(node);
    return typeof count === "number" ? shared(whole, whole.value, count) : toReading(count);
  };
}

function shared(whole: Reading, value: number, count: number): Reading {
  return {
    ...whole,
    value: whole.unit === "money" ? integerRatio(value, count) : sixDecimals(value / count),
    source: `${whole.source} / ${count} active`,
  };
}
