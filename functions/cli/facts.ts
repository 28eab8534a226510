import { type Command, Option } from "commander";
import { DomainError } from "../../lib/domain/errors.ts";
import { factCatalogue } from "../../lib/metrics/index.ts";
import { type FiguresRequest, type ListedFigure, listFigures } from "../../lib/metrics/list-figures.ts";
import { USUAL_WINDOWS } from "../../lib/metrics/windows/window.ts";
import { renderFacts } from "../../lib/report/facts-report.ts";
import { pageFor } from "../../lib/report/page.ts";
import { factEntry } from "../../lib/rules/docs/entries.ts";
import type { FactsSource } from "../../lib/runtime/facts-source.ts";
import { askedLevel, askedMetrics, askedWindows } from "./asked-metrics.ts";
import { checkExport } from "./check-export.ts";
import { type DatasetOptions, withDataset } from "./dataset-options.ts";
import { UsageError } from "./errors.ts";
import { onFacts } from "./facts-source.ts";
import { factsView, figureJson } from "./facts-view.ts";
import { command, type Outcome, runCommand } from "./program.ts";
import { pageOptions, print } from "./session.ts";

interface FactsOptions extends DatasetOptions {
  level?: string;
  entity?: string;
  metric: readonly string[];
  window: readonly string[];
  mature?: boolean;
  check?: string;
  conversion?: string;
  list?: boolean;
}

export function factsCommand(): Command {
  return withDataset(
    command("facts", {
      summary: "any figure with its days, and what it was counted from; or an export held against them",
      details:
        "Reads a dataset folder, or without --dataset what the brand's last night saw, and prints figures over whole days that " +
        "end on the day before --as-of. Plain figures come first, those corrected for conversions that are still on their way " +
        "beside them. With --check it compares every figure of an export of Ads Manager or Google Ads and ends with 1 when one " +
        "differs.",
      examples: [
        "palier facts --dataset my-shop --as-of 2026-03-11",
        "palier facts --dataset my-shop --as-of 2026-03-11 --level campaign --metric roas --metric cpa --window 28d",
        'palier facts --dataset my-shop --metric "stageSharePercent(stage=prospecting)" --window 7d --json',
        "palier facts --dataset my-shop --check ads-manager.csv",
        "palier facts --brand atelier-lune --level account",
        "palier facts --list",
      ],
      json: true,
    }),
  )
    .option("--level <level>", "brand (default), account, budgetHolder, campaign, adGroup or ad")
    .option("--entity <id>", "one entity or account by its id")
    .addOption(
      new Option(
        "--metric <name>",
        "a metric, the brand's own among them, with parameters in brackets; may be repeated",
      )
        .argParser(collect)
        .default([], "all of the level"),
    )
    .addOption(
      new Option("--window <window>", "7d, 14d..8d, today, lastMonth; may be repeated")
        .argParser(collect)
        .default([], USUAL_WINDOWS.join(", ")),
    )
    .option("--mature", "move windows of conversions back until most of them have arrived")
    .option("--check <export>", "an export to compare every figure with")
    .option(
      "--conversion <column>",
      "the export's column of conversions, where it is called otherwise than Palier's",
    )
    .option("--list", "the metrics that there are")
    .action(
      runCommand<FactsOptions>(async (_args, options) => {
        if (options.list === true) return listMetrics(options);
        refuseIdle(options);
        const level = askedLevel(options.level ?? "brand");
        const asked = {
          level,
          entity: options.entity ?? null,
          windows: askedWindows(options.window),
        };
        return await onFacts(options, async (source) => {
          if (options.check !== undefined) return await checkExport(source, options.check, options);
          const { settledPercent } = source.brand.limits;
          const metrics = askedMetrics(options.metric, level, source.brand);
          return show(
            source,
            { ...asked, metrics, maturePercent: options.mature === true ? settledPercent : null },
            options,
          );
        });
      }),
    );
}

/** A check compares every figure of the export: what would narrow a list has no say in it. @throws UsageError */
function refuseIdle({ check, conversion, level, entity, metric, window, mature }: FactsOptions): void {
  if (check === undefined) {
    if (conversion !== undefined) throw new UsageError("--conversion goes with --check alone");
    return;
  }
  const given = { level, entity, metric: metric[0], window: window[0], mature };
  const idle = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`]));
  if (idle.length > 0)
    throw new UsageError(`--check takes no ${idle.join(", ")}: it compares the whole export`);
}

function show(source: FactsSource, request: FiguresRequest, options: FactsOptions): Outcome {
  const figures = listed(source, request);
  const { level, entity } = request;
  if (figures.length === 0 && entity !== null)
    throw new UsageError(`there is no ${level} "${entity}" in ${source.name}`);
  const reader = {
    language: source.brand.language,
    currency: source.brand.currency,
    zone: source.brand.zone,
  };
  if (options.json === true) {
    print(JSON.stringify(figures.map((figure) => figureJson(figure, source, reader))));
    return "ok";
  }
  const platforms = source.brand.accounts.map(({ platform }) => platform);
  const page = pageFor(pageOptions(source.brand.language, options), { ...reader, platforms });
  const unasked = { metrics: options.metric.length === 0, windows: options.window.length === 0 };
  print(renderFacts(page, factsView(figures, source, { unasked, reader })));
  return "ok";
}

/** Parameters that a metric cannot be asked with, such as a window to compare with that is none. */
const UNASKABLE: ReadonlySet<string> = new Set(["metrics.badParams", "window.malformed"]);

/** @throws UsageError */
function listed(source: FactsSource, request: FiguresRequest): ListedFigure[] {
  try {
    return listFigures(source, request);
  } catch (error) {
    if (error instanceof DomainError && UNASKABLE.has(error.code)) throw new UsageError(error.message);
    throw error;
  }
}

/** One sentence each; `palier docs` says the rest of it from the same entries. */
function listMetrics({ json }: FactsOptions): Outcome {
  const listed = factCatalogue.map(({ id, unit, kind, levels, params, doc, source }) => ({
    ...{ id, unit, kind, levels, params, doc, source },
  }));
  const lines = factCatalogue.map(
    (fact) => `${fact.id} (${fact.unit})${taking(fact.params)}\n    ${factEntry(fact).doc}`,
  );
  print(
    json === true ? JSON.stringify(listed) : [...lines, "palier docs <metric> says more of one."].join("\n"),
  );
  return "ok";
}

function taking(params: readonly string[]): string {
  return params.length === 0 ? "" : ` [${params.join(", ")}]`;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
