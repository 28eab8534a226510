/** The files of a dataset folder and their columns, in the order in which they are written. */

/** A `*` in the documents. */
interface Column {
  required: boolean;
}

const must: Column = { required: true };
const may: Column = { required: false };

export const TABLES = {
  "accounts.csv": {
    ...{ platform: must, account_id: must, currency: must, time_zone: must },
    ...{ name: may, covered_from: may, covered_to: may },
  },
  "entities.csv": {
    ...{ platform: must, account_id: must, level: must, id: must },
    ...{ parent_id: may, name: may, status: may, objective: may, created_on: may, labels: may },
    ...{ daily_budget: may, lifetime_budget: may, bid_strategy: may, learning: may },
  },
  "insights.csv": {
    ...{ platform: must, account_id: must, level: must, entity_id: must, date: must, spend: must },
    ...{ days: may, impressions: may, clicks: may, conversions: may, conversion_value: may },
    ...{ reach: may, video_views: may, leads: may },
  },
  "revenue.csv": {
    ...{ date: must, revenue: must },
    ...{ days: may, orders: may, new_customers: may, new_customer_revenue: may, sessions: may },
    ...{ product_cost: may, fees: may, refunds: may, leads: may, qualified_leads: may },
  },
  "other_spend.csv": { date: must, source: must, spend: must },
  "events.csv": { name: must, from: must, to: must, kind: may },
} as const satisfies Record<string, Record<string, Column>>;

export type TableName = keyof typeof TABLES;

/** Beside the tables: what an import knew beyond them. */
export const SOURCES_FILE = "sources.json";
/** The brand file of a dataset, if it has one: read without being named. */
export const BRAND_FILE = "brand.json";
