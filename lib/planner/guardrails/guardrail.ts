/** What a guardrail is: a check between a change and the platform. */
import type { Brand } from "../../domain/brand.ts";
import type { Day } from "../../domain/day.ts";
import type { Unit } from "../../domain/figure.ts";
import type { ActiveHold, GuardrailNote, Plan, ScopedStop } from "../../domain/plan.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import type { BrandState } from "../../domain/state.ts";
import type { Mode } from "../../domain/verdict.ts";
import type { Facts } from "../../metrics/port.ts";
import type { Ruleset } from "../../rules/types.ts";
import type { Draft, SendDraft } from "../draft.ts";
import type { Layers } from "../layers.ts";
import type { OwnPauses } from "../pause-ends.ts";
import type { Rejection } from "../rejections.ts";

/**
 * `rule`: what the rule may do at all, asked before conflicts, so that a rule that is only watched never displaces one that
 * works. `change`: asked change by change in plan order. `plan`: asked when every change has passed the former.
 */
export type Scope = "rule" | "change" | "plan";

/** Figures of a message by name, before their units are added. */
export type MessageValues = Readonly<Record<string, number | bigint | string | null>>;

/** `clamp` brings a budget nearer to `from`; `degrade` takes a stricter mode; `refuse` blocks every change of the plan. */
export type Decision =
  | { kind: "allow" }
  | { kind: "clamp"; toMicros: bigint; values: MessageValues }
  | { kind: "degrade"; mode: Mode; values: MessageValues }
  | { kind: "block"; values: MessageValues }
  | { kind: "refuse"; values: MessageValues };

export const ALLOW: Decision = { kind: "allow" };

/** What hard guardrails know of the round, from the log and the plan alone. */
export interface SendRound {
  brand: Brand;
  state: BrandState;
  stops: readonly ScopedStop[];
  nowMs: number;
  roundId: string;
  day: Day;
  /** Daily budgets of all active holders at the start of the night. */
  startBudgetsMicros: bigint;
  activeHolders: number;
  /** Changes of the same plan that come first and were let through; empty before sending, where the log holds them. */
  before: readonly SendDraft[];
  /** For scope `plan`: every change still standing. */
  standing: readonly SendDraft[];
}

/** What the others know as well: the snapshot and what the rules made of it. */
export interface PlanRound extends SendRound {
  snapshot: Snapshot;
  facts: Facts;
  ruleset: Ruleset;
  holds: readonly ActiveHold[];
  rejections: readonly Rejection[];
  layers: Layers;
  /** Pauses that are Palier's still. */
  ownPauses: OwnPauses;
  scopes: Plan["scopes"];
}

interface GuardrailInfo {
  id: string;
  /** One sentence for people: what it limits and why. */
  doc: string;
  scope: Scope;
  /** Figures of its messages with their units, by effect. Clamps carry `from`, `value` and `to` as well. */
  figures: Readonly<Partial<Record<GuardrailNote["effect"], Readonly<Record<string, Unit>>>>>;
  /** Figures of the message about the plan, for those that may refuse it whole. */
  refusal?: Readonly<Record<string, Unit>>;
}

/** Checked again against the log at the very position where the intent is appended. */
export interface HardGuardrail extends GuardrailInfo {
  atSend: true;
  /**
   * Whether it also binds a person who takes an applied change back. What bounds money and writes does; what paces rules, or asks
   * for evidence of something new, does not: the value was there before, and waiting keeps the mistake.
   */
  bindsRestore: boolean;
  check(draft: SendDraft, round: SendRound): Decision;
}

export interface PlanningGuardrail extends GuardrailInfo {
  atSend: false;
  check(draft: Draft, round: PlanRound): Decision;
}

export type Guardrail = HardGuardrail | PlanningGuardrail;
