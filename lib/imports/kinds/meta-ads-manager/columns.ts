/** Headers of Ads Manager's exports in English and French. The interface's language decides which of them a file has. */
import { may, must } from "../../header.ts";
import type { ImportColumn } from "../../kind.ts";

const DAY = ["day", "jour", "date"];
const WEEK = ["week", "semaine"];
const MONTH = ["month", "mois"];
const STARTS = ["reporting starts", "début des rapports", "début du rapport"];

export const COLUMNS = {
  /** Any of the four says which days a row covers. */
  when: must(...DAY, ...WEEK, ...MONTH, ...STARTS),
  day: may(...DAY),
  week: may(...WEEK),
  month: may(...MONTH),
  starts: may(...STARTS),
  ends: may("reporting ends", "fin des rapports", "fin du rapport"),
  spend: must("amount spent", "amount spent (*)", "montant dépensé", "montant dépensé (*)"),

  accountId: may("account id", "id du compte", "identifiant du compte", "n° de compte", "nº de compte"),
  accountName: may("account name", "nom du compte"),
  currency: may("currency", "devise"),
  campaignId: may("campaign id", "id de la campagne", "identifiant de la campagne", "n° de la campagne"),
  campaignName: may("campaign name", "nom de la campagne"),
  adSetId: may(
    ...["ad set id", "id de l'ensemble de publicités", "identifiant de l'ensemble de publicités"],
    "n° de l'ensemble de publicités",
  ),
  adSetName: may("ad set name", "nom de l'ensemble de publicités"),
  adId: may("ad id", "id de la publicité", "identifiant de la publicité", "n° de la publicité"),
  adName: may("ad name", "nom de la publicité"),

  impressions: may("impressions"),
  reach: may("reach", "couverture", "portée"),
  clicks: may("clicks (all)", "clics (tous)"),
  linkClicks: may("link clicks", "clics sur un lien", "clics sur le lien"),
  leads: may("leads", "prospects"),
  videoPlays: may(
    ...["3-second video plays", "3-second video views", "lectures de vidéo de 3 secondes"],
    "lectures vidéo de 3 secondes",
  ),
  thruPlays: may("thruplays", "thruplay"),
  purchases: may("purchases", "achats"),
  websitePurchases: may("website purchases", "achats sur le site web", "achats sur site web"),
  results: may("results", "résultats"),
  resultType: may(
    ...["result indicator", "result type", "indicateur de résultats", "indicateur de résultat"],
    "type de résultat",
  ),
  attribution: may("attribution setting", "paramètre d'attribution", "paramètres d'attribution"),

  delivery: may("delivery", "delivery status", "diffusion"),
  campaignDelivery: may("campaign delivery", "diffusion de la campagne"),
  adSetDelivery: may("ad set delivery", "diffusion de l'ensemble de publicités"),
  adDelivery: may("ad delivery", "diffusion de la publicité"),
  campaignBudget: may("campaign budget", "campaign budget (*)", "budget de la campagne"),
  campaignBudgetType: may("campaign budget type", "type de budget de la campagne"),
  adSetBudget: may("ad set budget", "ad set budget (*)", "budget de l'ensemble de publicités"),
  adSetBudgetType: may("ad set budget type", "type de budget de l'ensemble de publicités"),
  objective: may("objective", "objectif"),
  bidStrategy: may("bid strategy", "stratégie d'enchère", "stratégie d'enchères"),
  created: may(
    "date created",
    "created",
    "date de création",
    "starts",
    "start date",
    "début",
    "date de début",
  ),

  frequency: may("frequency", "répétition", "fréquence"),
  cpm: may("cpm (*", "cpm"),
  cpc: may("cpc (all)", "cpc (all) (*)", "cpc (tous)", "cpc (tous) (*)"),
  linkCpc: may(
    ...["cpc (cost per link click)", "cpc (cost per link click) (*)"],
    ...["cpc (coût par clic sur un lien)", "cpc (coût par clic sur un lien) (*)"],
  ),
  ctr: may("ctr (all)", "ctr (tous)"),
  linkCtr: may(
    ...[
      "ctr (link click-through rate)",
      "ctr (taux de clics sur un lien)",
      "ctr (taux de clics sur le lien)",
    ],
  ),
  /** Derived from a conversion column: read by its name, known here so that nobody is told that they were not. */
  costPer: may("cost per *", "coût par *"),
  roas: may("roas *", "* roas", "* roas *"),
  conversionValue: may("* conversion value", "results value", "valeur de conversion *", "valeur des *"),
} as const satisfies Record<string, ImportColumn>;

/** Splits an entity's row into several: by whom, where and on what an ad was shown. */
export const BREAKDOWNS: readonly string[] = may(
  ...["age", "âge", "gender", "genre", "sexe", "country", "pays", "region", "région", "dma region"],
  ...["platform", "plateforme", "publisher platform", "placement", "emplacement", "platform position"],
  ...["device platform", "plateforme de l'appareil", "impression device", "appareil d'impression", "device"],
  ...["time of day (*)", "heure de la journée (*)", "conversion device", "appareil de conversion"],
  ...["product id", "id du produit", "business locations", "business location", "lieux de l'entreprise"],
).names;
