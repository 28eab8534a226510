import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { PlatformErrorKind } from "../../../lib/platforms/errors.ts";
import { createMetaApi } from "../../../lib/platforms/meta/api.ts";
import { codeText, failureFrom, platformError, redact } from "../../../lib/platforms/meta/errors.ts";
import { graphError, inTurn, type Reply, startGraph, TOKEN } from "../../support/graph-fake.ts";
import { patienceMs } from "../../support/patience.ts";

const WIRE = { status: 400, headers: {}, networkCode: null };

describe("lib/platforms/meta/errors", () => {
  it.each<[number, number | null, number, boolean, PlatformErrorKind]>([
    [4, 1_504_022, 400, false, "throttled"],
    [17, 2_446_079, 400, false, "throttled"],
    [32, null, 400, false, "throttled"],
    [613, 1_487_632, 400, false, "throttled"],
    [80_000, null, 400, false, "throttled"],
    [80_004, null, 400, true, "throttled"],
    [80_014, null, 400, false, "throttled"],
    [80_015, null, 400, false, "invalid"],
    [190, 460, 401, false, "auth"],
    [102, null, 400, false, "auth"],
    [10, null, 403, false, "auth"],
    [200, null, 403, false, "auth"],
    [294, null, 403, false, "auth"],
    [1, null, 500, false, "unavailable"],
    [2, null, 503, true, "unavailable"],
    [-3, null, 400, false, "unavailable"],
    [368, null, 400, true, "unavailable"],
    [100, null, 503, false, "unavailable"],
    [100, 33, 400, false, "notFound"],
    [803, null, 404, false, "notFound"],
    [100, 1_885_272, 400, false, "invalid"],
    [100, 1_487_534, 400, false, "invalid"],
    [999_999, null, 400, false, "invalid"],
  ])("takes code %i/%s with HTTP %i (transient: %s) as %s", (code, subcode, status, isTransient, kind) => {
    const error = { code, error_subcode: subcode, is_transient: isTransient, message: "x" };
    expect(failureFrom(error, { ...WIRE, status }, []).kind).toBe(kind);
  });

  it("carries Meta's own codes and trace id from its recorded answer to an expired token", () => {
    const recorded = JSON.parse(readFileSync("tests/fixtures/meta/error_oauth_190_460.json", "utf8"));
    const failure = failureFrom(recorded.error, { ...WIRE, status: 401 }, []);
    expect(platformError(failure)).toMatchObject({
      message: "A message (190/460)",
      details: {
        platform: "meta",
        kind: "auth",
        code: 190,
        subcode: 460,
        traceId: "EJplcsCHuLu",
        retryAfterMs: null,
      },
    });
  });

  it.each<[string, number, Record<string, string>, number | null]>([
    [
      "Retry-After before all else",
      17,
      { "retry-after": "7", "x-ad-account-usage": '{"reset_time_duration":300}' },
      7_000,
    ],
    [
      "the usage header of a throttled call",
      17,
      { "x-ad-account-usage": '{"reset_time_duration":300}' },
      300_000,
    ],
    [
      "nothing in the usage header of another failure",
      2,
      { "x-ad-account-usage": '{"reset_time_duration":300}' },
      null,
    ],
    ["nothing without headers", 17, {}, null],
  ])("takes the wait from %s", (_, code, headers, waitMs) => {
    expect(failureFrom({ code }, { ...WIRE, headers }, []).retryAfterMs).toBe(waitMs);
    const unreadable = failureFrom(null, { ...WIRE, status: code === 17 ? 429 : 503, headers }, []);
    expect(unreadable.retryAfterMs).toBe(waitMs);
  });

  it("prefers the message written for people, and has one where Meta gives none", () => {
    expect(failureFrom({ code: 100, message: "Invalid parameter" }, WIRE, []).text).toBe("Invalid parameter");
    expect(failureFrom({ code: 100, message: "" }, WIRE, []).text).toBe("Meta gave no message");
  });

  it("names code and subcode, or the kind where there is no code", () => {
    expect(codeText(failureFrom({ code: 613, error_subcode: 1_487_632 }, WIRE, []))).toBe("613/1487632");
    expect(codeText(failureFrom({ code: 190 }, WIRE, []))).toBe("190");
    expect(codeText(failureFrom(null, { ...WIRE, status: null }, []))).toBe("unavailable");
  });

  it.each([
    [
      "see https://graph.facebook.com/v25.0/1?access_token=abc&x=1",
      "see https://graph.facebook.com/v25.0/1?access_token=[redacted]&x=1",
    ],
    ["token EAA/+1 is dead", "token [redacted] is dead"],
    ["token EAA%2F%2B1 is dead", "token [redacted] is dead"],
    ["appsecret_proof=00ff", "appsecret_proof=[redacted]"],
    ["nothing secret", "nothing secret"],
  ])("redacts %s", (text, redacted) => {
    expect(redact(text, ["EAA/+1"])).toBe(redacted);
  });

  it.each<[string, Reply]>([
    [
      "a Graph error that quotes the token",
      graphError(400, 190, { message: `bad token ${TOKEN}`, fbtrace_id: TOKEN }),
    ],
    [
      "an error that quotes the address",
      graphError(400, 100, { error_user_msg: `/?access_token=${encodeURIComponent(TOKEN)}` }),
    ],
    ["a reset connection", "reset"],
    ["a silent server", "silence"],
    ["an HTML page", { status: 502, text: `<html>${TOKEN}</html>` }],
  ])("shows no secret in message, JSON or inspection after %s", async (_, reply) => {
    const graph = await startGraph(inTurn(reply));
    const api = createMetaApi({
      token: TOKEN,
      appSecret: "app-secret",
      baseUrl: graph.url,
      timeoutMs: patienceMs(reply),
    });
    const answer = await api.get(["act_1001"], {});
    if (answer.kind !== "failure") throw new Error("expected a failure");
    const error = platformError(answer.failure);
    const views = [
      error.message,
      error.stack,
      JSON.stringify(error),
      inspect(error, { depth: 9, showHidden: true }),
    ];
    for (const view of [
      ...views,
      inspect(answer, { depth: 9 }),
      inspect(api, { depth: 9, showHidden: true }),
    ]) {
      expect(view).not.toContain("secretToken");
      expect(view).not.toContain("app-secret");
    }
    expect(error.cause).toBeUndefined();
  });
});
