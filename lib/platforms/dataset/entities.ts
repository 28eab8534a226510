/** Entities of a dataset as a platform would list them. */
import type { DatasetEntity } from "../../dataset/types.ts";
import { type Day, instantOf } from "../../domain/day.ts";
import type { Budget, Entity } from "../../domain/entity.ts";

/** The word for people where the folder does not say what state an entity is in: no rule takes it for active. */
const UNKNOWN_STATUS = "unknown";

/** Those that were there on `today`, by what the folder knows; attributes are as they were when it was exported. */
export function entitiesOn(entities: readonly DatasetEntity[], today: Day, zone: string): Entity[] {
  const there = entities.filter(({ createdOn }) => createdOn === null || createdOn <= today);
  const funded = new Set(
    there.filter((one) => one.level === "adGroup" && budgetOf(one) !== null).map(({ parentId }) => parentId),
  );
  return there.map((entity) => ({
    platform: entity.platform,
    accountId: entity.accountId,
    level: entity.level,
    id: entity.id,
    parentId: entity.parentId,
    name: entity.name ?? entity.id,
    status: entity.status ?? "other",
    platformStatus: entity.status ?? UNKNOWN_STATUS,
    objective: entity.objective,
    labels: [...entity.labels],
    createdAtMs: entity.createdOn === null ? null : instantOf(entity.createdOn, "00:00", zone),
    budget: budgetOf(entity),
    learning: entity.learning,
    lastEditAtMs: null,
    budgetScheduled: false,
    ...(entity.bidStrategy !== null && { bidStrategy: entity.bidStrategy }),
    ...unsaidOf(entity, funded),
  }));
}

/** A campaign without a budget leaves it to its ad groups only where one of them is known to have it. */
function unsaidOf(entity: DatasetEntity, funded: ReadonlySet<string | null>): Pick<Entity, "unsaid"> {
  const unsaid: Entity["unsaid"] = [
    ...(entity.status === null ? (["status"] as const) : []),
    ...(entity.level === "campaign" && budgetOf(entity) === null && !funded.has(entity.id)
      ? (["budget"] as const)
      : []),
  ];
  return unsaid.length === 0 ? {} : { unsaid };
}

function budgetOf({ dailyBudgetMicros, lifetimeBudgetMicros }: DatasetEntity): Budget | null {
  if (dailyBudgetMicros !== null) return { period: "daily", amountMicros: dailyBudgetMicros };
  return lifetimeBudgetMicros === null ? null : { period: "lifetime", amountMicros: lifetimeBudgetMicros };
}
