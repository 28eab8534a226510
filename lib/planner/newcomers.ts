/** Budget holders that the night before did not know, and which money rules look at them now. */
import { accountKey, entityKey } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { Facts } from "../metrics/port.ts";
import type { BuildInput } from "./build-input.ts";
import { compareText } from "./draft.ts";
import { holderSubject } from "./readings.ts";

/** By name; none on a first night, and none in accounts that the night before could not read. */
export function newcomersOf(
  { brand, former }: BuildInput,
  facts: Facts,
  moneyVerdicts: readonly Verdict[],
): Plan["newcomers"] {
  if (former === null) return [];
  const known = new Set(former.holders);
  const unread = new Set(former.unread);
  const looked = Map.groupBy(moneyVerdicts, ({ subject: { ref } }) => (ref === null ? "" : entityKey(ref)));
  return facts
    .holders()
    .filter(({ key, ref }) => !known.has(key) && !unread.has(accountKey(ref)))
    .map((holder) => {
      // A rule over campaigns looks at the money of their ad groups, too.
      const keys = [holder.key, ...holder.campaigns.map((campaign) => entityKey(campaign))];
      const rules = keys.flatMap((key) => looked.get(key) ?? []).map(({ ruleId }) => ruleId);
      return { subject: holderSubject(brand, holder), rules: [...new Set(rules)].sort(compareText) };
    })
    .sort((a, b) => compareText(a.subject.name, b.subject.name) || compareText(a.subject.key, b.subject.key));
}
