/** What a plan leaves alone, as its report reads it. */
import type { ForeignEdit, Plan, Protection } from "../../lib/domain/plan.ts";

/** Lea keeps hands off ad set 11 until the end of 15 March, because of a sale. */
export function aProtection(given: Partial<Protection> = {}): Protection {
  return {
    because: "handsOff",
    name: "Broad",
    ref: { platform: "meta", accountId: "1001", level: "adGroup", id: "11" },
    by: "lea",
    untilMs: Date.UTC(2026, 2, 15, 23),
    ruleId: null,
    reason: "sale",
    ...given,
  };
}

/** What a plan says of edits by others: each with what is left alone for it. */
export function edited(...foreignEdits: ForeignEdit[]): Pick<Plan, "foreignEdits" | "protections"> {
  const protections = foreignEdits.flatMap(({ subject: { name, ref }, by, untilMs }) =>
    ref === null ? [] : aProtection({ because: "foreignEdit", name, ref, by, untilMs, reason: null }),
  );
  return { foreignEdits, protections };
}
