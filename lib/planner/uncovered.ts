/** Spend that no rule looks at, so that nobody believes it is steered. */
import type { Brand } from "../domain/brand.ts";
import type { BudgetHolder } from "../domain/holder.ts";
import { entityKey } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import type { Subject } from "../domain/verdict.ts";
import type { Facts } from "../metrics/port.ts";
import { compareText } from "./draft.ts";
import { BRAND_WINDOW, holderSubject } from "./readings.ts";

type Uncovered = Plan["uncovered"];

/**
 * Holders that no money rule looks at and that spent in the last 7 days or of which nobody knows, largest first.
 */
export function uncoveredSpend(brand: Brand, facts: Facts, looked: readonly Subject[]): Uncovered {
  const covered = new Set(looked.flatMap(({ ref }) => (ref === null ? [] : [entityKey(ref)])));
  return facts
    .holders()
    .filter((holder) => !covered.has(holder.key) && !areCovered(holder, covered))
    .map((holder) => ({
      name: nameOf(holder),
      level: holder.ref.level,
      ref: holder.ref,
      spend: facts.read(holderSubject(brand, holder), "spend", { window: BRAND_WINDOW }),
    }))
    .filter((line) => line.spend.value !== 0)
    .sort((a, b) => Number(b.spend.value) - Number(a.spend.value) || compareText(a.name, b.name));
}

/** A rule over campaigns looks at the money of their ad groups, too, and at a shared budget when it looks at all it feeds. */
function areCovered({ campaigns, unclearFeeds }: BudgetHolder, covered: ReadonlySet<string>): boolean {
  return unclearFeeds.length === 0 && campaigns.every((campaign) => covered.has(entityKey(campaign)));
}

/** Ad groups' names repeat, so their campaign's comes first. */
function nameOf({ owner, name, campaigns }: BudgetHolder): string {
  return owner === "adGroup" ? [...campaigns.map((campaign) => campaign.name), name].join(" / ") : name;
}
