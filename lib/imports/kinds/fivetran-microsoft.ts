/** Fivetran's Microsoft Advertising connector: its report of ads by day, device and network. */

import { may, must } from "../header.ts";
import type { ImportKind } from "../kind.ts";
import { statsTable } from "./fivetran-stats.ts";

export const fivetranMicrosoft: ImportKind = {
  id: "fivetran-microsoft",
  label: "Fivetran table of Microsoft Advertising",
  where:
    "your warehouse, where Fivetran's connector Microsoft Advertising writes: its table ad_performance_daily_report as CSV with every column.",
  tables: [
    statsTable({
      id: "ad_performance_daily_report",
      platform: "microsoft",
      account: must("account_id"),
      spend: { column: must("spend"), inMicros: false },
      currency: must("currency_code"),
      conversions: [
        { count: may("conversions"), value: may("revenue"), name: "Conversions" },
        { count: may("all_conversions"), value: may("all_revenue"), name: "All conversions" },
      ],
      lineage: [
        { level: "ad", columns: [must("ad_id")] },
        { level: "adGroup", columns: [must("ad_group_id")] },
        { level: "campaign", columns: [must("campaign_id")] },
      ],
      marks: [must("bid_match_type"), must("ad_distribution")],
    }),
  ],
};
