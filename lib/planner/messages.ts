/** The messages that plans carry: keys of the words catalogue with the figures that fill them. */
import type { Figure, Message, Unit } from "../domain/figure.ts";
import { message } from "../domain/figure.ts";
import type { GuardrailNote } from "../domain/plan.ts";
import type { Guardrail, MessageValues } from "./guardrails/guardrail.ts";

export type Units = Readonly<Record<string, Unit>>;

const CLAMP_FIGURES: Units = { from: "money", value: "money", to: "money" };

export const ownMessages = {
  "guardrail.conflict.blocked": { rule: "text" },
  "recheck.notInPlan": {},
  "recheck.expired": { expired: "instant" },
  "recheck.tooMuch": { guardrail: "text", value: "money", to: "money" },
  "recheck.modeStricter": { guardrail: "text" },
  "recheck.notBound": { account: "text" },
  "recheck.otherCurrency": { currency: "text" },
  "recheck.handsOff": { by: "text" },
  "recheck.ruleWithdrawn": { rule: "text" },
  "recheck.ruleStricter": { rule: "text", mode: "state" },
  "recheck.notApplied": {},
  "missing.account": { account: "text" },
  "missing.history": { account: "text", why: "state" },
  "missing.shop": {},
  "missing.stageUnclear": { campaign: "text", stages: "text" },
  "missing.memberUnclear": { campaign: "text", group: "text", members: "text" },
  "missing.pauseEnd": { name: "text", rule: "text", until: "day" },
  "silent.told": { last: "day", again: "state" },
  "notActed.ads": {},
  "notActed.byDay": {},
  "notActed.allocate": {},
  "notActed.assign": {},
  "notActed.accountStop": { rule: "text" },
  "notActed.noBudget": {},
  "notActed.noFigure": { metric: "text" },
  "notActed.pauseOver": { until: "day" },
} as const satisfies Record<string, Units>;

export function plannerMessage(key: keyof typeof ownMessages, values: MessageValues = {}): Message {
  return filled(key, ownMessages[key], values);
}

/** The reason that a guardrail gives for one effect. */
export function guardrailMessage(
  guardrail: Guardrail,
  effect: GuardrailNote["effect"],
  values: MessageValues,
): Message {
  return filled(`guardrail.${guardrail.id}.${effect}`, effectUnits(guardrail, effect), values);
}

/** Why a guardrail refused a plan whole. */
export function refusalMessage(guardrail: Guardrail, values: MessageValues): Message {
  return filled(`refused.${guardrail.id}`, guardrail.refusal ?? {}, values);
}

export function effectUnits(guardrail: Guardrail, effect: GuardrailNote["effect"]): Units {
  const own = guardrail.figures[effect] ?? {};
  return effect === "clamped" ? { ...own, ...CLAMP_FIGURES } : own;
}

/** Exactly the figures of the table, so that a sentence can rely on each; one that was not given is unknown. */
function filled(key: string, units: Units, values: MessageValues): Message {
  const figures = Object.entries(units).map(([name, unit]): [string, Figure] => {
    const value = values[name] ?? null;
    return [name, { value: typeof value === "bigint" ? Number(value) : value, unit }];
  });
  return message(key, Object.fromEntries(figures));
}
