/** Attributes of entities: the newest of each. */
import { text } from "../dataset/cells.ts";
import type { Complaints, Place } from "./complaints.ts";
import { shown } from "./complaints.ts";
import { insightKey, keyParts } from "./keys.ts";
import type { EntityRow } from "./kind.ts";
import { groups, type Staging } from "./staging.ts";
import { type Cells, money } from "./write.ts";

/** Entities whose last row is remembered, so that an export that names them on every row costs no more. */
const MAX_REMEMBERED = 50_000;

/** `version` null: what the dataset has already, which anything newer takes the place of. */
interface Attributes {
  version: string | null;
  cells: Cells;
}

export interface EntityBook {
  add(row: EntityRow, version: string, at: Place): void;
  keep(cells: Cells): void;
  /** Columns that some entity fills. */
  used: ReadonlySet<string>;
  isEmpty(): boolean;
  /** After the last row, before `used` and `rows` are asked for. */
  settle(): void;
  /** Rows of `entities.csv`, sorted. */
  rows(): Iterable<Cells>;
}

export function createEntityBook(staging: Staging, complaints: Complaints): EntityBook {
  const used = new Set<string>();
  const remembered = new Map<string, { row: EntityRow; version: string }>();
  let isEmpty = true;
  const put = (key: string, value: Attributes) => {
    isEmpty = false;
    for (const [column, cell] of Object.entries(value.cells)) if (cell !== "") used.add(column);
    staging.put("attribute", key, value);
  };
  const putRow = (key: string, { row, version }: { row: EntityRow; version: string }) => {
    put(key, { version, cells: cellsOf(row) });
    const above = row.level === "campaign" ? null : row.level === "ad" ? "adGroup" : "campaign";
    if (above === null || row.parentId === undefined || row.parentId === "") return;
    // Its own row may be in a file that nobody has: it exists all the same, with unknown attributes.
    put(insightKey({ ...row, level: above, entityId: row.parentId }), { version: null, cells: {} });
  };
  const forgetAll = () => {
    for (const [key, known] of remembered) putRow(key, known);
    remembered.clear();
  };
  return {
    used,
    isEmpty: () => isEmpty && remembered.size === 0,
    add(row, version, at) {
      const key = insightKey({ ...row, entityId: row.id });
      const known = remembered.get(key);
      if (known !== undefined && isSame(known.row, row)) {
        if (version > known.version) known.version = version;
        return;
      }
      checkTexts(row, at, complaints);
      if (known !== undefined) putRow(key, known);
      else if (remembered.size >= MAX_REMEMBERED) forgetAll();
      remembered.set(key, { row, version });
    },
    keep(cells) {
      const { platform = "", account_id = "", level = "", id = "", ...attributes } = cells;
      const known = level === "adGroup" || level === "ad" ? level : "campaign";
      const key = insightKey({ platform, accountId: account_id, level: known, entityId: id });
      put(key, { version: null, cells: attributes });
    },
    settle: forgetAll,
    *rows() {
      const twins = createTwins();
      for (const { key, values } of groups<Attributes>(staging, "attribute")) {
        const { platform, accountId, level, entityId } = keyParts(key);
        const row = { platform, account_id: accountId, level, id: entityId, ...newest(values) };
        twins.see(row);
        yield row;
      }
      twins.tell(complaints);
    },
  };
}

/** A campaign that one file knows by its id and another by its name alone would count twice. */
function createTwins() {
  const ids = new Map<string, string>();
  const byName: { level: string; name: string; key: string }[] = [];
  return {
    see({ platform = "", account_id = "", level = "", id = "", name = "" }: Cells): void {
      const keyOf = (text: string) => [platform, account_id, level, text].join("\u001f");
      if (!/^\d+$/.test(id)) byName.push({ level, name: id, key: keyOf(id) });
      else if (name !== "") ids.set(keyOf(name), id);
    },
    tell(complaints: Complaints): void {
      for (const { level, name, key } of byName) {
        const id = ids.get(key);
        if (id === undefined) continue;
        complaints.add(
          { file: "entities.csv", line: null },
          {
            ...{
              code: "import.idsAndNames",
              path: "id",
              found: `the ${level} ${shown(name)} without an id, and as ${id}`,
            },
            allowed: "files that all have ids, or none: what stands there both ways would be counted twice",
            fix: "export all days again with the column of ids, into a new folder",
          },
        );
      }
    },
  };
}

function newest(values: readonly Attributes[]): Cells {
  const ordered = [...values].sort((a, b) =>
    isBefore(a.version, b.version) ? -1 : isBefore(b.version, a.version) ? 1 : 0,
  );
  return Object.assign({}, ...ordered.map(({ cells }) => cells)) as Cells;
}

function isBefore(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return one === null && other !== null;
  return one < other;
}

function checkTexts(row: EntityRow, at: Place, complaints: Complaints): void {
  for (const [path, value] of Object.entries({ ...cellsOf(row), id: row.id })) {
    if ((value === "" && path !== "id") || text.parse(value) !== null) continue;
    complaints.add(at, {
      ...{ code: "import.badText", path, found: shown(value), allowed: `not blank, and ${text.allowed}` },
      fix: "correct the cell",
    });
  }
}

const FIELDS = [
  "parentId",
  "name",
  "status",
  "objective",
  "createdOn",
  "dailyBudgetMicros",
  "lifetimeBudgetMicros",
  "hasNoBudget",
  "bidStrategy",
  "learning",
] as const satisfies readonly (keyof EntityRow)[];

function isSame(one: EntityRow, other: EntityRow): boolean {
  if (FIELDS.some((field) => one[field] !== other[field])) return false;
  return one.labels === other.labels || one.labels?.join(";") === other.labels?.join(";");
}

function cellsOf(row: EntityRow): Cells {
  const cells: Record<string, string | undefined> = {
    parent_id: row.parentId,
    name: row.name,
    status: row.status === "other" ? undefined : row.status,
    objective: row.objective,
    created_on: row.createdOn,
    labels: row.labels?.join(";"),
    daily_budget: row.dailyBudgetMicros === undefined ? undefined : money(row.dailyBudgetMicros),
    lifetime_budget: row.lifetimeBudgetMicros === undefined ? undefined : money(row.lifetimeBudgetMicros),
    bid_strategy: row.bidStrategy,
    learning: row.learning === "unknown" ? undefined : row.learning,
  };
  const said = Object.entries(cells).filter(([, value]) => value !== undefined && value !== "");
  // One budget at the most: what is said of it takes the place of whatever was said before.
  const isBudgetSaid = row.hasNoBudget ?? (cells.daily_budget ?? cells.lifetime_budget) !== undefined;
  return { ...(isBudgetSaid ? { daily_budget: "", lifetime_budget: "" } : {}), ...Object.fromEntries(said) };
}
