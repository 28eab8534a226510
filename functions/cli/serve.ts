import { once } from "node:events";
import type { Command } from "commander";
import { errorFields, type LogFields, type Telemetry } from "../../lib/runtime/aws/telemetry.ts";
import { brandIds } from "../../lib/runtime/config.ts";
import type { Served } from "../../lib/runtime/serve/index.ts";
import { plainText } from "../../lib/words/plain-text.ts";
import { UsageError } from "./errors.ts";
import { type CommonOptions, command, runCommand } from "./program.ts";
import { files, print, wholeNumber, withHome } from "./session.ts";

interface ServeCommandOptions extends CommonOptions {
  brand?: string[];
  home: string;
  rules: string;
  port: string;
  slackPort?: string;
}

const PORT = "4310";
const SLACK_PORT = "4311";
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

export function serveCommand(): Command {
  return withHome(
    command("serve", {
      summary: "run everything in one process: nights, Slack, approved changes",
      details:
        "Looks after every brand each minute until Ctrl-C: runs the night when it is due, posts to Slack, answers its buttons and " +
        "makes what was approved. In the sandbox it brings a stand-in for Slack, with a page to open in a browser; with real " +
        "accounts it needs PALIER_SLACK_SIGNING_SECRET and PALIER_SLACK_BOT_TOKEN and an address of yours that leads to its " +
        "port. Brands without Slack are answered on the command line.",
      examples: ["palier serve", "palier serve --brand maison-sel --port 8080", "palier serve --verbose"],
      json: true,
    }),
  )
    .option("--brand <ids...>", "which brands; all of the rules folder when left out")
    .option("--rules <folder>", "where brands and packs are", "rules")
    .option("--port <number>", "port on the loopback interface for Slack's requests", PORT)
    .option("--slack-port <number>", `port of the stand-in's page, in the sandbox (default: ${SLACK_PORT})`)
    .action(
      runCommand<ServeCommandOptions>(async (_args, options) => {
        const { home, rules: rulesFolder } = options;
        const brands = options.brand ?? (await brandIds(files, rulesFolder));
        if (brands.length === 0) throw new UsageError(`there is no brand file in ${rulesFolder}/brands`);
        // Listened to before anything is printed: whoever waits for that line may end the process at once.
        const ended = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
        // Loaded here: the other commands have no use for Slack and start without it.
        const { serve } = await import("../../lib/runtime/serve/index.ts");
        const served = await serve({
          ...{ brands, home, rulesFolder, files, env: process.env },
          port: wholeNumber("--port", options.port, 0, 65_535),
          slackPort: wholeNumber("--slack-port", options.slackPort ?? SLACK_PORT, 0, 65_535),
          telemetry: lines(options),
        });
        print(
          options.json === true ? JSON.stringify({ brands, ...addresses(served) }) : greeting(brands, served),
        );
        await ended;
        await served.close();
        return "ok";
      }),
    );
}

function addresses({ requestUrl, workspaceUrl }: Served) {
  return { requestUrl, workspaceUrl };
}

function greeting(brands: readonly string[], { requestUrl, workspaceUrl }: Served): string {
  const lines = [`Looking after ${brands.join(", ")}. Ctrl-C ends it; nothing under way is lost.`];
  if (workspaceUrl !== null) lines.push(`A stand-in for Slack, to be opened in a browser: ${workspaceUrl}`);
  else if (requestUrl !== null)
    lines.push(`Slack's requests are answered at ${requestUrl}; lead yours there.`);
  else lines.push("No brand is in Slack: proposals are answered with palier approve, edit and reject.");
  return lines.join("\n");
}

/** What happens, a line each on the error stream; trouble always, the rest with --verbose. */
function lines({ verbose }: CommonOptions): Telemetry {
  const say = (message: string, fields: LogFields) => {
    const told = Object.entries(fields).map(([name, value]) => ` ${name}=${plainText(String(value))}`);
    process.stderr.write(`${CLOCK.format(new Date())} ${message}${told.join("")}\n`);
  };
  return {
    info: (message, fields = {}) => {
      if (verbose === true) say(message, fields);
    },
    warn: (message, fields = {}) => say(message, fields),
    error: (message, error, fields = {}) => say(message, { ...fields, ...errorFields(error) }),
    count() {},
    flush() {},
  };
}
