import { describe, expect, it } from "vitest";
import type { BrandAccount } from "../../lib/domain/brand.ts";
import { claimOf } from "../../lib/domain/claim.ts";

const ACCOUNT: BrandAccount = {
  platform: "meta",
  accountId: "1001",
  conversions: ["omni_purchase"],
  attribution: "7dClick",
  conversion: "purchase",
  named: { purchase: ["omni_purchase"], install: ["app_install"] },
};

describe("lib/domain/claim", () => {
  it.each([
    ["nothing named", {}],
    ["its own conversion", { conversion: "purchase" }],
    ["its own attribution", { attribution: "7dClick" }],
  ])("asks for nothing beside the plain columns with %s", (_, params) => {
    expect(claimOf(ACCOUNT, params)).toBeNull();
  });

  it("takes what is left unsaid from the account", () => {
    expect(claimOf(ACCOUNT, { conversion: "install" })).toEqual({
      key: "install/7dClick",
      names: ["app_install"],
      attribution: "7dClick",
    });
    expect(claimOf(ACCOUNT, { attribution: "asSet", window: "7d" })).toEqual({
      key: "purchase/asSet",
      names: ["omni_purchase"],
      attribution: "asSet",
    });
  });

  it("names nothing for a conversion that has no name on the platform", () => {
    expect(claimOf(ACCOUNT, { conversion: "toString" })?.names).toEqual([]);
    const { named: _, conversion: __, ...bare } = ACCOUNT;
    expect(claimOf(bare, { conversion: "install" })?.names).toEqual([]);
    expect(claimOf(bare, { attribution: "1dView" })?.key).toBe("omni_purchase/1dView");
  });
});
