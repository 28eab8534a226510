/** A program with the helpers of `functions/cli/program.ts`. */
import { Command } from "commander";
import { UsageError } from "../../functions/cli/errors.ts";
import { type CommonOptions, command, runCommand } from "../../functions/cli/program.ts";
import { ConfigError } from "../../lib/domain/problem.ts";
import { LogError } from "../../lib/log/errors.ts";
import { PlatformError } from "../../lib/platforms/errors.ts";

interface NightOptions extends CommonOptions {
  seed?: string;
  fail?: string;
}

const failures: Readonly<Record<string, () => Error>> = {
  config: () =>
    new ConfigError([
      {
        code: "brand.outOfRange",
        file: "rules/brands/atelier-lune.json",
        line: 12,
        path: "limits.stepPercentProposed",
        found: "2000",
        allowed: "a number from 1 to 100",
        fix: "write the percentage itself, such as 20",
      },
    ]),
  platform: () =>
    new PlatformError("Meta refused the token: it has expired", {
      platform: "meta",
      kind: "auth",
      code: 190,
      subcode: 463,
      traceId: "AbC123",
      retryAfterMs: null,
    }),
  platformWithCode: () =>
    new PlatformError("Google's daily quota is used up (quota_error.RESOURCE_EXHAUSTED)", {
      platform: "google",
      kind: "throttled",
      code: "quota_error.RESOURCE_EXHAUSTED",
      subcode: null,
      traceId: "r1",
      retryAfterMs: null,
    }),
  log: () => new LogError("log.contended", "atelier-lune", 7, "50 writers were faster"),
  usage: () => new UsageError("no night 0: nights are counted from 1"),
  node: () => Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" }),
};

/** Made anew for each run: commander keeps the options of the last one. */
export function tinyProgram(): Command {
  return new Command("palier").description("moves ad budgets step by step").addCommand(nightCommand());
}

function nightCommand(): Command {
  return command("night [brand]", {
    summary: "run one night",
    details: "Runs one round of a brand, from fetching to proposals.",
    examples: ["palier night atelier-lune", "palier night --seed 7"],
    json: true,
  })
    .option("--seed <number>", "seed of the market")
    .option("--fail <how>", "fail in this way")
    .action(
      runCommand<NightOptions>(async (args, options) => {
        const failure = failures[options.fail ?? ""];
        if (failure !== undefined) throw failure();
        process.stdout.write(`night of ${args[0] ?? "nobody"}, seed ${options.seed ?? "none"}\n`);
        return options.fail === "refused" ? "refused" : "ok";
      }),
    );
}
