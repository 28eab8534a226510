import type { Command } from "commander";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import { rederivePlans } from "../../lib/loop/rederive.ts";
import { renderLogEntries } from "../../lib/report/log-entries.ts";
import { renderVerify } from "../../lib/report/verify.ts";
import { type DeskOptions, onDesk, withDesk } from "./desk.ts";
import { entryWithLinks } from "./links.ts";
import { command, runCommand } from "./program.ts";
import { type BrandOptions, brandPage, onBrand, print, wholeNumber, withBrand } from "./session.ts";

const MOST_ENTRIES = 999_999;

interface LogOptions extends DeskOptions {
  last?: string;
}

export function logCommand(): Command {
  return withDesk(
    command("log", {
      summary: "everything that happened, in order",
      examples: ["palier log", "palier log --last 5", "palier log --json | jq '.[].events[].type'"],
      json: true,
    }),
  )
    .option("--last <number>", "only the last so many entries")
    .action(
      runCommand<LogOptions>(async (_args, options) => {
        const last =
          options.last === undefined ? MOST_ENTRIES : wholeNumber("--last", options.last, 1, MOST_ENTRIES);
        return await onDesk(options, async (desk) => {
          const entries = (await desk.ports.log.entries(desk.config.brand.id)).slice(-last);
          print(
            options.json === true
              ? canonicalJson(entries.map(entryWithLinks))
              : renderLogEntries(entries, brandPage(desk, options)),
          );
          return "ok";
        });
      }),
    );
}

export function verifyCommand(): Command {
  return withBrand(
    command("verify", {
      summary: "check the log's chain up to its head, and make every decision again",
      details:
        "Recomputes the hash chain from the stored entries and names the first bad position. Then makes every plan again from " +
        "the snapshot, files and state that the log names, and compares byte for byte. On one machine, whoever rewrites both " +
        "the database and the folder heads/ is not detected.",
      examples: ["palier verify", "palier verify --json"],
      json: true,
    }),
  ).action(
    runCommand<BrandOptions>(async (_args, options) =>
      onBrand(options, async (workspace) => {
        const { ports, config } = workspace;
        const chain = await ports.log.verify(config.brand.id);
        const plans = chain.ok ? await rederivePlans(ports, config.brand.id) : [];
        const differing = plans.filter(({ result }) => result === "different");
        if (options.json === true) print(canonicalJson({ chain, plans }));
        else {
          print(renderVerify(config.brand.name, chain, brandPage(workspace, options)));
          if (chain.ok) print(planWords(plans));
          for (const { roundId, position } of differing)
            print(`  ${roundId} (entry ${position}) comes out differently.`);
        }
        return chain.ok && differing.length === 0 ? "ok" : "refused";
      }),
    ),
  );
}

function planWords(plans: Awaited<ReturnType<typeof rederivePlans>>): string {
  const same = plans.filter(({ result }) => result === "same").length;
  const other = plans.filter(({ result }) => result === "otherVersion").length;
  const rest = other === 0 ? "" : `; ${other} made by another version, which alone can repeat them`;
  return `${same} of ${plans.length} plans made again, byte for byte the same${rest}.`;
}
