import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { createGoogleApi } from "../../../lib/platforms/google/api.ts";
import { ask, send } from "../../../lib/platforms/google/write.ts";
import {
  grpcFailure,
  type MutateReply,
  optionsFor,
  type Script,
  SECRETS,
  startGoogle,
} from "../../support/google-fake.ts";
import { patienceMs } from "../../support/patience.ts";

const ACCOUNT = "2000000002";
const BUDGET = "customers/2000000002/campaignBudgets/7001";
const CAMPAIGN_NAME = "customers/2000000002/campaigns/5001";
const MUTATION = { resource: "campaignBudget", name: BUDGET, amountMicros: 42_000_000 } as const;

async function anApi(script: Script, timeoutMs?: number) {
  const google = await startGoogle(script);
  return { google, api: createGoogleApi(optionsFor(google, timeoutMs)) };
}

async function written(reply: MutateReply) {
  const { google, api } = await anApi({ mutates: [reply] }, patienceMs(reply));
  return { google, outcome: await send(api, ACCOUNT, MUTATION) };
}

describe("lib/platforms/google/write over the wire", () => {
  it("sends a budget as one operation of one field, all or nothing", async () => {
    const { google, outcome } = await written({ names: [BUDGET] });
    expect(outcome).toEqual({ kind: "applied" });
    expect(google.mutates).toMatchObject([
      {
        method: "google.ads.googleads.v25.services.CampaignBudgetService/MutateCampaignBudgets",
        customerId: ACCOUNT,
        operations: [
          {
            update: { resource_name: BUDGET, amount_micros: "42000000" },
            update_mask: { paths: ["resource_name", "amount_micros"] },
          },
        ],
        validateOnly: false,
        partialFailure: false,
        metadata: { "developer-token": "devTok/en+1" },
      },
    ]);
    expect(google.rest).toEqual([]);
  });

  it.each([
    ["PAUSED", "PAUSED"],
    ["ENABLED", "ENABLED"],
  ] as const)("sends the status %s as one operation of one field", async (status, sent) => {
    const { google, api } = await anApi({ mutates: [{ names: [CAMPAIGN_NAME] }] });
    expect(await send(api, ACCOUNT, { resource: "campaign", name: CAMPAIGN_NAME, status })).toEqual({
      kind: "applied",
    });
    expect(google.mutates).toMatchObject([
      {
        method: "google.ads.googleads.v25.services.CampaignService/MutateCampaigns",
        operations: [
          {
            update: { resource_name: CAMPAIGN_NAME, status: sent },
            update_mask: { paths: ["resource_name", "status"] },
          },
        ],
      },
    ]);
  });

  it.each<[string, MutateReply, string]>([
    [
      "a budget below the minimum",
      grpcFailure({ campaign_budget_error: "MONEY_AMOUNT_LESS_THAN_CURRENCY_MINIMUM_CPC" }),
      "campaign_budget_error.MONEY_AMOUNT_LESS_THAN_CURRENCY_MINIMUM_CPC",
    ],
    ["a used-up day", grpcFailure({ quota_error: "RESOURCE_EXHAUSTED" }), "quota_error.RESOURCE_EXHAUSTED"],
    [
      "too much at once",
      grpcFailure({ quota_error: "RESOURCE_TEMPORARILY_EXHAUSTED" }),
      "quota_error.RESOURCE_TEMPORARILY_EXHAUSTED",
    ],
    [
      "a missing permission",
      grpcFailure({ authorization_error: "USER_PERMISSION_DENIED" }),
      "authorization_error.USER_PERMISSION_DENIED",
    ],
    ["a gone budget", grpcFailure({ mutate_error: "RESOURCE_NOT_FOUND" }), "mutate_error.RESOURCE_NOT_FOUND"],
    ["a dead token", { code: 16, details: "scripted" }, "UNAUTHENTICATED"],
    ["a bare refusal", { code: 3, details: "scripted" }, "INVALID_ARGUMENT"],
  ])("calls %s refused, because Google says so, and does not try again", async (_, reply, code) => {
    const { google, outcome } = await written(reply);
    expect(outcome).toEqual({ kind: "refused", code, detail: "scripted" });
    expect(google.mutates).toHaveLength(1);
  });

  it.each<[string, MutateReply, string]>([
    ["silence", "silence", "DEADLINE_EXCEEDED"],
    ["an unavailable service", { code: 14, details: "x" }, "UNAVAILABLE"],
    ["an internal error", { code: 13, details: "x" }, "INTERNAL"],
    ["an aborted call", { code: 10, details: "x" }, "ABORTED"],
    ["a cancelled call", { code: 1, details: "x" }, "CANCELLED"],
    ["a yes without a message", { code: 12, details: "No message received" }, "UNIMPLEMENTED"],
    [
      "a call that Google gave up for want of time",
      grpcFailure({ request_error: "RPC_DEADLINE_TOO_SHORT" }),
      "request_error.RPC_DEADLINE_TOO_SHORT",
    ],
    [
      "a clear error beside one without a code",
      {
        failure: {
          errors: [{ error_code: { range_error: "TOO_LOW" }, message: "x" }, { message: "of tomorrow" }],
        },
      },
      "range_error.TOO_LOW",
    ],
    ["too much without Google's own word", { code: 8, details: "x" }, "RESOURCE_EXHAUSTED"],
    [
      "Google's own internal error",
      grpcFailure({ internal_error: "INTERNAL_ERROR" }),
      "internal_error.INTERNAL_ERROR",
    ],
    [
      "another change at the same time",
      grpcFailure({ database_error: "CONCURRENT_MODIFICATION" }),
      "database_error.CONCURRENT_MODIFICATION",
    ],
    ["a failure without errors", { failure: {}, code: 13 }, "malformed"],
    [
      "a doubtful error beside a clear one",
      {
        failure: {
          errors: [
            { error_code: { range_error: "TOO_LOW" }, message: "x" },
            { error_code: { internal_error: "TRANSIENT_ERROR" }, message: "x" },
          ],
        },
      },
      "internal_error.TRANSIENT_ERROR",
    ],
    [
      "a trailer that cannot be read",
      {
        code: 3,
        details: "x",
        metadata: { "google.ads.googleads.v25.errors.googleadsfailure-bin": Buffer.from([255, 255]) },
      },
      "malformed",
    ],
    ["an answer without the change", { names: [] }, "noResult"],
    ["an answer for something else", { names: ["customers/2000000002/campaignBudgets/7002"] }, "noResult"],
  ])("calls the outcome after %s unknown, and does not try again", async (_, reply, code) => {
    const { google, outcome } = await written(reply);
    expect(outcome).toMatchObject({ kind: "unknown", code });
    expect(google.mutates).toHaveLength(1);
  });

  it.each([14, 13, 4, 8])("does not try a pause again after gRPC status %d", async (code) => {
    const { google, api } = await anApi({ mutates: [{ code, details: "x" }] });
    const pause = { resource: "campaign", name: CAMPAIGN_NAME, status: "PAUSED" } as const;
    expect(await send(api, ACCOUNT, pause)).toMatchObject({ kind: "unknown" });
    expect(google.mutates).toHaveLength(1);
  });

  it("waits for a silent service as long as it was told and no longer", async () => {
    const { api } = await anApi({ mutates: ["silence"] }, 400);
    const start = performance.now();
    await send(api, ACCOUNT, MUTATION);
    const tookMs = performance.now() - start;
    expect(tookMs).toBeGreaterThan(350);
    // Far below the SDK's own limit of minutes; a busy machine takes its time.
    expect(tookMs).toBeLessThan(8_000);
  });

  it("calls a refused connection refused: nothing was sent", async () => {
    const google = await startGoogle({});
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const api = createGoogleApi(optionsFor({ url: google.url, grpcPort: port }));
    expect(await send(api, ACCOUNT, MUTATION)).toMatchObject({ kind: "refused", code: "unavailable" });
  });

  it("calls a change refused for which there is no access token", async () => {
    const { google, api } = await anApi({ tokens: [{ status: 400, json: { error: "invalid_grant" } }] });
    expect(await send(api, ACCOUNT, MUTATION)).toMatchObject({ kind: "refused", code: "invalid_grant" });
    expect(google.mutates).toEqual([]);
  });

  it("quotes Google's message without any secret, and keeps the id of the request", async () => {
    const { developerToken, refreshToken, accessToken } = SECRETS;
    const message = `too low (${developerToken} ${refreshToken} ${accessToken})`;
    const reply = grpcFailure({ range_error: "TOO_LOW" }, { message });
    const { api } = await anApi({ mutates: [reply] });
    const answer = await api.mutate(ACCOUNT, MUTATION, false);
    expect(answer).toMatchObject({
      failure: { text: "too low ([redacted] [redacted] [redacted])", traceId: "Request1" },
    });
    expect(inspect(answer, { depth: 9 })).not.toContain(accessToken);
  });

  it.each<[string, MutateReply, object]>([
    ["passed when Google finds nothing wrong", { names: [] }, { kind: "passed" }],
    [
      "refused when Google would refuse",
      grpcFailure({ range_error: "TOO_LOW" }),
      { kind: "refused", code: "range_error.TOO_LOW", detail: "scripted" },
    ],
    ["not offered when nothing clear comes back", { code: 14, details: "x" }, { kind: "notOffered" }],
    ["not offered when nothing comes back", "silence", { kind: "notOffered" }],
  ])("calls a question %s", async (_, reply, outcome) => {
    const { google, api } = await anApi({ mutates: [reply] }, patienceMs(reply));
    expect(await ask(api, ACCOUNT, MUTATION)).toEqual(outcome);
    expect(google.mutates).toMatchObject([{ validateOnly: true, partialFailure: false }]);
  });
});
