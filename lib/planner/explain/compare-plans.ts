/** What an edit of rules or brand file changes: two plans on one snapshot, held against each other. */
import { canonicalJson } from "../../domain/canonical.ts";
import type { PlanDifference, PlanItem } from "../../domain/explanation.ts";
import type { Plan } from "../../domain/plan.ts";
import { ruleKey } from "../draft.ts";

/** In the order of the plans. Ids of changes are numbers of their plan and tell nothing. */
export function comparePlans(before: Plan, after: Plan): PlanDifference {
  const [was, is] = [itemsOf(before), itemsOf(after)];
  const same = canonicalJson(before.refused) === canonicalJson(after.refused);
  return {
    added: [...is].flatMap(([key, item]) => (was.has(key) ? [] : [item])),
    gone: [...was].flatMap(([key, item]) => (is.has(key) ? [] : [item])),
    different: [...is].flatMap(([key, item]) => {
      const old = was.get(key);
      return old === undefined || told(old) === told(item) ? [] : [{ before: old, after: item }];
    }),
    refused: same ? null : { before: before.refused, after: after.refused },
  };
}

/** A rule does one thing to one entity at most. */
function itemsOf({ changes, notices, holds }: Plan): Map<string, PlanItem> {
  const items: PlanItem[] = [
    ...changes.map((one) => ({ kind: "change", ...one }) as const),
    ...notices.map((one) => ({ kind: "notice", ...one }) as const),
    ...holds.map((one) => ({ kind: "hold", ...one }) as const),
  ];
  return new Map(items.map((item) => [`${item.kind} ${about(item)} ${ruleOf(item)}`, item]));
}

function about(item: PlanItem): string {
  if (item.kind === "hold") return item.scope;
  return item.kind === "change" ? item.holderKey : `${item.subject.level} ${item.subject.key}`;
}

function ruleOf({ pack, ruleId }: PlanItem): string {
  return ruleKey({ pack, id: ruleId });
}

/** What people decide by: the figures behind it may move without changing anything. */
function told(item: PlanItem): string {
  if (item.kind === "hold") return canonicalJson([item.blocks, item.because]);
  if (item.kind === "notice") return String(item.urgent);
  const limits = item.notes.map(({ guardrail, effect }) => `${guardrail} ${effect}`);
  return canonicalJson([item.outcome, item.edit, item.wantedMicros, limits]);
}
