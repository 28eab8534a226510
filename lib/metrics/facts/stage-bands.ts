/** The share of spend that the brand wants a stage to have: bands are the brand's, so rules read them as figures. */
import { EVERY_LEVEL, type NodeReader, type StateContext, type StateFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";

export const stageBandLowPercent: StateFact = {
  id: "stageBandLowPercent",
  label: { en: "low end of its band", fr: "bas de sa bande" },
  unit: "percent",
  kind: "parameter",
  levels: EVERY_LEVEL,
  params: ["stage"],
  goodSide: null,
  doc: "Least share of spend that the brand wants the stage named by `stage` to have; no data where the brand file has no such stage or no band for it.",
  source: "the brand file, bands.stage",
  read: (context) => endOf(context, 0),
};

export const stageBandHighPercent: StateFact = {
  id: "stageBandHighPercent",
  label: { en: "high end of its band", fr: "haut de sa bande" },
  unit: "percent",
  kind: "parameter",
  levels: EVERY_LEVEL,
  params: ["stage"],
  goodSide: null,
  doc: "Largest share of spend that the brand wants the stage named by `stage` to have; no data where the brand file has no such stage or no band for it.",
  source: "the brand file, bands.stage",
  read: (context) => endOf(context, 1),
};

function endOf({ brand, params }: StateContext, end: 0 | 1): NodeReader {
  const stage = String(params.stage);
  const band = Object.hasOwn(brand.stageBands, stage) ? brand.stageBands[stage] : undefined;
  const outcome =
    band === undefined
      ? noData(metricMessage("noData.bandUnset", { stage }))
      : known(band[end], `${brand.file}: bands.stage.${stage}[${end}]`);
  return () => outcome;
}
