/** Pages of `googleAds:search`. */
import { hashOf } from "../../domain/canonical.ts";
import { refused } from "./google-error.ts";
import type { Found } from "./search.ts";

interface PageRequest {
  query: string;
  pageToken?: string | undefined;
  page_token?: string | undefined;
  pageSize?: unknown;
  page_size?: unknown;
}

/** @throws GoogleError for a page size, which the API no longer takes, and for the token of another query. */
export function pageOf({ rows, fieldMask }: Found, request: PageRequest, pageRows: number): object {
  if ((request.pageSize ?? request.page_size) !== undefined) {
    const message =
      "Setting the page size is not supported. Search Responses will have fixed page size of '10000' rows.";
    throw refused("request_error", "PAGE_SIZE_NOT_SUPPORTED", message);
  }
  const from = offsetIn(request.pageToken ?? request.page_token ?? "", request.query);
  const results = rows.slice(from, from + pageRows);
  const next = from + pageRows;
  return {
    ...(results.length === 0 ? {} : { results }),
    ...(next < rows.length ? { nextPageToken: tokenOf(next, request.query) } : {}),
    totalResultsCount: String(rows.length),
    fieldMask,
  };
}

function tokenOf(offset: number, query: string): string {
  return `${offset}.${hashOf(query).slice(0, 16)}`;
}

function offsetIn(token: string, query: string): number {
  if (token === "") return 0;
  const offset = Number(token.split(".")[0]);
  if (Number.isSafeInteger(offset) && token === tokenOf(offset, query)) return offset;
  throw refused("request_error", "INVALID_PAGE_TOKEN", "The page token is invalid.");
}
