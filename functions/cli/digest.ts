import type { Command } from "commander";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import { localDay } from "../../lib/domain/day.ts";
import { morningDigest } from "../../lib/loop/desk/mornings.ts";
import { renderDigest } from "../../lib/report/digest-report.ts";
import { command, runCommand } from "./program.ts";
import { type BrandOptions, brandPage, onBrand, print, withBrand } from "./session.ts";

export function digestCommand(): Command {
  return withBrand(
    command("digest", {
      summary:
        "the morning's digest: what changed and why, what waits, what was judged, what is wrong with the data",
      details:
        "Reads the log and the newest snapshot; nothing is fetched and nothing is recorded. A change is judged once the 7 and " +
        "the 14 days after it have settled: paid, cost, or unclear where the difference is within chance.",
      examples: ["palier digest", "palier digest --json | jq '.judged[].verdict'"],
      json: true,
    }),
  ).action(
    runCommand<BrandOptions>(async (_args, options) =>
      onBrand(options, async (workspace) => {
        const { ports, config } = workspace;
        const today = localDay(await ports.clock.nowMs(), config.brand.zone);
        const digest = await morningDigest(ports, config, today);
        print(
          options.json === true ? canonicalJson(digest) : renderDigest(digest, brandPage(workspace, options)),
        );
        return "ok";
      }),
    ),
  );
}
