import type { Command } from "commander";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import type { Message } from "../../lib/domain/figure.ts";
import { previewPlan } from "../../lib/loop/preview.ts";
import { renderPlan } from "../../lib/report/plan-report.ts";
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
  return withBrand(
    command("preview", {
      summary: "the plan that a round would make now, with nothing stored and nothing sent",
      details:
        "Fetches and judges as a round would, and stores and sends nothing. Ends with 1 when the plan is refused or something " +
        "that can be mended is missing: an account, the shop's figures, a campaign's stage.",
      examples: [
        "palier preview",
        "palier preview --json | jq .changes",
        "palier preview --json | jq .links",
      ],
      json: true,
    }),
  ).action(
    runCommand<BrandOptions>(async (_args, options) =>
      onBrand(options, async (workspace) => {
        await requireCredentials(workspace);
        const plan = await previewPlan(workspace.ports, workspace.config);
        const next = ["npm run palier -- night"];
        print(
          options.json === true
            ? canonicalJson(planWithLinks(plan))
            : renderPlan(plan, { ...pageOptions(plan.language, options), logFolder: null, next }),
        );
        return plan.refused === null && plan.missing.every(isLasting) ? "ok" : "refused";
      }),
    ),
  );
}

/** A credential without that permission may never get it: told in every report, and a problem in none. */
function isLasting({ key }: Message): boolean {
  return key === "missing.history";
}
