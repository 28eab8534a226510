import type { Command } from "commander";
import { Command as PlainCommand } from "commander";
import { appManifest } from "../../lib/slack/manifest.ts";
import { UsageError } from "./errors.ts";
import { type CommonOptions, command, exampleText, runCommand } from "./program.ts";
import { print } from "./session.ts";

const EXAMPLE = "palier slack manifest --url https://abc.lambda-url.eu-west-1.on.aws/";

interface ManifestOptions extends CommonOptions {
  url?: string;
}

export function slackCommand(): Command {
  return new PlainCommand("slack")
    .summary("the Slack app of a deployment")
    .description("What a workspace's administrator needs to create the app.")
    .addCommand(manifestCommand())
    .addHelpText("after", exampleText([EXAMPLE]));
}

function manifestCommand(): Command {
  return command("manifest", {
    summary: "print the app's manifest",
    details: "JSON to paste under Create New App, From a manifest, at api.slack.com/apps.",
    examples: [EXAMPLE],
  })
    .requiredOption(
      "--url <address>",
      "where Slack sends clicks, commands and events: a stage's output SlackUrl",
    )
    .action(
      runCommand<ManifestOptions>(async (_args, { url = "" }) => {
        print(JSON.stringify(appManifest(httpsAddress(url)), null, 2));
        return "ok";
      }),
    );
}

function httpsAddress(url: string): string {
  if (URL.canParse(url) && new URL(url).protocol === "https:") return url;
  throw new UsageError(`--url: expected an address that begins with https://, found "${url}"`);
}
