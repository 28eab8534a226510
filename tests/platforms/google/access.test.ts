import { describe, expect, it } from "vitest";
import { createGooglePlatform } from "../../../lib/platforms/google/index.ts";
import { type MutateReply, SECRETS, startGoogle } from "../../support/google-fake.ts";

const ACCOUNT = { platform: "google", accountId: "1234567890" };
const PAUSED = { campaign: { id: "21", status: "PAUSED" } };

function failure(category: string, code: string): MutateReply {
  return { failure: { errors: [{ error_code: { [category]: code }, message: "no" }], request_id: "r" } };
}

async function accessOf(rows: readonly object[], mutates: readonly MutateReply[]) {
  const google = await startGoogle({ rows: () => ({ json: [{ results: rows }] }), mutates });
  const { accessToken: _, ...credentials } = SECRETS;
  const platform = createGooglePlatform({
    ...credentials,
    standIn: { url: google.url, grpcPort: google.grpcPort },
    sleep: async () => {},
  });
  return { access: await platform.checkAccess(ACCOUNT), google };
}

describe("lib/platforms/google/access", () => {
  it("asks for the status that a campaign has, and only for a check of it", async () => {
    const { access, google } = await accessOf([PAUSED], [{ names: [] }]);
    expect(access).toMatchObject({ writing: "allowed" });
    expect(google.mutates).toMatchObject([
      {
        method: "google.ads.googleads.v25.services.CampaignService/MutateCampaigns",
        customerId: "1234567890",
        validateOnly: true,
        operations: [{ update: { resource_name: "customers/1234567890/campaigns/21", status: "PAUSED" } }],
      },
    ]);
  });

  it.each([
    ["authorization_error", "ACTION_NOT_PERMITTED", "refused"],
    ["authorization_error", "USER_PERMISSION_DENIED", "refused"],
    ["authorization_error", "DEVELOPER_TOKEN_NOT_APPROVED", "unknown"],
    ["campaign_error", "CANNOT_MODIFY_FOR_TRIAL_CAMPAIGN", "unknown"],
    ["internal_error", "INTERNAL_ERROR", "unknown"],
  ] as const)("takes %s.%s for %s, and says so", async (category, code, writing) => {
    const { access } = await accessOf([PAUSED], [failure(category, code)]);
    expect(access.writing).toBe(writing);
    expect(access.detail).toContain(`${category}.${code}`);
  });

  it("does not know of an account without campaigns, and asks for nothing", async () => {
    const { access, google } = await accessOf([], []);
    expect(access).toMatchObject({ writing: "unknown" });
    expect(google.mutates).toEqual([]);
  });
});
