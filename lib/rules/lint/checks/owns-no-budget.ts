import type { Subject } from "../../../domain/verdict.ts";
import type { Facts } from "../../../metrics/port.ts";
import { inScope } from "../../judge/scope.ts";
import type { Action } from "../../types.ts";
import { type Check, eachRule } from "../check.ts";

const NEEDS_BUDGET: readonly Action["type"][] = ["raiseBudget", "cutBudget", "setBudget", "pause", "resume"];

const OWNER_WORDS = { campaign: "campaigns", adGroup: "ad groups", shared: "shared budgets" };

export const ownsNoBudget: Check = {
  code: "ownsNoBudget",
  severity: "warning",
  doc: "The rule asks campaigns or ad groups to change, and the money of some of them lives elsewhere: nothing is done there, and the plan says so. On the level `budgetHolder` one rule serves them all. Held against the latest snapshot; without one this is not looked at.",
  bad: [{ appliesTo: { level: "campaign" } }],
  good: [{ appliesTo: { level: "adGroup" } }, { id: "all", appliesTo: { level: "budgetHolder" } }],
  find: eachRule((rule, { latest }) => {
    const { appliesTo, action } = rule.rule;
    const { level } = appliesTo;
    if (latest === null || !rule.isOn || (level !== "campaign" && level !== "adGroup")) return [];
    if (!NEEDS_BUDGET.includes(action.type)) return [];
    const subjects = latest.subjects(level).filter((subject) => inScope(appliesTo, subject, latest));
    const without = subjects.filter(({ key }) => latest.holder(key) === null);
    if (without.length === 0) return [];
    const found = `${without.length} of ${subjects.length} own no budget: ${placesOf(without, latest).join(", ")}`;
    const fix =
      'write "level": "budgetHolder": whatever owns the money, with the figures of all that it feeds';
    return [{ rule, path: ["appliesTo", "level"], found, allowed: "a level that owns its budgets", fix }];
  }),
};

/** Where the money is instead, by platform. */
function placesOf(subjects: readonly Subject[], latest: Facts): string[] {
  const owners = new Map(
    latest
      .holders()
      .flatMap(({ ref, campaigns, owner }) =>
        campaigns.map(({ id }) => [`${ref.platform}/${ref.accountId}/${id}`, OWNER_WORDS[owner]]),
      ),
  );
  const places = subjects.map((subject) => {
    const campaign = latest.entity(subject)?.campaign;
    const [platform = "", account = ""] = subject.key.split("/");
    const owner = owners.get(`${platform}/${account}/${campaign?.id}`) ?? "nobody that Palier sees";
    return `on ${platform} it is with ${owner}`;
  });
  return [...new Set(places)].sort();
}
