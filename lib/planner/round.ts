/** What guardrails are asked with when a plan is made. */
import type { HolderLine } from "../domain/plan.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { Facts } from "../metrics/port.ts";
import type { BuildInput } from "./build-input.ts";
import { type Asked, askedBy } from "./drafts.ts";
import type { Round } from "./guardrails/apply.ts";
import { nightBase } from "./holder-lines.ts";
import { holdsInForce } from "./holds.ts";
import { ownPausesOf } from "./pause-ends.ts";
import { scopeLines } from "./scopes.ts";

/** `verdicts` sorted by rule and subject; `lines` as `holderLines` makes them. */
export function roundOf(
  input: BuildInput,
  facts: Facts,
  verdicts: readonly Verdict[],
  lines: readonly HolderLine[],
): { asked: Asked; round: Round } {
  const { snapshot, ruleset, state } = input;
  const asked = askedBy({ ...input, facts, verdicts });
  const { roundId, day } = snapshot;
  const round = {
    ...input,
    ...nightBase(lines),
    holds: holdsInForce(asked.holds, ruleset.rules, { state, day }),
    layers: asked.layers,
    ownPauses: ownPausesOf(input),
    scopes: scopeLines(input, facts, verdicts),
    ...{ facts, roundId, day },
  };
  return { asked, round };
}
