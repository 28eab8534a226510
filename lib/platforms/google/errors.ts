/**
 * Google's failures as ours. What the SDK throws carries the bearer and the developer token, or has lost status and cause, so
 * nothing of it survives except the fields named here. Codes decide, never messages, which Google changes at will.
 * Source: Google Ads API, GoogleAdsFailure, and gRPC status codes.
 */
import { PlatformError, type PlatformErrorDetails, type PlatformErrorKind } from "../errors.ts";
import { GRPC_STATUSES, kindOfCode, kindOfHttp, kindOfStatus, SAFE_TO_REFUSE } from "./codes.ts";
import { fieldOf, fieldsIn, textOf } from "./fields.ts";

/** One failed call, before anybody decides whether to retry or to give up. */
export interface GoogleFailure {
  kind: PlatformErrorKind;
  /** `quota_error.RESOURCE_EXHAUSTED`; else a status (`UNAVAILABLE`), the network's code (`ECONNRESET`) or `HTTP 502`. */
  code: string | null;
  /** Google's id of the request. */
  traceId: string | null;
  retryAfterMs: number | null;
  /** Without any secret. */
  text: string;
  /** Google's own clear no, which proves that nothing was done. */
  definite: boolean;
  /** No connection was made, so nothing can have been done. */
  neverSent: boolean;
}

/** What the wire showed of one REST call: the SDK throws most of this away. */
export interface Wire {
  status: number | null;
  /** Of an answer that failed; empty otherwise. */
  body: string;
  /** Node's or axios' code where no answer came. */
  networkCode: string | null;
}

const MS_PER_SECOND = 1000;
const MAX_TEXT_LENGTH = 600;
const MAX_MESSAGES = 3;
const NEVER_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/** Worst first: one doubtful error among several makes the whole answer doubtful. */
const KINDS_BY_DOUBT: readonly PlatformErrorKind[] = [
  "unavailable",
  "throttled",
  "auth",
  "notFound",
  "invalid",
];

/** A failure found on this side, in our own words. */
export function failureOf(kind: PlatformErrorKind, text: string, code: string | null = null): GoogleFailure {
  return { kind, code, traceId: null, retryAfterMs: null, text, definite: false, neverSent: false };
}

/** The failure in the body of a REST answer, or in whatever came instead of one. */
export function failureFromWire(wire: Wire, secrets: readonly string[]): GoogleFailure {
  const { status, networkCode } = wire;
  if (status === null) {
    const text = `no answer from Google (${networkCode ?? "no cause given"})`;
    const neverSent = NEVER_CONNECTED.has(networkCode ?? "");
    return { ...failureOf("unavailable", text, networkCode), neverSent };
  }
  const error = errorIn(wire.body);
  const said = fieldsIn(fieldOf(error, "details")).map((detail) => adsFailure(detail, secrets));
  const own = said.find((failure) => failure !== null);
  if (own !== undefined) return own;
  const kind = kindOfHttp(status);
  const message = textOf(fieldOf(error, "message"));
  if (message === null) {
    const text = `Google answered HTTP ${status} with something other than its JSON`;
    return failureOf(kind === "invalid" ? "malformed" : kind, text, `HTTP ${status}`);
  }
  const code = textOf(fieldOf(error, "status")) ?? `HTTP ${status}`;
  return failureOf(kind, redact(message, secrets), code);
}

/** The failure in whatever the SDK throws at a gRPC call. */
export function failureFromThrown(thrown: unknown, secrets: readonly string[]): GoogleFailure {
  const own = adsFailure(plain(thrown), secrets);
  if (own !== null) return own;
  const status = GRPC_STATUSES[Number(fieldOf(thrown, "code"))];
  if (!(thrown instanceof Error) || status === undefined) {
    return failureOf("malformed", "Google's answer could not be read");
  }
  const details = textOf(fieldOf(thrown, "details")) ?? "Google gave no message";
  const kind = kindOfStatus(status);
  return {
    ...failureOf(kind, redact(details, secrets), status),
    traceId: requestIdIn(fieldOf(thrown, "metadata"), secrets),
    definite: SAFE_TO_REFUSE.has(status),
    // The library's own words, pinned with it: no connection was there to send anything on.
    neverSent:
      status === "UNAVAILABLE" && /^(No connection established|Name resolution failed)/.test(details),
  };
}

export function platformError(failure: GoogleFailure): PlatformError {
  const { kind, code, traceId, retryAfterMs } = failure;
  const codes = code === null || failure.text.includes(code) ? "" : ` (${code})`;
  return new PlatformError(`${failure.text}${codes}`, {
    platform: "google",
    kind,
    code,
    subcode: null,
    traceId,
    retryAfterMs,
  });
}

/** This user may read the account but not this part of it; a token that is no good is another matter. */
export function isMissingPermission({ kind, code }: Pick<PlatformErrorDetails, "kind" | "code">): boolean {
  const codes = ["authorization_error.USER_PERMISSION_DENIED", "authorization_error.ACTION_NOT_PERMITTED"];
  return kind === "auth" && codes.includes(String(code));
}

/** The text without secrets, whether bare, percent-encoded or as a bearer. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text)
    .replace(/(Bearer )[\w.~+/-]+=*/g, "$1[redacted]")
    .slice(0, MAX_TEXT_LENGTH);
}

/** A GoogleAdsFailure in either spelling; null for anything else, such as the empty one that stands for a bare HTTP 401. */
function adsFailure(value: unknown, secrets: readonly string[]): GoogleFailure | null {
  const errors = fieldsIn(fieldOf(value, "errors"));
  const coded = errors.flatMap((error) => {
    const code = codeIn(error);
    return code === null ? [] : [{ error, code, kind: kindOfCode(code) }];
  });
  const kind = KINDS_BY_DOUBT.find((one) => coded.some((entry) => entry.kind === one));
  const first = coded.find((entry) => entry.kind === kind);
  if (kind === undefined || first === undefined) return null;
  const messages = coded
    .slice(0, MAX_MESSAGES)
    .flatMap(({ error }) => textOf(fieldOf(error, "message")) ?? []);
  const traceId = textOf(fieldOf(value, "requestId")) ?? textOf(fieldOf(value, "request_id"));
  return {
    ...failureOf(kind, redact(messages.join("; ") || "Google gave no message", secrets), first.code),
    traceId: traceId === null ? null : redact(traceId, secrets),
    retryAfterMs: retryAfterMs(first.error),
    // An error whose code this version cannot read may be of any kind.
    definite: kind !== "unavailable" && coded.length === errors.length,
  };
}

/** `quotaError: RESOURCE_EXHAUSTED` and `quota_error: RESOURCE_EXHAUSTED` are one code. */
function codeIn(error: unknown): string | null {
  const code = fieldOf(error, "errorCode") ?? fieldOf(error, "error_code");
  if (typeof code !== "object" || code === null) return null;
  const [entry] = Object.entries(code);
  if (entry === undefined) return null;
  const [category, name] = entry;
  return `${category.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}.${String(name)}`;
}

/** "30s" over REST, seconds and nanoseconds over gRPC. */
function retryAfterMs(error: unknown): number | null {
  const details = fieldOf(error, "details");
  const quota = fieldOf(details, "quotaErrorDetails") ?? fieldOf(details, "quota_error_details");
  const delay = fieldOf(quota, "retryDelay") ?? fieldOf(quota, "retry_delay");
  const seconds =
    typeof delay === "string"
      ? Number(/^(\d+(?:\.\d+)?)s$/.exec(delay)?.[1])
      : Number(fieldOf(delay, "seconds"));
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds * MS_PER_SECOND) : null;
}

/** A failed search answers with an object, a failed stream with a list; one that fails midway has it in the list's end. */
export function errorIn(body: string): unknown {
  try {
    const parsed: unknown = JSON.parse(body);
    const parts: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
    return parts.map((part) => fieldOf(part, "error")).find((error) => error !== undefined) ?? null;
  } catch {
    return null;
  }
}

/** The SDK's decoded failure is a protobuf message: only as JSON do its numbers become names. */
function plain(thrown: unknown): unknown {
  if (thrown instanceof Error) return null;
  try {
    return JSON.parse(JSON.stringify(thrown));
  } catch {
    return null;
  }
}

function requestIdIn(metadata: unknown, secrets: readonly string[]): string | null {
  const found = fieldOf(fieldOf(metadata, "internalRepr"), "get");
  if (typeof found !== "function") return null;
  const values: unknown = found.call(fieldOf(metadata, "internalRepr"), "request-id");
  const id = textOf(fieldsIn(values)[0]);
  return id === null ? null : redact(id, secrets);
}
