/** A dataset that uses every word of a dataset folder: four platforms, days beside weeks, three levels, blank cells. */
import type { DatasetTexts } from "./dataset.ts";

/** Days from 2026-02-09 on, a Monday: the fourth week ends on 8 March, the day before the figures are asked for. */
function day(index: number): string {
  return new Date(Date.UTC(2026, 1, 9 + index)).toISOString().slice(0, 10);
}

function list<Item>(length: number, make: (index: number) => Item): Item[] {
  return Array.from({ length }, (_, index) => make(index));
}

const DAYS = 29;

/** Ad groups by day: one begins late, one has no row on every fifth day, and one cell is blank. */
const META = list(DAYS, (index) => {
  const wide = `meta,1001,adGroup,g1,${day(index)},${10 + index}.25,,${1000 + 10 * index},${20 + index},${index % 3},${(index % 3) * 40}.5,,,`;
  const narrow = `meta,1001,adGroup,g2,${day(index)},5,,${index === 23 ? "" : 400},8,0.5,30,,,`;
  const late = `meta,1001,adGroup,g3,${day(index)},2.1,,200,3,0,0,,,1`;
  return [wide, ...(index % 5 === 0 ? [] : [narrow]), ...(index < 25 ? [] : [late])];
}).flat();

/** Campaigns by day, one of which stands in insights alone; its value is unknown on 5 March. */
const GOOGLE = list(DAYS, (index) => [
  `google,2002,campaign,s1,${day(index)},${7 + (index % 4)},,500,${30 + (index % 2)},2,${index === 24 ? "" : "120.4"},,,`,
  `google,2002,campaign,s2,${day(index)},1.333333,,90,4,0.25,9.99,,,`,
]).flat();

/** Ads by day, of two ad groups of one campaign. */
const TIKTOK = list(DAYS, (index) =>
  ["a1", "a2", "a3"].map(
    (ad, at) =>
      `tiktok,tt-1,ad,${ad},${day(index)},${1 + at}.5,1,${100 * (at + 1)},${at + 1},${at === 0 ? 1 : 0},${at === 0 ? 25 : 0},${90 * (at + 1)},${50 + at},2`,
  ),
).flat();

/** Campaigns by week; the last begins on the day of the figures. */
const TV = list(5, (index) => `tv,national,campaign,spots,${day(7 * index)},${700 + 70 * index},7,,,,,,,`);

/** Days, but for the second week, which is one row; orders are unknown on 1 March. */
const REVENUE = list(DAYS, (index) => {
  if (index > 7 && index < 14) return [];
  const figures = `${12 + (index % 4)},${5 + (index % 3)},${300 + index}.5,${600 + index},210.75,18.2,${index % 2}`;
  if (index === 7) return [`${day(7)},5600.7,7,90,40,2000,4100,1500,120,15,,`];
  if (index === 20) return [`${day(20)},815.3,,,6,301,620,210.75,18.2,4,,`];
  return [`${day(index)},${800 + 3 * index}.4,1,${figures},3,${index < 22 ? "" : 2}`];
}).flat();

export const MIXED: DatasetTexts = {
  "accounts.csv": [
    "platform,account_id,currency,time_zone,name,covered_from,covered_to",
    "meta,1001,EUR,Europe/Paris,Lune,2026-02-01,2026-03-12",
    "google,2002,EUR,Europe/Paris,,,",
    "tiktok,tt-1,EUR,Europe/Paris,,2026-02-09,",
  ],
  "entities.csv": [
    "platform,account_id,level,id,parent_id,name,status,objective,created_on,labels,daily_budget,lifetime_budget,bid_strategy,learning",
    "meta,1001,campaign,c1,,PROS Europe,active,sales,2025-11-05,,,,,",
    "meta,1001,campaign,c2,,RTG Visitors,active,sales,2026-03-01,,40,,,",
    "meta,1001,campaign,c3,,PROS Asleep,paused,,,,,900,,",
    "meta,1001,adGroup,g1,c1,Wide,active,,2026-01-08,proven; summer,25.50,,lowestCost,learned",
    "meta,1001,adGroup,g2,c1,Narrow,active,,,,,300,,limited",
    "meta,1001,adGroup,g3,c2,Late,active,,2026-03-05,,,,,learning",
    "google,2002,campaign,s1,,BRAND Search,active,search,,,12,,,",
    "tiktok,tt-1,campaign,k1,,PROS Clips,active,,,,30,,,",
    "tiktok,tt-1,adGroup,h1,k1,Short,active,,,,,,,",
    "tiktok,tt-1,adGroup,h2,k1,Long,active,,,,,,,",
    "tiktok,tt-1,ad,a1,h1,Cat,active,,,,,,,",
    "tiktok,tt-1,ad,a2,h1,Dog,active,,,,,,,",
    "tiktok,tt-1,ad,a3,h2,Owl,active,,,,,,,",
  ],
  "insights.csv": [
    "platform,account_id,level,entity_id,date,spend,days,impressions,clicks,conversions,conversion_value,reach,video_views,leads",
    ...META,
    ...TV,
    ...TIKTOK,
    ...GOOGLE,
  ],
  "revenue.csv": [
    "date,revenue,days,orders,new_customers,new_customer_revenue,sessions,product_cost,fees,refunds,leads,qualified_leads",
    ...REVENUE,
  ],
  "other_spend.csv": [
    "date,source,spend",
    "2026-03-04,affiliates,33.3",
    "2026-03-04,print,12",
    "2026-02-20,affiliates,8",
  ],
  "events.csv": [
    "name,from,to,kind",
    "Spring sale,2026-03-03,2026-03-05,sale",
    "Fair,2026-01-01,2026-01-02,",
  ],
  "brand.json": JSON.stringify({
    id: "mixed",
    name: "Mixed",
    currency: "EUR",
    zone: "Europe/Paris",
    accounts: [
      { platform: "meta", id: "1001" },
      { platform: "google", id: "2002" },
      { platform: "tiktok", id: "tt-1" },
      { platform: "tv", id: "national" },
    ],
    groups: {
      stage: {
        prospecting: { campaigns: ["PROS *"] },
        awareness: { ids: ["spots"] },
        retargeting: { campaigns: ["RTG *"] },
      },
    },
  }),
};
