/** entities.csv: attributes of campaigns, ad groups and ads, and what each belongs to. */
import { accountKey, type EntityLevel, entityLevelSchema } from "../domain/ids.ts";
import * as cells from "./cells.ts";
import { type Complaints, shown } from "./complaints.ts";
import type { AccountSlot, Register } from "./register.ts";
import type { DatasetFolder } from "./source.ts";
import { type ColumnOf, type Row, readTable } from "./table.ts";
import type { DatasetEntity } from "./types.ts";

type EntityRow = Row<ColumnOf<"entities.csv">>;

const level = cells.oneOf(entityLevelSchema.options);
const status = cells.oneOf(["active", "paused", "removed"]);
const learning = cells.oneOf(["learning", "learned", "limited"]);

const PARENT_LEVEL = { campaign: null, adGroup: "campaign", ad: "adGroup" } as const;

export async function readEntities(
  folder: DatasetFolder,
  register: Register,
  found: Complaints,
): Promise<void> {
  await readTable(folder, "entities.csv", found, (row) => {
    const account = register.accountOf(row);
    const known = row.must("level", level);
    const id = row.must("id", cells.text);
    const attributes = attributesOf(row);
    if (account === null || known === null || id === null) return;
    const slot = register.entityOf(account, known, id);
    if (slot.own !== null) {
      const allowed = `each ${known} once; ${id} of ${accountKey(account)} already stands in line ${slot.own.line}`;
      row.complain("id", { code: "dataset.duplicateEntity", allowed, fix: "remove one of the two rows" });
      return;
    }
    const { platform, accountId } = account;
    slot.own = { line: row.line, entity: { platform, accountId, level: known, id, ...attributes } };
    if (known === "campaign" && attributes.parentId !== null) {
      const fix = "leave the cell blank";
      row.complain("parent_id", {
        code: "dataset.parent",
        allowed: "nothing: a campaign has no parent",
        fix,
      });
    }
  });
}

function attributesOf(row: EntityRow): Omit<DatasetEntity, "platform" | "accountId" | "level" | "id"> {
  const dailyBudgetMicros = row.read("daily_budget", cells.budget);
  const lifetimeBudgetMicros = row.read("lifetime_budget", cells.budget);
  if (dailyBudgetMicros !== null && lifetimeBudgetMicros !== null) {
    row.complain("lifetime_budget", {
      code: "dataset.twoBudgets",
      allowed: "one budget per entity: daily_budget stands in this row, too",
      fix: "leave the one blank that the entity does not have",
    });
  }
  return {
    parentId: row.read("parent_id", cells.text),
    name: row.read("name", cells.text),
    status: row.read("status", status),
    objective: row.read("objective", cells.text),
    createdOn: row.read("created_on", cells.day),
    labels: row.read("labels", cells.labels) ?? [],
    dailyBudgetMicros,
    lifetimeBudgetMicros,
    bidStrategy: row.read("bid_strategy", cells.text),
    learning: row.read("learning", learning) ?? "unknown",
  };
}

/** Asked once every file was read: a parent may stand in insights.csv alone. */
export function checkParents(
  folder: DatasetFolder,
  accounts: readonly AccountSlot[],
  found: Complaints,
): void {
  for (const account of accounts) {
    for (const { own } of [...account.entities.adGroup.values(), ...account.entities.ad.values()]) {
      const parentId = own?.entity.parentId ?? null;
      const wanted = own === null ? null : PARENT_LEVEL[own.entity.level];
      if (own === null || parentId === null || wanted === null) continue;
      if (account.entities[wanted].has(parentId)) continue;
      const other = entityLevelSchema.options.find((one) => account.entities[one].has(parentId));
      found.add({
        code: "dataset.parent",
        file: folder.pathOf("entities.csv"),
        line: own.line,
        path: "parent_id",
        found: `${shown(parentId)}, which ${other === undefined ? "is not there" : `is of level ${other}`}`,
        allowed: `the id of one of the entities of level ${wanted} of ${accountKey(account)}`,
        fix: `add the parent with level ${wanted}, or leave the cell blank if it is unknown`,
      });
    }
  }
}

export function entitiesOf(accounts: readonly AccountSlot[]): DatasetEntity[] {
  return accounts.flatMap((account) =>
    entityLevelSchema.options.flatMap((one) =>
      [...account.entities[one].values()]
        .filter(({ own, isSeen }) => own !== null || isSeen)
        .map(({ id, own }) => own?.entity ?? bare(account, one, id)),
    ),
  );
}

function bare({ platform, accountId }: AccountSlot, own: EntityLevel, id: string): DatasetEntity {
  return {
    ...{ platform, accountId, level: own, id },
    ...{ parentId: null, name: null, status: null, objective: null, createdOn: null, labels: [] },
    ...{ dailyBudgetMicros: null, lifetimeBudgetMicros: null, bidStrategy: null, learning: "unknown" },
  };
}
