/** Refusals in the shapes Google sends. Codes are named as in Google's protos, so that no number can be guessed wrong. */

/** Status of the call as gRPC counts it, with HTTP's word for the same. Source: google.rpc.Code. */
export const STATUSES = {
  INVALID_ARGUMENT: { grpc: 3, http: 400, message: "Request contains an invalid argument." },
  PERMISSION_DENIED: { grpc: 7, http: 403, message: "The caller does not have permission" },
  RESOURCE_EXHAUSTED: { grpc: 8, http: 429, message: "Resource has been exhausted (e.g. check quota)." },
  INTERNAL: { grpc: 13, http: 500, message: "Internal error encountered." },
  UNAUTHENTICATED: {
    grpc: 16,
    http: 401,
    message: "Request had invalid authentication credentials. Expected OAuth 2 access token.",
  },
} as const;
export type StatusName = keyof typeof STATUSES;

export interface PathElement {
  field_name: string;
  index?: number;
}

/** One GoogleAdsError with the names of its proto. */
export interface Problem {
  error_code: Readonly<Record<string, string>>;
  message: string;
  trigger?: { int64_value: string } | { string_value: string };
  location?: { field_path_elements: PathElement[] };
  details?: object;
}

/** A refusal that travels up to whoever answers the request. */
export class GoogleError extends Error {
  override name = "GoogleError";
  readonly status: StatusName;
  readonly problems: readonly Problem[];
  /** Google's word for a credential that does not work; such refusals carry no problems. */
  readonly reason: string | null;

  constructor(status: StatusName, problems: readonly Problem[], reason: string | null = null) {
    super(problems[0]?.message ?? reason ?? status);
    this.status = status;
    this.problems = problems;
    this.reason = reason;
  }
}

/** `campaign_budget_error.CAMPAIGN_BUDGET_REMOVED`. */
export function codeOf({ error_code }: Problem): string {
  return Object.entries(error_code).flat().join(".");
}

export function problem(category: string, code: string, message: string): Problem {
  return { error_code: { [category]: code }, message };
}

export function refused(category: string, code: string, message: string): GoogleError {
  return new GoogleError("INVALID_ARGUMENT", [problem(category, code, message)]);
}

export function queryError(code: string, message: string): GoogleError {
  return refused("query_error", code, `Error in query: ${message}`);
}

/** What Google knows but the sandbox does not model: refused rather than ignored, so nobody relies on a guess. */
export function notSimulated(what: string): GoogleError {
  return queryError("QUERY_ERROR", `${what} is not simulated by the sandbox.`);
}

export function unauthenticated(reason: "ACCESS_TOKEN_EXPIRED" | "CREDENTIALS_MISSING"): GoogleError {
  return new GoogleError("UNAUTHENTICATED", [], reason);
}

export function permissionDenied(
  code = "USER_PERMISSION_DENIED",
  message = "User doesn't have permission to access customer. Note: If you're accessing a client customer, the manager's customer id must be set in the 'login-customer-id' header.",
): GoogleError {
  return new GoogleError("PERMISSION_DENIED", [problem("authorization_error", code, message)]);
}

export function quotaExhausted(code: string, retryAfterSeconds: number | null): GoogleError {
  const details = {
    quota_error_details: {
      rate_scope: code === "RESOURCE_EXHAUSTED" ? "DEVELOPER" : "ACCOUNT",
      rate_name: "Requests per service per method",
      ...(retryAfterSeconds === null ? {} : { retry_delay: { seconds: String(retryAfterSeconds) } }),
    },
  };
  const message = "Too many requests. Retry in some seconds.";
  return new GoogleError("RESOURCE_EXHAUSTED", [{ ...problem("quota_error", code, message), details }]);
}

export function internalFailure(): GoogleError {
  return new GoogleError("INTERNAL", [
    problem("internal_error", "INTERNAL_ERROR", "An internal error has occurred."),
  ]);
}

/** The body of a refusal over REST. */
export function errorBody({ status, problems, reason }: GoogleError, requestId: string): object {
  const { http, message } = STATUSES[status];
  return { error: { code: http, message, status, details: [detailOf(problems, reason, requestId)] } };
}

function detailOf(problems: readonly Problem[], reason: string | null, requestId: string): object {
  if (reason !== null) {
    return {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason,
      domain: "googleapis.com",
      metadata: { service: "googleads.googleapis.com" },
    };
  }
  return {
    "@type": "type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure",
    errors: problems.map(asJson),
    requestId,
  };
}

/** Proto names and values as proto3 JSON writes them: camelCase, durations as "30s". */
function asJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      camelCase(key),
      key === "retry_delay" ? `${inner.seconds}s` : asJson(inner),
    ]),
  );
}

export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
