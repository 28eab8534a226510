import { describe, expect, it } from "vitest";
import type { PlatformErrorKind } from "../../../lib/platforms/errors.ts";
import type { GoogleApi } from "../../../lib/platforms/google/api.ts";
import { failureOf, type GoogleFailure } from "../../../lib/platforms/google/errors.ts";
import { createReadSession } from "../../../lib/platforms/google/session.ts";

const PASSES = "quota_error.RESOURCE_TEMPORARILY_EXHAUSTED";

function aFailure(kind: PlatformErrorKind, code: string | null = null, retryAfterMs: number | null = null) {
  return { ...failureOf(kind, "scripted", code), retryAfterMs };
}

/** A session that fails in turn and then answers with one row. */
function aSession(...failures: GoogleFailure[]) {
  const waits: number[] = [];
  const left = [...failures];
  const api: Pick<GoogleApi, "query"> = {
    async query() {
      const failure = left.shift();
      return failure === undefined ? { kind: "answer", value: [{ row: 1 }] } : { kind: "failure", failure };
    },
  };
  const sleep = async (ms: number) => {
    waits.push(ms);
  };
  return { waits, session: createReadSession({ api, accountId: "2000000002", sleep }) };
}

describe("lib/platforms/google/session", () => {
  it("answers after two failures that may pass, and counts all three queries", async () => {
    const { session, waits } = aSession(aFailure("unavailable", "HTTP 502"), aFailure("throttled", PASSES));
    expect(await session.query("SELECT")).toEqual([{ row: 1 }]);
    expect(waits).toEqual([1_000, 4_000]);
    expect(session.requests()).toBe(3);
  });

  it("gives up after the third failure", async () => {
    const down = aFailure("unavailable", "UNAVAILABLE");
    const { session } = aSession(down, down, down);
    await expect(session.query("SELECT")).rejects.toMatchObject({ details: { kind: "unavailable" } });
    expect(session.requests()).toBe(3);
  });

  it.each<[string, GoogleFailure]>([
    ["as long as Google says", aFailure("throttled", PASSES, 9_000)],
    [
      "for a day's quota, where Google says so",
      aFailure("throttled", "quota_error.RESOURCE_EXHAUSTED", 9_000),
    ],
  ])("waits %s", async (_, failure) => {
    const { session, waits } = aSession(failure);
    await session.query("SELECT");
    expect(waits).toEqual([9_000]);
  });

  it.each<[string, GoogleFailure]>([
    ["a bad query", aFailure("invalid", "query_error.UNRECOGNIZED_FIELD")],
    ["a dead token", aFailure("auth", "authentication_error.OAUTH_TOKEN_EXPIRED")],
    ["what is not there", aFailure("notFound")],
    ["an unreadable answer", aFailure("malformed", "HTTP 302")],
    ["a used-up day", aFailure("throttled", "quota_error.RESOURCE_EXHAUSTED")],
    ["a wait of minutes", aFailure("throttled", PASSES, 31_000)],
  ])("does not ask again after %s", async (_, failure) => {
    const { session, waits } = aSession(failure);
    await expect(session.query("SELECT")).rejects.toThrow("scripted");
    expect(waits).toEqual([]);
    expect(session.requests()).toBe(1);
  });
});
