/** Parts of GAQL queries that come from outside. Source: Google Ads API, Query grammar. */
import { failureOf, platformError } from "./errors.ts";

/** Ids become part of addresses and queries, so nothing but digits may stand in them. @throws PlatformError `invalid` */
export function digitsOf(id: string): string {
  if (/^\d{1,20}$/.test(id)) return id;
  throw platformError(failureOf("invalid", `"${id}" is not an id of Google Ads, which has digits only`));
}

/** A text as a literal, whatever quotes and backslashes stand in it. */
export function literal(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
