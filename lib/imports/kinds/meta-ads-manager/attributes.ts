/** Delivery, budgets and the like in Ads Manager's words. A word that is not known says nothing: never a guess. */
import type { EntityStatus, Learning } from "../../../domain/entity.ts";
import type { EntityLevel } from "../../../domain/ids.ts";
import { dayOf, plainNumber } from "../../cells.ts";
import { plainName } from "../../header.ts";
import type { EntityRow, ImportColumn } from "../../kind.ts";
import { amountAt, type Row, textAt } from "../../row.ts";
import { COLUMNS } from "./columns.ts";
import type { Export } from "./rows.ts";

interface Delivery {
  status?: EntityStatus;
  learning?: Learning;
}

const PAUSED: Delivery = { status: "paused" };
const LEARNING: Delivery = { status: "active", learning: "learning" };
const LIMITED: Delivery = { status: "active", learning: "limited" };

/** What is under a campaign that stands still counts as paused itself, as live accounts have it. */
const DELIVERIES: Readonly<Record<string, Delivery>> = {
  active: { status: "active" },
  "en cours de diffusion": { status: "active" },
  inactive: PAUSED,
  off: PAUSED,
  paused: PAUSED,
  désactivée: PAUSED,
  désactivé: PAUSED,
  "en pause": PAUSED,
  "campaign off": PAUSED,
  "campagne désactivée": PAUSED,
  "ad set off": PAUSED,
  "adset off": PAUSED,
  "ensemble de publicités désactivé": PAUSED,
  archived: { status: "removed" },
  archivée: { status: "removed" },
  archivé: { status: "removed" },
  deleted: { status: "removed" },
  supprimée: { status: "removed" },
  supprimé: { status: "removed" },
  learning: LEARNING,
  apprentissage: LEARNING,
  "en apprentissage": LEARNING,
  "learning limited": LIMITED,
  "apprentissage limité": LIMITED,
};

const DAILY: ReadonlySet<string> = new Set(["daily", "quotidien", "quotidienne", "par jour"]);
const LIFETIME: ReadonlySet<string> = new Set(["lifetime", "global", "globale", "durée de vie", "total"]);

export type AttributesReader = (row: Row, level: EntityLevel) => Partial<EntityRow>;

interface LevelAttributes {
  delivery: ImportColumn;
  budget?: { amount: ImportColumn; type: ImportColumn };
}

const ATTRIBUTES: Readonly<Record<EntityLevel, LevelAttributes>> = {
  campaign: {
    delivery: COLUMNS.campaignDelivery,
    budget: { amount: COLUMNS.campaignBudget, type: COLUMNS.campaignBudgetType },
  },
  adGroup: {
    delivery: COLUMNS.adSetDelivery,
    budget: { amount: COLUMNS.adSetBudget, type: COLUMNS.adSetBudgetType },
  },
  ad: { delivery: COLUMNS.adDelivery },
};

/** `own` is the level that the rows are of: columns that name no level speak of it. */
export function attributesReader(file: Export, own: EntityLevel): AttributesReader {
  const objective = file.indexOf(COLUMNS.objective);
  const bidStrategy = file.indexOf(COLUMNS.bidStrategy);
  const created = file.indexOf(COLUMNS.created);
  const delivery = file.indexOf(COLUMNS.delivery);
  const levels = (["campaign", "adGroup", "ad"] as const).map((level) => {
    const { delivery: named, budget } = ATTRIBUTES[level];
    const status = file.indexOf(named) ?? (level === own ? delivery : null);
    const amount = budget === undefined ? null : file.indexOf(budget.amount);
    const type = budget === undefined ? null : file.indexOf(budget.type);
    return [level, { status, amount, type }] as const;
  });
  const columns = new Map(levels);
  return (row, level) => {
    const { status = null, amount = null, type = null } = columns.get(level) ?? {};
    const attributes: Partial<EntityRow> = {
      ...deliveryAt(row, status, level),
      ...budgetAt(row, amount, type),
    };
    const goal = textAt(row, objective);
    if (level === "campaign" && goal !== "") attributes.objective = goal;
    if (level !== own) return attributes;
    const bid = textAt(row, bidStrategy);
    if (bid !== "") attributes.bidStrategy = bid;
    const day = dayOf(textAt(row, created), file.order);
    if (day !== null) attributes.createdOn = day;
    return attributes;
  };
}

/** Ads Manager says Active of what is past its learning phase: while that lasts it says Learning. Ads have no such phase. */
function deliveryAt(row: Row, column: number | null, level: EntityLevel): Delivery {
  const delivery = DELIVERIES[plainName(textAt(row, column)).replaceAll("_", " ")] ?? {};
  if (level === "ad") return delivery.status === undefined ? {} : { status: delivery.status };
  return delivery.status === "active" ? { learning: "learned", ...delivery } : delivery;
}

/** Where another level owns the money the cell says so in words ("Using ad set budget"): what an older export said is over. */
function budgetAt(row: Row, amount: number | null, type: number | null): Partial<EntityRow> {
  const text = textAt(row, amount);
  if (plainNumber(text, row.mark) === null) return text === "" ? {} : { hasNoBudget: true };
  const micros = amountAt(row, amount);
  const kind = plainName(textAt(row, type));
  if (micros === null) return {};
  if (DAILY.has(kind)) return { dailyBudgetMicros: micros };
  return LIFETIME.has(kind) ? { lifetimeBudgetMicros: micros } : {};
}
