/** Takes drafts through the guardrails: each decision leaves a note, and nothing is ever made larger. */
import type { GuardrailNote } from "../../domain/plan.ts";
import type { Draft } from "../draft.ts";
import { guardrailMessage } from "../messages.ts";
import type { Decision, Guardrail, MessageValues, PlanRound, Scope } from "./guardrail.ts";
import { guardrails } from "./index.ts";

/** A round before any of its changes is known. */
export type Round = Omit<PlanRound, "before" | "standing">;

/** `values` are the figures of the refusal. */
export interface Refusal {
  guardrail: Guardrail;
  values: MessageValues;
}

/** What its rule may do at all, asked before it competes with others. */
export function judgeRule(draft: Draft, round: Round): Draft {
  return judged(draft, "rule", { ...round, before: [], standing: [] });
}

/**
 * The rest, for drafts in plan order. Watched drafts are judged after all that are in earnest and never take from them:
 * neither allowance nor the plan's width.
 */
export function judgeAll(
  drafts: readonly Draft[],
  round: Round,
): { drafts: Draft[]; refusal: Refusal | null } {
  const inOrder = [
    ...drafts.filter((draft) => draft.mode !== "shadow"),
    ...drafts.filter((draft) => draft.mode === "shadow"),
  ];
  return judgeTogether(judgeOneByOne(inOrder, round), round);
}

/** One change that passed before, asked again while the `others` stand as they came out, with another amount or mode. */
export function judgeAmong(draft: Draft, others: readonly Draft[], round: Round): Draft {
  return judged({ ...draft, notes: [] }, "change", { ...round, before: others, standing: [] });
}

function judgeOneByOne(drafts: readonly Draft[], round: Round): Draft[] {
  const before: Draft[] = [];
  return drafts.map((draft) => {
    const result = judged(draft, "change", { ...round, before: [...before], standing: [] });
    if (!result.blocked) before.push(result);
    return result;
  });
}

function judgeTogether(drafts: readonly Draft[], round: Round): { drafts: Draft[]; refusal: Refusal | null } {
  let current = [...drafts];
  let refusal: Refusal | null = null;
  for (const guardrail of guardrails.filter((one) => one.scope === "plan")) {
    const standing = current.filter((draft) => !draft.blocked);
    const inEarnest = standing.filter((draft) => draft.mode !== "shadow");
    const before: Draft[] = [];
    current = current.map((draft) => {
      if (draft.blocked) return draft;
      const seen = draft.mode === "shadow" ? standing : inEarnest;
      const decision = guardrail.check(draft, { ...round, before: [...before], standing: seen });
      if (decision.kind === "refuse" && draft.mode !== "shadow") {
        refusal = { guardrail, values: decision.values };
      }
      const result = decided(draft, guardrail, decision);
      if (!result.blocked) before.push(result);
      return result;
    });
  }
  return { drafts: current, refusal };
}

/** One draft through the guardrails of one scope; the first block ends it. */
function judged(draft: Draft, scope: Scope, round: PlanRound): Draft {
  let current = draft;
  for (const guardrail of guardrails) {
    if (guardrail.scope !== scope || current.blocked) continue;
    current = decided(current, guardrail, guardrail.check(current, round));
  }
  return current;
}

/** The draft after one decision, with the note that explains it. */
export function decided(draft: Draft, guardrail: Guardrail, decision: Decision): Draft {
  const noted = (effect: GuardrailNote["effect"], values: MessageValues): readonly GuardrailNote[] => [
    ...draft.notes,
    { guardrail: guardrail.id, effect, reason: guardrailMessage(guardrail, effect, values) },
  ];
  switch (decision.kind) {
    case "allow":
      return draft;
    case "degrade":
      return { ...draft, mode: decision.mode, notes: noted("degraded", decision.values) };
    case "clamp": {
      if (draft.edit.kind !== "dailyBudget") return draft;
      const { fromMicros: from, toMicros: value } = draft.edit;
      const edit = { ...draft.edit, toMicros: decision.toMicros };
      return {
        ...draft,
        edit,
        notes: noted("clamped", { ...decision.values, from, value, to: decision.toMicros }),
      };
    }
    case "block":
    case "refuse":
      return { ...draft, blocked: true, notes: noted("blocked", decision.values) };
  }
}
