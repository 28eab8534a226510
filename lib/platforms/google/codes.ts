/** Google's codes and statuses as our kinds. Source: Google Ads API v25, error enums; gRPC status codes. */
import type { PlatformErrorKind } from "../errors.ts";

/** By number, as gRPC writes them. */
export const GRPC_STATUSES: readonly (string | undefined)[] = [
  undefined,
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
];

/**
 * Statuses without Google's own failure that prove nothing was done. Two are missing because the client library itself says
 * them of an answer that came after the change: RESOURCE_EXHAUSTED when it is too big, UNIMPLEMENTED when a yes comes without a
 * message or with two.
 */
export const SAFE_TO_REFUSE: ReadonlySet<string> = new Set([
  "INVALID_ARGUMENT",
  "NOT_FOUND",
  "PERMISSION_DENIED",
  "FAILED_PRECONDITION",
  "UNAUTHENTICATED",
]);

const STATUS_KINDS: ReadonlyMap<string, PlatformErrorKind> = new Map([
  ["INVALID_ARGUMENT", "invalid"],
  ["NOT_FOUND", "notFound"],
  ["ALREADY_EXISTS", "invalid"],
  ["PERMISSION_DENIED", "auth"],
  ["RESOURCE_EXHAUSTED", "throttled"],
  ["FAILED_PRECONDITION", "invalid"],
  ["OUT_OF_RANGE", "invalid"],
  ["UNIMPLEMENTED", "invalid"],
  ["UNAUTHENTICATED", "auth"],
]);

const CATEGORY_KINDS: ReadonlyMap<string, PlatformErrorKind> = new Map([
  ["quota_error", "throttled"],
  ["authentication_error", "auth"],
  ["authorization_error", "auth"],
  ["internal_error", "unavailable"],
  ["database_error", "unavailable"],
]);

/** Codes that are of another kind than the rest of their category. */
const CODE_KINDS: ReadonlyMap<string, PlatformErrorKind> = new Map([
  ["quota_error.ACCESS_PROHIBITED", "auth"],
  ["authentication_error.CUSTOMER_NOT_FOUND", "notFound"],
  ["database_error.DATA_CONSTRAINT_VIOLATION", "invalid"],
  ["database_error.REQUEST_TOO_LARGE", "invalid"],
  ["mutate_error.RESOURCE_NOT_FOUND", "notFound"],
  ["request_error.RESOURCE_NOT_FOUND", "notFound"],
  ["request_error.RPC_DEADLINE_TOO_SHORT", "unavailable"],
]);

/** Too much within seconds, as opposed to the day's quota being used up: the same call may pass a moment later. */
export const PASSES_SOON = "quota_error.RESOURCE_TEMPORARILY_EXHAUSTED";

/** `code` as `quota_error.RESOURCE_EXHAUSTED`. A code of no known category is Google's refusal of what was asked. */
export function kindOfCode(code: string): PlatformErrorKind {
  const [category = ""] = code.split(".");
  return CODE_KINDS.get(code) ?? CATEGORY_KINDS.get(category) ?? "invalid";
}

export function kindOfStatus(status: string): PlatformErrorKind {
  return STATUS_KINDS.get(status) ?? "unavailable";
}

export function kindOfHttp(status: number): PlatformErrorKind {
  if (status === 429) return "throttled";
  if (status === 401 || status === 403) return "auth";
  if (status === 404) return "notFound";
  if (status === 400) return "invalid";
  // A 200 that is not the answer comes from something in between, as does a gateway's error page.
  return status >= 500 || status === 200 ? "unavailable" : "malformed";
}
