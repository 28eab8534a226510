/** Columns of reports of Google Ads: as the interface names them in English and French, and as its API does. */
import type { ImportColumn, OpenFile } from "../../kind.ts";
import type { ConversionColumns } from "../google-ads-conversions.ts";

/** `fields` are names of the API, which tables in databases write with `_` for the dots. */
function column(names: readonly string[], fields: readonly string[] = [], required = false): ImportColumn {
  return { names: [...names, ...fields.flatMap((field) => [field, field.replaceAll(".", "_")])], required };
}

const MICROS = ["cost (micros)", "coût (micros)", "metrics.cost_micros", "metrics_cost_micros"];

export const COLUMNS = {
  customerId: column(["customer id", "account id", "id client", "numéro client"], ["customer.id"]),
  accountName: column(["account name", "account", "nom du compte", "compte"], ["customer.descriptive_name"]),
  currency: column(
    ["currency code", "currency", "code de devise", "code de la devise", "code devise", "devise"],
    ["customer.currency_code"],
  ),
  zone: column([], ["customer.time_zone"]),
  day: column(["day", "date", "jour"], ["segments.date"]),
  week: column(["week", "semaine"], ["segments.week"]),
  month: column(["month", "mois"], ["segments.month"]),
  campaignId: column(["campaign id", "id de campagne", "id de la campagne"], ["campaign.id"]),
  campaign: column(["campaign", "campaign name", "campagne", "nom de la campagne"], ["campaign.name"]),
  campaignStatus: column(
    ["campaign status", "campaign state", "état de la campagne", "statut de la campagne"],
    ["campaign.status"],
  ),
  /** Of the row's own entity: whether it can be shown, and what holds it back. */
  delivery: column(["status", "statut", "état"]),
  campaignType: column(
    ["campaign type", "type de campagne", "advertising channel"],
    ["campaign.advertising_channel_type"],
  ),
  bidStrategy: column(
    [
      ...["bid strategy type", "campaign bid strategy type", "type de stratégie d'enchères"],
      "type de stratégie d'enchères de la campagne",
    ],
    ["campaign.bidding_strategy_type"],
  ),
  labels: column([
    ...["labels", "campaign labels", "labels on campaign", "libellés", "libellés de la campagne"],
    ...["libellés (campagne)", "libellés associés à la campagne"],
  ]),
  startDate: column(
    ["start date", "campaign start date", "date de début", "date de début de la campagne"],
    ["campaign.start_date"],
  ),
  budget: column(["budget"]),
  budgetType: column(["budget type", "type de budget"]),
  budgetName: column(["budget name", "nom du budget"]),
  adGroupId: column(["ad group id", "id du groupe d'annonces", "id de groupe d'annonces"], ["ad_group.id"]),
  adGroup: column(
    ["ad group", "ad group name", "groupe d'annonces", "nom du groupe d'annonces"],
    ["ad_group.name"],
  ),
  adGroupStatus: column(
    ["ad group status", "ad group state", "état du groupe d'annonces", "statut du groupe d'annonces"],
    ["ad_group.status"],
  ),
  adId: column(["ad id", "id de l'annonce", "id d'annonce"], ["ad_group_ad.ad.id"]),
  adName: column(["ad name", "nom de l'annonce"], ["ad_group_ad.ad.name"]),
  adStatus: column(
    ["ad status", "ad state", "état de l'annonce", "statut de l'annonce"],
    ["ad_group_ad.status"],
  ),
  cost: { names: ["cost", "coût", ...MICROS], required: true },
  impressions: column(["impr.", "impressions"], ["metrics.impressions"]),
  clicks: column(["clicks", "clics"], ["metrics.clicks"]),
  views: column(["views", "video views", "trueview views", "vues", "vues trueview"], ["metrics.video_views"]),
  conversions: column(["conversions", "conv."], ["metrics.conversions"]),
  conversionValue: column(
    ["conv. value", "conversion value", "total conv. value", "valeur de conv.", "valeur conv."],
    ["metrics.conversions_value"],
  ),
  allConversions: column(["all conv.", "all conversions", "toutes les conv."], ["metrics.all_conversions"]),
  allConversionValue: column(
    ["all conv. value", "valeur de toutes les conv."],
    ["metrics.all_conversions_value"],
  ),
  timedConversions: column(
    ["conversions (by conv. time)", "conversions (par date de conv.)"],
    ["metrics.conversions_by_conversion_date"],
  ),
  timedConversionValue: column(
    ["conv. value (by conv. time)", "valeur de conv. (par date de conv.)"],
    ["metrics.conversions_value_by_conversion_date"],
  ),
  cpa: column(["cost / conv.", "coût/conv.", "coût / conv."]),
  roas: column(["conv. value / cost", "valeur de conv./coût", "valeur de conv. / coût"]),
  cpc: column(["avg. cpc", "cpc moy."]),
  cpm: column(["avg. cpm", "cpm moy."]),
  ctrPercent: column(["ctr"]),
} as const satisfies Record<string, ImportColumn>;

/** Whether the column of the cost that is read is one of micros: a file may have both. */
export function costInMicros(file: Pick<OpenFile, "indexOf">, at: Columns): boolean {
  return at.cost !== null && at.cost === file.indexOf({ names: MICROS, required: false });
}

/** What splits an entity's day into rows that add up to it. */
export const SEGMENT: ImportColumn = column(
  [
    ...["device", "appareil", "network", "réseau", "network (with search partners)"],
    ...[
      "réseau (avec les partenaires du réseau de recherche)",
      "top vs. other",
      "emplacement supérieur/autre",
    ],
    ...["hour of the day", "hour of day", "heure de la journée", "day of the week", "day of week"],
    ...["jour de la semaine", "quarter", "trimestre", "year", "année"],
  ],
  ["segments.device", "segments.ad_network_type", "segments.slot", "segments.hour", "segments.day_of_week"],
  true,
);

/** What splits it into rows that do not: read as they stand, they would be told as something they are not. */
export const UNSUMMABLE: readonly (ImportColumn & { why: string })[] = [
  {
    ...column(
      [
        ...["conversion action", "conversion action name", "conversion category", "conversion source"],
        ...["action de conversion", "nom de l'action de conversion", "catégorie de conversion"],
        "source de conversion",
      ],
      [
        ...["segments.conversion_action", "segments.conversion_action_name"],
        "segments.conversion_action_category",
      ],
    ),
    why: "rows by conversion carry no cost: for one conversion action add a custom column of its conversions, and name that column with --conversion",
  },
  {
    ...column(["click type", "type de clic"], ["segments.click_type"]),
    why: "rows by click type count an impression several times",
  },
  {
    ...column(
      [
        ...["search term", "terme de recherche", "keyword", "search keyword", "mot clé"],
        ...["mot clé du réseau de recherche", "audience segment", "segment d'audience", "landing page"],
        ...["page de destination", "age", "âge", "gender", "sexe", "placement", "emplacement", "asset"],
      ],
      ["search_term_view.search_term", "ad_group_criterion.keyword.text", "segments.keyword.info.text"],
    ),
    why: "rows by search term, keyword, audience or the like are not all of what a campaign spent",
  },
];

export type Columns = { readonly [Key in keyof typeof COLUMNS]: number | null };

export function columnsOf(file: Pick<OpenFile, "indexOf">): Columns {
  return Object.fromEntries(Object.entries(COLUMNS).map(([key, one]) => [key, file.indexOf(one)])) as Columns;
}

/** The first of them counts unless a person names another. */
export function conversionColumns(at: Columns): readonly ConversionColumns[] {
  return [
    { count: at.conversions, value: at.conversionValue, name: "Conversions" },
    { count: at.allConversions, value: at.allConversionValue, name: "All conv." },
    { count: at.timedConversions, value: at.timedConversionValue, name: "Conversions (by conv. time)" },
  ];
}
