/** A preview on a folder of files instead of accounts. */
import path from "node:path";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import type { Message } from "../../lib/domain/figure.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import { planOnGround, previewGround } from "../../lib/loop/preview.ts";
import { renderPlan } from "../../lib/report/plan-report.ts";
import { type OpenDataset, previewPorts } from "../../lib/runtime/dataset.ts";
import { datasetNotes } from "../../lib/runtime/dataset-notes.ts";
import { watchedFolder } from "../../lib/runtime/watch.ts";
import type { DatasetOptions } from "./dataset-options.ts";
import { planWithLinks } from "./links.ts";
import type { Outcome } from "./program.ts";
import { pageOptions, print } from "./session.ts";
import { watchedDataset, watchPreview } from "./watch-preview.ts";

export async function previewDataset(
  open: OpenDataset,
  options: DatasetOptions & { watch?: boolean },
): Promise<Outcome> {
  const { config } = open;
  const ports = previewPorts(open);
  const ground = await previewGround(ports, config);
  const plan = await planOnGround(ports, config, ground);
  const notes = datasetNotes(open);
  const { folder } = open.dataset;
  const advice = open.lacks;
  if (options.json === true) print(canonicalJson({ ...planWithLinks(plan), dataset: [...advice, ...notes] }));
  else {
    const next = [
      ...(advice.length > 0 ? [`npm run palier -- init --dataset ${folder}`] : []),
      `npm run palier -- facts --dataset ${folder} --as-of ${open.asOf}`,
    ];
    print(
      renderPlan(plan, {
        ...pageOptions(plan.language, options),
        logFolder: null,
        next,
        advice,
        dataset: notes,
      }),
    );
  }
  if (options.watch !== true) return previewOutcome(plan);
  const folders = new Set([options.rules, path.dirname(config.brand.file)]);
  const changes = watchedFolder(...folders);
  const watched = watchedDataset(open, options, ground, changes);
  return previewOutcome(await watchPreview(watched, { config, plan }, options));
}

export function previewOutcome(plan: Plan): Outcome {
  return plan.refused === null && plan.missing.every(isLasting) ? "ok" : "refused";
}

/** A credential without that permission may never get it: told in every report, and a problem in none. */
function isLasting({ key }: Message): boolean {
  return key === "missing.history";
}
