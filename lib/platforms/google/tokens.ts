/**
 * Access tokens from a refresh token. The SDK keeps its own for 50 minutes even after Google has refused them, and one more per
 * service; here all calls of a platform share one, with a deadline on getting it.
 * Source: Google Identity, OAuth 2.0, Refreshing an access token.
 */
import axios from "axios";
import { z } from "zod";
import { failureFromWire, failureOf, type GoogleFailure, redact } from "./errors.ts";
import { fieldOf, textOf } from "./fields.ts";

/** A write may start 5 s after its fence and must be on its way before 10 s: others count its time from then. */
const TOKEN_TIMEOUT_MS = 4_000;
const MAX_ANSWER_BYTES = 64 * 1024;
/** Given back so much before its end that no call outlives it. */
const SPARE_SECONDS = 600;
const MS_PER_SECOND = 1000;

const grantSchema = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]{1,4096}$/),
  expires_in: z.number().positive().max(86_400),
});

export type Grant = { kind: "token"; token: string } | { kind: "failure"; failure: GoogleFailure };

export interface TokenSource {
  /** The token at hand, or a new one. */
  get(): Promise<Grant>;
  /** Google refused the token at hand. */
  drop(): void;
  /** Access tokens that may stand in a message. */
  issued(): readonly string[];
}

export interface TokenOptions {
  url: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  timeoutMs: number;
}

export function createTokenSource(options: TokenOptions): TokenSource {
  let held: Promise<Grant> | null = null;
  let issued: string[] = [];

  async function refreshed(): Promise<Grant> {
    const { grant, keepsForMs } = await requestToken(options);
    if (grant.kind === "failure") {
      held = null;
      return grant;
    }
    // The one before may still be in a message of a call under way.
    issued = [...issued.slice(-1), grant.token];
    const holding = held;
    const timer = setTimeout(() => {
      if (held === holding) held = null;
    }, keepsForMs);
    timer.unref();
    return grant;
  }

  return {
    async get() {
      held ??= refreshed();
      return await held;
    },
    drop() {
      held = null;
    },
    issued: () => issued,
  };
}

interface Requested {
  grant: Grant;
  keepsForMs: number;
}

async function requestToken(options: TokenOptions): Promise<Requested> {
  const { url, clientId, clientSecret, refreshToken } = options;
  const timeoutMs = Math.min(options.timeoutMs, TOKEN_TIMEOUT_MS);
  const deadline = AbortSignal.timeout(timeoutMs);
  const secrets = [clientSecret, refreshToken];
  const form = new URLSearchParams({
    grant_type: "refresh_token",
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  });
  try {
    const { status, data } = await axios.post<unknown>(url, form, {
      signal: deadline,
      maxRedirects: 0,
      maxContentLength: MAX_ANSWER_BYTES,
      responseType: "text",
      transformResponse: (body: unknown) => body,
      validateStatus: () => true,
    });
    return grantFrom(status, textOf(data) ?? "", secrets);
  } catch (error) {
    const networkCode = deadline.aborted ? "ETIMEDOUT" : textOf(fieldOf(error, "code"));
    return refused(failureFromWire({ status: null, body: "", networkCode }, secrets));
  }
}

function grantFrom(status: number, body: string, secrets: readonly string[]): Requested {
  const answer = parsedOrNull(body);
  const granted = grantSchema.safeParse(answer);
  if (status === 200 && granted.success) {
    const { access_token: token, expires_in: seconds } = granted.data;
    return {
      grant: { kind: "token", token },
      keepsForMs: Math.max(seconds / 2, seconds - SPARE_SECONDS) * MS_PER_SECOND,
    };
  }
  const error = textOf(fieldOf(answer, "error"));
  if (error === null || status >= 500)
    return refused(failureFromWire({ status, body: "", networkCode: null }, secrets));
  // invalid_grant: the refresh token was revoked or is of another client. Only a person can mend it.
  const said = textOf(fieldOf(answer, "error_description"));
  const code = redact(error, secrets);
  const text = `Google gives no access token: ${said === null ? code : redact(said, secrets)}`;
  return refused(failureOf(status === 429 ? "throttled" : "auth", text, code));
}

function refused(failure: GoogleFailure): Requested {
  return { grant: { kind: "failure", failure: { ...failure, neverSent: true } }, keepsForMs: 0 };
}

function parsedOrNull(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
