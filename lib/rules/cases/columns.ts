/** Which figures a case may state by the day: those that a row of an account or of the shop has, by the same names. */
import { z } from "zod";
import { insightSchema, shopDaySchema } from "../../domain/snapshot.ts";

export interface SeriesColumn {
  /** As files write it: `spend`, in major units where it is money. */
  key: string;
  /** The row's own field: `spendMicros`. */
  field: string;
  isMoney: boolean;
  /** Absent, not null, where nobody reports it. */
  isOptional: boolean;
}

const {
  level: _level,
  entityId: _id,
  day: _day,
  days: _days,
  onConversionDay: _on,
  claims: _claims,
  ...counted
} = insightSchema.shape;
const { day: _shopDay, days: _shopDays, revenueBySource: _sources, ...sold } = shopDaySchema.shape;

export const ENTITY_COLUMNS: readonly SeriesColumn[] = columnsOf(counted);
export const SHOP_COLUMNS: readonly SeriesColumn[] = columnsOf(sold);

/** What says on which days the others are known. */
export const SPEND = "spend";
export const REVENUE = "revenue";

function columnsOf(shape: Readonly<Record<string, unknown>>): SeriesColumn[] {
  return Object.entries(shape).map(([field, schema]) => ({
    key: field.replace(/Micros$/, ""),
    field,
    isMoney: field.endsWith("Micros"),
    isOptional: schema instanceof z.ZodOptional,
  }));
}
