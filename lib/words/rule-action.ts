/** What a rule does, in words: its action, and all that says how often and under whose eyes. */
import type { Figure } from "../domain/figure.ts";
import { NO_CURRENCY } from "../domain/money.ts";
import type { Action, AllocationGoal, BudgetAim, PauseEnd, Rule, Schedule } from "../rules/types.ts";
import { type FactLabels, factWords, windowOfParams } from "./fact-words.ts";
import { formatAmount, formatFigure } from "./format.ts";
import { plainText } from "./plain-text.ts";
import type { Reader } from "./reader.ts";
import { phrase } from "./say.ts";

const MINUTES_PER_HOUR = 60;

/** `units` are those of facts by id. */
export interface Voice {
  reader: Reader;
  labels: FactLabels;
  units: Readonly<Record<string, Figure["unit"]>>;
}

export function actionWords(action: Action, voice: Voice): string {
  const { reader } = voice;
  switch (action.type) {
    case "raiseBudget":
    case "cutBudget": {
      const by: Figure =
        action.by.kind === "percent"
          ? { value: action.by.percent, unit: "percent" }
          : { value: Number(action.by.micros), unit: "money" };
      return limited(phrase(`rule.${action.type}`, reader, { by: figureWords(by, reader) }), action, reader);
    }
    case "setBudget": {
      const most: Figure = { value: action.maxPercent, unit: "percent" };
      const aimed = aimWords(action.aim, voice);
      const stepped =
        action.maxPercent === null ? aimed : phrase("rule.maxPercent", reader, { action: aimed, most });
      return limited(stepped, action, reader);
    }
    case "pause":
      return pauseWords(action, reader);
    case "resume": {
      const { pausedBy } = action;
      if (pausedBy.kind !== "rules") return phrase(`rule.resume.${pausedBy.kind}`, reader);
      return phrase("rule.resume.rules", reader, { rules: listWords(pausedBy.ids, reader) });
    }
    case "notify":
      return toldTo(phrase(`rule.notify.${action.urgency}`, reader), action.to, reader);
    case "hold": {
      const blocks = action.blocks
        .map((one) => phrase(`state.${one}`, reader))
        .join(phrase("rule.or", reader));
      const held = phrase("rule.hold", reader, { blocks, scope: holdScope(action.scope, reader) });
      const nights: Figure = { value: action.forAtLeastNights, unit: "nights" };
      return action.forAtLeastNights === null ? held : phrase("rule.forAtLeast", reader, { held, nights });
    }
    case "allocate":
      return goalWords(action.goal, reader);
    case "assign":
      return assignWords(action, reader);
  }
}

/** "proposed, at most every 2 nights, after 3 nights in a row". */
export function howWords(rule: Rule, { reader }: Voice): string {
  const nights = (value: number): Figure => ({ value, unit: "nights" });
  const { atMost, cooldownNights, cooldownHours, mutes, nightsInARow, notify, onNoData, rollout } = rule;
  const often = (["perDay", "perWeek", "perLife"] as const).flatMap((key) => {
    const value = atMost[key];
    if (value === null) return [];
    if (value === 1) return [phrase(`rule.once.${key}`, reader)];
    return [phrase(`rule.atMost.${key}`, reader, { times: { value, unit: "count" } })];
  });
  return [
    phrase(`rule.mode.${rule.mode}`, reader),
    ...(rollout === null
      ? []
      : [
          phrase("rule.rollout", reader, {
            shadow: nights(rollout.shadowNights),
            propose: nights(rollout.proposeNights),
          }),
        ]),
    ...scheduleWords(rule.schedule, reader),
    ...(nightsInARow === 1 ? [] : [phrase("rule.nightsInARow", reader, { nights: nights(nightsInARow) })]),
    ...(cooldownNights === null ? [] : [phrase("rule.cooldown", reader, { span: nights(cooldownNights) })]),
    ...(cooldownHours === null
      ? []
      : [phrase("rule.cooldown", reader, { span: { value: cooldownHours, unit: "hours" } })]),
    ...often,
    ...(mutes === null ? [] : [mutesWords(mutes, reader)]),
    ...(notify === null ? [] : [toldTo(phrase("rule.alsoTell", reader), notify.to, reader)]),
    ...(onNoData === "notify" ? [phrase("rule.onNoData", reader)] : []),
  ].join(", ");
}

export function listWords(list: readonly string[], reader: Reader): string {
  return list.map(plainText).join(phrase("rule.or", reader));
}

/** Rules of a pack that no brand uses have no currency: their amounts stand bare. */
export function figureWords(figure: Figure, reader: Reader): string {
  const { value, unit } = figure;
  const isBare = unit === "money" && typeof value === "number" && reader.currency === NO_CURRENCY;
  return isBare ? formatAmount(value, reader) : formatFigure(figure, reader);
}

function limited(
  action: string,
  limits: { ceilingMicros?: bigint | null; floorMicros?: bigint | null },
  reader: Reader,
): string {
  const { ceilingMicros = null, floorMicros = null } = limits;
  const keys = { ceiling: ceilingMicros, floor: floorMicros };
  return (["ceiling", "floor"] as const).reduce((words, key) => {
    const micros = keys[key];
    if (micros === null) return words;
    const limit = figureWords({ value: Number(micros), unit: "money" }, reader);
    // The first of two limits ends with a comma already.
    return phrase(`rule.${key}`, reader, { action: words.replace(/,$/, ""), limit });
  }, action);
}

function aimWords(aim: BudgetAim, { reader, labels, units }: Voice): string {
  if (aim.kind === "amount") {
    return phrase("rule.setBudget", reader, {
      to: figureWords({ value: Number(aim.micros), unit: "money" }, reader),
    });
  }
  const figure = (value: number) => figureWords({ value, unit: units[aim.metric] ?? "count" }, reader);
  const metric = factWords(aim.metric, aim.params, reader, labels);
  const window = windowOfParams(aim.params, reader);
  const [low, high] = aim.band;
  return phrase("rule.toward", reader, {
    ...{ metric: window === "" ? metric : `${metric} ${window}`, target: figure(aim.target) },
    ...{ low: figure(low), high: figure(high) },
  });
}

function pauseWords(
  { until, what }: { until: PauseEnd | null; what: "self" | "campaigns" },
  reader: Reader,
): string {
  const paused = phrase(what === "self" ? "rule.pause" : "rule.pauseCampaigns", reader);
  if (until === null) return paused;
  const end =
    until.kind === "day"
      ? phrase("rule.until.day", reader, { day: { value: until.day, unit: "day" } })
      : phrase(`rule.until.${until.kind}`, reader);
  return phrase("rule.until", reader, { paused, end });
}

function toldTo(words: string, to: readonly string[], reader: Reader): string {
  if (to.length === 0) return words;
  return phrase("rule.toldTo", reader, { words, to: to.map(plainText).join(", ") });
}

function holdScope(scope: Extract<Action, { type: "hold" }>["scope"], reader: Reader): string {
  if (scope.kind === "stage") return phrase("rule.hold.stage", reader, { stage: plainText(scope.stage) });
  return phrase(`rule.hold.${scope.kind}`, reader);
}

function goalWords(goal: AllocationGoal, reader: Reader): string {
  switch (goal.kind) {
    case "split": {
      const bands = Object.entries(goal.bands).map(([member, [low, high]]) =>
        phrase("rule.allocate.band", reader, {
          member: plainText(member),
          low: { value: low, unit: "percent" },
          high: { value: high, unit: "percent" },
        }),
      );
      return phrase("rule.allocate.split", reader, { group: plainText(goal.group), bands: bands.join(", ") });
    }
    case "moveToOthers": {
      const moved = phrase("rule.allocate.moveToOthers", reader, {
        within: phrase(`rule.within.${goal.within}`, reader),
      });
      return goal.pauseSource ? phrase("rule.allocate.pauseSource", reader, { moved }) : moved;
    }
    default:
      return phrase(`rule.allocate.${goal.kind}`, reader);
  }
}

function assignWords({ group, move, to }: Extract<Action, { type: "assign" }>, reader: Reader): string {
  const partition = plainText(group);
  if (to !== null) return phrase("rule.assign.to", reader, { group: partition, to: plainText(to) });
  return phrase(move === "up" ? "rule.assign.up" : "rule.assign.down", reader, { group: partition });
}

function mutesWords({ rules, nights }: NonNullable<Rule["mutes"]>, reader: Reader): string {
  const muted = { rules: listWords(rules, reader) };
  return nights === "always"
    ? phrase("rule.mutes.always", reader, muted)
    : phrase("rule.mutes", reader, { ...muted, nights: { value: nights, unit: "nights" } });
}

function scheduleWords(schedules: readonly Schedule[], reader: Reader): string[] {
  return schedules.flatMap(({ when, days, zone }) => {
    const named = days?.map((day) => phrase(`weekday.${day}`, reader)).join(", ");
    const on = named === undefined ? "" : phrase("rule.onDays", reader, { days: named });
    const time = timeWords(when, reader);
    const parts = [time, on, zone === null ? "" : plainText(zone)].filter((part) => part !== "");
    return parts.length === 0 ? [] : [parts.join(" ")];
  });
}

function timeWords(when: Schedule["when"], reader: Reader): string {
  if (when.kind === "night") return "";
  if (when.kind === "at") return phrase("rule.at", reader, { times: when.times.join(", ") });
  const { minutes, from, to } = when;
  const every = everyWords(minutes, reader);
  return from === null || to === null ? every : phrase("rule.between.times", reader, { every, from, to });
}

function everyWords(minutes: number, reader: Reader): string {
  if (minutes === MINUTES_PER_HOUR) return phrase("rule.everyHour", reader);
  if (minutes % MINUTES_PER_HOUR !== 0)
    return phrase("rule.every", reader, { minutes: { value: minutes, unit: "count" } });
  return phrase("rule.everyHours", reader, { hours: { value: minutes / MINUTES_PER_HOUR, unit: "hours" } });
}
