/** A brand's attribution in Meta's words, and the conversions of one row under it. */
import type { Claim } from "../../domain/claim.ts";
import { microsFromMajor } from "../../domain/money.ts";
import { failureOf, platformError } from "./errors.ts";
import { metaManifest } from "./manifest.ts";
import type { ActionStats } from "./schemas.ts";

export interface Attribution {
  /** Keys of an action that are summed: `value`, or one per window. */
  keys: readonly string[];
}

/** One action type under one attribution, beside what the account counts anyway. */
export interface AskedClaim {
  key: string;
  type: string;
  attribution: Attribution;
}

/** `value` is each ad set's own attribution. */
const AS_SET_KEY = "value";

const WINDOWS: ReadonlyMap<string, string> = new Map([
  ["1dClick", "1d_click"],
  ["7dClick", "7d_click"],
  ["28dClick", "28d_click"],
  ["1dView", "1d_view"],
  ["1dEngagedView", "1d_ev"],
]);

/** Meta lists them still but answers with nothing since 12 January 2026, which would read as zero conversions. */
const DEAD_WINDOWS = ["7dView", "28dView"];

/**
 * `asSet` (each ad set's own setting, as in Ads Manager) or windows joined by `+`.
 * @throws PlatformError `invalid` for windows that are unknown, dead, repeated or inside one another.
 */
export function attributionOf(setting: string): Attribution {
  if (setting === "asSet") return { keys: [AS_SET_KEY] };
  const names = setting.split("+");
  const keys = names.map(windowKey);
  // The 7-day window contains the 1-day one, so their sum would count its conversions twice.
  if (keys.filter((key) => key.endsWith("_click")).length > 1 || new Set(keys).size < keys.length) {
    throw refusal(setting, "name at most one click window, and no window twice");
  }
  return { keys };
}

/**
 * Request parameters that pin every attribution, so that no account default can shift the figures. One request answers them all:
 * each window has a key of its own, and `value` is the ad set's whatever windows stand beside it.
 */
export function attributionParams(attributions: readonly Attribution[]): Readonly<Record<string, unknown>> {
  const keys = [...new Set(attributions.flatMap((one) => one.keys))];
  const windows = keys.filter((key) => key !== AS_SET_KEY);
  return {
    ...(keys.includes(AS_SET_KEY) && { use_unified_attribution_setting: true }),
    ...(windows.length > 0 && { action_attribution_windows: windows }),
  };
}

/** Those that Meta can count: of exactly one action type, since one purchase stands under several. */
export function countableClaims(claims: readonly Claim[]): AskedClaim[] {
  return claims.flatMap(({ key, names: [type, ...others], attribution }) =>
    type === undefined ||
    others.length > 0 ||
    metaManifest.attributionSchema?.safeParse(attribution).success !== true
      ? []
      : [{ key, type, attribution: attributionOf(attribution) }],
  );
}

/**
 * Micros of one action type under the attribution: one purchase stands under several types, so exactly one is read. An
 * absent type or window is no such conversion.
 * @throws PlatformError `malformed` when the type stands there twice or an amount is no decimal.
 */
export function actionMicros(actions: readonly ActionStats[], type: string, keys: readonly string[]): bigint {
  const matching = actions.filter((action) => action.action_type === type);
  if (matching.length > 1)
    throw platformError(failureOf("malformed", `Meta names the action "${type}" twice in one row`));
  const [action] = matching;
  if (action === undefined) return 0n;
  return keys.reduce((sum, key) => sum + amountMicros(action[key]), 0n);
}

function amountMicros(amount: unknown): bigint {
  if (amount === undefined || amount === null) return 0n;
  if (typeof amount === "string" && /^-?\d{1,15}(\.\d{1,12})?$/.test(amount)) return microsFromMajor(amount);
  throw platformError(failureOf("malformed", "an action of Meta's answer is not a decimal number"));
}

function windowKey(name: string): string {
  const key = WINDOWS.get(name);
  if (key !== undefined) return key;
  throw refusal(name, DEAD_WINDOWS.includes(name) ? "Meta no longer answers for it" : "it is not known");
}

function refusal(found: string, why: string): Error {
  const known = ["asSet", ...WINDOWS.keys()].join(", ");
  return platformError(
    failureOf("invalid", `attribution "${found}" cannot be used: ${why} (known: ${known})`),
  );
}
