/** Listed figures as people and machines read them. */
import { type Figure, figure, type Message, message } from "../../lib/domain/figure.ts";
import { UNMAPPED_STAGE } from "../../lib/domain/match.ts";
import { MICROS_PER_UNIT } from "../../lib/domain/money.ts";
import type { ListedFigure } from "../../lib/metrics/list-figures.ts";
import type { AccountView, FactsView, FigureView } from "../../lib/report/facts-report.ts";
import type { FactsSource } from "../../lib/runtime/facts-source.ts";
import type { Reader } from "../../lib/words/reader.ts";
import { phrase, say } from "../../lib/words/say.ts";

/**
 * One figure for machines. Money is in major units; `value` is null with a `reason` where there is no data; `corrected` is the
 * same figure corrected for delay, null where there is none. `events` are those of the dataset that fall on its days.
 */
export function figureJson(figure: ListedFigure, source: FactsSource, reader: Reader): object {
  const { subject, entity, fact, params, window, reading, corrected } = figure;
  const { from, to, unit, reason } = reading;
  const accounts = accountsOf(figure, source);
  return {
    ...{ level: subject.level, entity, metric: fact.id, window, from, to },
    value: plainValue(reading),
    unit,
    reason: reason === null ? null : say(reason, reader),
    corrected: corrected === null ? null : plainValue(corrected),
    params,
    name: subject.name,
    accounts: accounts.map(({ key }) => key),
    currency: source.currency,
    zone: source.zone,
    conversion: [...new Set(accounts.map(({ conversion }) => conversion))],
    attribution: [...new Set(accounts.map(({ attribution }) => attribution))],
    source: reading.source,
    events: eventsWithin(source, [figure]).map(({ name }) => name),
  };
}

export function factsView(
  figures: readonly ListedFigure[],
  source: FactsSource,
  { unasked, reader }: { unasked: FactsView["unasked"]; reader: Reader },
): FactsView {
  const { name, currency, zone, snapshot } = source;
  return {
    ...{ name, currency, zone, notes: notesOn(source, figures), asOf: snapshot.day },
    figures: figures.map((figure) => figureView(figure, reader)),
    unasked,
    accounts: source.snapshot.accounts.map(accountView),
    events: eventsWithin(source, figures),
  };
}

function figureView(figure: ListedFigure, reader: Reader): FigureView {
  const { subject, fact, params, window, reading, corrected } = figure;
  return {
    subject: subject.key,
    name: subject.name,
    metric: fact.label,
    // There is one basis where its name would only be told twice.
    params: Object.entries(params).flatMap(([key, value]) =>
      key === "basis" && fact.id === "stageSharePercent" ? [] : [paramWords(key, value, reader)],
    ),
    ...{ window, reading, corrected },
  };
}

function paramWords(key: string, value: unknown, reader: Reader): string {
  return key === "stage" && value === UNMAPPED_STAGE ? phrase("report.unmapped", reader) : String(value);
}

function accountView(account: FactsSource["snapshot"]["accounts"][number]): AccountView {
  const { platform, accountId, name, conversion, attribution, countedOn, coveredFrom, coveredTo } = account;
  return {
    key: `${platform}/${accountId}`,
    name,
    conversion,
    attribution,
    countedOn,
    coveredFrom,
    coveredTo,
  };
}

/** The accounts that a figure can come from: its own, or all of the brand's. */
function accountsOf({ subject }: ListedFigure, { snapshot }: FactsSource): AccountView[] {
  const own = subject.level === "brand" ? null : subject.key.split("/").slice(0, 2).join("/");
  return snapshot.accounts.map(accountView).filter(({ key }) => own === null || key === own);
}

function eventsWithin({ events }: FactsSource, figures: readonly ListedFigure[]): FactsSource["events"] {
  return events.filter((event) =>
    figures.some(
      ({ reading: { from, to } }) => from !== null && to !== null && event.from <= to && event.to >= from,
    ),
  );
}

/** The source's own, after which days there are where none was asked for. */
function notesOn({ covered, notes }: FactsSource, figures: readonly ListedFigure[]): Message[] {
  const asked = figures.flatMap(({ reading: { from, to } }) =>
    from === null || to === null ? [] : { from, to },
  );
  const isCovered = asked.some((days) => covered.some(({ from, to }) => days.from <= to && days.to >= from));
  const [first] = covered.map(({ from }) => from).toSorted();
  const last = covered
    .map(({ to }) => to)
    .toSorted()
    .at(-1);
  if (asked.length === 0 || isCovered || first === undefined || last === undefined) return [...notes];
  return [message("facts.notCovered", { from: figure(first, "day"), to: figure(last, "day") }), ...notes];
}

/** Money in major units. */
export function plainValue({ value, unit }: Figure): Figure["value"] {
  return unit === "money" && typeof value === "number" ? value / Number(MICROS_PER_UNIT) : value;
}
