import { describe, expect, it } from "vitest";
import { clientConfig, replaceSeams } from "../../../lib/platforms/google/customer.ts";
import { createTokenSource } from "../../../lib/platforms/google/tokens.ts";

describe("lib/platforms/google/customer", () => {
  it.each(["getCredentials", "getAccessToken", "prepareGoogleAdsServicePostRequestArgs"])(
    "refuses an SDK that has lost %s",
    (gone) => {
      const sdk: Record<string, unknown> = {
        getCredentials: () => null,
        getAccessToken: () => null,
        prepareGoogleAdsServicePostRequestArgs: () => null,
      };
      delete sdk[gone];
      const tokens = createTokenSource({
        url: "",
        clientId: "",
        clientSecret: "",
        refreshToken: "",
        timeoutMs: 1,
      });
      expect(() => replaceSeams(sdk, null, tokens)).toThrow(`google-ads-api has no ${gone} any more`);
    },
  );

  it("names a deadline and no retry for both services that it writes with", () => {
    expect(Object.keys((clientConfig(1_234) as { interfaces: object }).interfaces)).toEqual([
      "google.ads.googleads.v25.services.CampaignBudgetService",
      "google.ads.googleads.v25.services.CampaignService",
    ]);
    expect(JSON.stringify(clientConfig(1_234))).toContain('"timeout_millis":1234');
  });
});
