/** Places of subjects among others: made once for all whom a rule looks at. */
import { DomainError } from "../domain/errors.ts";
import type { Reading } from "../domain/figure.ts";
import type { Level } from "../domain/ids.ts";
import type { Subject } from "../domain/verdict.ts";
import { cached } from "./cache.ts";
import type { Census, Node } from "./census.ts";
import type { RankFact } from "./fact.ts";
import { type Groups, RANKED_WITHIN } from "./groups.ts";
import { metricMessage } from "./messages.ts";
import type { FactDefinition, Params } from "./port.ts";
import type { Reader } from "./reader.ts";

export interface RankGround {
  census: Census;
  groups(): Groups;
  nodeOf(subject: Subject): Node;
  /** Null for a name that is no metric. */
  metric(id: string): Pick<FactDefinition, "goodSide"> | null;
  read(fact: string, params: Params): Reader;
}

type Table = ReadonlyMap<Node, Reading>;

/**
 * Ranked are those of the subject's level with data for the metric `by`, in each group of `within` by itself; equal figures
 * share the better place. A metric without a good side has its highest figure first.
 * @throws DomainError `metrics.badParams` for a metric, group or order that does not exist.
 */
export function rankReader(fact: RankFact, params: Params, ground: RankGround): Reader {
  const { by, within = "brand", order = "bestFirst", ...rest } = params;
  const metric = typeof by === "string" ? ground.metric(by) : null;
  const group = RANKED_WITHIN.find((one) => one === within);
  if (metric === null || group === undefined || (order !== "bestFirst" && order !== "worstFirst")) {
    const detail = `${fact.id} by ${String(by)} within ${String(within)}, ${String(order)}`;
    throw new DomainError("metrics.badParams", detail);
  }
  const lowFirst = (metric.goodSide === "low") === (order === "bestFirst");
  const figures = ground.read(String(by), rest);
  const groupOf = ground.groups().of(group);
  const none = (reading: Reading, reason: Reading["reason"]): Reading => ({
    ...{ value: null, unit: fact.unit, from: reading.from, to: reading.to, reason, source: null },
  });
  const tableOf = (nodes: readonly Node[]): Table => {
    const table = new Map<Node, Reading>();
    const ranked = new Map<Node, { node: Node; value: number; reading: Reading }[]>();
    for (const node of nodes) {
      const whose = groupOf(node);
      const reading = figures.one(node);
      if ("kind" in whose) table.set(node, none(reading, whose.reason));
      else if (typeof reading.value !== "number") table.set(node, none(reading, reading.reason));
      else cached(ranked, whose, () => []).push({ node, value: reading.value, reading });
    }
    for (const all of ranked.values()) {
      all.sort((a, b) => (lowFirst ? a.value - b.value : b.value - a.value));
      let place = 0;
      all.forEach(({ node, value, reading }, index) => {
        if (index === 0 || value !== all[index - 1]?.value) place = index + 1;
        const { from, to, source } = reading;
        const reason = metricMessage("rank.place", { place, ranked: all.length });
        const figure = { value: fact.valueOf(place, all.length), unit: fact.unit };
        table.set(node, { ...figure, from, to, reason, source });
      });
    }
    return table;
  };
  return readerOf(ground, tableOf, (node) => none(figures.one(node), metricMessage("noData.notRanked", {})));
}

/** Tables by whom they are made of: a rule asks with the same list every time. */
function readerOf(
  { census, nodeOf }: RankGround,
  tableOf: (nodes: readonly Node[]) => Table,
  notRanked: (node: Node) => Reading,
): Reader {
  const byLevel = new Map<Level, Table>();
  const given = new WeakMap<readonly Subject[], Map<Level, Table>>();
  const ofLevel = (level: Level): Table =>
    cached(byLevel, level, () => tableOf(census.nodes[level].filter((node) => !node.handsOff)));
  const amongThose = (among: readonly Subject[], level: Level): Table => {
    const tables = given.get(among) ?? new Map<Level, Table>();
    given.set(among, tables);
    return cached(tables, level, () =>
      tableOf(among.filter((subject) => subject.level === level).map(nodeOf)),
    );
  };
  const one: Reader["one"] = (node, among) => {
    const { level } = node.subject;
    const table = among === undefined ? ofLevel(level) : amongThose(among, level);
    return table.get(node) ?? notRanked(node);
  };
  return { one, all: (level) => census.nodes[level].map((node) => one(node)) };
}
