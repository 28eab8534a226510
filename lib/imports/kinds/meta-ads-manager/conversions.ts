/** Which column of an Ads Manager export counts as conversions: the one that a person named, purchases, or results. */
import { ConfigError } from "../../../domain/problem.ts";
import { plainName } from "../../header.ts";
import { COLUMNS } from "./columns.ts";
import type { Export } from "./rows.ts";

export interface ConversionColumns {
  /** As the header names it; purchases in English, whatever the language, since they are the same. */
  name: string;
  count: number;
  /** Null where the export has no value of it. */
  value: number | null;
  costPer: number | null;
  roas: number | null;
  /** Says what a row's results are, where results count: they are one figure only if it is the same in all rows. */
  type: number | null;
}

/** Headers that a missing conversion is looked for among, in an error. */
const LISTED_HEADERS = 30;

/** Null where nothing in the file can count. @throws ConfigError when the column that a person named is not there. */
export function conversionColumns(file: Export): ConversionColumns | null {
  const results = file.indexOf(COLUMNS.results);
  const type = file.indexOf(COLUMNS.resultType);
  const purchases = file.indexOf(COLUMNS.purchases);
  const websitePurchases = file.indexOf(COLUMNS.websitePurchases);
  const count = namedColumn(file) ?? purchases ?? websitePurchases ?? (type === null ? null : results);
  if (count === null) return null;
  const name = file.header[count] ?? "";
  const english = count === purchases ? "Purchases" : count === websitePurchases ? "Website purchases" : null;
  return {
    ...{ name: english ?? name, count, type: count === results ? type : null },
    value: find(file, valueNames(plainName(name))),
    costPer: find(file, costNames(plainName(name))),
    roas: find(file, roasNames(plainName(name))),
  };
}

function namedColumn(file: Export): number | null {
  const { conversion } = file.options;
  if (conversion === null) return null;
  const index = file.header.findIndex((header) => plainName(header) === plainName(conversion));
  if (index >= 0) return index;
  throw new ConfigError([
    {
      ...{ code: "import.conversion", file: file.name, line: file.headerLine, path: "", found: conversion },
      allowed: `a column of this file: ${file.header.slice(0, LISTED_HEADERS).join(", ")}`,
      fix: "name the column that counts after --conversion as its header is written",
    },
  ]);
}

/** Without the currency that may stand behind a header. */
function find(file: Export, patterns: readonly RegExp[]): number | null {
  const index = file.header.findIndex((header) => {
    const text = plainName(header).replace(/ \([a-z]{3}\)$/, "");
    return patterns.some((pattern) => pattern.test(text));
  });
  return index < 0 ? null : index;
}

function valueNames(name: string): RegExp[] {
  const one = singular(name);
  return [
    whole(`(?:${escaped(name)}|${escaped(one)}) (?:conversion )?value`),
    whole(`valeur (?:de conversion )?(?:des |de l'|de )(?:${escaped(name)}|${escaped(one)})`),
  ];
}

function costNames(name: string): RegExp[] {
  return [whole(`(?:cost per|coût par) (?:${escaped(name)}|${escaped(singular(name))})`)];
}

function roasNames(name: string): RegExp[] {
  return [
    whole(`(?:${escaped(name)}|${escaped(singular(name))}) roas(?: \\(.*\\))?`),
    whole(`roas(?: \\(.*\\))? des ${escaped(name)}`),
  ];
}

/** "website purchases" -> "website purchase"; "achats sur le site web" -> "achat sur le site web". */
function singular(name: string): string {
  return name.endsWith("s") ? name.slice(0, -1) : name.replace(/^(\S+)s /, "$1 ");
}

function whole(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
