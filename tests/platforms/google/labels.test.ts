import { describe, expect, it } from "vitest";
import { aCampaign, aFetchRequest, aGooglePlatform, HEAD } from "../../support/google-platform.ts";

const EVERGREEN = "customers/2000000002/labels/1";
const TEST = "customers/2000000002/labels/2";

function aLabel(resourceName: string, name: string): object {
  return { label: { resourceName, name } };
}

async function fetched(campaign: object, adGroup: object, label: readonly object[]) {
  const { platform } = await aGooglePlatform({
    campaign: [aCampaign(campaign)],
    ad_group: [
      {
        ...HEAD,
        campaign: { id: "5001" },
        adGroup: { id: "6001", name: "Gifts", status: "ENABLED", ...adGroup },
      },
    ],
    "ad_group cost": [],
    "ad_group conversions": [],
    label,
  });
  const { snapshot, requests } = await platform.fetchAccount(
    aFetchRequest({ levels: ["account", "adGroup"] }),
  );
  return { labels: snapshot.entities.map(({ labels }) => labels), requests };
}

describe("lib/platforms/google/labels", () => {
  it("tells labels by their names, with one query for all of them", async () => {
    const names = [aLabel(TEST, "test"), aLabel(EVERGREEN, "evergreen")];
    const { labels, requests } = await fetched({ labels: [TEST, EVERGREEN] }, { labels: [TEST] }, names);
    expect(labels).toEqual([["evergreen", "test"], ["test"]]);
    // Campaigns, actions, currency, ad groups, four of figures, history, and this one.
    expect(requests).toBe(10);
  });

  it("asks for no names where nothing has a label", async () => {
    const { labels, requests } = await fetched({}, {}, [aLabel(TEST, "test")]);
    expect(labels).toEqual([[], []]);
    expect(requests).toBe(9);
  });

  it("keeps a label whose name Google does not tell: without it an entity would look as if it had none", async () => {
    const { labels } = await fetched({ labels: ["customers/9/labels/7"] }, {}, [aLabel(TEST, "test")]);
    expect(labels[0]).toEqual(["customers/9/labels/7"]);
  });

  it("refuses a label that comes twice", async () => {
    const twice = fetched({ labels: [TEST] }, {}, [aLabel(TEST, "test"), aLabel(TEST, "other")]);
    await expect(twice).rejects.toMatchObject({ details: { kind: "malformed" } });
  });
});
