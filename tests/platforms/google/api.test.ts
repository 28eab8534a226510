import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { PlatformErrorKind } from "../../../lib/platforms/errors.ts";
import { createGoogleApi } from "../../../lib/platforms/google/api.ts";
import { platformError } from "../../../lib/platforms/google/errors.ts";
import {
  optionsFor,
  type Reply,
  restFailure,
  rowsOf,
  type Script,
  SECRETS,
  startGoogle,
} from "../../support/google-fake.ts";
import { patienceMs } from "../../support/patience.ts";

const ACCOUNT = "2000000002";
const GAQL = "SELECT customer.id FROM customer";

async function anApi(script: Script, timeoutMs?: number) {
  const google = await startGoogle(script);
  return { google, api: createGoogleApi(optionsFor(google, timeoutMs)) };
}

async function queried(reply: Reply, timeoutMs?: number) {
  const { api } = await anApi({ rows: () => reply }, timeoutMs);
  return await api.query(ACCOUNT, GAQL);
}

describe("lib/platforms/google/api", () => {
  it("asks one stream of rows with all credentials, and keeps ids as texts", async () => {
    const { google, api } = await anApi({ rows: () => rowsOf({ campaign: { id: "9007199254740993" } }) });
    expect(await api.query(ACCOUNT, GAQL)).toEqual({
      kind: "answer",
      value: [{ campaign: { id: "9007199254740993" } }],
    });
    expect(google.rest).toMatchObject([
      {
        path: "/v25/customers/2000000002/googleAds:searchStream",
        gaql: GAQL,
        headers: { authorization: "Bearer ya29.access_Token-4", "developer-token": "devTok/en+1" },
      },
    ]);
    expect(google.rest[0]?.headers["login-customer-id"]).toBeUndefined();
    expect(google.tokens).toEqual([
      {
        grant_type: "refresh_token",
        client_id: "client-1",
        client_secret: "client Secret?2",
        refresh_token: "1//refresh&Token3",
      },
    ]);
  });

  it("goes through the manager account where there is one, whatever its dashes", async () => {
    const google = await startGoogle({ rows: () => rowsOf() });
    const api = createGoogleApi({ ...optionsFor(google), loginCustomerId: "100-000-0001" });
    expect(await api.query(ACCOUNT, GAQL)).toEqual({ kind: "answer", value: [] });
    expect(google.rest[0]?.headers["login-customer-id"]).toBe("1000000001");
  });

  it("takes several batches of one answer as one list", async () => {
    const reply = { json: [{ results: [{ a: "1" }] }, { results: [{ a: "2" }] }] };
    expect(await queried(reply)).toEqual({ kind: "answer", value: [{ a: "1" }, { a: "2" }] });
  });

  it("shares one access token between calls and asks for another after Google refused it", async () => {
    const replies = [
      rowsOf(),
      rowsOf(),
      restFailure(401, { authenticationError: "OAUTH_TOKEN_EXPIRED" }),
      rowsOf(),
    ];
    const { google, api } = await anApi({ rows: (_, index) => replies[index] ?? "reset" });
    const kinds: string[] = [];
    for (const _ of replies) kinds.push((await api.query(ACCOUNT, GAQL)).kind);
    expect(kinds).toEqual(["answer", "answer", "failure", "answer"]);
    expect(google.tokens).toHaveLength(2);
  });

  it.each<[string, Reply, PlatformErrorKind, string]>([
    [
      "a used-up day",
      restFailure(429, { quotaError: "RESOURCE_EXHAUSTED" }),
      "throttled",
      "quota_error.RESOURCE_EXHAUSTED",
    ],
    [
      "a bad query",
      restFailure(400, { queryError: "UNRECOGNIZED_FIELD" }),
      "invalid",
      "query_error.UNRECOGNIZED_FIELD",
    ],
    [
      "a missing permission",
      restFailure(403, { authorizationError: "USER_PERMISSION_DENIED" }),
      "auth",
      "authorization_error.USER_PERMISSION_DENIED",
    ],
    [
      "a bare 401",
      {
        status: 401,
        json: [
          { error: { code: 401, message: "no", status: "UNAUTHENTICATED", details: [{ reason: "X" }] } },
        ],
      },
      "auth",
      "UNAUTHENTICATED",
    ],
    [
      "a 401 without details",
      { status: 401, json: { error: { code: 401, message: "no" } } },
      "auth",
      "HTTP 401",
    ],
    ["a gateway's page", { status: 502, text: "<html>" }, "unavailable", "HTTP 502"],
    ["an empty 503", { status: 503, text: "" }, "unavailable", "HTTP 503"],
    ["a 200 that is not JSON", { text: "<html>" }, "unavailable", "HTTP 200"],
    ["a 200 that is no list", { json: { results: [] } }, "unavailable", "HTTP 200"],
    [
      "a redirect",
      { status: 302, text: "", headers: { location: "http://127.0.0.1:9/" } },
      "malformed",
      "HTTP 302",
    ],
    ["a bare 429", { status: 429, text: "slow down" }, "throttled", "HTTP 429"],
    ["a reset connection", "reset", "unavailable", "ECONNRESET"],
  ])("reports %s", async (_, reply, kind, code) => {
    expect(await queried(reply)).toMatchObject({ kind: "failure", failure: { kind, code } });
  });

  it("takes an answer that breaks off with an error for a failure, never for the rows before it", async () => {
    const error = { code: 13, message: "broke off", status: "INTERNAL" };
    expect(await queried({ json: [{ results: [{ a: "1" }] }, { error }] })).toMatchObject({
      kind: "failure",
      failure: { kind: "unavailable", code: "INTERNAL", text: "broke off" },
    });
  });

  it.each<Reply>(["silence", "trickle"])(
    "ends a query that never ends (%s) at its deadline",
    async (reply) => {
      expect(await queried(reply, 150)).toMatchObject({
        kind: "failure",
        failure: { kind: "unavailable", code: "ETIMEDOUT" },
      });
    },
  );

  it("says that nothing was sent where nobody listens", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const api = createGoogleApi(optionsFor({ url: `http://127.0.0.1:${port}`, grpcPort: port }));
    expect(await api.query(ACCOUNT, GAQL)).toMatchObject({
      kind: "failure",
      failure: { kind: "unavailable", code: "ECONNREFUSED", neverSent: true },
    });
  });

  it("gives away no secret, however Google quotes it", async () => {
    const { developerToken, clientSecret, refreshToken, accessToken } = SECRETS;
    const message = [
      developerToken,
      clientSecret,
      refreshToken,
      accessToken,
      encodeURIComponent(refreshToken),
    ].join(" ");
    const replies: [Script, number][] = [
      [
        { rows: () => restFailure(400, { queryError: "X" }, { message: `${message} Bearer other.token` }) },
        patienceMs(null),
      ],
      [{ rows: () => ({ status: 401, json: { error: { message } } }) }, patienceMs(null)],
      [{ rows: () => "reset" }, patienceMs(null)],
      [{ rows: () => "silence" }, 150],
      [
        {
          tokens: [
            {
              status: 400,
              json: { error: "invalid_grant", error_description: `${clientSecret} ${refreshToken}` },
            },
          ],
        },
        patienceMs(null),
      ],
    ];
    for (const [script, timeoutMs] of replies) {
      const { api } = await anApi(script, timeoutMs);
      const answer = await api.query(ACCOUNT, GAQL);
      if (answer.kind !== "failure") throw new Error("expected a failure");
      const error = platformError(answer.failure);
      const shown = [JSON.stringify(answer), JSON.stringify(error), inspect(error, { depth: 9 })].join(" ");
      for (const secret of [
        developerToken,
        clientSecret,
        refreshToken,
        accessToken,
        "other.token",
        "refresh%26",
      ]) {
        expect(shown).not.toContain(secret);
      }
    }
  });

  it.each([
    "https://googleads.googleapis.com",
    "http://192.0.2.7:80",
    "http://127.0.0.1.example.com",
    "nowhere",
  ])("takes no stand-in at %s", (url) => {
    expect(() => createGoogleApi(optionsFor({ url, grpcPort: 1 }))).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ kind: "invalid" }) }),
    );
  });

  it.each([0, Number.NaN, 65_536])("takes no stand-in without its gRPC port (%s)", (grpcPort) => {
    expect(() => createGoogleApi(optionsFor({ url: "http://127.0.0.1:1", grpcPort }))).toThrow(/gRPC/);
  });

  it("refuses an empty credential and an account that is no number", async () => {
    const options = optionsFor({ url: "http://127.0.0.1:1", grpcPort: 1 });
    expect(() => createGoogleApi({ ...options, refreshToken: "" })).toThrow(
      "no refreshToken is set for Google",
    );
    await expect(createGoogleApi(options).query("1'; DROP", GAQL)).rejects.toThrow(/digits only/);
  });
});
