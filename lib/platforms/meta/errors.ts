/**
 * Meta's failures as ours. The SDK's errors carry the token in their address, so nothing of them survives except the fields
 * named here. Codes decide, never messages, which Meta changes at will.
 * Source: Meta Marketing API, Error Reference and Rate Limiting.
 */
import { PlatformError, type PlatformErrorDetails, type PlatformErrorKind } from "../errors.ts";
import { type Headers, retryAfterMs, usageOf } from "./usage.ts";

/** One failed call, before anybody decides whether to retry, to split or to give up. */
export interface MetaFailure {
  kind: PlatformErrorKind;
  /** Graph code; else the network's code (`ECONNRESET`) or `HTTP 502`. */
  code: number | string | null;
  subcode: number | null;
  traceId: string | null;
  retryAfterMs: number | null;
  /** HTTP status; null when no answer came. */
  status: number | null;
  /** Without any secret. */
  text: string;
  /** Graph's own error, as opposed to a broken or absent answer. */
  answered: boolean;
}

/** What the wire showed of one call: the SDK throws this away for most failures. */
export interface Wire {
  status: number | null;
  headers: Headers;
  /** Node's or axios' code where no answer came. */
  networkCode: string | null;
}

const THROTTLED_CODES = new Set([
  4,
  17,
  32,
  613,
  ...Array.from({ length: 15 }, (_, index) => 80_000 + index),
]);
const AUTH_CODES = new Set([10, 102, 190]);
const TRANSIENT_CODES = new Set([1, 2]);
const PERMISSION_CODES = { from: 200, to: 299 };
/** The app lacks a capability or a permission for this one call; its token is good. */
const APP_PERMISSION_CODES = new Set<unknown>([3, 10]);
/** Code 100: the object does not exist or this token may not see it; the two cannot be told apart. */
const INVISIBLE_SUBCODE = 33;
const TOO_MUCH_DATA_SUBCODE = 1_487_534;

/** No connection was made, so nothing can have been done. */
const NEVER_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/** A failure found on this side, in our own words. */
export function failureOf(kind: PlatformErrorKind, text: string, code: string | null = null): MetaFailure {
  return {
    kind,
    code,
    subcode: null,
    traceId: null,
    retryAfterMs: null,
    status: null,
    text,
    answered: false,
  };
}

/** The failure in a Graph error object, or in whatever came instead of one. */
export function failureFrom(graphError: unknown, wire: Wire, secrets: readonly string[]): MetaFailure {
  const code = fieldOf(graphError, "code");
  if (typeof code === "number") return graphFailure(code, graphError, wire, secrets);
  const { status, networkCode } = wire;
  const base = { subcode: null, traceId: null, status, answered: false };
  if (status === null) {
    const text = `no answer from Meta (${networkCode ?? "no cause given"})`;
    return { ...base, kind: "unavailable", code: networkCode, retryAfterMs: null, text };
  }
  const kind = kindOfStatus(status);
  const text = `Meta answered HTTP ${status} with something other than its JSON`;
  return { ...base, kind, code: `HTTP ${status}`, retryAfterMs: waitMs(kind, wire.headers), text };
}

export function platformError(failure: MetaFailure): PlatformError {
  const { kind, code, subcode, traceId } = failure;
  const codes = code === null ? "" : ` (${codeText(failure)})`;
  return new PlatformError(`${failure.text}${failure.answered ? codes : ""}`, {
    platform: "meta",
    kind,
    code,
    subcode,
    traceId,
    retryAfterMs: failure.retryAfterMs,
  });
}

/** `613/1487632`, `ECONNRESET`, `HTTP 502`; or the kind where no code came. */
export function codeText(failure: MetaFailure): string {
  if (failure.code === null) return failure.kind;
  return failure.subcode === null ? String(failure.code) : `${failure.code}/${failure.subcode}`;
}

/** The token is good, and this one thing is not for it. */
export function isMissingPermission({ code }: PlatformErrorDetails): boolean {
  return APP_PERMISSION_CODES.has(code) || (typeof code === "number" && isPermissionCode(code));
}

/** Code 1 with HTTP 500 is how Meta says "please reduce the amount of data you're asking for". */
export function isTooMuchData(failure: MetaFailure): boolean {
  return (failure.code === 1 && failure.status === 500) || failure.subcode === TOO_MUCH_DATA_SUBCODE;
}

export function neverConnected(failure: MetaFailure): boolean {
  return failure.status === null && NEVER_CONNECTED.has(String(failure.code));
}

/** The text without secrets, whether bare, percent-encoded or as a query parameter. */
export function redact(text: string, secrets: readonly string[]): string {
  const withoutParameters = text.replace(/(access_token|appsecret_proof)=[^&\s"']*/g, "$1=[redacted]");
  return secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), withoutParameters);
}

function graphFailure(code: number, error: unknown, wire: Wire, secrets: readonly string[]): MetaFailure {
  const subcode = numberOrNull(fieldOf(error, "error_subcode"));
  const traceId = fieldOf(error, "fbtrace_id");
  // The message for people says what is wrong with a budget; the technical one often only "Invalid parameter".
  const said = fieldOf(error, "error_user_msg") ?? fieldOf(error, "message");
  const kind = kindOfCode(code, subcode, fieldOf(error, "is_transient") === true, wire.status);
  return {
    kind,
    code,
    subcode,
    traceId: typeof traceId === "string" ? redact(traceId, secrets) : null,
    retryAfterMs: waitMs(kind, wire.headers),
    status: wire.status,
    text: typeof said === "string" && said !== "" ? redact(said, secrets) : "Meta gave no message",
    answered: true,
  };
}

/** Usage headers stand in every answer and always name when the quota is whole again; only a throttled call must wait so long. */
function waitMs(kind: PlatformErrorKind, headers: Headers): number | null {
  return retryAfterMs(headers) ?? (kind === "throttled" ? usageOf(headers).regainMs : null);
}

function kindOfCode(
  code: number,
  subcode: number | null,
  isTransient: boolean,
  status: number | null,
): PlatformErrorKind {
  if (THROTTLED_CODES.has(code) || status === 429) return "throttled";
  if (AUTH_CODES.has(code) || isPermissionCode(code)) return "auth";
  // Negative codes are Meta's internal errors.
  if (TRANSIENT_CODES.has(code) || isTransient || code < 0) return "unavailable";
  if (code === 803 || (code === 100 && subcode === INVISIBLE_SUBCODE)) return "notFound";
  return status !== null && status >= 500 ? "unavailable" : "invalid";
}

function isPermissionCode(code: number): boolean {
  return code >= PERMISSION_CODES.from && code <= PERMISSION_CODES.to;
}

function kindOfStatus(status: number): PlatformErrorKind {
  if (status === 429) return "throttled";
  // A 200 that is not JSON comes from something in between, as does a gateway's error page.
  return status >= 500 || status === 200 ? "unavailable" : "malformed";
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
