/** Listed figures as people and machines read them. */
import type { Figure } from "../../lib/domain/figure.ts";
import { MICROS_PER_UNIT } from "../../lib/domain/money.ts";
import type { ListedFigure } from "../../lib/metrics/list-figures.ts";
import type { AccountView, FactsView, FigureView } from "../../lib/report/facts-report.ts";
import type { FactsSource } from "../../lib/runtime/facts-source.ts";
import type { Reader } from "../../lib/words/reader.ts";
import { say } from "../../lib/words/say.ts";

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
  unasked: FactsView["unasked"],
): FactsView {
  const { name, currency, zone, notes, snapshot } = source;
  return {
    ...{ name, currency, zone, notes, asOf: snapshot.day },
    figures: figures.map(figureView),
    unasked,
    accounts: source.snapshot.accounts.map(accountView),
    events: eventsWithin(source, figures),
  };
}

function figureView({ subject, fact, params, window, reading, corrected }: ListedFigure): FigureView {
  return {
    subject: subject.key,
    name: subject.name,
    metric: fact.label,
    // There is one basis where its name would only be told twice.
    params: Object.entries(params).flatMap(([key, value]) =>
      key === "basis" && fact.id === "stageSharePercent" ? [] : [String(value)],
    ),
    ...{ window, reading, corrected },
  };
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

/** Money in major units. */
export function plainValue({ value, unit }: Figure): number | string | boolean | null {
  return unit === "money" && typeof value === "number" ? value / Number(MICROS_PER_UNIT) : value;
}
