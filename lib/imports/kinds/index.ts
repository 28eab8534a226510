/** Every kind of file that can be imported. */
import type { ImportKind } from "../kind.ts";
import { conjura } from "./conjura.ts";
import { fivetranGoogle } from "./fivetran-google.ts";
import { fivetranMeta } from "./fivetran-meta.ts";
import { fivetranMicrosoft } from "./fivetran-microsoft.ts";
import { fivetranOrders } from "./fivetran-orders.ts";
import { googleAdsReport } from "./google-ads-report/index.ts";
import { metaAdsManager } from "./meta-ads-manager/index.ts";
import { shopifyOrders } from "./shopify-orders.ts";
import { shopifyReport } from "./shopify-report.ts";
import { weeklySeries } from "./weekly-series.ts";

export const KINDS: readonly ImportKind[] = [
  metaAdsManager,
  fivetranMeta,
  googleAdsReport,
  fivetranGoogle,
  fivetranMicrosoft,
  shopifyOrders,
  shopifyReport,
  fivetranOrders,
  weeklySeries,
  conjura,
];
