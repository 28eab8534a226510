import type { Command } from "commander";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import { figure } from "../../lib/domain/figure.ts";
import { NIGHT_SLOT } from "../../lib/domain/ids.ts";
import type { BrandState, Round } from "../../lib/domain/state.ts";
import type { ControlStop } from "../../lib/log/store.ts";
import { renderProposals } from "../../lib/report/proposals.ts";
import { plainText } from "../../lib/words/plain-text.ts";
import type { Reader } from "../../lib/words/reader.ts";
import { phrase, say } from "../../lib/words/say.ts";
import { readerOf } from "./answering.ts";
import { asOf } from "./answers.ts";
import { type DeskOptions, onDesk, withDesk } from "./desk.ts";
import { proposalWithLink } from "./links.ts";
import { command, runCommand } from "./program.ts";
import { brandPage, print } from "./session.ts";

export function statusCommand(): Command {
  return withDesk(
    command("status", {
      summary: "how the brand stands: stops, alerts, last night, what waits, what is left alone",
      examples: ["palier status", "palier status --json"],
      json: true,
    }),
  ).action(
    runCommand<DeskOptions>(async (_args, options) =>
      onDesk(options, async (desk) => {
        const { ports, config } = desk;
        const state = await ports.log.state(config.brand.id);
        const nowMs = await ports.clock.nowMs();
        const stops = await ports.stops();
        const all = Object.values(state.proposals).map((proposal) => asOf(proposal, nowMs));
        const open = all.filter(({ status }) => status === "open");
        const rulesOff = state.rulesOff.filter(({ untilMs }) => nowMs < untilMs);
        if (options.json === true) {
          const { stop, heldOff } = state;
          const alerts = Object.values(state.alerts).filter(({ clearedAtMs }) => clearedAtMs === null);
          const night = lastNight(state);
          const proposals = open.map(proposalWithLink);
          print(canonicalJson({ stop, stops, alerts, night, proposals, heldOff, rulesOff }));
          return "ok";
        }
        const reader = readerOf(desk);
        const lines = [
          phrase("status.title", reader, { brand: plainText(config.brand.name) }),
          ...stopLines(state, stops, reader),
          ...alertLines(state, reader),
          nightLine(state, reader),
          ...protectedLines({ ...state, rulesOff }, reader),
        ];
        print(`${lines.join("\n")}\n\n${renderProposals(open, brandPage(desk, options))}`);
        return "ok";
      }),
    ),
  );
}

function stopLines(state: BrandState, stops: readonly ControlStop[], reader: Reader): string[] {
  const own = state.stop === null ? [] : [{ scope: state.brand, ...state.stop }];
  const lines = [...own, ...stops].map(({ scope, by, atMs, reason }) => {
    const figures = { scope, by: plainText(by), since: figure(atMs, "instant") };
    return reason === null
      ? phrase("status.stopped", reader, figures)
      : phrase("status.stoppedBecause", reader, { ...figures, reason: plainText(reason) });
  });
  return lines.length === 0 ? [phrase("status.notStopped", reader)] : lines;
}

function alertLines({ alerts }: BrandState, reader: Reader): string[] {
  const standing = Object.values(alerts).filter(({ clearedAtMs }) => clearedAtMs === null);
  return standing.map(({ id, reason, raisedAtMs, takenBy, escalatedAtMs }) => {
    // By its id somebody takes it.
    const figures = {
      since: figure(raisedAtMs, "instant"),
      reason: `${say(reason, reader)} (${plainText(id)})`,
    };
    if (takenBy !== null) return phrase("status.alertTaken", reader, { ...figures, by: plainText(takenBy) });
    return phrase(escalatedAtMs === null ? "status.alert" : "status.alertEscalated", reader, figures);
  });
}

function lastNight({ rounds }: BrandState): Round | null {
  const nights = Object.values(rounds).filter(({ slot }) => slot === NIGHT_SLOT);
  return nights.toSorted((a, b) => b.day.localeCompare(a.day))[0] ?? null;
}

function nightLine(state: BrandState, reader: Reader): string {
  const night = lastNight(state);
  if (night === null) return phrase("status.noNight", reader);
  const day = figure(night.day, "day");
  if (night.refused) return phrase("status.nightRefused", reader, { day });
  if (night.planHash === null) return phrase("status.nightUnplanned", reader, { day });
  const asked = new Set(
    Object.values(state.proposals).flatMap(({ kind, change, decidedBy, status }) =>
      kind === "planned" && (status !== "superseded" || decidedBy !== null) ? [change.id] : [],
    ),
  );
  const intents = Object.values(state.intents).filter(({ roundId }) => roundId === night.roundId);
  const count = (value: number) => figure(value, "count");
  return phrase("status.night", reader, {
    day,
    proposed: count(night.changes.filter((id) => asked.has(id)).length),
    auto: count(night.changes.filter((id) => !asked.has(id)).length),
    applied: count(intents.filter(({ status }) => status === "confirmed").length),
    unsettled: count(intents.filter(({ settledAtMs }) => settledAtMs === null).length),
  });
}

function protectedLines({ heldOff, rulesOff }: BrandState, reader: Reader): string[] {
  const held = Object.entries(heldOff).map(([holder, { name, until, by }]) =>
    phrase("status.handsOff", reader, {
      ...{ name: plainText(name), by: plainText(by), holder: plainText(holder) },
      until: figure(until, "day"),
    }),
  );
  const off = rulesOff.map(({ ruleId, holderKey, untilMs, by }) =>
    phrase("status.ruleOff", reader, {
      ...{ rule: plainText(ruleId), holder: plainText(holderKey), by: plainText(by) },
      until: figure(untilMs, "instant"),
    }),
  );
  return [...held, ...off];
}
