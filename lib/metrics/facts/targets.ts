/** Parameters that Palier knows by name; a brand or a pack may define any other, readable in the same way. */
import { EVERY_LEVEL, type StateFact } from "../fact.ts";

export const targetCpa: StateFact = {
  id: "targetCpa",
  label: { en: "target CPA", fr: "CPA cible" },
  unit: "money",
  kind: "parameter",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  doc: "What a conversion may cost: the first value whose matcher fits the entity, else the default, else no data.",
  source: "the brand file, parameters.targetCpa",
  read: ({ parameter }) => parameter("targetCpa"),
};

export const contributionMargin: StateFact = {
  id: "contributionMargin",
  label: { en: "contribution margin", fr: "marge sur coûts variables" },
  unit: "ratio",
  kind: "parameter",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  doc: "Share of revenue left before marketing, 0 to 1; no data when the brand file does not say.",
  source: "the brand file, parameters.contributionMargin",
  read: ({ parameter }) => parameter("contributionMargin"),
};

export const wantedProfit: StateFact = {
  id: "wantedProfit",
  label: { en: "wanted profit", fr: "profit visé" },
  unit: "ratio",
  kind: "parameter",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  doc: "Share of revenue to be left after marketing, 0 to 1; no data when the brand file does not say.",
  source: "the brand file, parameters.wantedProfit",
  read: ({ parameter }) => parameter("wantedProfit"),
};
