/** Which keys of `appliesTo` keep a subject out: each key is asked alone, by the very test that decides on all of them. */
import { entityStatusSchema } from "../../domain/entity.ts";
import type { Exclusion } from "../../domain/explanation.ts";
import { type Named, namedParts } from "../../domain/match.ts";
import { matcherOf } from "../../domain/matcher-shape.ts";
import type { Subject } from "../../domain/verdict.ts";
import type { Facts } from "../../metrics/port.ts";
import { deliveryOf, inScope } from "../judge/scope.ts";
import { EVERYBODY, type Scope, type Selection } from "../types.ts";

/** One key with the scope that sets nothing else, what it wants and what it finds. */
interface Probe {
  key: string;
  scope: Scope;
  wanted: readonly string[];
  found: readonly (string | null)[];
}

/** Empty exactly where the rule gives a verdict. `subject` is at the scope's level. */
export function exclusionsOf(scope: Scope, subject: Subject, facts: Facts): Exclusion[] {
  const anybody = anybodyAt(scope.level);
  if (!inScope(anybody, subject, facts)) return [{ key: "noBudget", wanted: [scope.level], found: [] }];
  const excluding = probesOf(scope, anybody, subject, facts).filter(
    (one) => !inScope(one.scope, subject, facts),
  );
  return excluding.map(({ key, wanted, found }) => ({ key, wanted, found: known(found) }));
}

function anybodyAt(level: Scope["level"]): Scope {
  return {
    ...{ ...EVERYBODY, level, status: entityStatusSchema.options },
    budget: { owner: null, period: ["daily", "lifetime"] },
    except: null,
  };
}

/** What the subject has for the keys of a scope: its own, its campaigns', or its account's. */
interface Traits {
  status: string | null;
  owner: string | null;
  period: string | null;
  self: Named | null;
  campaigns: readonly (Named | null)[];
}

function traitsOf(subject: Subject, facts: Facts): Traits {
  const holder = facts.holder(subject.key);
  if (subject.level === "budgetHolder" && holder !== null) {
    const { status, owner, budget } = holder;
    return { status, owner, period: budget.period, ...namedParts(holder) };
  }
  const found = facts.entity(subject);
  const none = { owner: null, period: null };
  if (found === null) return { ...none, status: null, self: null, campaigns: [] };
  const { self, campaign } = found;
  return { ...none, status: deliveryOf(self, campaign), self, campaigns: [campaign] };
}

function probesOf(scope: Scope, anybody: Scope, subject: Subject, facts: Facts): Probe[] {
  const [platform = null, account = null] = subject.key.split("/");
  const { platforms, accounts, stages, groups, status, budget, except } = scope;
  const traits = traitsOf(subject, facts);
  const probe = (
    key: string,
    wanted: readonly string[] | null,
    found: Probe["found"],
    own: Partial<Scope>,
  ) => (wanted === null ? [] : [{ key, wanted, found, scope: { ...anybody, ...own } }]);
  return [
    ...probe("platforms", platforms, [platform], { platforms }),
    ...probe("accounts", accounts, [account], { accounts }),
    ...probe("stages", stages, [subject.stage], { stages }),
    ...Object.entries(groups ?? {}).flatMap(([group, members]) =>
      probe(`groups.${group}`, members, [facts.memberOf(subject, group)], { groups: { [group]: members } }),
    ),
    ...probe("status", status, [traits.status], { status }),
    ...probe("budget.owner", budget.owner, [traits.owner], {
      budget: { ...anybody.budget, owner: budget.owner },
    }),
    ...probe("budget.period", budget.period, [traits.period], {
      budget: { ...anybody.budget, period: budget.period },
    }),
    ...matchProbes(scope, anybody, traits),
    ...probe("except", except === null ? null : wordsOf(except), [subject.name], { except }),
  ];
}

/** Every word of a selection, as it stands in the file. */
function wordsOf({ platforms, accounts, stages, groups, status, budget, match }: Selection): string[] {
  const keys = [platforms, accounts, stages, status, budget.owner, budget.period];
  return [...keys, ...Object.values(groups ?? {}), ...Object.values(match)].flatMap((one) => one ?? []);
}

function matchProbes({ match }: Scope, anybody: Scope, { self, campaigns }: Traits): Probe[] {
  const both = [self, ...campaigns].filter((one) => one !== null);
  const found: Readonly<Record<keyof typeof match, Probe["found"]>> = {
    campaigns: campaigns.map((one) => one?.name ?? null),
    names: [self?.name ?? null],
    labels: both.flatMap(({ labels }) => labels),
    ids: both.map(({ id }) => id),
    objectives: both.map(({ objective }) => objective),
  };
  const keys = Object.keys(found) as (keyof typeof match)[];
  return keys.flatMap((key) => {
    const wanted = match[key];
    if (wanted === undefined) return [];
    return [{ key, wanted, found: found[key], scope: { ...anybody, match: matcherOf({ [key]: wanted }) } }];
  });
}

function known(found: Probe["found"]): string[] {
  return [...new Set(found.filter((one) => one !== null))];
}
