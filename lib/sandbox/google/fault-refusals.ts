/** Faults that are refusals by Google, over either transport. */
import type { FaultKind } from "../model.ts";
import { type GoogleError, permissionDenied, quotaExhausted, unauthenticated } from "./google-error.ts";

const THROTTLE_SECONDS = 30;

/** Null for a fault of another kind. */
export function faultRefusal(fault: FaultKind | null): GoogleError | null {
  switch (fault?.kind) {
    case "throttle":
      // Its code is Meta's; Google has one word for calls that come too fast.
      return quotaExhausted("RESOURCE_TEMPORARILY_EXHAUSTED", THROTTLE_SECONDS);
    case "quota":
      return quotaExhausted(fault.code, fault.retryAfterSeconds);
    case "expiredToken":
      return unauthenticated("ACCESS_TOKEN_EXPIRED");
    case "permissionDenied":
      return permissionDenied();
    default:
      return null;
  }
}
