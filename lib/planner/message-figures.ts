/** Every message that plans carry, apart: whoever makes one of them does not load all guardrails for it. */
import type { Guardrail } from "./guardrails/guardrail.ts";
import { guardrails } from "./guardrails/index.ts";
import { effectUnits, ownMessages, type Units } from "./messages.ts";

/** Names and units of the figures of every key. */
export const plannerMessageFigures: Readonly<Record<string, Units>> = {
  ...Object.fromEntries(guardrails.flatMap(guardrailEntries)),
  ...ownMessages,
};
export const plannerMessageKeys: readonly string[] = Object.keys(plannerMessageFigures);

function guardrailEntries(guardrail: Guardrail): [string, Units][] {
  const effects = (["clamped", "blocked", "degraded"] as const)
    .filter((effect) => guardrail.figures[effect] !== undefined)
    .map((effect): [string, Units] => [
      `guardrail.${guardrail.id}.${effect}`,
      effectUnits(guardrail, effect),
    ]);
  return guardrail.refusal === undefined
    ? effects
    : [...effects, [`refused.${guardrail.id}`, guardrail.refusal]];
}
