/** Which column of an Ads Manager export counts as conversions: the one that a person named, purchases, or results. */
import { ConfigError } from "../../../domain/problem.ts";
import { plainName } from "../../header.ts";
import type { ImportColumn } from "../../kind.ts";
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
  const count =
    namedColumn(file) ??
    file.indexOf(COLUMNS.purchases) ??
    file.indexOf(COLUMNS.websitePurchases) ??
    (file.indexOf(COLUMNS.resultType) === null ? null : file.indexOf(COLUMNS.results));
  return count === null ? null : columnsAt(file, count);
}

/** Those of the conversion that Palier counts, by its header or by what Meta calls the action; null where the file has none. @throws ConfigError */
export function countedColumns(file: Export, counted: string | null): ConversionColumns | null {
  if (file.options.conversion !== null || counted === null) return conversionColumns(file);
  const known = ACTIONS.get(counted);
  const count = (known === undefined ? null : file.indexOf(known)) ?? headerIndex(file, counted);
  if (count !== null) return columnsAt(file, count);
  const usual = conversionColumns(file);
  // Which of its rows are of that conversion, each row says.
  return usual?.type === null ? null : usual;
}

const ACTIONS: ReadonlyMap<string, ImportColumn> = new Map([
  ["Purchases", COLUMNS.purchases],
  ["purchase", COLUMNS.purchases],
  ["omni_purchase", COLUMNS.purchases],
  ["Website purchases", COLUMNS.websitePurchases],
  ["offsite_conversion.fb_pixel_purchase", COLUMNS.websitePurchases],
  ["lead", COLUMNS.leads],
]);

function columnsAt(file: Export, count: number): ConversionColumns {
  const header = file.header[count] ?? "";
  const plain = plainName(header);
  return {
    name: ENGLISH.find(([, column]) => file.indexOf(column) === count)?.[0] ?? header,
    count,
    type: count === file.indexOf(COLUMNS.results) ? file.indexOf(COLUMNS.resultType) : null,
    value: find(file, valueNames(plain)),
    costPer: find(file, costNames(plain)),
    roas: find(file, roasNames(plain)),
  };
}

const ENGLISH = [
  ["Purchases", COLUMNS.purchases],
  ["Website purchases", COLUMNS.websitePurchases],
] as const;

function namedColumn(file: Export): number | null {
  const { conversion } = file.options;
  if (conversion === null) return null;
  const index = headerIndex(file, conversion);
  if (index !== null) return index;
  throw new ConfigError([
    {
      ...{ code: "import.conversion", file: file.name, line: file.headerLine, path: "", found: conversion },
      allowed: `a column of this file: ${file.header.slice(0, LISTED_HEADERS).join(", ")}`,
      fix: "name the column that counts after --conversion as its header is written",
    },
  ]);
}

function headerIndex(file: Export, name: string): number | null {
  const index = file.header.findIndex((header) => plainName(header) === plainName(name));
  return index < 0 ? null : index;
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
