import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { PlatformErrorKind } from "../../../lib/platforms/errors.ts";
import { kindOfCode } from "../../../lib/platforms/google/codes.ts";
import {
  failureFromThrown,
  failureFromWire,
  platformError,
  redact,
} from "../../../lib/platforms/google/errors.ts";

function bodyOf(errors: object[], fields: object = {}): string {
  return JSON.stringify([{ error: { details: [{ reason: "first" }, { errors, ...fields }] } }]);
}

describe("lib/platforms/google/errors", () => {
  it.each<[string, PlatformErrorKind]>([
    ["quota_error.RESOURCE_EXHAUSTED", "throttled"],
    ["quota_error.RESOURCE_TEMPORARILY_EXHAUSTED", "throttled"],
    ["quota_error.EXCESSIVE_SHORT_TERM_QUERY_RESOURCE_CONSUMPTION", "throttled"],
    ["quota_error.ACCESS_PROHIBITED", "auth"],
    ["authentication_error.OAUTH_TOKEN_REVOKED", "auth"],
    ["authentication_error.CUSTOMER_NOT_FOUND", "notFound"],
    ["authorization_error.USER_PERMISSION_DENIED", "auth"],
    ["internal_error.TRANSIENT_ERROR", "unavailable"],
    ["internal_error.DEADLINE_EXCEEDED", "unavailable"],
    ["database_error.CONCURRENT_MODIFICATION", "unavailable"],
    ["database_error.DATA_CONSTRAINT_VIOLATION", "invalid"],
    ["mutate_error.RESOURCE_NOT_FOUND", "notFound"],
    ["campaign_budget_error.NON_MULTIPLE_OF_MINIMUM_CURRENCY_UNIT", "invalid"],
    ["a_category_of_tomorrow.ANYTHING", "invalid"],
  ])("takes %s as %s", (code, kind) => {
    expect(kindOfCode(code)).toBe(kind);
  });

  it("finds Google's own failure wherever it stands among the details, in REST's spelling", () => {
    const errors = [
      {
        errorCode: { quotaError: "RESOURCE_TEMPORARILY_EXHAUSTED" },
        message: "Too many requests",
        details: { quotaErrorDetails: { rateName: "Get requests", retryDelay: "30s" } },
      },
    ];
    const wire = { status: 429, body: bodyOf(errors, { requestId: "Request1" }), networkCode: null };
    expect(platformError(failureFromWire(wire, []))).toMatchObject({
      message: "Too many requests (quota_error.RESOURCE_TEMPORARILY_EXHAUSTED)",
      details: {
        platform: "google",
        kind: "throttled",
        code: "quota_error.RESOURCE_TEMPORARILY_EXHAUSTED",
        subcode: null,
        traceId: "Request1",
        retryAfterMs: 30_000,
      },
    });
  });

  it("reads the same failure in gRPC's spelling, whose waits are seconds and nanoseconds", () => {
    const thrown = {
      errors: [
        {
          error_code: { quota_error: "RESOURCE_EXHAUSTED" },
          message: "x",
          details: { quota_error_details: { retry_delay: { seconds: "7200", nanos: 0 } } },
        },
      ],
      request_id: "Request2",
    };
    expect(failureFromThrown(thrown, [])).toMatchObject({
      kind: "throttled",
      code: "quota_error.RESOURCE_EXHAUSTED",
      traceId: "Request2",
      retryAfterMs: 7_200_000,
      definite: true,
    });
  });

  it("is as doubtful as the most doubtful of several errors", () => {
    const errors = [
      { errorCode: { queryError: "BAD_FIELD_NAME" }, message: "one" },
      { errorCode: { internalError: "INTERNAL_ERROR" }, message: "two" },
    ];
    const failure = failureFromWire({ status: 400, body: bodyOf(errors), networkCode: null }, []);
    expect(failure).toMatchObject({
      kind: "unavailable",
      code: "internal_error.INTERNAL_ERROR",
      text: "one; two",
      definite: false,
    });
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["a text", "no"],
    ["an empty failure", {}],
    ["an error without a code", new Error("broken")],
    ["an error with a text for a code", Object.assign(new Error("broken"), { code: "ERR" })],
    ["a circle", Object.assign({ errors: [] as unknown[] }, { self: null as unknown })],
  ])("calls it unreadable when %s is thrown", (_, thrown) => {
    expect(failureFromThrown(thrown, [])).toMatchObject({
      kind: "malformed",
      definite: false,
      neverSent: false,
    });
  });

  it("knows the words of a call for which no connection was made", () => {
    const thrown = (details: string) => Object.assign(new Error(details), { code: 14, details });
    expect(failureFromThrown(thrown("No connection established. Last error: x"), []).neverSent).toBe(true);
    expect(failureFromThrown(thrown("Name resolution failed for target dns:x"), []).neverSent).toBe(true);
    expect(failureFromThrown(thrown("Connection dropped"), []).neverSent).toBe(false);
  });

  it("keeps neither the raw error nor a cause", () => {
    const raw = Object.assign(new Error("raw"), {
      code: 13,
      details: "x",
      config: { headers: "Bearer abc" },
    });
    const error = platformError(failureFromThrown(raw, []));
    expect(error.cause).toBeUndefined();
    expect(inspect(error, { depth: 9 })).not.toContain("abc");
  });

  it("redacts secrets bare, percent-encoded and as a bearer, and cuts what is long", () => {
    expect(redact("a 1//x&y b 1%2F%2Fx%26y c Bearer q.r-s", ["1//x&y", ""])).toBe(
      "a [redacted] b [redacted] c Bearer [redacted]",
    );
    expect(redact("z".repeat(5_000), [])).toHaveLength(600);
  });
});
