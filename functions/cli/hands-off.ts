import type { Command } from "commander";
import { isDay } from "../../lib/domain/day.ts";
import type { BrandState } from "../../lib/domain/state.ts";
import { type AnswerOptions, answer, withPerson } from "./answering.ts";
import { onDesk, withDesk } from "./desk.ts";
import { UsageError } from "./errors.ts";
import { command, runCommand } from "./program.ts";

interface HandsOffOptions extends AnswerOptions {
  until?: string;
  lift?: boolean;
}

export function handsOffCommand(): Command {
  return withPerson(
    withDesk(
      command("hands-off <id>", {
        summary: "keep every rule away from the budget that a change is about",
        details:
          "Until and including a day. An owner lifts it before with --lift, which also takes the budget's own key.",
        examples: [
          'palier hands-off atelier-lune-20260311-1 --until 2026-04-01 --reason "sale week"',
          "palier hands-off atelier-lune-20260311-1 --lift",
        ],
        json: true,
      }),
    ),
  )
    .option("--until <day>", "last day, such as 2026-04-01")
    .option("--lift", "let rules near it again")
    .option("--reason <text>", "why, for the log")
    .action(
      runCommand<HandsOffOptions>(async ([id = ""], options) =>
        onDesk(options, async (desk) => {
          const { until, lift, reason = null } = options;
          if ((until === undefined) === (lift !== true))
            throw new UsageError("give --until with a day, or --lift, and not both");
          if (until === undefined) {
            const state = await desk.ports.log.state(desk.config.brand.id);
            const holderKey = holderKeyOf(state, id);
            return await answer(desk, { kind: "liftHandsOff", holderKey }, options);
          }
          if (!isDay(until)) throw new UsageError(`--until is "${until}"; it takes a day such as 2026-04-01`);
          return await answer(desk, { kind: "handsOff", changeId: id, until, reason }, options);
        }),
      ),
    );
}

/** Of a change that the log knows, or the key itself as `palier status` prints it. */
function holderKeyOf({ proposals, intents, auto }: BrandState, id: string): string {
  return (proposals[id] ?? intents[id] ?? auto[id])?.change.holderKey ?? id;
}
