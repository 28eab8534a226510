/** What limits a rule: nights, counts, schedules, what follows once it acted. A key that would do nothing is refused. */
import { valueAt } from "../../domain/json-file.ts";
import { checkShape } from "../../domain/shape.ts";
import { EVERY_NIGHT, PLAIN, type Rule, type Schedule } from "../types.ts";
import type { RuleContext } from "./context.ts";
import type { RuleFileContent } from "./schema.ts";
import type { ActionFile } from "./schema-action.ts";
import { MAX_SCHEDULES, type ScheduleFile, scheduleShape } from "./schema-keys.ts";
import { nightsOf } from "./schema-words.ts";

/** All of `PLAIN` but the place that the pack gives a rule. */
export type RuleKeys = Pick<Rule, Exclude<keyof typeof PLAIN, "layer">>;

/** The rule's keys with their defaults; complaints are in the context. */
export function checkKeys(context: RuleContext, written: RuleFileContent): RuleKeys {
  const schedule = scheduleOf(context);
  const byDay = schedule.every(({ when }) => when.kind !== "night");
  checkCounts(context, written);
  checkNights(context, written, schedule);
  checkRollout(context, written);
  checkMutes(context, written);
  const { mutes, rollout, atMost } = written;
  return {
    ...cooldownOf(context, written, byDay),
    nightsInARow: written.nightsInARow ?? PLAIN.nightsInARow,
    notify: written.notify ?? null,
    mutes:
      mutes === undefined
        ? null
        : { rules: mutes.rules, nights: mutes.for === "always" ? mutes.for : nightsOf(mutes.for) },
    rollout:
      rollout === undefined
        ? null
        : {
            shadowNights: nightsOf(rollout.shadow ?? "0d"),
            proposeNights: nightsOf(rollout.propose ?? "0d"),
          },
    schedule,
    atMost: {
      perDay: atMost?.perDay ?? null,
      perWeek: atMost?.perWeek ?? null,
      perLife: atMost?.perLife ?? null,
    },
    onNoData: noDataOf(context, written),
  };
}

/** Notes and holds change nothing, so what is counted in changes would do nothing on them. */
export function changesAnything(type: ActionFile["type"]): boolean {
  return type !== "notify" && type !== "hold";
}

function checkCounts(context: RuleContext, written: RuleFileContent): void {
  const { action, atMost, notify } = written;
  if (!changesAnything(action.type)) {
    for (const key of (["cooldown", "atMost", "mutes"] as const).filter(
      (one) => written[one] !== undefined,
    )) {
      const fix = `remove ${key}: ${action.type} changes nothing`;
      const allowed =
        key === "cooldown" ? "a cool-down after a change" : `${key} of a rule that changes something`;
      context.complain([key], { code: "notAllowed", allowed, fix });
    }
  }
  if (atMost !== undefined && Object.values(atMost).every((one) => one === undefined)) {
    const fix = 'add "perDay", "perWeek" or "perLife", or remove atMost';
    context.complain(["atMost"], { code: "emptyList", allowed: "at least one count", fix });
  }
  if (notify !== undefined && action.type === "notify") {
    const fix = 'move its "to" into the action';
    context.complain(["notify"], { code: "notAllowed", allowed: "notify beside another action", fix });
  }
}

function cooldownOf(
  context: RuleContext,
  { cooldown }: RuleFileContent,
  byDay: boolean,
): Pick<Rule, "cooldownNights" | "cooldownHours"> {
  if (cooldown === undefined) return { cooldownNights: null, cooldownHours: null };
  if (cooldown.endsWith("d")) return { cooldownNights: nightsOf(cooldown), cooldownHours: null };
  if (!byDay) {
    const fix = 'write nights, such as "1d": a night may begin some minutes earlier than the one before';
    context.complain(["cooldown"], { code: "notAllowed", allowed: "local nights such as 3d", fix });
  }
  return { cooldownNights: null, cooldownHours: Number.parseInt(cooldown, 10) };
}

/** A streak counts nights without a gap, so every night must look at the rule. */
function checkNights(
  context: RuleContext,
  { nightsInARow }: RuleFileContent,
  schedule: readonly Schedule[],
): void {
  if (nightsInARow === undefined) return;
  if (schedule.some(({ when, days }) => when.kind === "night" && days === null)) return;
  const fix = "remove nightsInARow or the schedule: nights in a row need every night";
  context.complain(["nightsInARow"], { code: "notAllowed", allowed: "a rule of every night", fix });
}

/** It walks up to `mode`, so a step at or above that would do nothing. */
function checkRollout(context: RuleContext, { rollout, mode }: RuleFileContent): void {
  if (rollout === undefined) return;
  if (rollout.shadow === undefined && rollout.propose === undefined) {
    const fix = 'add "shadow" or "propose", or remove rollout';
    context.complain(["rollout"], { code: "emptyList", allowed: "at least one step", fix });
  } else if (mode === "shadow") {
    const fix = 'write the mode that it walks up to: "mode": "propose" or "apply"';
    context.complain(["rollout"], { code: "notAllowed", allowed: "a mode above shadow", fix });
  } else if (mode === "propose" && rollout.propose !== undefined) {
    const fix = 'remove propose, or write "mode": "apply"';
    context.complain(["rollout", "propose"], { code: "notAllowed", allowed: "the mode apply", fix });
  }
}

/** Whether the others exist is known once all rules are read. */
function checkMutes(context: RuleContext, { mutes, id }: RuleFileContent): void {
  const own = mutes?.rules.indexOf(id) ?? -1;
  if (own < 0) return;
  const fix = "write cooldown, or atMost: they keep a rule from acting again";
  context.complain(["mutes", "rules", own], { code: "notAllowed", allowed: "other rules", fix });
}

function noDataOf(context: RuleContext, { action, onNoData }: RuleFileContent): Rule["onNoData"] {
  const opens = action.type === "hold" && action.blocks.some((one) => one === "raise" || one === "resume");
  if (onNoData === undefined) return opens ? "hold" : "skip";
  if (onNoData !== "hold" || opens) return onNoData;
  const fix =
    action.type === "hold"
      ? "remove it: what cannot see must not keep a budget from being cut or paused"
      : "write skip or notify: only a hold can hold";
  context.complain(["onNoData"], { code: "notAllowed", allowed: "a hold on raises or resumes", fix });
  return onNoData;
}

function scheduleOf(context: RuleContext): readonly Schedule[] {
  const value = valueAt(context.json.value, ["schedule"]);
  if (value === undefined) return PLAIN.schedule;
  if (!Array.isArray(value)) return [scheduleAt(context, ["schedule"])];
  if (value.length === 0 || value.length > MAX_SCHEDULES) {
    const fix = value.length === 0 ? "remove schedule: every night is the default" : "keep those that matter";
    context.complain(["schedule"], { code: "outOfRange", allowed: `1 to ${MAX_SCHEDULES} entries`, fix });
  }
  return value.map((_, index) => scheduleAt(context, ["schedule", index]));
}

function scheduleAt(context: RuleContext, path: (string | number)[]): Schedule {
  const shape = checkShape(scheduleShape, context.json, path, "rule");
  if (!shape.ok) {
    context.problems.push(...shape.problems);
    return EVERY_NIGHT;
  }
  const { at, every, from, to, days, zone } = shape.value;
  checkScheduleKeys(context, path, shape.value);
  const when: Schedule["when"] =
    at !== undefined
      ? { kind: "at", times: at }
      : every !== undefined
        ? { kind: "every", minutes: minutesOf(every), from: from ?? null, to: to ?? null }
        : EVERY_NIGHT.when;
  return { when, days: days ?? null, zone: zone ?? null };
}

function checkScheduleKeys(
  context: RuleContext,
  path: (string | number)[],
  { at, every, from, to, days, zone }: ScheduleFile,
): void {
  if (at === undefined && every === undefined) {
    if (days === undefined) {
      const fix = 'add "at", "every" or "days", or remove schedule: every night is the default';
      context.complain(path, { code: "emptyList", allowed: "at, every, or days of the night", fix });
    }
    if (zone !== undefined) {
      const fix = 'remove zone: the night is the brand\'s; or add "at" or "every"';
      context.complain([...path, "zone"], { code: "notAllowed", allowed: "a zone of at or every", fix });
    }
  }
  if (at !== undefined && every !== undefined) {
    const fix = "keep one of at and every, or write a list of two schedules";
    context.complain([...path, "every"], { code: "notAllowed", allowed: "exactly one of at and every", fix });
  }
  for (const [key, value] of Object.entries({ from, to })) {
    if (value === undefined || every !== undefined) continue;
    const fix = `remove ${key}, or add "every"`;
    context.complain([...path, key], { code: "notAllowed", allowed: `${key} beside every`, fix });
  }
  if (from !== undefined && to !== undefined && from >= to) {
    const fix = "end the times of a day after they begin; for a span over midnight write two schedules";
    context.complain([...path, "to"], { code: "outOfRange", allowed: `later than ${from}`, fix });
  }
}

function minutesOf(every: string): number {
  return Number.parseInt(every, 10) * (every.endsWith("h") ? 60 : 1);
}
