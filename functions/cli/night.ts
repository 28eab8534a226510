import type { Command } from "commander";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import { planOnGround, previewGround } from "../../lib/loop/preview.ts";
import { renderPlan } from "../../lib/report/plan-report.ts";
import { watchedFolder } from "../../lib/runtime/watch.ts";
import type { Workspace } from "../../lib/runtime/workspace.ts";
import { previewDataset, previewOutcome } from "./dataset.ts";
import { chosenDataset, type DatasetOptions, withDataset } from "./dataset-options.ts";
import { planWithLinks } from "./links.ts";
import { command, type Outcome, runCommand } from "./program.ts";
import { requireCredentials, runNight, showNight } from "./round.ts";
import { type BrandOptions, onBrand, pageOptions, print, withBrand } from "./session.ts";
import { watchedBrand, watchPreview } from "./watch-preview.ts";

export function nightCommand(): Command {
  return withBrand(
    command("night", {
      summary: "run tonight's round: settle what is open, fetch, judge, propose or apply",
      details:
        "Runs one round of a brand. What an earlier run left open is settled first. A night is planned once: running it " +
        "again changes nothing and shows the plan.",
      examples: ["palier night", "palier night --brand atelier-lune --verbose", "palier night --json"],
      json: true,
    }),
  ).action(
    runCommand<BrandOptions>(async (_args, options) =>
      onBrand(options, async (workspace) => {
        const night = await runNight(workspace);
        if (options.json === true) print(canonicalJson(planWithLinks(night.plan)));
        else {
          showNight(workspace, night, options);
          if (!night.fresh) print("\nThis night had been planned before; nothing was decided again.");
        }
        for (const { error } of night.run.failed) throw error;
        return night.plan.refused === null ? "ok" : "refused";
      }),
    ),
  );
}

interface PreviewOptions extends DatasetOptions {
  watch?: boolean;
}

export function previewCommand(): Command {
  return withDataset(
    command("preview", {
      summary: "the plan that a round would make now, with nothing stored and nothing sent",
      details:
        "Fetches and judges as a round would, and stores and sends nothing. Ends with 1 when the plan is refused or something " +
        "that can be mended is missing: an account, the shop's figures, a campaign's stage. With --dataset the accounts and " +
        "the shop are a folder of files. With --watch it stays, and tells after each save of the brand file or a rule what " +
        "that changes tonight, on what it fetched once.",
      examples: [
        "palier preview",
        "palier preview --watch",
        "palier preview --json | jq .changes",
        "palier preview --json | jq .links",
        "palier preview --dataset my-shop --as-of 2026-03-11",
      ],
      json: true,
    }),
  )
    .option("--watch", "stay, and tell what each save changes; with --json one line each")
    .action(
      runCommand<PreviewOptions>(async (_args, options) => {
        const open = await chosenDataset(options);
        if (open !== null) return await previewDataset(open, options);
        return await onBrand(options, async (workspace) => await previewBrand(workspace, options));
      }),
    );
}

async function previewBrand(workspace: Workspace, options: PreviewOptions): Promise<Outcome> {
  await requireCredentials(workspace);
  const { ports, config } = workspace;
  const ground = await previewGround(ports, config);
  const plan = await planOnGround(ports, config, ground);
  const next = [`npm run palier -- night --brand ${config.brand.id}`];
  print(
    options.json === true
      ? canonicalJson(planWithLinks(plan))
      : renderPlan(plan, { ...pageOptions(plan.language, options), logFolder: null, next }),
  );
  if (options.watch !== true) return previewOutcome(plan);
  const watched = watchedBrand(workspace, options.rules, ground, watchedFolder(options.rules));
  return previewOutcome(await watchPreview(watched, { config, plan }, options));
}
