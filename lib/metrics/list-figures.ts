/** Many figures at once, for people and machines that check them: subjects x metrics x windows, in one stable order. */
import type { Brand } from "../domain/brand.ts";
import type { Reading } from "../domain/figure.ts";
import type { Level } from "../domain/ids.ts";
import { UNMAPPED_STAGE } from "../domain/match.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { Subject } from "../domain/verdict.ts";
import { CORRECTED_FOR_DELAY, COUNTED_ON, NAMED } from "./fact.ts";
import type { FactDefinition, Facts, Params } from "./port.ts";
import { MIN_SETTLED_PERCENT } from "./windows/windows.ts";

/** A metric by its name, with the parameters that were given with it; those it needs besides are filled in. */
export interface AskedMetric {
  fact: FactDefinition;
  params: Params;
}

export interface FiguresRequest {
  level: Level;
  /** Id of one entity or account; null: all of the level. */
  entity: string | null;
  metrics: readonly AskedMetric[];
  windows: readonly string[];
  /** Moves the windows of conversion metrics back until so many percent of each day's conversions have arrived; null: never. */
  maturePercent: number | null;
}

export interface ListedFigure {
  subject: Subject;
  /** `brand`, the account's number, or the entity's id. */
  entity: string;
  fact: FactDefinition;
  /** Without the window. */
  params: Params;
  /** As it was asked for; a figure that was moved back says so by its days. Empty for what has no window. */
  window: string;
  reading: Reading;
  /** The same corrected for delay; null for metrics that no late conversion changes. */
  corrected: Reading | null;
}

export interface FiguresInput {
  facts: Facts;
  brand: Brand;
  snapshot: Snapshot;
}

/** Sorted by entity, metric, parameters and window. Empty when there is no such entity. */
export function listFigures(input: FiguresInput, request: FiguresRequest): ListedFigure[] {
  const { facts } = input;
  const all = facts.everySubject(request.level).map((subject, index) => ({ subject, index }));
  const asked = all.filter(({ subject }) => request.entity === null || entityOf(subject) === request.entity);
  const ask: Ask = (fact, params) => {
    const readings = request.entity === null ? facts.readAll(request.level, fact, params) : [];
    return ({ subject, index }) => readings[index] ?? facts.read(subject, fact, params);
  };
  const metrics = request.metrics.flatMap((metric) => filledIn(metric, input)).sort(byMetric);
  const rows = metrics.flatMap((metric) => rowsOf(request, metric, ask));
  return asked.sort(byEntity).flatMap((one) => rows.map((row) => row(one)));
}

/** Metrics that `level` is usually asked about: the brand's own at the brand alone, where they are not the same for all. */
export function usualMetrics(level: Level, facts: readonly FactDefinition[]): AskedMetric[] {
  return facts
    .filter(({ kind, ranked, levels }) => kind === "metric" && ranked !== true && levels.includes(level))
    .filter((fact) => level === "brand" || fact.about !== "brand")
    .map((fact) => ({ fact, params: {} }));
}

/** `brand`, the account's number, or the entity's id. */
export function entityOf({ level, key, ref }: Subject): string {
  if (level === "brand") return "brand";
  return ref === null ? key.slice(key.indexOf("/") + 1) : ref.id;
}

/** A subject with its place among all of the level. */
interface Asked {
  subject: Subject;
  index: number;
}

type Read = (asked: Asked) => Reading;
/** Readings of one fact: of all subjects at once where all are asked. */
type Ask = (fact: string, params: Params) => Read;

/** One figure for each subject in each window. */
function rowsOf(
  { windows, maturePercent }: FiguresRequest,
  { fact, params }: AskedMetric,
  ask: Ask,
): ((asked: Asked) => ListedFigure)[] {
  // Exposure is known for the platforms' plain columns alone.
  const isPlain = params.basis === undefined && params[COUNTED_ON] === undefined;
  const isLate = fact.counts === "conversions" && isPlain;
  const isCorrectable =
    isLate && NAMED.every((name) => params[name] === undefined) && fact.params.includes(CORRECTED_FOR_DELAY);
  const figure = (window: string, asked: Asked, { plain, corrected }: Pair): ListedFigure => ({
    ...{ subject: asked.subject, entity: entityOf(asked.subject), fact, params, window },
    reading: plain(asked),
    corrected: corrected?.(asked) ?? null,
  });
  const pairOf = (given: Params): Pair => ({
    plain: ask(fact.id, given),
    corrected: isCorrectable ? ask(fact.id, { ...given, [CORRECTED_FOR_DELAY]: true }) : null,
  });
  if (fact.kind !== "metric") {
    const pair = pairOf(params);
    return [(asked) => figure("", asked, pair)];
  }
  return [...windows].sort(compare).map((window) => {
    const settled = maturePercent !== null && isLate ? { [MIN_SETTLED_PERCENT]: maturePercent } : {};
    const pair = pairOf({ ...settled, ...params, window });
    return (asked) => figure(window, asked, pair);
  });
}

interface Pair {
  plain: Read;
  corrected: Read | null;
}

/** One for each stage, channel and basis that was not said. */
function filledIn(
  { fact, params }: AskedMetric,
  { brand, snapshot }: Pick<FiguresInput, "brand" | "snapshot">,
): AskedMetric[] {
  const choices: [string, readonly string[]][] = [];
  if (fact.id === "stageSharePercent" || fact.id.startsWith("stageBand")) {
    choices.push(["stage", [...brand.stages.map(({ name }) => name), UNMAPPED_STAGE]]);
  }
  if (fact.id === "stageSharePercent") choices.push(["basis", ["spend"]]);
  if (fact.id === "groupSharePercent" && params.group === undefined) {
    return Object.keys(brand.groups).flatMap((group) =>
      filledIn({ fact, params: { ...params, group } }, { brand, snapshot }),
    );
  }
  if (fact.id === "groupSharePercent") {
    const members = brand.groups[String(params.group)] ?? [];
    choices.push(["member", [...members.map(({ name }) => name), UNMAPPED_STAGE]], ["basis", ["spend"]]);
  }
  if (fact.id === "channelSharePercent") {
    choices.push(["channel", channelsOf(brand, snapshot)], ["basis", basesOf(snapshot)]);
  }
  return choices.reduce<AskedMetric[]>(
    (asked, [name, values]) =>
      params[name] !== undefined
        ? asked
        : asked.flatMap((one) =>
            values.map((value) => ({ ...one, params: { ...one.params, [name]: value } })),
          ),
    [{ fact, params }],
  );
}

function channelsOf({ accounts }: Brand, { shop }: Snapshot): string[] {
  const sources = (shop?.days ?? []).flatMap(({ revenueBySource }) => Object.keys(revenueBySource ?? {}));
  const others = (shop?.otherSpend ?? []).map(({ source }) => source);
  return [...new Set([...accounts.map(({ platform }) => platform), ...others, ...sources])].sort();
}

function basesOf({ shop }: Snapshot): string[] {
  const knowsSources = (shop?.days ?? []).some(({ revenueBySource }) => revenueBySource !== undefined);
  return knowsSources ? ["revenue", "spend"] : ["spend"];
}

function byEntity({ subject: a }: Asked, { subject: b }: Asked): number {
  return compare(entityOf(a), entityOf(b)) || compare(a.key, b.key);
}

function byMetric(a: AskedMetric, b: AskedMetric): number {
  return compare(a.fact.id, b.fact.id) || compare(JSON.stringify(a.params), JSON.stringify(b.params));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
