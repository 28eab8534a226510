import type { Command } from "commander";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import { previewPlan } from "../../lib/loop/preview.ts";
import { renderPlan } from "../../lib/report/plan-report.ts";
import { previewDataset, previewOutcome } from "./dataset.ts";
import { chosenDataset, type DatasetOptions, withDataset } from "./dataset-options.ts";
import { planWithLinks } from "./links.ts";
import { command, runCommand } from "./program.ts";
import { requireCredentials, runNight, showNight } from "./round.ts";
import { type BrandOptions, onBrand, pageOptions, print, withBrand } from "./session.ts";

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

export function previewCommand(): Command {
  return withDataset(
    command("preview", {
      summary: "the plan that a round would make now, with nothing stored and nothing sent",
      details:
        "Fetches and judges as a round would, and stores and sends nothing. Ends with 1 when the plan is refused or something " +
        "that can be mended is missing: an account, the shop's figures, a campaign's stage. With --dataset the accounts and " +
        "the shop are a folder of files.",
      examples: [
        "palier preview",
        "palier preview --json | jq .changes",
        "palier preview --json | jq .links",
        "palier preview --dataset my-shop --as-of 2026-03-11",
      ],
      json: true,
    }),
  ).action(
    runCommand<DatasetOptions>(async (_args, options) => {
      const open = await chosenDataset(options);
      if (open !== null) return await previewDataset(open, options);
      return await onBrand(options, async (workspace) => {
        await requireCredentials(workspace);
        const plan = await previewPlan(workspace.ports, workspace.config);
        const next = [`npm run palier -- night --brand ${workspace.config.brand.id}`];
        print(
          options.json === true
            ? canonicalJson(planWithLinks(plan))
            : renderPlan(plan, { ...pageOptions(plan.language, options), logFolder: null, next }),
        );
        return previewOutcome(plan);
      });
    }),
  );
}
