/** How the brand's money is divided over any partition of its campaigns: tiers, markets, product lines. */
import { DomainError } from "../../domain/errors.ts";
import { UNMAPPED_STAGE } from "../../domain/match.ts";
import { type BrandFact, EVERY_LEVEL } from "../fact.ts";
import { shareOfSpend } from "./brand.ts";

export const groupSharePercent: BrandFact = {
  id: "groupSharePercent",
  label: { en: "share of spend", fr: "part de la dépense" },
  unit: "percent",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: ["group", "member", "basis"],
  goodSide: null,
  doc: "100 x spend of the campaigns in the `member` of the brand file's partition `group` / all the brand spends; `basis` is `spend`. Campaigns in no member and money outside the accounts are `unmapped`, so shares make 100. No data without spend.",
  source: "spend of campaigns and of all accounts",
  read: (context) => {
    const { group, member, basis } = context.params;
    if (basis !== "spend" || typeof group !== "string" || typeof member !== "string") {
      const detail = 'groupSharePercent needs a group, a member and the basis "spend"';
      throw new DomainError("metrics.badParams", detail);
    }
    return shareOfSpend(context, context.memberDelivery(group, member), member === UNMAPPED_STAGE);
  },
};
