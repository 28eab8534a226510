/** A preview on a folder of files instead of accounts. */
import { canonicalJson } from "../../lib/domain/canonical.ts";
import type { Message } from "../../lib/domain/figure.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import { previewPlan } from "../../lib/loop/preview.ts";
import { renderPlan } from "../../lib/report/plan-report.ts";
import { type OpenDataset, previewPorts } from "../../lib/runtime/dataset.ts";
import { datasetNotes } from "../../lib/runtime/dataset-notes.ts";
import { planWithLinks } from "./links.ts";
import type { CommonOptions, Outcome } from "./program.ts";
import { pageOptions, print } from "./session.ts";

export async function previewDataset(open: OpenDataset, options: CommonOptions): Promise<Outcome> {
  const plan = await previewPlan(previewPorts(open), open.config);
  const notes = datasetNotes(open);
  const { folder } = open.dataset;
  if (options.json === true) print(canonicalJson({ ...planWithLinks(plan), dataset: notes }));
  else {
    const next = [
      ...(open.lacks.length > 0 ? [`npm run palier -- init --dataset ${folder}`] : []),
      `npm run palier -- facts --dataset ${folder} --as-of ${open.asOf}`,
    ];
    print(
      renderPlan(plan, { ...pageOptions(plan.language, options), logFolder: null, next, dataset: notes }),
    );
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
