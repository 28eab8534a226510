/** Headers of Ads Manager's exports in English and French. The interface's language decides which of them a file has. */
import type { ImportColumn } from "../../kind.ts";

function column(...names: string[]): ImportColumn {
  return { names, required: false };
}

function required(...names: string[]): ImportColumn {
  return { names, required: true };
}

const DAY = ["day", "jour", "date"];
const WEEK = ["week", "semaine"];
const MONTH = ["month", "mois"];
const STARTS = ["reporting starts", "début des rapports", "début du rapport"];

export const COLUMNS = {
  /** Any of the four says which days a row covers. */
  when: required(...DAY, ...WEEK, ...MONTH, ...STARTS),
  day: column(...DAY),
  week: column(...WEEK),
  month: column(...MONTH),
  starts: column(...STARTS),
  ends: column("reporting ends", "fin des rapports", "fin du rapport"),
  spend: required("amount spent", "amount spent (*)", "montant dépensé", "montant dépensé (*)"),

  accountId: column("account id", "id du compte", "identifiant du compte", "n° de compte", "nº de compte"),
  accountName: column("account name", "nom du compte"),
  currency: column("currency", "devise"),
  campaignId: column("campaign id", "id de la campagne", "identifiant de la campagne", "n° de la campagne"),
  campaignName: column("campaign name", "nom de la campagne"),
  adSetId: column(
    ...["ad set id", "id de l'ensemble de publicités", "identifiant de l'ensemble de publicités"],
    "n° de l'ensemble de publicités",
  ),
  adSetName: column("ad set name", "nom de l'ensemble de publicités"),
  adId: column("ad id", "id de la publicité", "identifiant de la publicité", "n° de la publicité"),
  adName: column("ad name", "nom de la publicité"),

  impressions: column("impressions"),
  reach: column("reach", "couverture", "portée"),
  clicks: column("clicks (all)", "clics (tous)"),
  linkClicks: column("link clicks", "clics sur un lien", "clics sur le lien"),
  leads: column("leads", "prospects"),
  videoPlays: column(
    ...["3-second video plays", "3-second video views", "lectures de vidéo de 3 secondes"],
    "lectures vidéo de 3 secondes",
  ),
  thruPlays: column("thruplays", "thruplay"),
  purchases: column("purchases", "achats"),
  websitePurchases: column("website purchases", "achats sur le site web", "achats sur site web"),
  results: column("results", "résultats"),
  resultType: column(
    ...["result indicator", "result type", "indicateur de résultats", "indicateur de résultat"],
    "type de résultat",
  ),
  attribution: column("attribution setting", "paramètre d'attribution", "paramètres d'attribution"),

  delivery: column("delivery", "delivery status", "diffusion"),
  campaignDelivery: column("campaign delivery", "diffusion de la campagne"),
  adSetDelivery: column("ad set delivery", "diffusion de l'ensemble de publicités"),
  adDelivery: column("ad delivery", "diffusion de la publicité"),
  campaignBudget: column("campaign budget", "campaign budget (*)", "budget de la campagne"),
  campaignBudgetType: column("campaign budget type", "type de budget de la campagne"),
  adSetBudget: column("ad set budget", "ad set budget (*)", "budget de l'ensemble de publicités"),
  adSetBudgetType: column("ad set budget type", "type de budget de l'ensemble de publicités"),
  objective: column("objective", "objectif"),
  bidStrategy: column("bid strategy", "stratégie d'enchère", "stratégie d'enchères"),
  created: column(
    "date created",
    "created",
    "date de création",
    "starts",
    "start date",
    "début",
    "date de début",
  ),

  frequency: column("frequency", "répétition", "fréquence"),
  cpm: column("cpm (*", "cpm"),
  cpc: column("cpc (all)", "cpc (all) (*)", "cpc (tous)", "cpc (tous) (*)"),
  linkCpc: column(
    ...["cpc (cost per link click)", "cpc (cost per link click) (*)"],
    ...["cpc (coût par clic sur un lien)", "cpc (coût par clic sur un lien) (*)"],
  ),
  ctr: column("ctr (all)", "ctr (tous)"),
  linkCtr: column(
    ...[
      "ctr (link click-through rate)",
      "ctr (taux de clics sur un lien)",
      "ctr (taux de clics sur le lien)",
    ],
  ),
  /** Derived from a conversion column: read by its name, known here so that nobody is told that they were not. */
  costPer: column("cost per *", "coût par *"),
  roas: column("roas *", "* roas", "* roas *"),
  conversionValue: column("* conversion value", "results value", "valeur de conversion *", "valeur des *"),
} as const satisfies Record<string, ImportColumn>;

/** Splits an entity's row into several: by whom, where and on what an ad was shown. */
export const BREAKDOWNS: readonly string[] = column(
  ...["age", "âge", "gender", "genre", "sexe", "country", "pays", "region", "région", "dma region"],
  ...["platform", "plateforme", "publisher platform", "placement", "emplacement", "platform position"],
  ...["device platform", "plateforme de l'appareil", "impression device", "appareil d'impression", "device"],
  ...["time of day (*)", "heure de la journée (*)", "conversion device", "appareil de conversion"],
  ...["product id", "id du produit", "business locations", "business location", "lieux de l'entreprise"],
).names;
