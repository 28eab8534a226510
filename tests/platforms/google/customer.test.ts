import { describe, expect, it } from "vitest";
import { clientConfig, createCustomer, replaceSeams } from "../../../lib/platforms/google/customer.ts";
import { createTokenSource } from "../../../lib/platforms/google/tokens.ts";
import { onWire } from "../../../lib/platforms/google/transport.ts";
import { SECRETS } from "../../support/google-fake.ts";

const TOKENS = createTokenSource({ ...SECRETS, url: "http://127.0.0.1:9/token", timeoutMs: 1 });

interface Prepared {
  prepareGoogleAdsServicePostRequestArgs(name: string, token: string, extra: object): Record<string, unknown>;
  getAccessToken(): Promise<string>;
}

interface Secured {
  _createSecureConnector(
    target: object,
    options: object,
  ): { getCallCredentials(): { generateMetadata(options: object): Promise<unknown> } };
}

describe("lib/platforms/google/customer", () => {
  it("asks Google itself, encrypted, where nothing stands in for it", async () => {
    const customer = createCustomer("2000000002", {
      ...SECRETS,
      standIn: null,
      tokens: TOKENS,
      timeoutMs: 5_000,
    });
    const seams = customer as unknown as Prepared;
    const outcome = await onWire(5_000, "ya29.call", async () => {
      const token = await seams.getAccessToken();
      return seams.prepareGoogleAdsServicePostRequestArgs("searchStream", token, { responseType: "stream" });
    });
    expect(outcome).toMatchObject({
      kind: "returned",
      value: {
        url: "https://googleads.googleapis.com/v25/customers/2000000002/googleAds:searchStream",
        headers: { Authorization: "Bearer ya29.call", "developer-token": "devTok/en+1" },
        responseType: "arraybuffer",
        maxRedirects: 0,
      },
    });
    const credentials = (
      customer as unknown as { getCredentials(): { _isSecure(): boolean } }
    ).getCredentials();
    expect(credentials._isSecure()).toBe(true);
  });

  it("ends a call without an access token as one that was not let in: nothing was sent", async () => {
    const customer = createCustomer("2000000002", {
      ...SECRETS,
      standIn: null,
      tokens: TOKENS,
      timeoutMs: 5_000,
    });
    const { getCredentials } = customer as unknown as { getCredentials(): Secured };
    const perCall = getCredentials()
      ._createSecureConnector({ scheme: "dns", path: "127.0.0.1:9" }, {})
      .getCallCredentials();
    const asked = perCall.generateMetadata({
      method_name: "MutateCampaignBudgets",
      service_url: "https://x",
    });
    await expect(asked).rejects.toMatchObject({ message: "no access token", code: 16 });
  });

  it("lets the SDK ask for nothing outside of a call with a deadline", async () => {
    const customer = createCustomer("2000000002", {
      ...SECRETS,
      standIn: null,
      tokens: TOKENS,
      timeoutMs: 5_000,
    });
    await expect(customer.query("SELECT customer.id FROM customer")).rejects.toThrow("outside of a call");
  });

  it.each(["getCredentials", "getAccessToken", "prepareGoogleAdsServicePostRequestArgs"])(
    "refuses an SDK that has lost %s",
    (gone) => {
      const sdk: Record<string, unknown> = {
        getCredentials: () => null,
        getAccessToken: () => null,
        prepareGoogleAdsServicePostRequestArgs: () => null,
      };
      delete sdk[gone];
      expect(() => replaceSeams(sdk, null, TOKENS)).toThrow(`google-ads-api has no ${gone} any more`);
    },
  );

  it("names a deadline and no retry for every service that it calls over gRPC", () => {
    expect(Object.keys((clientConfig(1_234) as { interfaces: object }).interfaces)).toEqual([
      "google.ads.googleads.v25.services.CampaignBudgetService",
      "google.ads.googleads.v25.services.CampaignService",
      "google.ads.googleads.v25.services.CustomerService",
    ]);
    expect(JSON.stringify(clientConfig(1_234))).toContain('"timeout_millis":1234');
  });
});
