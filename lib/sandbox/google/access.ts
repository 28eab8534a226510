/** Who may ask what: the sandbox's own two sets of credentials, which open nothing else; one of them only reads. */
import type { World } from "../model.ts";
import { isSandboxToken, SANDBOX_READ_TOKEN } from "../token.ts";
import { GoogleError, permissionDenied, problem, refused, unauthenticated } from "./google-error.ts";

/** Of an access token. Source: Google's OAuth 2.0 token endpoint. */
const LIFETIME_SECONDS = 3599;

export interface Credentials {
  /** `Bearer` and the token; null where the transport cannot carry one, as gRPC without TLS. */
  authorization: string | null;
  developerToken: string | undefined;
  loginCustomerId: string | undefined;
}

/** @throws GoogleError as the API refuses: credentials first, then headers, then the customer. */
export function checkAccess(world: World, credentials: Credentials, customerId: string): void {
  checkCaller(credentials);
  const { loginCustomerId } = credentials;
  if (!/^\d{10}$/.test(customerId)) {
    throw refused("request_error", "INVALID_CUSTOMER_ID", `Invalid customer ID '${customerId}'.`);
  }
  const { id } = world.google.account;
  if (customerId !== id || (loginCustomerId !== undefined && loginCustomerId !== id))
    throw permissionDenied();
}

/** Who asks, whatever the customer. @throws GoogleError */
export function checkCaller({ authorization, developerToken, loginCustomerId }: Credentials): void {
  if (authorization === "") throw unauthenticated("CREDENTIALS_MISSING");
  if (authorization !== null && !isSandboxToken(refreshTokenIn(authorization))) {
    throw unauthenticated("ACCESS_TOKEN_EXPIRED");
  }
  if (developerToken === undefined) {
    const message = "The developer token parameter is missing.";
    throw refused("request_error", "DEVELOPER_TOKEN_PARAMETER_MISSING", message);
  }
  if (!isSandboxToken(developerToken)) {
    throw new GoogleError("UNAUTHENTICATED", [
      problem("authentication_error", "DEVELOPER_TOKEN_INVALID", "The developer token is not valid."),
    ]);
  }
  if (loginCustomerId !== undefined && !/^\d{10}$/.test(loginCustomerId)) {
    const message = "The login customer ID could not be validated.";
    throw refused("header_error", "INVALID_LOGIN_CUSTOMER_ID", message);
  }
}

/**
 * Refuses a user whose role only reads. Over plain gRPC no access token travels, so there the developer token tells who asks.
 * @throws GoogleError
 */
export function checkMayWrite({ authorization, developerToken }: Credentials): void {
  const asking = authorization === null ? developerToken : refreshTokenIn(authorization);
  if (asking !== SANDBOX_READ_TOKEN) return;
  const message =
    "The user does not have permission to perform this action on the resource or call a method.";
  throw permissionDenied("ACTION_NOT_PERMITTED", message);
}

/** What `/token` answers. It contains the refresh token's text, so that a search for either finds a leak of both. */
function accessTokenOf(refreshToken: string): string {
  return `${refreshToken}-access`;
}

function refreshTokenIn(authorization: string): string | null {
  return /^Bearer (.+)-access$/.exec(authorization)?.[1] ?? null;
}

/** The token endpoint's answer. Everything secret must be the sandbox's own. */
export function tokenAnswer(form: URLSearchParams): { status: 200 | 400 | 401; body: object } {
  if (form.get("grant_type") !== "refresh_token") {
    const error_description = `Invalid grant_type: ${form.get("grant_type")}`;
    return { status: 400, body: { error: "unsupported_grant_type", error_description } };
  }
  if (!isSandboxToken(form.get("client_id")) || !isSandboxToken(form.get("client_secret"))) {
    return {
      status: 401,
      body: { error: "invalid_client", error_description: "The OAuth client was not found." },
    };
  }
  const refreshToken = form.get("refresh_token");
  if (refreshToken === null || !isSandboxToken(refreshToken)) return invalidGrant();
  return {
    status: 200,
    body: {
      access_token: accessTokenOf(refreshToken),
      expires_in: LIFETIME_SECONDS,
      scope: "https://www.googleapis.com/auth/adwords",
      token_type: "Bearer",
    },
  };
}

/** Of a refresh token that was revoked or has expired. */
export function invalidGrant(): { status: 400; body: object } {
  const error_description = "Token has been expired or revoked.";
  return { status: 400, body: { error: "invalid_grant", error_description } };
}
