import { once } from "node:events";
import type { Command } from "commander";
import { Command as PlainCommand } from "commander";
import { currentSeed, worldFolder } from "../../lib/runtime/home.ts";
import { openSandbox, type SandboxSession } from "../../lib/runtime/sandbox-session.ts";
import { replaceWorld } from "../../lib/runtime/worlds.ts";
import { UsageError } from "./errors.ts";
import { type CommonOptions, command, exampleText, runCommand } from "./program.ts";
import { files, print, wholeNumber, withHome } from "./session.ts";

const MS_PER_MINUTE = 60_000;
const MAX_MINUTES = 100_000;
const MAX_NIGHTS = 366;
const MAX_SEED = 999_999_999;

interface SandboxOptions extends CommonOptions {
  home: string;
}

export function sandboxCommand(): Command {
  return new PlainCommand("sandbox")
    .summary("the market that Palier brings along")
    .description(
      "A seeded market behind the APIs of Meta and Google Ads, its shop, and a clock that only you move.",
    )
    .addCommand(serveCommand())
    .addCommand(advanceCommand())
    .addCommand(resetCommand())
    .addHelpText(
      "after",
      exampleText([
        "palier sandbox advance",
        "palier sandbox serve --port 4000",
        "palier sandbox reset --seed 7",
      ]),
    );
}

function serveCommand(): Command {
  return withHome(
    command("serve", {
      summary: "serve the current world until Ctrl-C",
      details:
        "Other commands serve the world by themselves while they run; this one keeps it up, at a port of your choice.",
      examples: ["palier sandbox serve", "palier sandbox serve --port 4000"],
      json: true,
    }),
  )
    .option("--port <number>", "port on the loopback interface (default: a free one)")
    .action(
      runCommand<SandboxOptions & { port?: string }>(async (_args, options) => {
        const port = options.port === undefined ? undefined : wholeNumber("--port", options.port, 1, 65_535);
        const session = await openCurrent(options.home, port);
        const { url, owned, address } = session;
        const { grpcPort } = address;
        if (!owned) {
          print(
            options.json === true
              ? JSON.stringify({ url, grpcPort, owned })
              : `Another process serves this world already: ${url}`,
          );
          return "refused";
        }
        // Listened to before the address is printed: whoever waits for that line may end the server at once.
        const ended = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
        print(
          options.json === true
            ? JSON.stringify({ url, grpcPort, owned })
            : `Serving the sandbox at ${url} (Meta: ${url}/v25.0/act_1001; Google Ads: ${url}/v25/customers/2000000002, ` +
                `gRPC on port ${grpcPort}). Ctrl-C ends it.`,
        );
        await ended;
        await session.close();
        return "ok";
      }),
    );
}

function advanceCommand(): Command {
  return withHome(
    command("advance", {
      summary: "move the world's clock on, by default to the next night",
      examples: [
        "palier sandbox advance",
        "palier sandbox advance --nights 7",
        "palier sandbox advance --minutes 5",
      ],
      json: true,
    }),
  )
    .option("--nights <number>", "to the night so many nights on")
    .option("--minutes <number>", "by so many minutes")
    .action(
      runCommand<SandboxOptions & { nights?: string; minutes?: string }>(async (_args, options) => {
        const { nights, minutes } = options;
        if (nights !== undefined && minutes !== undefined)
          throw new UsageError("give --nights or --minutes, not both");
        const session = await openCurrent(options.home);
        try {
          if (minutes !== undefined) {
            await session.client.advance({
              ms: wholeNumber("--minutes", minutes, 1, MAX_MINUTES) * MS_PER_MINUTE,
            });
          } else {
            const count = wholeNumber("--nights", nights ?? "1", 1, MAX_NIGHTS);
            for (let night = 0; night < count; night++) await session.client.advance({ to: "nextNight" });
          }
          const { clockMs, day } = await session.client.clock();
          print(
            options.json === true
              ? JSON.stringify({ clockMs, day })
              : `The sandbox's clock stands at ${new Date(clockMs).toISOString()} (${day} in Paris).`,
          );
        } finally {
          await session.close();
        }
        return "ok";
      }),
    );
}

function resetCommand(): Command {
  return withHome(
    command("reset", {
      summary: "make a new world in place of the seed's old one, log included, and work on it",
      examples: ["palier sandbox reset", "palier sandbox reset --seed 7"],
      json: true,
    }),
  )
    .option("--seed <number>", "which world", "1")
    .action(
      runCommand<SandboxOptions & { seed: string }>(async (_args, options) => {
        const seed = wholeNumber("--seed", options.seed, 0, MAX_SEED);
        const folder = await replaceWorld(files, options.home, seed);
        print(
          options.json === true
            ? JSON.stringify({ seed, folder })
            : `World ${seed} is new, in ${folder}. Next: npm run palier -- night`,
        );
        return "ok";
      }),
    );
}

async function openCurrent(home: string, port?: number): Promise<SandboxSession> {
  return await openSandbox(files, worldFolder(home, await currentSeed(files, home)), port);
}
