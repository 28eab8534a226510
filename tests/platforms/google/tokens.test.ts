import { describe, expect, it } from "vitest";
import type { PlatformErrorKind } from "../../../lib/platforms/errors.ts";
import { createGoogleApi } from "../../../lib/platforms/google/api.ts";
import { createTokenSource } from "../../../lib/platforms/google/tokens.ts";
import { optionsFor, type Reply, SECRETS, startGoogle } from "../../support/google-fake.ts";
import { patienceMs } from "../../support/patience.ts";

describe("lib/platforms/google/tokens", () => {
  it.each<[string, Reply, PlatformErrorKind, string]>([
    [
      "a revoked refresh token",
      { status: 400, json: { error: "invalid_grant", error_description: "Token has been revoked." } },
      "auth",
      "invalid_grant",
    ],
    ["a wrong client", { status: 401, json: { error: "invalid_client" } }, "auth", "invalid_client"],
    [
      "a broken token service",
      { status: 500, json: { error: "internal_failure" } },
      "unavailable",
      "HTTP 500",
    ],
    [
      "a token service that is throttled",
      { status: 429, json: { error: "rate_limited" } },
      "throttled",
      "rate_limited",
    ],
    ["a gateway's page instead of a token", { status: 502, text: "<html>" }, "unavailable", "HTTP 502"],
    ["no token in the answer", { json: { expires_in: 3_599 } }, "unavailable", "HTTP 200"],
    ["a silent token service", "silence", "unavailable", "ETIMEDOUT"],
  ])("reports %s without asking anything else", async (_, reply, kind, code) => {
    const google = await startGoogle({ tokens: [reply] });
    const api = createGoogleApi(optionsFor(google, patienceMs(reply)));
    expect(await api.query("2000000002", "SELECT customer.id FROM customer")).toMatchObject({
      kind: "failure",
      failure: { kind, code, neverSent: true },
    });
    expect(google.rest).toEqual([]);
  });

  it("tries again to get a token after a failure", async () => {
    const google = await startGoogle({
      tokens: ["reset", { json: { access_token: "second", expires_in: 60 } }],
    });
    const { clientId, clientSecret, refreshToken } = SECRETS;
    const url = `${google.url}/token`;
    const tokens = createTokenSource({
      url,
      clientId,
      clientSecret,
      refreshToken,
      timeoutMs: patienceMs(null),
    });
    expect((await tokens.get()).kind).toBe("failure");
    expect(await tokens.get()).toEqual({ kind: "token", token: "second" });
    expect(tokens.issued()).toEqual(["second"]);
  });

  it("gives a token back before it ends", async () => {
    const brief = { json: { access_token: "brief", expires_in: 0.1 } };
    const next = { json: { access_token: "next", expires_in: 3_599 } };
    const google = await startGoogle({ tokens: [brief, next] });
    const { clientId, clientSecret, refreshToken } = SECRETS;
    const url = `${google.url}/token`;
    const tokens = createTokenSource({
      url,
      clientId,
      clientSecret,
      refreshToken,
      timeoutMs: patienceMs(null),
    });
    expect(await tokens.get()).toEqual({ kind: "token", token: "brief" });
    await expect
      .poll(async () => await tokens.get(), { interval: 20, timeout: 30_000 })
      .toEqual({ kind: "token", token: "next" });
    expect(tokens.issued()).toEqual(["brief", "next"]);
  });
});
