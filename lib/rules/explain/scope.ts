/** Which keys of `appliesTo` keep a subject out: each key is asked alone, by the very test that decides on all of them. */
import { entityStatusSchema } from "../../domain/entity.ts";
import type { Exclusion } from "../../domain/explanation.ts";
import type { BudgetHolder } from "../../domain/holder.ts";
import { namedParts } from "../../domain/match.ts";
import { matcherOf } from "../../domain/matcher-shape.ts";
import type { Subject } from "../../domain/verdict.ts";
import type { Facts } from "../../metrics/port.ts";
import { inScope } from "../scope.ts";
import { EVERYBODY, type Scope } from "../types.ts";

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

function probesOf(scope: Scope, anybody: Scope, subject: Subject, facts: Facts): Probe[] {
  const [platform = null, account = null] = subject.key.split("/");
  const { platforms, accounts, stages, status, budget, except } = scope;
  const holder = facts.holder(subject.key);
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
    ...probe("status", status, [holder?.status ?? null], { status }),
    ...probe("budget.owner", budget.owner, [holder?.owner ?? null], {
      budget: { ...anybody.budget, owner: budget.owner },
    }),
    ...probe("budget.period", budget.period, [holder?.budget.period ?? null], {
      budget: { ...anybody.budget, period: budget.period },
    }),
    ...matchProbes(scope, anybody, holder),
    ...probe("except", except === null ? null : Object.values(except.match).flat(), [subject.name], {
      except,
    }),
  ];
}

function matchProbes({ match }: Scope, anybody: Scope, holder: BudgetHolder | null): Probe[] {
  const { self, campaigns } = holder === null ? { self: null, campaigns: [] } : namedParts(holder);
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
