import { describe, expect, it } from "vitest";
import { entryWithLinks, planWithLinks, proposalWithLink } from "../../functions/cli/links.ts";
import { pageOptions } from "../../functions/cli/session.ts";
import type { TargetRef } from "../../lib/domain/ids.ts";
import { aProposal } from "../support/log.ts";
import { aHolderLine, aPlan, aPlannedChange } from "../support/plan-view.ts";

const KEY = "meta/1001/adGroup/11";
const AD_SET = "https://adsmanager.facebook.com/adsmanager/manage/adsets?act=1001&selected_adset_ids=11";
const change = aPlannedChange("11", "Broad women 25-44");
const atMs = 1_773_198_600_000;

describe("functions/cli/links", () => {
  it("puts addresses beside the plan, which keeps its own shape", () => {
    const plan = aPlan({ holders: [aHolderLine("11", "Broad women 25-44")] });
    const { links, ...rest } = planWithLinks(plan);
    expect(links).toEqual({ [KEY]: AD_SET });
    expect(rest).toEqual(plan);
  });

  it("gives a proposal the address of what it changes, and null where there is no page", () => {
    const proposal = aProposal({ change });
    expect(proposalWithLink(proposal).link).toBe(AD_SET);
    const target: TargetRef = { platform: "moon", accountId: "1", level: "campaign", id: "2" };
    expect(proposalWithLink({ ...proposal, change: { ...change, target } }).link).toBe(null);
  });

  it("gives a log entry the address of each change that it tells whole", () => {
    const planned = { type: "planned", atMs, planHash: "h", refused: null } as const;
    const intended = { type: "changeIntended", atMs, change, allowedBy: "mode:apply" } as const;
    const links = { [KEY]: AD_SET };
    const linksOf = (event: Parameters<typeof entryWithLinks>[0]["events"][number]) =>
      entryWithLinks({ position: 1, events: [event] }).links;
    expect(linksOf({ ...planned, proposed: [change], auto: [] })).toEqual(links);
    expect(linksOf({ ...planned, proposed: [], auto: [change] })).toEqual(links);
    expect(linksOf(intended)).toEqual(links);
    expect(linksOf({ type: "resumed", atMs, by: "lea" })).toEqual({});
  });
});

describe("functions/cli/session", () => {
  it("tells reports each platform's name and the address of its pages", () => {
    const { platformLabels, entityUrl } = pageOptions("en", {});
    expect(platformLabels).toEqual({ meta: "Meta", google: "Google Ads" });
    const campaign = { platform: "google", accountId: "1234567890", level: "campaign", id: "21" } as const;
    expect(entityUrl(campaign)).toContain("https://ads.google.com/aw/campaigns?campaignId=21");
  });
});
