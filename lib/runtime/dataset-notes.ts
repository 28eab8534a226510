/** What the files of a dataset left unsaid, where that kept entities from being judged. */
import type { DatasetEntity } from "../dataset/types.ts";
import { figure, type Message, message } from "../domain/figure.ts";
import { accountKey } from "../domain/ids.ts";
import { manifestOf } from "../platforms/index.ts";
import type { OpenDataset } from "./dataset.ts";

export function datasetNotes({ dataset, config, asOf }: OpenDataset): Message[] {
  const own = new Set(config.brand.accounts.map(accountKey));
  const entities = dataset.entities
    .filter((entity) => own.has(accountKey(entity)))
    .filter(({ createdOn }) => createdOn === null || createdOn <= asOf);
  const holders = entities.filter(({ platform, level }) => manifestOf(platform).holderLevels.includes(level));
  const asExported = {
    folder: figure(dataset.folder, "text"),
    day: figure(asOf, "day"),
  };
  return [
    message("dataset.asExported", asExported),
    ...counted("dataset.unknownStatus", holders.filter(({ status }) => status === null).length),
    ...counted(
      "dataset.unknownParent",
      holders.filter(({ level, parentId }) => level !== "campaign" && parentId === null).length,
    ),
    ...counted("dataset.unknownBudget", withoutBudget(entities)),
    ...counted("dataset.unknownLearning", holders.filter(waitsForEver).length),
    ...(dataset.revenue === null ? [message("dataset.noRevenue")] : []),
  ];
}

function counted(key: string, count: number): Message[] {
  return count === 0 ? [] : [message(key, { count: figure(count, "count") })];
}

/** Delivers and has a budget, but nobody knows since when it may have learned: no raise of it is ever let through. */
function waitsForEver({ status, learning, createdOn, ...budgets }: DatasetEntity): boolean {
  const { dailyBudgetMicros, lifetimeBudgetMicros } = budgets;
  const hasBudget = dailyBudgetMicros !== null || lifetimeBudgetMicros !== null;
  return status === "active" && hasBudget && learning === "unknown" && createdOn === null;
}

/** Active campaigns that own no known budget and whose ad groups own none. */
function withoutBudget(entities: readonly DatasetEntity[]): number {
  const owning = new Set(
    entities
      .filter(
        ({ level, dailyBudgetMicros, lifetimeBudgetMicros }) =>
          level !== "ad" && (dailyBudgetMicros !== null || lifetimeBudgetMicros !== null),
      )
      .map((entity) => campaignKey(entity, entity.level === "campaign" ? entity.id : entity.parentId)),
  );
  return entities.filter(
    (entity) =>
      entity.level === "campaign" &&
      entity.status === "active" &&
      !owning.has(campaignKey(entity, entity.id)),
  ).length;
}

function campaignKey(entity: DatasetEntity, id: string | null): string {
  return `${accountKey(entity)}/${id ?? ""}`;
}
