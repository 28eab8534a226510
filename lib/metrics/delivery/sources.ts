/** In words what a figure was counted from. */
import type { CountedOn } from "../../domain/snapshot.ts";
import type { KnownAccount } from "../census.ts";
import { metricMessage } from "../messages.ts";
import { type NoData, noData } from "../outcome.ts";

export interface Sources {
  /** What was counted, such as `meta/1001 adGroup 200`. */
  source: string;
  /** The same with the conversion, attribution and kind of day that the platform's plain conversion columns use. */
  conversionSource: string;
  /** The same for conversions on one kind of day; no data when an account does not count them so. */
  datedSources: Readonly<Record<CountedOn, string | NoData>>;
}

/** Sources of something of one account, which `source` names. */
export function sourcesOf(source: string, { key, snapshot, datings }: KnownAccount): Sources {
  const on = (countedOn: CountedOn): string =>
    `${source} ${snapshot?.conversion} ${snapshot?.attribution} by ${countedOn} day`;
  const dated = (countedOn: CountedOn): string | NoData =>
    datings.includes(countedOn)
      ? on(countedOn)
      : noData(metricMessage("noData.countedOtherwise", { account: key, countedOn }));
  return {
    source,
    conversionSource: on(snapshot?.countedOn ?? "click"),
    datedSources: { click: dated("click"), conversion: dated("conversion") },
  };
}

export function sumOfSources(parts: readonly Sources[]): Sources {
  const dated = (countedOn: CountedOn): string | NoData => {
    const all = parts.map((part) => part.datedSources[countedOn]);
    return all.find((one) => typeof one !== "string") ?? all.join(" + ");
  };
  return {
    source: parts.map((part) => part.source).join(" + "),
    conversionSource: parts.map((part) => part.conversionSource).join(" + "),
    datedSources: { click: dated("click"), conversion: dated("conversion") },
  };
}

/** The same sources, each followed by `suffix`. */
export function withSuffix(sources: Sources, suffix: string): Sources {
  const dated = (source: string | NoData): string | NoData =>
    typeof source === "string" ? source + suffix : source;
  return {
    source: sources.source + suffix,
    conversionSource: sources.conversionSource + suffix,
    datedSources: {
      click: dated(sources.datedSources.click),
      conversion: dated(sources.datedSources.conversion),
    },
  };
}
