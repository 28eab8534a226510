import type { Command } from "commander";
import { type AnswerOptions, answer, withPerson } from "./answering.ts";
import { onDesk, withDesk } from "./desk.ts";
import { command, runCommand } from "./program.ts";

export function takeAlertCommand(): Command {
  return withPerson(
    withDesk(
      command("take-alert <id>", {
        summary: "say that you look into an alert",
        details:
          "Its id stands behind it in palier status. While nobody takes an alert for too long, automatic changes are off.",
        examples: ["palier take-alert merAlarm/2026-03-11 --by lea"],
        json: true,
      }),
    ),
  ).action(
    runCommand<AnswerOptions>(async ([alertId = ""], options) =>
      onDesk(options, async (desk) => answer(desk, { kind: "takeAlert", alertId }, options)),
    ),
  );
}
