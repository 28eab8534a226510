import type { Command } from "commander";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import { isDay } from "../../lib/domain/day.ts";
import { allNearMisses } from "../../lib/planner/explain/all-near-misses.ts";
import { explainSubject } from "../../lib/planner/explain/explain.ts";
import { findThing, type Thing } from "../../lib/planner/explain/find-subject.ts";
import { renderExplanation } from "../../lib/report/explain.ts";
import { renderNearMisses } from "../../lib/report/explain-misses.ts";
import { pageFor } from "../../lib/report/page.ts";
import { datasetSource, type ExplainSource, nightSource } from "../../lib/runtime/explain-source.ts";
import { chosenDataset, type DatasetOptions, withDataset } from "./dataset-options.ts";
import { UsageError } from "./errors.ts";
import { command, type Outcome, runCommand } from "./program.ts";
import { onBrand, pageOptions, print } from "./session.ts";

/** Enough to choose from; a name that more things bear is no name. */
const MOST_KEYS = 20;

interface ExplainOptions extends DatasetOptions {
  rule?: string;
  night?: string;
  all?: boolean;
}

export function explainCommand(): Command {
  return withDataset(
    command("explain [entity]", {
      summary: "why each rule did, or did not, act on one entity in a night, and what would have turned it",
      details:
        "Reads a night of the log, by default the last: its snapshot, its brand file, its rules and its plan, with nothing " +
        "fetched. Tells each condition with its value, threshold, margin and days, what would turn the verdict while the other " +
        "figures stay, and what became of it in the plan. An entity is named by its id, its key or its name. With --all the near " +
        "misses of every rule, the nearest first.",
      examples: [
        'palier explain "Slow living"',
        "palier explain 120206870360390205 --rule raise-proven --night 2026-03-11",
        "palier explain atelier-lune",
        "palier explain --all",
        'palier explain --all --json | jq ".nearMisses[0]"',
        "palier explain --dataset my-shop --as-of 2026-03-11 c1",
      ],
      json: true,
    }),
  )
    .option("--rule <id>", "only this rule")
    .option("--night <date>", "a past night of the log (default: the last)")
    .option("--all", "the near misses of all rules and entities instead of one entity")
    .action(
      runCommand<ExplainOptions>(async ([entity], options) => {
        checkAsked(entity, options);
        const open = await chosenDataset(options);
        if (open !== null) return explain(await datasetSource(open), entity, options);
        return await onBrand(options, async ({ ports, config }) =>
          explain(await nightSource(ports, config.brand.id, options.night ?? null), entity, options),
        );
      }),
    );
}

/** @throws UsageError */
function checkAsked(entity: string | undefined, { all, night, dataset }: ExplainOptions): void {
  if ((entity === undefined) === (all !== true))
    throw new UsageError("name one entity by its id, key or name, or ask for --all");
  if (night === undefined) return;
  if (dataset !== undefined) throw new UsageError("--night is of a log; the night of a dataset is --as-of");
  if (!isDay(night))
    throw new UsageError(`--night is "${night}"; it takes a calendar day such as 2026-03-31`);
}

/** @throws UsageError for a rule or an entity that the night does not know, or a name of several. */
function explain(
  { night, snapshot }: ExplainSource,
  entity: string | undefined,
  options: ExplainOptions,
): Outcome {
  const ruleId = options.rule ?? null;
  const known = night.ruleset.rules.map(({ id }) => id);
  if (ruleId !== null && !known.includes(ruleId))
    throw new UsageError(
      `no rule "${ruleId}" counted in the night of ${night.plan.day}; these did: ${known.join(", ")}`,
    );
  const { brand } = night;
  const platforms = brand.accounts.map(({ platform }) => platform);
  const page = pageFor(pageOptions(brand.language, options), { ...brand, platforms });
  if (entity === undefined) {
    const misses = allNearMisses(night, snapshot, ruleId);
    print(options.json === true ? canonicalJson(misses) : renderNearMisses(page, misses));
    return "ok";
  }
  const explanation = explainSubject(night, thingOf(night, entity).subjects, ruleId);
  print(options.json === true ? canonicalJson(explanation) : renderExplanation(page, explanation));
  return "ok";
}

/** @throws UsageError */
function thingOf({ facts, plan }: ExplainSource["night"], entity: string): Thing {
  const found = findThing(facts, entity);
  if (found.kind === "one") return found.thing;
  if (found.kind === "none") {
    const hint = found.nearest === null ? "" : `; did you mean "${found.nearest}"?`;
    throw new UsageError(`the night of ${plan.day} knows nothing called "${entity}"${hint}`);
  }
  const keys = found.things.map(({ key, name }) => `${key} (${name})`);
  const rest = keys.length > MOST_KEYS ? ` and ${keys.length - MOST_KEYS} more` : "";
  throw new UsageError(
    `"${entity}" is several; name one by its key: ${keys.slice(0, MOST_KEYS).join(", ")}${rest}`,
  );
}
