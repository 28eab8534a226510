import { describe, expect, it } from "vitest";
import { metaCredentials } from "../../../lib/platforms/meta/credentials.ts";
import { metaModule } from "../../../lib/platforms/meta/index.ts";
import { byPath, QUIET_ACCOUNT, startGraph, TOKEN } from "../../support/graph-fake.ts";

const EFFECTS = { sleep: async () => {} };
const AD_SET = { platform: "meta", accountId: "1001", level: "adGroup", id: "3001" } as const;

async function aGraph() {
  return await startGraph(
    byPath({
      ...QUIET_ACCOUNT,
      3001: {
        id: "3001",
        account_id: "1001",
        status: "ACTIVE",
        effective_status: "ACTIVE",
        daily_budget: "4200",
      },
    }),
  );
}

describe("lib/platforms/meta/credentials", () => {
  it.each([[{}], [{ PALIER_META_TOKEN: "" }], [{ PALIER_META_TOKEN: "  " }]])(
    "names the variable that is missing in %j",
    (env) => {
      expect(() => metaModule.fromEnvironment(env, EFFECTS)).toThrow(
        expect.objectContaining({
          name: "CredentialsError",
          code: "credentials.missing",
          message:
            "no Meta access token: set PALIER_META_TOKEN to a system user's token that may read the account",
        }),
      );
    },
  );

  it("takes an empty variable as one that is not set", () => {
    const env = {
      PALIER_META_TOKEN: " EAA ",
      PALIER_META_APP_SECRET: "",
      PALIER_META_VERSION: "",
      PALIER_META_URL: "",
    };
    expect(metaCredentials(env)).toEqual({ token: "EAA" });
  });

  it("speaks to the address, in the version and with the proof that the environment asks for", async () => {
    const graph = await aGraph();
    const platform = metaModule.fromEnvironment(
      {
        PALIER_META_TOKEN: TOKEN,
        PALIER_META_APP_SECRET: "app-secret",
        PALIER_META_VERSION: "v26.0",
        PALIER_META_URL: graph.url,
      },
      EFFECTS,
    );
    await platform.readHolder(AD_SET);
    // HMAC-SHA256 of the token with the secret, by openssl.
    const proof = "84cde784ba0a13d6739e2e8c534ae2c32c59e4334ac239f773c95d12f6a22b8c";
    expect(graph.requests.map(({ version, query }) => [version, query.appsecret_proof])).toEqual([
      ["v26.0", proof],
      ["v26.0", proof],
    ]);
  });

  it("carries the token to no address in the clear but this machine's", () => {
    const env = { PALIER_META_TOKEN: TOKEN, PALIER_META_URL: "http://graph.facebook.com" };
    expect(() => metaModule.fromEnvironment(env, EFFECTS)).toThrow("must be https, or http on this machine");
  });

  it("speaks to a sandbox with the sandbox's token alone", async () => {
    const graph = await aGraph();
    const platform = metaModule.fromSandbox({ url: graph.url, grpcPort: 1, token: TOKEN }, EFFECTS);
    expect(await platform.readHolder(AD_SET)).toMatchObject({ dailyBudgetMicros: 42_000_000n });
    expect(graph.requests.map(({ query }) => query.access_token)).toEqual([TOKEN, TOKEN]);
  });
});
