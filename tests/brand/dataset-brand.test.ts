import { describe, expect, it } from "vitest";
import { parseBrand } from "../../lib/brand/parse.ts";

const FILE = "my-shop/brand.json";
const BRAND = {
  id: "my-shop",
  name: "My shop",
  currency: "EUR",
  zone: "Europe/Paris",
  accounts: [
    { platform: "tv", id: "national spots" },
    { platform: "meta", id: "act_1", attribution: "as exported" },
  ],
};

function parsed(brand: object, accounts: "live" | "dataset") {
  return parseBrand(JSON.stringify(brand), FILE, { accounts });
}

describe("lib/brand for a dataset", () => {
  it("takes any platform and any id, without conversions, under any file name", () => {
    const result = parsed(BRAND, "dataset");
    expect(result).toMatchObject({
      ok: true,
      brand: {
        id: "my-shop",
        accounts: [
          { platform: "tv", accountId: "national spots", conversions: [], attribution: "asSet" },
          { platform: "meta", accountId: "act_1", conversions: [], attribution: "as exported" },
        ],
      },
    });
  });

  it("takes conversions for the platforms that have a name for them", () => {
    const conversions = { primary: "order", order: { meta: "omni_purchase", tiktok: ["a", "b"] } };
    const result = parsed({ ...BRAND, conversions }, "dataset");
    expect(result).toMatchObject({
      ok: true,
      brand: { accounts: [{ conversions: [] }, { conversions: ["omni_purchase"] }] },
    });
  });

  it.each([
    ["a platform that is no word", { accounts: [{ platform: "Meta Ads", id: "1" }] }, "accounts[0].platform"],
    ["a conversion that is no name", { conversions: { primary: "p", p: { tv: 3 } } }, "conversions.p.tv"],
    ["a primary conversion that is not there", { conversions: { primary: "p" } }, "conversions.primary"],
    ["an account named twice", { accounts: [BRAND.accounts[0], BRAND.accounts[0]] }, "accounts[1].id"],
    [
      "an account in another currency",
      { accounts: [{ platform: "tv", id: "1", currency: "USD" }] },
      "accounts[0].currency",
    ],
    ["an unknown key", { timezone: "Europe/Paris" }, "timezone"],
  ])("refuses %s", (_, change, path) => {
    const result = parsed({ ...BRAND, ...change }, "dataset");
    expect(result).toMatchObject({ ok: false, problems: [{ path }] });
  });

  it("still refuses such accounts and such a file name for a brand that nights change", () => {
    const result = parsed(BRAND, "live");
    expect(result.ok).toBe(false);
    const named = { ...BRAND, accounts: [{ platform: "meta", id: "1", attribution: "asSet" }] };
    const conversions = { primary: "p", p: { meta: "omni_purchase" } };
    expect(parsed({ ...named, conversions }, "live")).toMatchObject({
      ok: false,
      problems: [{ code: "brand.fileName", path: "id" }],
    });
  });
});
