import type { Command } from "commander";
import { formatPlace } from "../../lib/runtime/lint/format.ts";
import { readPlace } from "../../lib/runtime/lint/place.ts";
import { plainText } from "../../lib/words/plain-text.ts";
import { problemLines } from "./errors.ts";
import { type CommonOptions, command, runCommand } from "./program.ts";
import { files, print } from "./session.ts";

interface FmtOptions extends CommonOptions {
  check?: boolean;
}

export function fmtCommand(): Command {
  return command("fmt [path]", {
    summary: "rewrite rule, pack and brand files to the one spelling",
    details:
      "Puts the language's own words where people type others (>= becomes greaterThanInclusive, cost becomes spend, yesterday " +
      'becomes "1d"), keys in the order of the reference, two spaces of indent. What a rule decides never changes, and what is ' +
      "not understood stays as it is: palier lint tells it. Ends with 1 when a file cannot be read, with --check when one would " +
      "change.",
    examples: [
      "palier fmt",
      "palier fmt rules/packs/roads",
      "palier fmt --check",
      "palier fmt rules/packs/roads/raise-proven.json --json",
    ],
    json: true,
  })
    .option("--check", "write nothing; end with 1 when a file would change")
    .action(
      runCommand<FmtOptions>(async ([path = "rules"], options) => {
        const { changed, problems } = formatPlace(await readPlace(files, path));
        const isCheck = options.check === true;
        if (!isCheck) for (const { path: file, text } of changed) await files.writeAtomic(file, text);
        const names = changed.map((file) => file.path);
        if (options.json === true)
          print(JSON.stringify({ [isCheck ? "wouldChange" : "changed"]: names, problems }));
        else {
          const verb = isCheck ? "would change" : "rewritten";
          const lines = names.map((name) => `${plainText(name)}: ${verb}`);
          const nothing = changed.length === 0 && problems.length === 0;
          print(
            [...lines, ...problems.flatMap(problemLines), ...(nothing ? ["Nothing to change."] : [])].join(
              "\n",
            ),
          );
        }
        return problems.length > 0 || (isCheck && changed.length > 0) ? "refused" : "ok";
      }),
    );
}
