/** A change on its way through the guardrails. */
import type { Change, Direction, Edit } from "../domain/change.ts";
import type { BudgetHolder } from "../domain/holder.ts";
import { accountKey, type TargetRef } from "../domain/ids.ts";
import type { Bounds, GuardrailNote } from "../domain/plan.ts";
import type { Evidence, Mode, Subject } from "../domain/verdict.ts";
import type { Rule } from "../rules/types.ts";

/** What a hard guardrail may look at: known when the plan is made and again just before the change is sent. */
export interface SendDraft {
  /** Null while the plan is being made: changes are numbered once they are settled. */
  id: string | null;
  holderKey: string;
  target: TargetRef;
  /** What was asked for; a clamp that leaves nothing of a raise does not turn it into a cut. */
  direction: Direction;
  edit: Edit;
  ruleId: string;
  pack: string;
  /** `shadow` changes are judged by the limits of proposals: what would have been asked for. */
  mode: Mode;
  bounds: Bounds;
  accountStop?: Change["accountStop"];
  endsPause?: Change["endsPause"];
}

export interface Draft extends SendDraft {
  rule: Rule;
  holder: BudgetHolder;
  /** The holder as figures are read for it. */
  subject: Subject;
  /** Whom the rule's verdict is about: the holder under another level, or its account. */
  about: Subject;
  until?: Change["until"];
  evidence: readonly Evidence[];
  /** The two executors of rules judged its rule differently. */
  disputed: boolean;
  wantedMicros: bigint | null;
  /** Smallest step in which the account stores budgets. */
  unitMicros: bigint;
  /** Whom the night's allowance goes to first: larger is first; compared entry by entry. */
  strength: readonly number[];
  notes: readonly GuardrailNote[];
  blocked: boolean;
}

/** Whether more is spent after it than before, so that limits on raises bind it. */
export function addsMoney({ direction }: Pick<SendDraft, "direction">): boolean {
  return direction === "raise" || direction === "resume";
}

/** What limits count as one: a holder, or an account that is stopped as a whole. */
export function unitOf(change: Pick<SendDraft, "holderKey" | "target" | "accountStop">): string {
  return change.accountStop === true ? accountKey(change.target) : change.holderKey;
}

const DIRECTION_ORDER: readonly Direction[] = ["pause", "cut", "raise", "resume"];

/** Plan order: what saves money first, then the strongest evidence; names settle ties, so that the order of rules never does. */
export function comparePlanOrder(a: Draft, b: Draft): number {
  return (
    DIRECTION_ORDER.indexOf(a.direction) - DIRECTION_ORDER.indexOf(b.direction) ||
    compareStrength(a.strength, b.strength) ||
    compareText(a.holderKey, b.holderKey) ||
    compareText(ruleKey(a.rule), ruleKey(b.rule))
  );
}

/** A rule's name among all packs. */
export function ruleKey(rule: { pack: string; id: string }): string {
  return `${rule.pack}/${rule.id}`;
}

/** By code unit, so that no machine's language settings move a plan. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareStrength(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, position) => value !== b[position]);
  return index < 0 ? 0 : (b[index] ?? 0) - (a[index] ?? 0);
}
