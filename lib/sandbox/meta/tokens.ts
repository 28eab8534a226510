/** What Graph tells of a token. Source: Facebook Login, User Permissions and Debug Token. */
import { isSandboxToken, SANDBOX_READ_TOKEN } from "../token.ts";
import { badParameter } from "./graph-error.ts";
import type { RawParams } from "./params.ts";

const PAGING = ["limit", "after", "before"];

/** @throws GraphError 100. */
export function permissionsOf(token: unknown, query: RawParams): object {
  refuseOthers(query, PAGING);
  const data = scopesOf(token).map((permission) => ({ permission, status: "granted" }));
  // People may take one back without the token ending.
  return { data: [...data, { permission: "pages_show_list", status: "declined" }] };
}

/** @throws GraphError 100 without a token to look at. */
export function debugged(query: RawParams): object {
  refuseOthers(query, ["input_token"]);
  const { input_token: token } = query;
  if (token === undefined) throw badParameter("The parameter input_token is required");
  if (!isSandboxToken(String(token))) return { data: { is_valid: false, scopes: [] } };
  // A system user's token may be made to never end, which is a 0.
  const ends = { expires_at: 0, data_access_expires_at: 0 };
  return { data: { type: "SYSTEM_USER", is_valid: true, ...ends, scopes: scopesOf(token) } };
}

function scopesOf(token: unknown): string[] {
  return token === SANDBOX_READ_TOKEN ? ["ads_read"] : ["ads_management", "ads_read"];
}

function refuseOthers(query: RawParams, known: readonly string[]): void {
  const other = Object.keys(query).find((name) => !known.includes(name) && name !== "appsecret_proof");
  if (other !== undefined) throw badParameter(`Unknown parameter ${other}`);
}
