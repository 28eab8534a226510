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

/** A rule does one thing to one entity at most, and one more when a pause of its own is over. */
function itemsOf({
  changes,
  notices,
  holds,
  notActed,
  silent,
  scopes,
  newcomers,
}: Plan): Map<string, PlanItem> {
  const items: PlanItem[] = [
    ...changes.map((one) => ({ kind: "change", ...one }) as const),
    ...notices.map((one) => ({ kind: "notice", ...one }) as const),
    ...holds.map((one) => ({ kind: "hold", ...one }) as const),
    ...silent.map((one) => ({ kind: "silent", ...one }) as const),
    ...notActed.map((one) => ({ kind: "notActed", ...one }) as const),
    ...scopes.map((one) => ({ kind: "scope", ...one }) as const),
    ...newcomers.map((one) => ({ kind: "newcomer", ...one }) as const),
  ];
  return new Map(items.map((item) => [`${item.kind} ${about(item)} ${ruleOf(item)}`, item]));
}

function about(item: PlanItem): string {
  switch (item.kind) {
    case "change":
      return `${item.holderKey} ${item.endsPause !== undefined}`;
    case "hold":
      return item.scope;
    case "notActed":
      return item.reason.key;
    case "scope":
      return "";
    default:
      return `${item.subject.level} ${item.subject.key}`;
  }
}

function ruleOf(item: PlanItem): string {
  return item.kind === "newcomer" ? "" : ruleKey({ pack: item.pack, id: item.ruleId });
}

/** What people decide by: the figures behind it may move without changing anything. */
function told(item: PlanItem): string {
  switch (item.kind) {
    case "change": {
      const limits = item.notes.map(({ guardrail, effect }) => `${guardrail} ${effect}`);
      const { outcome, edit, wantedMicros, until = null } = item;
      return canonicalJson([outcome, edit, wantedMicros, until, limits]);
    }
    case "notice":
      return canonicalJson([item.urgent, item.blind, item.to]);
    case "hold":
      return canonicalJson([item.blocks, item.because, item.until]);
    case "notActed":
      return canonicalJson([item.reason, item.subjects]);
    case "silent":
      return canonicalJson(item.reason);
    case "scope":
      return canonicalJson([item.size, item.before]);
    case "newcomer":
      return canonicalJson(item.rules);
  }
}
