/** A preview on a folder of files instead of accounts. */
import { canonicalJson } from "../../lib/domain/canonical.ts";
import { isDay } from "../../lib/domain/day.ts";
import type { Message } from "../../lib/domain/figure.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import { previewPlan } from "../../lib/loop/preview.ts";
import { renderPlan } from "../../lib/report/plan-report.ts";
import { openDataset, previewPorts } from "../../lib/runtime/dataset.ts";
import { datasetNotes } from "../../lib/runtime/dataset-notes.ts";
import { UsageError } from "./errors.ts";
import { planWithLinks } from "./links.ts";
import type { Outcome } from "./program.ts";
import { type BrandOptions, files, pageOptions, print } from "./session.ts";

export async function previewDataset(
  folder: string,
  asOf: string | null,
  options: BrandOptions,
): Promise<Outcome> {
  if (asOf !== null && !isDay(asOf))
    throw new UsageError(`--as-of is "${asOf}"; it takes a day such as 2026-03-31`);
  const { brand, rules: rulesFolder } = options;
  const open = await openDataset({ folder, brandFile: brand ?? null, asOf, rulesFolder, files });
  const plan = await previewPlan(previewPorts(open), open.config);
  const dataset = datasetNotes(open);
  if (options.json === true) print(canonicalJson({ ...planWithLinks(plan), dataset }));
  else {
    const next = [
      ...(open.lacks.length > 0 ? [`npm run palier -- init --dataset ${folder}`] : []),
      `npm run palier -- facts --dataset ${folder} --as-of ${open.asOf}`,
    ];
    print(renderPlan(plan, { ...pageOptions(plan.language, options), logFolder: null, next, dataset }));
  }
  return previewOutcome(plan);
}

export function previewOutcome(plan: Plan): Outcome {
  return plan.refused === null && plan.missing.every(isLasting) ? "ok" : "refused";
}

/** A credential without that permission may never get it: told in every report, and a problem in none. */
function isLasting({ key }: Message): boolean {
  return key === "missing.history";
}
