import { describe, expect, it } from "vitest";
import { createMetaPlatform } from "../../../lib/platforms/meta/index.ts";
import { byPath, graphError, type Reply, startGraph, TOKEN } from "../../support/graph-fake.ts";

const ACCOUNT = { platform: "meta", accountId: "1001" };
const READING = { data: [{ permission: "ads_read", status: "granted" }] };
/** 1 March 2027, 00:00 UTC, and a month later. */
const MARCH_S = 1_803_859_200;
const APRIL_S = 1_806_537_600;

async function accessOf(permissions: object, debug: Reply) {
  const graph = await startGraph((request, index) => {
    if (request.path === "debug_token") {
      expect(request.query.input_token).toBe(TOKEN);
      return debug;
    }
    return byPath({ "me/permissions": permissions })(request, index);
  });
  const platform = createMetaPlatform({ token: TOKEN, baseUrl: graph.url, sleep: async () => {} });
  return await platform.checkAccess(ACCOUNT);
}

describe("lib/platforms/meta/access", () => {
  it("takes a permission that was declined or has expired for none", async () => {
    const data = [
      { permission: "ads_management", status: "declined" },
      { permission: "ads_read", status: "granted" },
    ];
    const access = await accessOf({ data }, { json: { data: { expires_at: 0 } } });
    expect(access).toMatchObject({ writing: "refused", detail: "granted: ads_read", endsAtMs: null });
    expect(await accessOf({ data: [] }, { json: { data: {} } })).toMatchObject({
      writing: "refused",
      detail: "no permission is granted",
    });
  });

  it.each([
    ["the token's own end", { expires_at: MARCH_S, data_access_expires_at: 0 }, MARCH_S],
    ["the end of its access to data", { expires_at: 0, data_access_expires_at: APRIL_S }, APRIL_S],
    ["the earlier of both", { expires_at: APRIL_S, data_access_expires_at: MARCH_S }, MARCH_S],
  ])("tells %s", async (_, data, seconds) => {
    expect(await accessOf(READING, { json: { data } })).toMatchObject({ endsAtMs: seconds * 1000 });
  });

  it("says nothing of the end where Meta does not tell it of this token", async () => {
    const refusal = graphError(400, 100);
    expect(await accessOf(READING, refusal)).toMatchObject({
      writing: "refused",
      endsAtMs: null,
    });
  });

  it("names places, and no secret, where the list of permissions is not as documented", async () => {
    await expect(accessOf({ data: [{ permission: TOKEN }] }, { json: { data: {} } })).rejects.toThrow(
      /^(?!.*EAAsecret).*data\.0\.status/,
    );
  });
});
