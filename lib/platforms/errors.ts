export type PlatformErrorKind = "throttled" | "auth" | "invalid" | "notFound" | "unavailable" | "malformed";

export interface PlatformErrorDetails {
  platform: string;
  kind: PlatformErrorKind;
  /** The platform's own codes, where it gave any. */
  code: number | string | null;
  subcode: number | null;
  /** The platform's id of the request, for its support. */
  traceId: string | null;
  retryAfterMs: number | null;
}

/**
 * A failed platform call. Built from named fields only: the SDKs' own errors carry tokens, so they are dropped, never kept as
 * a cause.
 */
export class PlatformError extends Error {
  override name = "PlatformError";
  readonly details: PlatformErrorDetails;

  constructor(message: string, details: PlatformErrorDetails) {
    super(message);
    this.details = details;
  }
}

/**
 * A credential that an adapter needs was not given: its platform cannot be read, and the others go on. The message names the
 * variable, never a value.
 */
export class CredentialsError extends PlatformError {
  override name = "CredentialsError";
  readonly code = "credentials.missing";

  constructor(platform: string, message: string) {
    const unsaid = { code: null, subcode: null, traceId: null, retryAfterMs: null };
    super(message, { platform, kind: "auth", ...unsaid });
  }
}
