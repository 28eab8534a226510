import type { Command } from "commander";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import { replaceWorld } from "../../lib/runtime/worlds.ts";
import { planWithLinks } from "./links.ts";
import { type CommonOptions, command, runCommand } from "./program.ts";
import { runNight, showNight } from "./round.ts";
import { type BrandOptions, files, onBrand, print, wholeNumber, withBrand } from "./session.ts";

const MAX_SEED = 999_999_999;
const MAX_NIGHTS = 60;

interface DemoOptions extends BrandOptions, CommonOptions {
  seed: string;
  nights: string;
}

export function demoCommand(): Command {
  return withBrand(
    command("demo", {
      summary: "make a sandbox world and run the example brand's first nights on it",
      details:
        "Replaces the sandbox world of the seed, log included, makes it the current one, and runs one night or more. " +
        "The same seed gives the same decisions.",
      examples: ["npm start", "npm start -- --seed 7 --nights 3", "palier demo --seed 7 --json"],
      json: true,
    }),
  )
    .option("--seed <number>", "which world", "1")
    .option("--nights <number>", "how many nights, nobody answering in between", "1")
    .action(
      runCommand<DemoOptions>(async (_args, options) => {
        const seed = wholeNumber("--seed", options.seed, 0, MAX_SEED);
        const nights = wholeNumber("--nights", options.nights, 1, MAX_NIGHTS);
        await replaceWorld(files, options.home, seed);
        for (let night = 1; night <= nights; night++) await demoNight(options, night > 1);
        return "ok";
      }),
    );
}

async function demoNight(options: DemoOptions, advance: boolean): Promise<void> {
  await onBrand(options, async (workspace) => {
    if (advance) await workspace.sandbox?.client.advance({ to: "nextNight" });
    const night = await runNight(workspace);
    if (options.json === true) print(canonicalJson(planWithLinks(night.plan)));
    else {
      if (advance) print("");
      showNight(workspace, night, options);
    }
    return "ok";
  });
}
